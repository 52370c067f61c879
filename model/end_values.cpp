// SPDX-License-Identifier: GPL-3.0-or-later
// What columns say of a socket's own addresses, ports and interface.
#include "collector/capture/redacting_sink.h"
#include "model/column_values.h"
#include "model/end_text.h"
#include "model/row_source.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree::column {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

Value textOr(const QString &text, Why otherwise)
{
    return text.isEmpty() ? Value(otherwise) : Value::of(text);
}

/// Which families have what internet addresses have.
bool hasPorts(const Socket &socket)
{
    switch (socket.protocol) {
    case Protocol::Raw: return false; // the kernel keeps its protocol there
    case Protocol::Netlink:
    case Protocol::Vsock:
    case Protocol::Tipc: return true;
    default: return isInternet(socket.protocol);
    }
}

/// Whose lists have a field for it. Every other socket can be bound to an interface as well (SO_BINDTODEVICE).
bool tellsInterface(const Socket &socket)
{
    return isInternet(socket.protocol) || socket.protocol == Protocol::Packet || socket.protocol == Protocol::Xdp;
}

bool isFromDescriptor(const RowRef &row)
{
    return row.snapshot().sourceOf(row.socket()) == Source::Descriptor;
}

/// Whether its descriptor could be copied, which is when it told the cookie.
bool isAsked(const Socket &socket)
{
    return socket.cookie != 0;
}

/// Whether it says of itself to whom it is connected. A file that tells no state does not say it of netlink.
bool tellsRemote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Netlink)
        return socket.has(Told::State);
    if (isFromDescriptor(row))
        return isInternet(socket.protocol) && (socket.remote.length != 0 || isAsked(socket));
    return !isInternet(socket.protocol) || socket.remote.length != 0;
}

/// Of what stands in a redacted file for an address or a name, and looks like one.
QString placeholderNote(const RowRef &row, const Address &address)
{
    const QList<QByteArray> &withheld = row.snapshot().origin.withheld;
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unix) {
        const bool replaced
            = withheld.contains(RedactingSink::unixNames.what) && !row.snapshot().nameOf(socket).isEmpty();
        return replaced ? tr("A placeholder: the file does not tell the true name.") : QString();
    }
    if (address.isNode() || !withheld.contains(RedactingSink::addresses.what))
        return {};
    Pseudonyms::Four four{};
    Pseudonyms::Sixteen sixteen{};
    if (address.length == four.size())
        std::copy_n(address.bytes.begin(), four.size(), four.begin());
    if (address.length == sixteen.size())
        std::copy_n(address.bytes.begin(), sixteen.size(), sixteen.begin());
    return Pseudonyms::keeps(four) && Pseudonyms::keeps(sixteen)
        ? QString()
        : tr("A placeholder: the file does not tell the true address. Wherever it stands, it is for the same one.");
}

QString lines(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? first + second : first + QLatin1Char('\n') + second;
}

} // namespace

Value localAddress(const RowRef &row)
{
    const Socket &socket = row.socket();
    switch (socket.protocol) {
    case Protocol::Unix: return unixPath(row);
    case Protocol::Xdp: return Why::DoesNotApply;
    case Protocol::Netlink:
    case Protocol::Packet: return textOr(numberText(row.snapshot(), socket), Why::NotTold);
    default: break;
    }
    if (socket.local.isNode())
        return Value::of(nodeText(socket, socket.local));
    return socket.local.length ? Value::of(socket.local) : Value(Why::NotTold);
}

Value localPort(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!hasPorts(socket)) // some families that only files list have a number like it
        return socket.localPort ? Value::of(quint64(socket.localPort)) : Value(untold(socket, Why::DoesNotApply));
    if (isFromDescriptor(row) && !socket.local.length)
        return Why::NotTold;
    return isPort(socket, socket.localPort) ? Value::of(quint64(socket.localPort)) : Value(Why::None);
}

