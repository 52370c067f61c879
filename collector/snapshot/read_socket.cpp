// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_socket.h"

#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "collector/decode/unix_message.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

constexpr quint8 tcpClose = 7;

Protocol protocolOf(quint16 ipProtocol)
{
    switch (ipProtocol) {
    case IPPROTO_TCP: return Protocol::Tcp;
    case IPPROTO_UDP: return Protocol::Udp;
    default: return Protocol::Unknown;
    }
}

Address addressOf(const std::array<quint8, 16> &bytes, quint8 length)
{
    Address address;
    address.bytes = bytes;
    address.length = length;
    return address;
}

/// Stores the attribute's value if it is long enough to be one.
template <typename T, typename Member> void tell(Socket &socket, Told what, Member &member, Bytes payload)
{
    if (const auto value = load<T>(payload)) {
        member = static_cast<Member>(*value);
        socket.tell(what);
    }
}

void readFixed(Socket &socket, const InetFixed &fixed)
{
    socket.cookie = fixed.cookie;
    socket.family = fixed.family;
    socket.local = addressOf(fixed.local, fixed.addressLength());
    socket.remote = addressOf(fixed.remote, fixed.addressLength());
    socket.localPort = fixed.localPort;
    socket.remotePort = fixed.remotePort;
    socket.interface = fixed.interface;
    socket.state = fixed.state;
    socket.tell(Told::State);
    socket.recvQueue = fixed.receiveQueue;
    socket.sendQueue = fixed.sendQueue;
    socket.tell(Told::Queues);
    if (fixed.inode != 0) {
        socket.inode = fixed.inode;
        socket.tell(Told::Inode);
    }
    // Without a file, uid 0 is a filler and not root; kernels since 6.13 tell the true one of some such rows.
    if (fixed.inode != 0 || fixed.uid != 0) {
        socket.uid = fixed.uid;
        socket.tell(Told::Uid);
    }
}

std::optional<SocketRow> readInet(Bytes message, quint16 ipProtocol)
{
    const auto fixed = parseInetFixed(message);
    if (!fixed)
        return std::nullopt;
    SocketRow row;
    Socket &socket = row.socket;
    readFixed(socket, *fixed);
    socket.protocol = protocolOf(ipProtocol);
    if (socket.protocol == Protocol::Tcp) {
        socket.type = SOCK_STREAM;
        socket.boundInactive = fixed->state == tcpClose;
        socket.timer = fixed->timer;
        socket.retrans = fixed->retrans;
        socket.expires = fixed->expires;
        socket.tell(Told::Timer);
    } else if (socket.protocol == Protocol::Udp) {
        socket.type = SOCK_DGRAM;
    }
    const Bytes rest = walkAttributes(message.subspan(inetFixedSize), [&](const RawAttribute &attribute) {
        switch (attribute.number) {
        case inet::Shutdown: tell<quint8>(socket, Told::Shutdown, socket.shutdown, attribute.payload); break;
        case inet::V6Only: tell<quint8>(socket, Told::V6Only, socket.v6Only, attribute.payload); break;
        case inet::Mark: tell<quint32>(socket, Told::Mark, socket.mark, attribute.payload); break;
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
    SocketRow row;
    Socket &socket = row.socket;
    socket.family = AF_UNIX;
    socket.protocol = Protocol::Unix;
    socket.cookie = fixed->cookie;
    socket.type = fixed->type;
    socket.state = fixed->state;
    socket.tell(Told::State);
    if (fixed->inode != 0) {
        socket.inode = fixed->inode;
        socket.tell(Told::Inode);
    }
    const Bytes rest = walkAttributes(message.subspan(unixFixedSize), [&](const RawAttribute &attribute) {
        const Bytes payload = attribute.payload;
        switch (attribute.number) {
        case unixdiag::Name:
            row.name = unixNameOf(payload);
            socket.tell(Told::Name);
            break;
        case unixdiag::RqLen:
            if (const auto send = load<quint32>(payload, 4)) {
                socket.recvQueue = *load<quint32>(payload);
                socket.sendQueue = *send;
                socket.tell(Told::Queues);
            }
            break;
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

} // namespace

std::optional<SocketRow> readSocket(Bytes message, quint16 ipProtocol)
{
    const auto family = load<quint8>(message);
    return family == quint8(AF_UNIX) ? readUnix(message) : readInet(message, ipProtocol);
}

} // namespace socktree
