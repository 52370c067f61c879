// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/tcp_state.h"
#include "model/column_values.h"
#include "model/owners.h"
#include "model/row_source.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>

namespace socktree::column {

namespace {

using socktree::isInternet;

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

bool isInternet(const Socket &socket)
{
    return isInternet(socket.protocol);
}

Why noUid(const RowRef &row)
{
    // The uid 0 of a mini socket is filler, not root.
    return isMiniSocket(row.socket()) ? Why::None : unixUnaskedOr(row, UnixShow::Uid, Why::NotTold);
}

/// Packet and XDP sockets have no states.
Why stateless(const RowRef &row)
{
    const Protocol protocol = row.socket().protocol;
    return protocol == Protocol::Packet || protocol == Protocol::Xdp ? Why::DoesNotApply : Why::NotTold;
}

Value rate(const RowRef &row, double bytesPerSecond)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return Why::NotTold;
    const bool counted = socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp;
    if (!counted || isListening(socket) || socket.boundInactive || isMiniSocket(socket))
        return Why::DoesNotApply; // the kernel counts the bytes of connections of TCP and MPTCP only
    if (bytesPerSecond >= 0)
        return Value::of(bytesPerSecond);
    if (row.entry().mark == Mark::Closed)
        return Why::DoesNotApply; // nothing moves any more
    if (row.entry().hasCounters)  // one moment is all there is in a file
        return row.snapshot().origin.file ? Why::NotRecorded : Why::NotYet;
    // It lacks what its counters lack; that of old kernels lacks one of them.
    const Value counter = bytesReceived(row);
    return counter.present() ? Value(Why::NotTold) : counter;
}

/// Who has timers of this kind, even if the kernel does not tell MPTCP's own; what no list describes may be any.
bool hasTimer(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Tcp:
    case Protocol::Mptcp:
    case Protocol::Sctp:
    case Protocol::Dccp:
    case Protocol::Unknown: return true;
    default: return false;
    }
}

/// Of whom the kernel tells the mark. Every other socket has one as well (SO_MARK).
bool tellsMark(const Socket &socket)
{
    return isInternet(socket) && socket.protocol != Protocol::Smc;
}

QString orRemembered(const RowRef &row, const QString &time)
{
    return row.entry().remembered ? QCoreApplication::translate("Column", "%1, remembered").arg(time) : time;
}

} // namespace

Value user(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!socket.has(Told::Uid))
        return noUid(row);
    // One without a name is called by its number, if the names are known.
    const Why unknown
        = row.snapshot().users.contains(socket.uid) ? Why::Present : unrecordedOr(row.snapshot(), Why::Present);
    return unknown == Why::Present ? Value::of(userName(row.snapshot(), socket.uid)) : Value(unknown);
}

Value uid(const RowRef &row)
{
    const Socket &socket = row.socket();
    return socket.has(Told::Uid) ? Value::of(static_cast<quint64>(socket.uid)) : Value(noUid(row));
}

Value protocol(const RowRef &row)
{
    return Value::of(protocolName(row.snapshot(), row.socket()));
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
    return name.isEmpty() ? Value(stateless(row)) : Value::of(name);
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

Value mark(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.has(Told::Mark))
        return Value::of(static_cast<quint64>(socket.mark));
    if (row.snapshot().sourceOf(socket) != Source::SockDiag || !tellsMark(socket))
        return Why::NotTold;
    // Whoever may see marks is told one of 0, too; but not every kernel keeps one of such a connection.
    return isMiniSocket(socket) && row.snapshot().host.euid.value_or(0) == 0 ? Why::NotTold : Why::Denied;
}

Value cgroup(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (const auto path = row.snapshot().cgroupOf(socket))
        return Value::of(visible(*path));
    if (socket.has(Told::Cgroup)) {
        const Why unknown = unrecordedOr(row.snapshot(), Why::Present);
        if (unknown != Why::Present)
            return unknown;
        // As ss says it: the id leads to no directory we see.
        return Value::of(QStringLiteral("unreachable:%1").arg(socket.cgroupId, 0, 16));
    }
    return isMiniSocket(socket) ? Why::DoesNotApply : Why::NotTold; // a UNIX socket has one, too
}

Value timer(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!hasTimer(socket.protocol))
        return Why::DoesNotApply;
    if (!socket.has(Told::Timer))
        return Why::NotTold;
    if (!socket.timer)
        return Why::None;
    return Value::of(timerName(socket) + QLatin1Char(' ') + compact(socket.expires, Unit::Milliseconds));
}

Value firstSeen(const RowRef &row)
{
    if (row.entry().firstSeen == WallTime())
        return unrecordedOr(row.snapshot(), Why::NotTold);
    return Value::of(dateTime(row.entry().firstSeen).toString(Qt::ISODateWithMs));
}

Value receiveRate(const RowRef &row)
{
    return rate(row, row.entry().receiveRate);
}

Value sendRate(const RowRef &row)
{
    return rate(row, row.entry().sendRate);
}

QString showFirstSeen(const RowRef &row)
{
    return orRemembered(row, dateTime(row.entry().firstSeen).toLocalTime().toString(QStringLiteral("HH:mm:ss")));
}

QString wholeFirstSeen(const RowRef &row)
{
    return orRemembered(row, timeText(row.entry().firstSeen));
}

QString userNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.has(Told::Uid) || socket.protocol == Protocol::Unknown)
        return {};
    // Its user is that of the struct socket, which such a connection lacks.
    if (QString note = inodeNote(row); !note.isEmpty())
        return note;
    const bool never = socket.protocol == Protocol::Netlink || socket.protocol == Protocol::Vsock;
    return never ? tr("No kernel tells the user of such sockets.") : QString();
}

QString stateNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return tr("Not described by the kernel: it is of another network namespace, was never bound, or is of another "
                  "family.");
    if (socket.doubtful)
        return tr("Doubtful: the name of another socket may have forged this line of the file it was read from.");
    if (socket.boundInactive)
        return tr("Bound to a port, neither listening nor connected.");
    const bool takesAll = socket.protocol == Protocol::Udp || socket.protocol == Protocol::UdpLite;
    if (takesAll && socket.has(Told::State) && socket.state == tcpstate::close)
        return tr("Not connected: it receives from everybody.");
    if (row.snapshot().sourceOf(socket) == Source::Descriptor)
        return sourceNote(row);
    return {};
}

QString inodeNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.has(Told::Inode) || row.snapshot().sourceOf(socket) == Source::Descriptor)
        return {};
    return isMiniSocket(socket) ? tr("The kernel keeps this connection without a socket.")
                                : tr("Not accepted yet, or already closed by its process.");
}

QString cgroupNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.has(Told::Cgroup) || isInternet(socket) || socket.protocol == Protocol::Unknown)
        return {};
    return socket.protocol == Protocol::Unix ? tr("No kernel tells the control group of UNIX sockets.")
                                             : tr("No kernel tells the control group of such sockets.");
}

QString markNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    return tellsMark(socket) || socket.protocol == Protocol::Unknown ? QString()
                                                                     : tr("No kernel tells the mark of such sockets.");
}

} // namespace socktree::column
