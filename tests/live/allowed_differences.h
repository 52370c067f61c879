// SPDX-License-Identifier: GPL-3.0-or-later
// Where Socktree and ss 6.1 may differ, and why. What is not in this table fails the test.
#pragma once

#include "tests/support/listed.h"
#include "tests/support/ss_output.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace socktree::test {

struct AllowedDifference {
    const char *kind;  ///< of row
    const char *field; ///< "row": only Socktree has it
    const char *reason;
    const char *reproduce; ///< what to run in one terminal, and what to compare in another
    /// @p theirs is empty if the field is "row".
    bool (*applies)(const QJsonObject &ours, const SsRow &theirs);
};

inline constexpr AllowedDifference allowedDifferences[] = {
    {"TCP, bound but neither listening nor connected", "row",
        "ss 6.1 does not ask for it (bit 13 of the states, Linux 6.8), so it says nothing of a port that is taken",
        "mksockets tcp-bound; socktree --list --filter PORT against ss -tan 'sport = PORT'",
        [](const QJsonObject &ours, const SsRow &) {
            return ours[u"protocol"] == QLatin1String("tcp") && ours[u"state"] == QLatin1String("UNCONN");
        }},
    {"a descriptor whose socket no dump describes", "row",
        "ss starts from the dumps, and so shows nothing of a socket that was never bound, or of another family",
        "mksockets udp-never-bound; socktree --list --filter mksockets against ss -uanp",
        [](const QJsonObject &ours, const SsRow &) { return ours[u"source"] == QLatin1String("descriptor"); }},
    {"any with a holder whose name has a ')'", "holders",
        "ss cuts the name at the first ')' of /proc/PID/stat; here it must be the beginning of the whole one",
        "mksockets hostile-name; the process column against ss -uanp",
        [](const QJsonObject &ours, const SsRow &theirs) {
            const QList<HolderTold> holders = holdersOf(ours);
            return std::equal(holders.begin(), holders.end(), theirs.holders.begin(), theirs.holders.end(),
                [](const HolderTold &whole, const SsHolder &cut) {
                    return whole.pid == cut.pid && whole.fd == cut.fd
                        && whole.name.left(whole.name.contains(')') ? whole.name.indexOf(')') : whole.name.size())
                        == cut.name;
                });
        }},
    {"one that a thread with a descriptor table of its own holds", "holders",
        "ss reads /proc/PID/fd without -T, and that is the table of the process's first thread only",
        "mksockets own-table; holders against ss -uanp",
        [](const QJsonObject &ours, const SsRow &theirs) {
            const QList<HolderTold> holders = holdersOf(ours);
            return theirs.holders.isEmpty()
                && std::any_of(
                    holders.begin(), holders.end(), [](const HolderTold &holder) { return holder.tid != holder.pid; });
        }},
    {"one that no descriptor leads to, but an io_uring or a mapped ring keeps", "holders",
        "ss looks at descriptors alone", "mksockets io-uring; holders against ss -uanp",
        [](const QJsonObject &ours, const SsRow &theirs) {
            const QJsonArray holders = ours[u"holders"].toArray();
            return theirs.holders.isEmpty() && std::all_of(holders.begin(), holders.end(), [](const QJsonValue &value) {
                return value[u"registered"].toBool() || value[u"mapped"].toBool();
            });
        }},
    {"UNIX with a NUL within an abstract name", "local-address",
        "ss prints every NUL as '@', Socktree the first one only, so that a name can be told from another",
        "mksockets unix-abstract; local-address against ss -xal",
        [](const QJsonObject &ours, const SsRow &theirs) {
            QByteArray name = bytesOfShown(ours[u"local-address"].toString());
            return name.replace('\0', '@') == theirs.local;
        }},
};

} // namespace socktree::test
