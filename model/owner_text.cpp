// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/owner_text.h"

#include "model/end_text.h"
#include "model/other_ends.h"
#include "model/owners.h"
#include "model/shown_owner.h"

#include <QtCore/QCoreApplication>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

QString advice(const Snapshot &snapshot)
{
    return wouldRootSeeMore(snapshot) ? QLatin1Char(' ') + tr("Run as root to see all.") : QString();
}

} // namespace

QString whyOwnersAreUnknown(const Snapshot &snapshot)
{
    if (!snapshot.ownersRead && !snapshot.origin.file)
        return tr("Processes are still being read.");
    if (!snapshot.ownersRead)
        return snapshot.origin.ownersLost()
            ? tr("The file is cut off or damaged before its processes, so no owner is known.")
            : tr("The file tells of no processes.");
    return snapshot.processesComplete ? QString() : tr("The list of processes could not be read.");
}

QString whyNobodyHolds(const Snapshot &snapshot, const Socket &socket)
{
    switch (ownerOf(snapshot, socket)) {
    case Why::None:
        if (isKernelsOwn(socket))
            return tr("No process: it is the kernel's own.");
        if (isMiniSocket(socket))
            return tr("No process: the kernel keeps this connection by itself.");
        if (hasSeveralListeners(socket))
            return tr("No process: %1").arg(severalListeners(socket));
        if (!socket.has(Told::Inode))
            return tr("No process: not accepted yet, or already closed by its process.");
        return tr("No process: held by the kernel, or in flight in a message.");
    case Why::Denied:
        if (snapshot.unseen == Unseen::OtherNamespaces)
            return tr("Its process is not seen: it may be outside of this namespace of process IDs.");
        if (snapshot.unseen == Unseen::HidePid)
            return tr("Its process may be hidden: /proc shows only our own (hidepid).") + advice(snapshot);
        return tr(snapshot.deniedProcesses == 1
                       ? "Its process may be hidden: %1 process does not let us see its descriptors."
                       : "Its process may be hidden: %1 processes do not let us see their descriptors.")
                   .arg(snapshot.deniedProcesses)
            + advice(snapshot);
    case Why::NotTold:
        return snapshot.processesComplete
            ? tr("Its process may be one of %1 that could not be read.").arg(snapshot.brokenProcesses)
            : whyOwnersAreUnknown(snapshot);
    case Why::Lost:
        return snapshot.ownersRead ? tr("The file is cut off or damaged in its processes, so its owner may be missing.")
                                   : whyOwnersAreUnknown(snapshot);
    case Why::NotRecorded:
    case Why::NotYet: return whyOwnersAreUnknown(snapshot);
    case Why::Present:
    case Why::DoesNotApply:
    case Why::Withheld:
    case Why::NotAsked: break;
    }
    return {};
}

QString whyNobodyShown(const Snapshot &snapshot, const Socket &socket)
{
    const Socket &held = heldFor(snapshot, socket);
    if (&held == &socket)
        return whyNobodyHolds(snapshot, socket);
    const QString waits = hasSeveralListeners(socket)
        ? severalListeners(socket)
        : tr("Inferred: it waits to be accepted, in the queue of the listener at %1.").arg(localEnd(snapshot, held));
    const QString why = whyNobodyHolds(snapshot, held);
    return why.isEmpty() ? waits : waits + QLatin1Char(' ') + why;
}

} // namespace socktree
