// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/missing_end.h"

#include "collector/decode/tcp_state.h"
#include "model/end_text.h"
#include "model/row_source.h"
#include "model/socket_state.h"

#include <QtCore/QCoreApplication>

#include <sys/socket.h>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OtherEnd", text);
}

/// Out of a file, which does not tell whom UNIX sockets are connected to, nor of datagram sockets whether they are.
bool isUnixOfFile(const RowRef &row)
{
    return row.socket().protocol == Protocol::Unix && row.snapshot().sourceOf(row.socket()) == Source::ProcNet;
}

/// Of protocols whose sockets can have one.
bool mayBeConnected(const RowRef &row)
{
    const Socket &socket = row.socket();
    switch (socket.protocol) {
    case Protocol::Unix:
        return socket.has(Told::Peer) || isEstablished(socket) || (isUnixOfFile(row) && socket.type == SOCK_DGRAM);
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

bool canHaveOtherEnd(const RowRef &row)
{
    const Socket &socket = row.socket();
    return hasOtherEnds(socket.protocol) && !isListening(socket) && !isUnconnected(socket) && mayBeConnected(row);
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

/// Whether the kernel itself tells that there is none: a UNIX socket whose other end was closed. Of one that waits to
/// be accepted it tells the same, but for the directions that the closing end has shut.
bool isToldToHaveNone(const Socket &socket)
{
    constexpr quint8 both = 3;
    return socket.protocol == Protocol::Unix && socket.has(Told::Peer) && socket.peerInode == 0
        && (socket.type == SOCK_DGRAM || (socket.has(Told::Shutdown) && socket.shutdown == both));
}

bool isWithKernel(const Socket &socket)
{
    return socket.protocol == Protocol::Netlink && socket.remotePort == 0;
}

/// What may hide it; Present: nothing does.
Why whatHides(const RowRef &row)
{
    const Socket &socket = row.socket();
    const Snapshot &snapshot = row.snapshot();
    const bool elsewhere = mayEndElsewhere(socket);
    if (isToldToHaveNone(socket) || isWithKernel(socket) || socket.noEnd == NoEnd::Several
        || (!elsewhere && socket.unread == Unread::Nothing))
        return Why::Present;
    // A file that is cut off may lack namespaces of which nothing is left; a dump of ss is of one and of no other.
    if (const Why lost = unrecordedOr(snapshot, Why::Present); lost != Why::Present)
        return lost;
    if (elsewhere && !snapshot.ownersRead && !snapshot.origin.file)
        return Why::NotYet;
    switch (socket.unread) {
    case Unread::Namespace: return Why::Denied;
    case Unread::List: return Why::NotTold;
    case Unread::Nothing: break;
    }
    return Why::Present;
}

QString textOf(Why hidden)
{
    switch (hidden) {
    case Why::Lost: return tr("The file is cut off or damaged, and its other end may be in the part that is lost.");
    case Why::NotRecorded:
        return tr("The file has the sockets of one network namespace, or not all of these: its other end may be "
                  "another one of that machine.");
    case Why::NotYet: return tr("Its other end is not here; other network namespaces are still being read.");
    case Why::Denied: return tr("Its other end may be in a network namespace that we may not read.");
    default: return tr("Its other end may be in a list that could not be read, or not all of it.");
    }
}

Why byAddress(const Socket &socket)
{
    switch (socket.noEnd) {
    case NoEnd::OtherHost: return Why::DoesNotApply;
    case NoEnd::MaybeHere:
    case NoEnd::OtherNamespace:
    case NoEnd::Several: return Why::NotTold;
    case NoEnd::Nothing: break;
    }
    if (isBeingConnected(socket))
        return Why::NotYet;
    return mustHaveOtherEnd(socket) ? Why::NotTold : Why::None;
}

QString textByAddress(const Socket &socket)
{
    switch (socket.noEnd) {
    case NoEnd::OtherHost: return tr("Its other end is not on this machine: no socket that was read has its address.");
    case NoEnd::MaybeHere:
        return tr("Socktree does not know whether the address that it sends to is this machine's. If it is, a socket "
                  "bound to that port at any address may be its other end; if not, that is on another machine.");
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

QString textOfUnix(const Socket &socket)
{
    if (socket.has(Told::Peer) && socket.peerInode == 0)
        return tr("Its other end is closed, or not accepted yet.");
    return socket.peerInode
        ? tr("Its other end, socket:[%1], is not among the sockets that were read.").arg(socket.peerInode)
        : tr("Nobody among the sockets that were read is connected to it.");
}

} // namespace

Why noOtherEnd(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return Why::NotTold;
    if (isUntoldByDescriptor(row))
        return Why::NotTold;
    if (!canHaveOtherEnd(row))
        return Why::DoesNotApply;
    if (isUnixOfFile(row))
        return Why::NotTold;
    if (const Why hidden = whatHides(row); hidden != Why::Present)
        return hidden;
    if (socket.protocol == Protocol::Unix) // the kernel may name one that no list has
        return socket.peerInode ? Why::NotTold : Why::None;
    return byAddress(socket);
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
    if (!canHaveOtherEnd(row))
        return tr("It is not connected to anybody.");
    if (isUnixOfFile(row))
        return tr("It was read from a file that does not tell to whom UNIX sockets are connected.");
    if (isWithKernel(socket))
        return tr("It talks to the kernel.");
    const Why hidden = whatHides(row);
    const bool isKnown = socket.protocol == Protocol::Unix && (socket.peerInode || hidden == Why::Present);
    QString text = isKnown ? textOfUnix(socket) : QString();
    if (hidden != Why::Present)
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + textOf(hidden);
    return text.isEmpty() ? textByAddress(socket) : text;
}

} // namespace socktree
