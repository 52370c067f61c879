// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/column_values.h"
#include "model/owners.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>

namespace socktree::column {

namespace {

using socktree::isInternet;

constexpr quint8 closedState = 7, listenState = 10;

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

bool isInternet(const Socket &socket)
{
    return isInternet(socket.protocol);
}

bool isListening(const Socket &socket)
{
    return socket.has(Told::State) && socket.state == listenState;
}

/// For facts that every sock_diag answer has: only a row that no dump describes lacks them.
Why untold(const Socket &socket, Why otherwise)
{
    return socket.protocol == Protocol::Unknown ? Why::NotTold : otherwise;
}

/// Bits of udiag_show: of a UNIX socket these come as attributes.
enum UnixShow : quint32 { ShowName = 0x01, ShowQueues = 0x10, ShowUid = 0x40 };

/// Why a UNIX socket lacks what bit @p asked brings: @p otherwise, unless its dump was not asked.
Why unaskedOr(const RowRef &row, quint32 asked, Why otherwise)
{
    const Socket &socket = row.socket();
    const auto &dumps = row.snapshot().dumps;
    return socket.protocol == Protocol::Unix && socket.dump < dumps.size() && !(dumps[socket.dump].scope.asked & asked)
        ? Why::NotAsked
        : otherwise;
}

Why noUid(const RowRef &row)
{
    // The uid 0 of a mini socket is filler, not root.
    return isMiniSocket(row.socket()) ? Why::None : unaskedOr(row, ShowUid, Why::NotTold);
}

Value queue(const RowRef &row, quint32 length)
{
    return row.socket().has(Told::Queues) ? Value::of(static_cast<quint64>(length))
                                          : Value(unaskedOr(row, ShowQueues, Why::NotTold));
}

/// A listener's queues count connections, all others' bytes.
QString showQueue(const Socket &socket, quint32 length)
{
    return isListening(socket) ? QLocale().toString(length) : compact(length, Unit::Octets);
}

Value rate(const RowRef &row, double bytesPerSecond)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return Why::NotTold;
    if (socket.protocol != Protocol::Tcp || isListening(socket) || socket.boundInactive || isMiniSocket(socket))
        return Why::DoesNotApply; // the kernel counts the bytes of TCP connections only
    if (bytesPerSecond >= 0)
        return Value::of(bytesPerSecond);
    if (row.entry().mark == Mark::Closed)
        return Why::DoesNotApply; // nothing moves any more
    if (row.entry().hasCounters)
        return Why::NotYet;
    return row.snapshot().message(socket).empty() ? Why::NotAsked : Why::NotTold;
}

QDateTime timeOf(WallTime time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(ms.count(), Qt::UTC);
}

} // namespace

Value user(const RowRef &row)
{
    const Socket &socket = row.socket();
    return socket.has(Told::Uid) ? Value::of(userName(row.snapshot(), socket.uid)) : Value(noUid(row));
}

Value uid(const RowRef &row)
{
    const Socket &socket = row.socket();
    return socket.has(Told::Uid) ? Value::of(static_cast<quint64>(socket.uid)) : Value(noUid(row));
}

Value protocol(const RowRef &row)
{
    return Value::of(protocolName(row.socket()));
}

Value family(const RowRef &row)
{
    const QString name = familyName(row.socket());
    return name.isEmpty() ? Value(Why::NotTold) : Value::of(name);
}

Value type(const RowRef &row)
{
    const QString name = typeName(row.socket());
    return name.isEmpty() ? Value(Why::NotTold) : Value::of(name);
}

Value state(const RowRef &row)
{
    const QString name = stateName(row.socket());
    return name.isEmpty() ? Value(Why::NotTold) : Value::of(name);
}

Value localAddress(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unix)
        return unixPath(row);
    return socket.local.length ? Value::of(socket.local) : Value(Why::NotTold);
}

Value localPort(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!isInternet(socket))
        return untold(socket, Why::DoesNotApply);
    return socket.localPort ? Value::of(static_cast<quint64>(socket.localPort)) : Value(Why::None);
}

Value remoteAddress(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!isInternet(socket))
        return untold(socket, Why::DoesNotApply);
    if (!socket.remote.length)
        return Why::NotTold;
    if (socket.remote.isAny() && !socket.remotePort) // connected to nobody
        return isListening(socket) ? Why::DoesNotApply : Why::None;
    return Value::of(socket.remote);
}

Value remotePort(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!isInternet(socket))
        return untold(socket, Why::DoesNotApply);
    if (!socket.remotePort)
        return isListening(socket) ? Why::DoesNotApply : Why::None;
    return Value::of(static_cast<quint64>(socket.remotePort));
}

Value unixPath(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol != Protocol::Unix)
        return untold(socket, Why::DoesNotApply);
    const QByteArray name = row.snapshot().nameOf(socket);
    return name.isEmpty() ? Value(unaskedOr(row, ShowName, Why::None)) : Value::of(unixName(name));
}

