// SPDX-License-Identifier: GPL-3.0-or-later
// What columns say of a socket's queues, whose unit each family has its own.
#include "model/column_values.h"
#include "model/row_source.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <sys/socket.h>

namespace socktree::column {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

/// Nothing is in the record that this kernel sends of DCCP: it fills in 0. Of SMC and vsock it has no such field.
bool tellsNone(const Socket &socket)
{
    switch (socket.protocol) {
    case Protocol::Dccp:
    case Protocol::Smc:
    case Protocol::Vsock: return true;
    default: return false;
    }
}

Value queue(const RowRef &row, bool told, quint32 length)
{
    if (told && !tellsNone(row.socket()))
        return Value::of(static_cast<quint64>(length));
    return unixUnaskedOr(row, UnixShow::Queues, Why::NotTold);
}

/// A listener's queues count connections and TIPC's count messages, all others' bytes.
QString showQueue(const Socket &socket, quint32 length)
{
    const bool counts = countsConnections(socket) || socket.protocol == Protocol::Tipc;
    return counts ? QLocale().toString(length) : compact(length, Unit::Octets);
}

/// Whether its queues are counted by the memory they take: whole buffers with their bookkeeping.
bool countsMemory(const Socket &socket)
{
    switch (socket.protocol) {
    case Protocol::Udp:
    case Protocol::UdpLite:
    case Protocol::Raw:
    case Protocol::Ping:
    case Protocol::Mptcp:
    case Protocol::Sctp:
    case Protocol::Packet:
    case Protocol::Netlink:
    case Protocol::Xdp:
    case Protocol::Other: return true;
    default: return false;
    }
}

QString noneNote(const RowRef &row)
{
    return tellsNone(row.socket()) ? tr("No kernel tells the queues of such sockets.") : QString();
}

} // namespace

Value recvQueue(const RowRef &row)
{
    const Socket &socket = row.socket();
    return queue(row, socket.has(Told::Queues) || socket.has(Told::RecvQueue), socket.recvQueue);
}

Value sendQueue(const RowRef &row)
{
    if (isUnconnected(row.socket()))
        return Why::DoesNotApply; // the kernel takes the difference of two counters that nobody keeps any more
    return queue(row, row.socket().has(Told::Queues), row.socket().sendQueue);
}

QString showRecvQueue(const RowRef &row)
{
    return showQueue(row.socket(), row.socket().recvQueue);
}

QString showSendQueue(const RowRef &row)
{
    return showQueue(row.socket(), row.socket().sendQueue);
}

QString recvQueueNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!recvQueue(row).present())
        return noneNote(row);
    if (countsConnections(socket)) {
        const bool isTcp = socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp;
        return isTcp && socket.has(Told::Queues) && socket.recvQueue > socket.sendQueue
            ? tr("Connections that wait to be accepted: the queue is full.")
            : tr("Connections that wait to be accepted.");
    }
    if (socket.protocol == Protocol::Udp || socket.protocol == Protocol::UdpLite)
        return tr("Memory of datagrams received and not yet read, overhead included.");
    if (countsMemory(socket))
        return tr("Memory of what was received and is not yet read, overhead included.");
    if (socket.protocol == Protocol::Tipc)
        return tr("Messages received and not yet read.");
    if (socket.protocol == Protocol::Unix)
        return socket.type == SOCK_DGRAM ? tr("Bytes of the first message that waits to be read.")
                                         : tr("Bytes received and not yet read.");
    return tr("Bytes received and not yet read; a received FIN counts as one.");
}

QString sendQueueNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (isUnconnected(socket))
        return tr("It is not connected, so nothing is on its way: what the kernel counts here is left over.");
    if (!sendQueue(row).present()) {
        const bool isListener = socket.has(Told::RecvQueue) && isListening(socket);
        return isListener ? tr("The file it was read from does not tell how many connections may wait.")
                          : noneNote(row);
    }
    if (countsConnections(socket))
        return tr("Limit of connections that may wait to be accepted.");
    if (socket.protocol == Protocol::Tcp)
        return tr("Bytes written and not yet acknowledged by the peer; a SYN or FIN counts as one.");
    if (socket.protocol == Protocol::Tipc)
        return tr("Messages written and not yet sent.");
    return tr("Memory of data written and not yet read by the peer or handed to the network, overhead included.");
}

} // namespace socktree::column
