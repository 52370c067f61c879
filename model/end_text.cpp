// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/end_text.h"

#include "collector/decode/attribute.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <sys/socket.h>

#include <array>

namespace socktree {

namespace {

constexpr quint32 anyNumber = 0xffffffffu; ///< VMADDR_CID_ANY, VMADDR_PORT_ANY

/// What the tables call a number.
QString nameIn(const FieldRef &ref, quint32 number)
{
    return ref ? exact(*ref.field, number) : QString::number(number);
}

QString joined(const QString &host, const QString &port)
{
    return host + QLatin1Char(':') + port;
}

QString internetEnd(const Snapshot &snapshot, const Socket &socket, const Address &address, quint32 port)
{
    if (!address.length)
        return {};
    const QString protocol = numberText(snapshot, socket);
    if (socket.protocol != Protocol::Raw || protocol.isEmpty())
        return endText(address, port);
    const QString host = addressText(address);
    return joined(address.length == 16 ? QLatin1Char('[') + host + QLatin1Char(']') : host, protocol);
}

} // namespace

QString nodeText(const Socket &socket, const Address &address)
{
    constexpr std::array<const char *, 3> names{"hypervisor", "local", "host"};
    const quint32 node = address.node();
    if (socket.protocol != Protocol::Vsock)
        return QString::number(node);
    if (node == anyNumber)
        return QStringLiteral("any");
    return node < names.size() ? QLatin1String(names[node]) : QString::number(node);
}

QString numberText(const Snapshot &snapshot, const Socket &socket)
{
    static const FieldRef netlink = fieldById("netlink.protocol", AF_NETLINK),
                          packet = fieldById("packet.num", AF_PACKET), raw = fieldById("inet.protocol", AF_INET);
    const bool told = snapshot.sourceOf(socket) != Source::Descriptor;
    switch (socket.protocol) {
    case Protocol::Netlink: return nameIn(netlink, socket.number);
    case Protocol::Raw: return socket.number || told ? nameIn(raw, socket.number) : QString();
    case Protocol::Packet:
        if (socket.number == 0)
            return told ? QStringLiteral("none") : QString();
        return nameIn(packet, socket.number);
    default: return {};
    }
}

bool isPort(const Socket &socket, quint32 port)
{
    switch (socket.protocol) {
    case Protocol::Netlink: return true;
    case Protocol::Vsock: return port != anyNumber;
    default: return port != 0;
    }
}

QString portText(const Socket &socket, quint32 port)
{
    if (socket.protocol == Protocol::Netlink && port == 0)
        return QStringLiteral("kernel");
    return isPort(socket, port) ? QString::number(port) : QStringLiteral("*");
}

QString interfaceText(const Snapshot &snapshot, const Socket &socket)
{
    if (!socket.interface)
        return {};
    const QByteArray name = snapshot.interfaceOf(socket);
    return name.isEmpty() ? QStringLiteral("if%1").arg(socket.interface) : visible(name);
}

bool isConnected(const Socket &socket)
{
    switch (socket.protocol) {
    case Protocol::Netlink: return isEstablished(socket);
    case Protocol::Vsock: return socket.remote.length && socket.remote.node() != anyNumber && !isListening(socket);
    case Protocol::Tipc: return socket.remote.length != 0;
    default: break;
    }
    // Disconnecting takes the port away and leaves the address.
    return socket.remotePort || (socket.remote.length && !socket.remote.isAny() && !isUnconnected(socket));
}

QString localEnd(const Snapshot &snapshot, const Socket &socket)
{
    if (socket.local.isNode())
        return joined(nodeText(socket, socket.local), portText(socket, socket.localPort));
    if (isInternet(socket.protocol))
        return internetEnd(snapshot, socket, socket.local, socket.localPort);
    const QString number = numberText(snapshot, socket);
    QString interface = interfaceText(snapshot, socket);
    switch (socket.protocol) {
    case Protocol::Netlink:
        return snapshot.sourceOf(socket) == Source::Descriptor ? number
                                                               : joined(number, portText(socket, socket.localPort));
    case Protocol::Packet:
        return number.isEmpty() ? QString() : joined(number, interface.isEmpty() ? QStringLiteral("*") : interface);
    case Protocol::Xdp: return interface;
    default: return {};
    }
}

QString remoteEnd(const Snapshot &snapshot, const Socket &socket)
{
    if (!isConnected(socket))
        return {};
    if (socket.remote.isNode())
        return joined(nodeText(socket, socket.remote), portText(socket, socket.remotePort));
    if (socket.protocol == Protocol::Netlink)
        return joined(numberText(snapshot, socket), portText(socket, socket.remotePort));
    return internetEnd(snapshot, socket, socket.remote, socket.remotePort);
}

} // namespace socktree