Value recvQueue(const RowRef &row)
{
    return queue(row, row.socket().recvQueue);
}

Value sendQueue(const RowRef &row)
{
    return queue(row, row.socket().sendQueue);
}

Value inode(const RowRef &row)
{
    const Socket &socket = row.socket();
    return socket.has(Told::Inode) ? Value::of(static_cast<quint64>(socket.inode)) : Value(Why::None);
}

Value cookie(const RowRef &row)
{
    return row.socket().cookie ? Value::of(row.socket().cookie) : Value(Why::NotTold);
}

Value boundInterface(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!isInternet(socket))
        return untold(socket, Why::DoesNotApply);
    if (!socket.interface)
        return Why::None;
    const QByteArray name = row.snapshot().interfaceOf(socket);
    return Value::of(name.isEmpty() ? QStringLiteral("if%1").arg(socket.interface) : visible(name));
}

Value mark(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.has(Told::Mark))
        return Value::of(static_cast<quint64>(socket.mark));
    if (!isInternet(socket))
        return untold(socket, Why::DoesNotApply);
    // Whoever may see marks is told one of 0, too; but not every kernel keeps one of such a connection.
    return isMiniSocket(socket) && row.snapshot().host.euid == 0 ? Why::NotTold : Why::Denied;
}

Value cgroup(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (const auto path = row.snapshot().cgroupOf(socket))
        return Value::of(visible(*path));
    if (socket.has(Told::Cgroup)) // as ss says it: the id leads to no directory we see
        return Value::of(QStringLiteral("unreachable:%1").arg(socket.cgroupId, 0, 16));
    return isMiniSocket(socket) ? Why::DoesNotApply : Why::NotTold; // a UNIX socket has one, too
}

Value timer(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Udp || socket.protocol == Protocol::Unix)
        return Why::DoesNotApply;
    if (!socket.has(Told::Timer))
        return Why::NotTold;
    if (!socket.timer)
        return Why::None;
    return Value::of(timerName(socket.timer) + QLatin1Char(' ') + compact(socket.expires, Unit::Milliseconds));
}

Value firstSeen(const RowRef &row)
{
    return Value::of(timeOf(row.entry().firstSeen).toString(Qt::ISODateWithMs));
}

Value receiveRate(const RowRef &row)
{
    return rate(row, row.entry().receiveRate);
}

Value sendRate(const RowRef &row)
{
    return rate(row, row.entry().sendRate);
}

QString showRecvQueue(const RowRef &row)
{
    return showQueue(row.socket(), row.socket().recvQueue);
}

QString showSendQueue(const RowRef &row)
{
    return showQueue(row.socket(), row.socket().sendQueue);
}

QString showFirstSeen(const RowRef &row)
{
    const QString time = timeOf(row.entry().firstSeen).toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    return row.entry().remembered ? QCoreApplication::translate("Column", "%1, remembered").arg(time) : time;
}

QString userNote(const RowRef &row)
{
    // Its user is that of the struct socket, which such a connection lacks.
    const Socket &socket = row.socket();
    return socket.has(Told::Uid) || socket.protocol == Protocol::Unknown ? QString() : inodeNote(row);
}

QString stateNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return tr("Not described by the kernel: it is of another network namespace, was never bound, or is of another "
                  "family.");
    if (socket.boundInactive)
        return tr("Bound to a port, neither listening nor connected.");
    if (socket.protocol == Protocol::Udp && socket.state == closedState)
        return tr("Not connected: it receives from everybody.");
    return {};
}

QString recvQueueNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!socket.has(Told::Queues))
        return {};
    if (isListening(socket))
        return socket.protocol == Protocol::Tcp && socket.recvQueue > socket.sendQueue
            ? tr("Connections that wait to be accepted: the queue is full.")
            : tr("Connections that wait to be accepted.");
    if (socket.protocol == Protocol::Udp)
        return tr("Memory of datagrams received and not yet read, overhead included.");
    if (socket.protocol == Protocol::Unix && socket.type != 1)
        return tr("Bytes of the first message that waits to be read.");
    return tr("Bytes received and not yet read; a received FIN counts as one.");
}

QString sendQueueNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!socket.has(Told::Queues))
        return {};
    if (isListening(socket))
        return tr("Limit of connections that may wait to be accepted.");
    if (socket.protocol == Protocol::Tcp)
        return tr("Bytes written and not yet acknowledged by the peer; a SYN or FIN counts as one.");
    return tr("Memory of data written and not yet read by the peer or handed to the network, overhead included.");
}

QString inodeNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.has(Told::Inode))
        return {};
    return isMiniSocket(socket) ? tr("The kernel keeps this connection without a socket.")
                                : tr("Not accepted yet, or already closed by its process.");
}

QString cgroupNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    return socket.protocol == Protocol::Unix && !socket.has(Told::Cgroup)
        ? tr("No kernel tells the control group of UNIX sockets.")
        : QString();
}

} // namespace socktree::column
