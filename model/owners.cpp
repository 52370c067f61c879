// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/owners.h"

#include "collector/decode/tcp_state.h"
#include "model/row_source.h"
#include "model/text.h"

#include <QtCore/QStringList>

namespace socktree {

bool isMiniSocket(const Socket &socket)
{
    return (socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Dccp)
        && (socket.state == tcpstate::timeWait || socket.state == tcpstate::synRecv
            || (socket.state == tcpstate::finWait2 && socket.timer == tcpstate::timeWaitTimer));
}

bool isKernelsOwn(const Socket &socket)
{
    // No program's socket has the port ID 0, but for one that joined groups and never sent, which has a holder.
    return socket.protocol == Protocol::Netlink && socket.localPort == 0 && socket.dump != noShortIndex
        && socket.holderCount == 0;
}

/// Whether a process can hold it by its memory alone, without a descriptor.
static bool canBeMapped(const Socket &socket)
{
    return socket.protocol == Protocol::Packet || socket.protocol == Protocol::Xdp;
}

Why ownerOf(const Snapshot &snapshot, const Socket &socket)
{
    if (socket.holderCount)
        return Why::Present;
    if (!snapshot.ownersRead)
        return snapshot.origin.file ? unrecordedOr(snapshot, Why::NotRecorded) : Why::NotYet;
    if (!socket.has(Told::Inode)) // no struct socket, so no descriptor can lead to it
        return Why::None;
    if (isKernelsOwn(socket))
        return Why::None;
    if (!snapshot.processesComplete)
        return unrecordedOr(snapshot, Why::NotTold);
    if (snapshot.brokenProcesses)
        return unrecordedOr(snapshot, Why::NotTold);
    if (snapshot.origin.incomplete && canBeMapped(socket)) // told after the processes, so these may be whole
        return Why::Lost;
    return snapshot.ownersMayBeHidden() ? Why::Denied : Why::None;
}

const char *idOf(Unseen unseen)
{
    switch (unseen) {
    case Unseen::HidePid: return "hidepid";
    case Unseen::OtherNamespaces: return "other-namespaces";
    case Unseen::None: break;
    }
    return nullptr;
}

bool wouldRootSeeMore(const Snapshot &snapshot)
{
    return !snapshot.origin.file && snapshot.host.euid.value_or(0) != 0;
}

QString deniedProcesses(const Snapshot &snapshot)
{
    constexpr qsizetype most = 8;
    QStringList names;
    for (const Process &process : snapshot.processes)
        if (process.descriptors == Got::Denied)
            names += nameAndPid(process);
    return names.size() <= most ? names.join(QStringLiteral(", ")) : QString();
}

} // namespace socktree
