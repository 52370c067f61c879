// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/explanations.h"

#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>

#include <algorithm>
#include <cstring>

#include <sys/socket.h>

namespace socktree {

static QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("Explanations", text, nullptr, n);
}

static QString nameOf(const Scope &scope)
{
    if (scope.family == AF_UNIX)
        return QStringLiteral("UNIX");
    const QString protocol = scope.protocol == 6 ? QStringLiteral("TCP")
        : scope.protocol == 17                   ? QStringLiteral("UDP")
                                                 : tr("protocol %1").arg(scope.protocol);
    return scope.family == AF_INET6 ? protocol + QStringLiteral(" IPv6") : protocol + QStringLiteral(" IPv4");
}

static QString reason(int error)
{
    return error ? QStringLiteral(" (%1)").arg(QString::fromLocal8Bit(std::strerror(error))) : QString();
}

static QString sentenceFor(const DumpOutcome &dump)
{
    const QString what = nameOf(dump.scope), why = reason(dump.ending.error);
    switch (dump.ending.end) {
    case DumpEnd::Complete: return {};
    case DumpEnd::Unsupported:
        return tr("%1: this kernel cannot list these sockets; the module may not be loaded%2").arg(what, why);
    case DumpEnd::Refused: return tr("%1: the kernel refused to list these sockets%2").arg(what, why);
    case DumpEnd::Interrupted:
        return tr("%1: the list changed while it was read; rows may be missing%2").arg(what, why);
    case DumpEnd::Truncated: return tr("%1: the list was cut off; rows may be missing%2").arg(what, why);
    case DumpEnd::Failed: return tr("%1: reading the list failed%2").arg(what, why);
    }
    return {};
}

QStringList problemsOf(const Snapshot &snapshot)
{
    QStringList all;
    QSet<QString> seen;
    const auto add = [&](const QString &sentence) {
        if (!sentence.isEmpty() && !seen.contains(sentence)) {
            seen.insert(sentence);
            all << sentence;
        }
    };
    for (const DumpOutcome &dump : snapshot.dumps)
        add(sentenceFor(dump));
    for (const Problem &problem : snapshot.problems)
        add(visible(problem.source) + QStringLiteral(": ") + visible(problem.what) + reason(problem.error));
    return all;
}

bool nothingCouldBeRead(const Snapshot &snapshot)
{
    return std::all_of(snapshot.dumps.begin(), snapshot.dumps.end(), [](const DumpOutcome &dump) {
        return dump.ending.end == DumpEnd::Refused || dump.ending.end == DumpEnd::Failed
            || dump.ending.end == DumpEnd::Unsupported;
    });
}

QString explainHiddenOwners(const Snapshot &snapshot)
{
    if (!snapshot.ownersRead)
        return tr("The owners have not been read yet.");
    if (snapshot.deniedProcesses == 0)
        return tr("No owner is hidden: the descriptors of every process could be read.");
    const int denied = static_cast<int>(snapshot.deniedProcesses);
    QString text = tr("What is missing") + u'\n'
        + tr(denied == 1 ? "The sockets of %Ln process cannot be matched to it."
                         : "The sockets of %Ln processes cannot be matched to them.",
            denied)
        + u' '
        + tr("Each socket is still listed, with its addresses, state, user, counters and, where the kernel tells it, "
             "its unit. Only the process is not known.\n\n");
    text += tr("Why\n"
               "Which process holds a socket stands in the process's list of open files, and Linux shows that list "
               "only to the same user and to root.");
    text += u' ';
    if (snapshot.host.euid == 0) {
        text += tr(
            "Socktree runs as root, so these processes are guarded by something else: they have capabilities that "
            "Socktree was not given, or a container, a user namespace or a security module keeps them apart.");
        text += QStringLiteral("\n\n") + tr("What can be done") + u'\n'
            + tr("Run Socktree where these processes run, outside of the container or sandbox it is in.");
    } else {
        text += tr("Socktree runs as user %1.").arg(userName(snapshot, snapshot.host.euid));
        text += QStringLiteral("\n\n") + tr("What can be done") + u'\n'
            + tr("Socktree never raises its own rights. To see every process once, run this in a terminal:")
            + QStringLiteral("\n\n    sudo socktree --list\n\n")
            + tr("To see the processes of another user, run Socktree as that user.");
    }
    return text;
}

QString explainProblems(const Snapshot &snapshot)
{
    const QStringList all = problemsOf(snapshot);
    if (all.isEmpty())
        return tr("The last refresh had no problem.");
    return tr("The last refresh had these problems. What it did read is shown.") + QStringLiteral("\n\n")
        + all.join(u'\n');
}

} // namespace socktree
