// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_socket.h"

#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "collector/decode/netlink_message.h"
#include "collector/decode/packet_message.h"
#include "collector/decode/smc_message.h"
#include "collector/decode/tcp_state.h"
#include "collector/decode/tipc_message.h"
#include "collector/decode/unix_message.h"
#include "collector/decode/vsock_message.h"
#include "collector/decode/xdp_message.h"
#include "collector/snapshot/protocol_numbers.h"

#include <sys/socket.h>

namespace socktree {

namespace {

/// Of what has one type only; an SCTP socket's is not told.
quint8 typeOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Tcp:
    case Protocol::Mptcp: return SOCK_STREAM;
    case Protocol::Udp:
    case Protocol::UdpLite: return SOCK_DGRAM;
    case Protocol::Raw: return SOCK_RAW;
    case Protocol::Dccp: return SOCK_DCCP;
    default: return 0;
    }
}

/// Whether idiag_timer and what goes with it mean something.
bool hasTimer(Protocol protocol)
{
    return protocol == Protocol::Tcp || protocol == Protocol::Dccp || protocol == Protocol::Sctp;
}

/// Stores the attribute's value if it is long enough to be one.
template <typename T, typename Member> void tell(Socket &socket, Told what, Member &member, Bytes payload)
{
    if (const auto value = load<T>(payload)) {
        member = static_cast<Member>(*value);
        socket.tell(what);
    }
}

void tellState(Socket &socket, quint8 state)
{
    socket.state = state;
    socket.tell(Told::State);
}

void tellQueues(Socket &socket, std::optional<quint32> received, std::optional<quint32> sent)
{
    if (!received || !sent)
        return;
    socket.recvQueue = *received;
    socket.sendQueue = *sent;
    socket.tell(Told::Queues);
}

/// What is in the queues of families that tell it with their memory only (SK_MEMINFO): overhead included.
void tellMemory(Socket &socket, Bytes memory)
{
    constexpr std::size_t received = 0, sent = 8;
    tellQueues(socket, load<quint32>(memory, received), load<quint32>(memory, sent));
}

void tellShutdown(Socket &socket, quint8 shutdown)
{
    socket.shutdown = shutdown;
    socket.tell(Told::Shutdown);
}

void tellUid(Socket &socket, quint32 uid)
{
    socket.uid = uid;
    socket.tell(Told::Uid);
}

/// What the rows of all families have in common.
template <typename Fixed> SocketRow rowOf(const Fixed &fixed, quint8 family, Protocol protocol)
{
    SocketRow row;
    row.socket.family = family;
    row.socket.protocol = protocol;
    row.socket.cookie = fixed.cookie;
    if (fixed.inode != 0) {
        row.socket.inode = static_cast<quint32>(fixed.inode);
        row.socket.tell(Told::Inode);
    }
    return row;
}

/// Of internet families: ends and user.
template <typename Fixed> void readInternet(Socket &socket, const Fixed &fixed)
{
    socket.local = {fixed.local, fixed.addressLength()};
    socket.remote = {fixed.remote, fixed.addressLength()};
    socket.localPort = fixed.localPort;
    socket.remotePort = fixed.remotePort;
    socket.interface = fixed.interface;
    // Without a file, uid 0 is a filler and not root; kernels since 6.13 tell the true one of some such rows.
    if (fixed.inode != 0 || fixed.uid != 0)
        tellUid(socket, fixed.uid);
}

std::optional<SocketRow> readInet(Bytes message, const Scope &scope)
{
    const auto fixed = parseInetFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, fixed->family, protocolOf(AF_INET, scope.protocol));
    Socket &socket = row.socket;
    readInternet(socket, *fixed);
    tellState(socket, fixed->state);
    tellQueues(socket, fixed->receiveQueue, fixed->sendQueue);
    socket.type = typeOf(socket.protocol);
    if (hasTimer(socket.protocol)) {
        socket.timer = fixed->timer;
        socket.retrans = fixed->retrans;
        socket.expires = fixed->expires;
        socket.tell(Told::Timer);
    }
    if (socket.protocol == Protocol::Tcp)
        socket.boundInactive = fixed->state == tcpstate::close;
    if (socket.protocol == Protocol::Sctp)
        socket.association = isAssociation(message);
    if (socket.protocol == Protocol::Raw) { // the kernel puts the protocol where others have their port
        socket.number = static_cast<quint16>(socket.localPort);
        socket.localPort = 0;
    }
    const Bytes rest = walkAttributes(message.subspan(inetFixedSize), [&](const RawAttribute &attribute) {
        switch (attribute.number) {
        case inet::Shutdown: tell<quint8>(socket, Told::Shutdown, socket.shutdown, attribute.payload); break;
        case inet::V6Only: tell<quint8>(socket, Told::V6Only, socket.v6Only, attribute.payload); break;
        case inet::Mark: tell<quint32>(socket, Told::Mark, socket.mark, attribute.payload); break;
        case inet::Protocol:
            if (socket.protocol == Protocol::Raw)
                socket.number = load<quint8>(attribute.payload).value_or(quint8(socket.number));
            break;
        case inet::CgroupId: tell<quint64>(socket, Told::Cgroup, socket.cgroupId, attribute.payload); break;
        case inet::Info: row.info = attribute.payload; break;
        case inet::UlpInfo: row.ulp = attribute.payload; break;
        case inet::Locals: row.locals = attribute.payload; break;
        case inet::Peers: row.peers = attribute.payload; break;
        default: break;
        }
    });
    row.damaged = !rest.empty();
    return row;
}

