// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/explanations.h"

#include "model/namespace_text.h"
#include "model/owner_text.h"
#include "model/owners.h"
#include "model/problem_text.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <algorithm>
#include <cstring>

namespace socktree {

static QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("Explanations", text, nullptr, n);
}

static QString reason(int error)
{
    return error ? QStringLiteral(" (%1)").arg(QString::fromLocal8Bit(std::strerror(error))) : QString();
}

QStringList problemsOf(const Snapshot &snapshot)
{
    QStringList all;
    for (const Problem &problem : snapshot.problems)
        all << problemText(problem) + reason(problem.error);
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
        return whyOwnersAreUnknown(snapshot);
    if (!snapshot.ownersMayBeHidden())
        return tr("No owner is hidden: the descriptors of every process could be read.");
    const int denied = static_cast<int>(snapshot.deniedProcesses);
    QString text = tr("What is missing") + u'\n';
    if (snapshot.unseen == Unseen::HidePid)
        text += tr("The process file system is mounted with hidepid: the processes of others are not in it at all, and "
                   "their sockets cannot be "
                   "matched to them.");
    else if (snapshot.unseen == Unseen::OtherNamespaces)
        text += tr(
            "Socktree runs in a namespace of process IDs of its own, as in a container: processes outside of it are "
            "not seen, and their sockets cannot be matched to them.");
    else
        text += tr(denied == 1 ? "The sockets of %Ln process cannot be matched to it."
                               : "The sockets of %Ln processes cannot be matched to them.",
            denied);
    const QString names = deniedProcesses(snapshot);
    if (!names.isEmpty())
        text += u' ' + tr(denied == 1 ? "It is: %1." : "Those are: %1.").arg(names);
    text += u' '
        + tr("Each socket is still listed, with its addresses, state, user, counters and, where the kernel tells it, "
             "its unit. Only the process is not known.\n\n");
    text += tr("Why\n"
               "Which process holds a socket stands in the process's list of open files, and Linux shows that list "
               "only to the same user and to root.");
    text += u' ';
    if (snapshot.unseen == Unseen::OtherNamespaces) {
        text += tr("Processes of other namespaces of process IDs are seen from the first one only.");
        text += QStringLiteral("\n\n") + tr("What can be done") + u'\n'
            + tr("Run Socktree on the host, outside of the container it is in.");
    } else if (snapshot.origin.file) {
        text += snapshot.host.euid ? tr("This was captured by user %1.").arg(userName(snapshot, *snapshot.host.euid))
                                   : tr("Who captured this is not told.");
        text += QStringLiteral("\n\n") + tr("What can be done") + u'\n'
            + tr("The file cannot tell more. A capture that root takes has every process; on that system, in a "
                 "terminal:")
            + QStringLiteral("\n\n    sudo socktree --record FILE");
    } else if (snapshot.host.euid.value_or(0) == 0) {
        text += tr(
            "Socktree runs as root, so these processes are guarded by something else: they have capabilities that "
            "Socktree was not given, or a container, a user namespace or a security module keeps them apart.");
        text += QStringLiteral("\n\n") + tr("What can be done") + u'\n'
            + tr("Run Socktree where these processes run, outside of the container or sandbox it is in.");
    } else {
        text += tr("Socktree runs as user %1.").arg(userName(snapshot, *snapshot.host.euid));
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
        return snapshot.origin.file ? tr("The capture had no problem.") : tr("The last refresh had no problem.");
    return (snapshot.origin.file ? tr("The capture had these problems. What could be read is shown.")
                                 : tr("The last refresh had these problems. What it did read is shown."))
        + QStringLiteral("\n\n") + all.join(u'\n');
}

/// Files that were read in place of a dump, or beside it.
static QStringList filesRead(const Snapshot &snapshot)
{
    QStringList files;
    for (const DumpOutcome &dump : snapshot.dumps)
        if (dump.ending.end == DumpEnd::Complete && !dump.scope.file.isEmpty())
            if (const QString file = QLatin1String("net/") + visible(dump.scope.file); !files.contains(file))
                files += file;
    return files;
}

/// Namespaces of which only a process's net folder was read.
static QStringList namespacesNotEntered(const Snapshot &snapshot)
{
    QStringList names;
    for (const NetNamespace &netns : snapshot.namespaces)
        if (netns.reached == NamespaceRecord::Reached::ByProcess)
            names += namespaceName(snapshot, netns) + reason(netns.error);
    return names;
}

/// A line for each reason, with all it keeps from being listed.
static QStringList unavailableLines(const Snapshot &snapshot)
{
    QStringList reasons;
    QHash<QString, QStringList> byReason;
    for (const Unavailable &one : snapshot.unavailable) {
        const QString why = visible(one.why);
        if (!byReason.contains(why))
            reasons += why;
        byReason[why] += visible(one.what);
    }
    QStringList lines;
    for (const QString &why : reasons)
        lines += byReason[why].join(QStringLiteral(", ")) + QStringLiteral(": ") + why;
    return lines;
}

static QString whetherAllWasListed(const Snapshot &snapshot)
{
    if (snapshot.origin.socketsOnly)
        return tr("This is a dump of ss, which holds TCP sockets alone. What else its kernel could list is not in it.");
    const bool ofFile = snapshot.origin.file;
    if (snapshot.unavailable.empty())
        return ofFile ? tr("Every list of sockets that Socktree asked for could be read when this was captured.")
                      : tr("Every list of sockets that Socktree knows could be read.");
    const QString intro = ofFile ? tr("The kernel of this capture, not the one that runs here, could not list these "
                                      "sockets, which does not mean that there were none:")
                                 : tr("These sockets cannot be listed, which does not mean that there are none:");
    return intro + u'\n' + unavailableLines(snapshot).join(u'\n');
}

QString explainUnavailable(const Snapshot &snapshot)
{
    QStringList parts{whetherAllWasListed(snapshot)};
    if (const QStringList files = filesRead(snapshot); !files.isEmpty())
        parts += tr("Read from files, which tell less than sock_diag:") + u'\n' + files.join(u'\n');
    if (const QStringList names = namespacesNotEntered(snapshot); !names.isEmpty())
        parts += tr("Network namespaces that could not be entered, so that only files tell of them:") + u'\n'
            + names.join(u'\n');
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace socktree
