// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/other_ends.h"

#include "collector/decode/tcp_state.h"
#include "model/end_text.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OtherEnd", text);
}

/// Of protocols whose sockets can have one.
bool mayBeConnected(const Socket &socket)
{
    switch (socket.protocol) {
    case Protocol::Unix: return socket.has(Told::Peer) || isEstablished(socket);
    case Protocol::Netlink: return true;
    case Protocol::Vsock:
    case Protocol::Tipc: return isConnected(socket);
    default: return socket.remotePort != 0;
    }
}

bool hasOtherEnds(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Unknown:
    case Protocol::Other:
    case Protocol::Raw:
    case Protocol::Ping:
    case Protocol::Packet:
    case Protocol::Xdp: return false;
    default: return true;
    }
}

bool canHaveOtherEnd(const Socket &socket)
{
    return hasOtherEnds(socket.protocol) && !isListening(socket) && !isUnconnected(socket) && mayBeConnected(socket);
}

/// A descriptor that could not be copied, which is when it told no cookie, says nothing of who is connected; that of a
/// UNIX socket says that somebody is, and not who.
bool isUntoldByDescriptor(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (row.snapshot().sourceOf(socket) != Source::Descriptor || !hasOtherEnds(socket.protocol))
        return false;
    return socket.cookie == 0 || (socket.protocol == Protocol::Unix && isEstablished(socket));
}

bool isBeingConnected(const Socket &socket)
{
    return (socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp)
        && socket.state == tcpstate::synSent;
}

/// Whether somebody must be there: a connection that neither side has begun to close.
bool mustHaveOtherEnd(const Socket &socket)
{
    return isInternet(socket.protocol) && socket.protocol != Protocol::Udp && socket.protocol != Protocol::UdpLite
        && isEstablished(socket);
}

} // namespace

Value noOtherEnd(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return Why::NotTold;
    if (isUntoldByDescriptor(row))
        return Why::NotTold;
    if (!canHaveOtherEnd(socket))
        return Why::DoesNotApply;
    if (socket.protocol == Protocol::Unix) // the kernel may name one that no list has
        return socket.peerInode ? Why::NotTold : Why::None;
    switch (socket.noEnd) {
    case NoEnd::OtherHost: return Why::DoesNotApply;
    case NoEnd::OtherNamespace:
    case NoEnd::Several: return Why::NotTold;
    case NoEnd::Nothing: break;
    }
    if (isBeingConnected(socket))
        return Why::NotYet;
    return mustHaveOtherEnd(socket) ? Why::NotTold : Why::None;
}

QString whyNoOtherEnd(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return tr("The kernel did not describe this socket, so nothing is known of its other end.");
    if (isListening(socket))
        return tr("A listener has no other end: its connections are sockets of their own.");
    if (isUntoldByDescriptor(row))
        return socket.cookie ? tr("It is connected; no list has it, and a descriptor does not tell to whom.")
                             : tr("No list has it, and its descriptor may not be asked to whom it is connected.");
    if (!canHaveOtherEnd(socket))
        return tr("It is not connected to anybody.");
    if (socket.protocol == Protocol::Unix) {
        if (socket.has(Told::Peer) && socket.peerInode == 0)
            return tr("Its other end is closed, or not accepted yet.");
        return socket.peerInode
            ? tr("Its other end, socket:[%1], is not among the sockets that were read.").arg(socket.peerInode)
            : tr("Nobody among the sockets that were read is connected to it.");
    }
    if (socket.protocol == Protocol::Netlink && socket.remotePort == 0)
        return tr("It talks to the kernel.");
    switch (socket.noEnd) {
    case NoEnd::OtherHost: return tr("Its other end is not on this machine: no socket that was read has its address.");
    case NoEnd::OtherNamespace:
        return tr("Another network namespace of this machine has the address of its other end, and no socket there "
                  "fits: it is there and was not read, or on another machine.");
    case NoEnd::Several:
        return tr("Several sockets of other network namespaces could be its other end, and nothing tells which.");
    case NoEnd::Nothing: break;
    }
    if (isBeingConnected(socket))
        return tr("Nobody has answered yet, so it has no other end.");
    return mustHaveOtherEnd(socket)
        ? tr("Its other end is not among the sockets that were read: packets to its address may be sent elsewhere.")
        : tr("Its other end is gone, or there was none.");
}