std::optional<SocketRow> readUnix(Bytes message)
{
    const auto fixed = parseUnixFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, AF_UNIX, Protocol::Unix);
    Socket &socket = row.socket;
    socket.type = fixed->type;
    tellState(socket, fixed->state);
    const Bytes rest = walkAttributes(message.subspan(unixFixedSize), [&](const RawAttribute &attribute) {
        const Bytes payload = attribute.payload;
        switch (attribute.number) {
        case unixdiag::Name:
            row.name = unixNameOf(payload);
            socket.tell(Told::Name);
            break;
        case unixdiag::RqLen: tellQueues(socket, load<quint32>(payload), load<quint32>(payload, 4)); break;
        case unixdiag::Icons: row.clients = payload; break;
        case unixdiag::Peer: tell<quint32>(socket, Told::Peer, socket.peerInode, payload); break;
        case unixdiag::Shutdown: tell<quint8>(socket, Told::Shutdown, socket.shutdown, payload); break;
        case unixdiag::Uid: tell<quint32>(socket, Told::Uid, socket.uid, payload); break;
        default: break;
        }
    });
    row.damaged = !rest.empty();
    return row;
}

/// What packet and XDP sockets have alike, each by its family's numbers.
void readDeviceAttributes(SocketRow &row, Bytes attributes, quint16 info, quint16 uid, quint16 memory)
{
    Socket &socket = row.socket;
    const Bytes rest = walkAttributes(attributes, [&](const RawAttribute &attribute) {
        if (attribute.number == info)
            socket.interface = load<quint32>(attribute.payload).value_or(0);
        else if (attribute.number == uid)
            tell<quint32>(socket, Told::Uid, socket.uid, attribute.payload);
        else if (attribute.number == memory)
            tellMemory(socket, attribute.payload);
    });
    row.damaged = !rest.empty();
}

std::optional<SocketRow> readPacket(Bytes message)
{
    const auto fixed = parsePacketFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, AF_PACKET, Protocol::Packet);
    row.socket.type = fixed->type;
    row.socket.number = fixed->protocol;
    readDeviceAttributes(row, message.subspan(packetFixedSize), packetdiag::Info, packetdiag::Uid, packetdiag::MemInfo);
    return row;
}

std::optional<SocketRow> readNetlink(Bytes message)
{
    const auto fixed = parseNetlinkFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, AF_NETLINK, Protocol::Netlink);
    Socket &socket = row.socket;
    socket.type = fixed->type;
    socket.number = fixed->protocol;
    socket.localPort = fixed->port;
    socket.remotePort = fixed->remotePort;
    tellState(socket, fixed->state);
    const Bytes rest = walkAttributes(message.subspan(netlinkFixedSize), [&](const RawAttribute &attribute) {
        if (attribute.number == netlinkdiag::MemInfo)
            tellMemory(socket, attribute.payload);
    });
    row.damaged = !rest.empty();
    return row;
}

std::optional<SocketRow> readVsock(Bytes message)
{
    const auto fixed = parseVsockFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, AF_VSOCK, Protocol::Vsock);
    Socket &socket = row.socket;
    socket.type = fixed->type;
    tellState(socket, fixed->state);
    tellShutdown(socket, fixed->shutdown);
    socket.local = Address::ofNode(fixed->localCid);
    socket.localPort = fixed->localPort;
    socket.remote = Address::ofNode(fixed->remoteCid);
    socket.remotePort = fixed->remotePort;
    return row;
}

std::optional<SocketRow> readXdp(Bytes message)
{
    const auto fixed = parseXdpFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, AF_XDP, Protocol::Xdp);
    row.socket.type = fixed->type;
    readDeviceAttributes(row, message.subspan(xdpFixedSize), xdpdiag::Info, xdpdiag::Uid, xdpdiag::MemInfo);
    return row;
}

std::optional<SocketRow> readSmc(Bytes message)
{
    const auto fixed = parseSmcFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row = rowOf(*fixed, AF_SMC, Protocol::Smc);
    Socket &socket = row.socket;
    readInternet(socket, *fixed);
    socket.type = SOCK_STREAM;
    tellState(socket, fixed->state);
    tellShutdown(socket, fixed->shutdown);
    row.damaged = !walkAttributes(message.subspan(smcFixedSize), [](const RawAttribute &) {}).empty();
    return row;
}

std::optional<SocketRow> readTipc(Bytes message)
{
    const auto told = parseTipcSocket(message);
    if (!told)
        return std::nullopt;
    SocketRow row = rowOf(*told, AF_TIPC, Protocol::Tipc);
    Socket &socket = row.socket;
    socket.type = told->type;
    tellState(socket, told->state);
    if (told->uid)
        tellUid(socket, *told->uid);
    if (told->node)
        socket.local = Address::ofNode(*told->node);
    socket.localPort = told->port.value_or(0);
    if (told->peer) {
        socket.remote = Address::ofNode(told->peer->node);
        socket.remotePort = told->peer->port;
    }
    tellQueues(socket, told->receiveQueue, told->sendQueue);
    return row;
}

} // namespace

bool isEmptyAnswer(Bytes message, const Scope &scope)
{
    return scope.family == AF_TIPC && message.empty();
}

std::optional<SocketRow> readSocket(Bytes message, const Scope &scope)
{
    switch (scope.family) {
    case AF_UNIX: return readUnix(message);
    case AF_PACKET: return readPacket(message);
    case AF_NETLINK: return readNetlink(message);
    case AF_VSOCK: return readVsock(message);
    case AF_XDP: return readXdp(message);
    case AF_SMC: return readSmc(message);
    case AF_TIPC: return readTipc(message);
    default: return readInet(message, scope);
    }
}

} // namespace socktree