Value remoteAddress(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!hasPorts(socket) && !isInternet(socket.protocol))
        return untold(socket, Why::DoesNotApply);
    if (!tellsRemote(row))
        return Why::NotTold;
    if (!isConnected(socket)) // to nobody
        return isListening(socket) ? Why::DoesNotApply : Why::None;
    if (socket.protocol == Protocol::Netlink)
        return Value::of(numberText(row.snapshot(), socket));
    return socket.remote.isNode() ? Value::of(nodeText(socket, socket.remote)) : Value::of(socket.remote);
}

Value remotePort(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!hasPorts(socket))
        return untold(socket, Why::DoesNotApply);
    if (!tellsRemote(row))
        return Why::NotTold;
    const bool isOther = socket.protocol == Protocol::Netlink || socket.remote.isNode();
    if (isOther ? isConnected(socket) : socket.remotePort != 0)
        return Value::of(quint64(socket.remotePort));
    return isListening(socket) ? Why::DoesNotApply : Why::None;
}

Value unixPath(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (socket.protocol != Protocol::Unix)
        return untold(socket, Why::DoesNotApply);
    const QByteArray name = row.snapshot().nameOf(socket);
    if (!name.isEmpty())
        return Value::of(unixName(name));
    if (isFromDescriptor(row))
        return isAsked(socket) ? Why::None : Why::NotTold;
    return unixUnaskedOr(row, UnixShow::Name, Why::None);
}

Value boundInterface(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!tellsInterface(socket))
        return Why::NotTold;
    if (const QString name = interfaceText(row.snapshot(), socket); !name.isEmpty())
        return Value::of(name);
    // Of files only that of packet sockets tells it.
    const bool told = row.snapshot().sourceOf(socket) == Source::SockDiag || socket.protocol == Protocol::Packet;
    return told && !isFromDescriptor(row) ? Why::None : Why::NotTold;
}

QString showLocalPort(const RowRef &row)
{
    return portText(row.socket(), row.socket().localPort);
}

QString showRemotePort(const RowRef &row)
{
    return portText(row.socket(), row.socket().remotePort);
}

QString localAddressNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    switch (socket.protocol) {
    case Protocol::Netlink: return tr("The part of the kernel that the socket talks to.");
    case Protocol::Packet: return tr("The ethertype of the packets that the socket takes.");
    case Protocol::Vsock: return tr("The context ID (CID) of a machine: of this one, its host or a guest.");
    case Protocol::Tipc: return socket.local.isNode() ? tr("The number of the node.") : QString();
    case Protocol::Raw: {
        const QString protocol = numberText(row.snapshot(), socket);
        return lines(protocol.isEmpty() ? QString() : tr("It takes the IP protocol %1.").arg(protocol),
            placeholderNote(row, socket.local));
    }
    default: return placeholderNote(row, socket.local);
    }
}

QString unixPathNote(const RowRef &row)
{
    return row.socket().protocol == Protocol::Unix ? placeholderNote(row, {}) : QString();
}

QString localPortNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    switch (socket.protocol) {
    case Protocol::Netlink:
        return socket.localPort ? tr("The port ID, which is the socket's address; often the PID of who made it.")
                                : tr("The port ID 0 is the kernel's own.");
    case Protocol::Ping: return tr("The identifier of the ICMP messages.");
    case Protocol::Raw: return tr("Raw sockets have no ports; the protocol they take stands with the address.");
    default: return {};
    }
}

QString remoteNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    if (!isUnconnected(socket))
        return {};
    if (socket.remotePort)
        return tr("It was connected to this; the connection is over, and its end was not closed yet.");
    const bool isLeft = socket.remote.length && !socket.remote.isAny();
    return isLeft ? tr("It is not connected: the address that the kernel still keeps is that of an earlier connection.")
                  : QString();
}

QString remoteAddressNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    return lines(remoteNote(row),
        isConnected(socket) && socket.protocol != Protocol::Unix ? placeholderNote(row, socket.remote) : QString());
}

QString interfaceNote(const RowRef &row)
{
    const Socket &socket = row.socket();
    const bool never = !tellsInterface(socket) && socket.protocol != Protocol::Unknown;
    return never ? tr("No kernel tells the interface that such sockets are bound to.") : QString();
}

} // namespace socktree::column