QString socketText(const Snapshot &snapshot, const Socket &socket)
{
    QString end = localEnd(snapshot, socket);
    if (isInternet(socket.protocol) && !end.isEmpty())
        return end;
    QStringList parts{protocolName(snapshot, socket)};
    if (!end.isEmpty())
        parts += end;
    else if (socket.inode)
        parts += QStringLiteral("socket:[%1]").arg(socket.inode);
    if (const QByteArray name = snapshot.nameOf(socket); !name.isEmpty())
        parts += unixName(name);
    return parts.join(QLatin1Char(' '));
}

std::optional<ShownOwner> ownerOfPeer(const RowRef &row, const Peer &peer)
{
    const Snapshot &snapshot = row.snapshot();
    const Socket &socket = snapshot.sockets[peer.socket];
    if (auto owner = shownOwner(snapshot, socket, row.under())) {
        // Who holds both ends, as a master does those of its workers' pipes, is not whom one looks for.
        const auto holders = shownHolders(snapshot, socket);
        const auto other = std::find_if(holders.begin(), holders.end(),
            [&](const Holder &one) { return &snapshot.processes[one.process] != row.process(); });
        if (owner->process == row.process() && other != holders.end())
            owner->process = &snapshot.processes[other->process];
        return owner;
    }
    const quint32 slot = slotOf(row.generation(), snapshot, peer.socket);
    const auto &former = row.generation().formerOwners;
    const auto found = former.constFind(slot);
    return found == former.cend() ? std::nullopt : std::optional(ShownOwner{ShownOwner::How::Was, &*found});
}

bool isListenersPeer(const RowRef &row, const Peer &peer)
{
    const Socket &socket = row.snapshot().sockets[peer.socket];
    return isListening(socket) || socket.listener != noIndex;
}

QString severalListeners(const Socket &socket)
{
    return tr("it waits to be accepted at one of %1 listeners that share its address and port, and the kernel does not "
              "tell at which.")
        .arg(socket.listeners);
}

QString peerText(const RowRef &row, const Peer &peer)
{
    QString text = socketText(row.snapshot(), row.snapshot().sockets[peer.socket]);
    const auto owner = ownerOfPeer(row, peer);
    if (owner) {
        const QString process = nameAndPid(*owner->process);
        text = (peer.inferred ? process : markedAs(owner->how, process)) + QLatin1Char(' ') + text;
    }
    return peer.inferred ? markedInferred(text) : text;
}

QString howFound(const RowRef &row, const Peer &peer)
{
    const Socket &socket = row.socket();
    const Socket &other = row.snapshot().sockets[peer.socket];
    if (socket.protocol == Protocol::Unix)
        return isListening(other) ? tr("Told by the kernel: it waits in this listener's queue to be accepted.")
                                  : tr("Told by the kernel.");
    if (!isInternet(socket.protocol))
        return tr("Told by the kernel, which names the other end by its number.");
    if (!peer.inferred)
        return tr("It has the same addresses and ports, the other way round.");
    if (socket.netns == noShortIndex || other.netns == noShortIndex)
        return tr("Inferred: the only one that has the same addresses and ports, the other way round; whether it is in "
                  "the same network namespace is not told.");
    if (socket.netns != other.netns)
        return tr("Inferred: in another network namespace, and the only one that has the same addresses and ports, "
                  "the other way round.");
    return tr("Inferred: one is bound to the address and port that the other sends to. Another socket that shares "
              "these may be the true one.");
}

quint32 slotOf(const Generation &generation, const Snapshot &snapshot, quint32 socket)
{
    return socket < snapshot.sockets.size() ? generation.slotOf.value(snapshot.keyOf(snapshot.sockets[socket]), noIndex)
                                            : noIndex;
}

} // namespace socktree
