// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/socket.h"

#include <algorithm>
#include <cstring>

namespace socktree {

const char *nameOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Tcp: return "tcp";
    case Protocol::Mptcp: return "mptcp";
    case Protocol::Udp: return "udp";
    case Protocol::UdpLite: return "udplite";
    case Protocol::Raw: return "raw";
    case Protocol::Ping: return "ping";
    case Protocol::Sctp: return "sctp";
    case Protocol::Dccp: return "dccp";
    case Protocol::Unix: return "unix";
    case Protocol::Packet: return "packet";
    case Protocol::Netlink: return "netlink";
    case Protocol::Vsock: return "vsock";
    case Protocol::Xdp: return "xdp";
    case Protocol::Smc: return "smc";
    case Protocol::Tipc: return "tipc";
    case Protocol::Other: return "other";
    case Protocol::Unknown: break;
    }
    return "unknown";
}

std::span<const Protocol> everyProtocol()
{
    static const auto all = [] {
        std::array<Protocol, protocolCount> made{};
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = static_cast<Protocol>(i);
        return made;
    }();
    static_assert(protocolCount == static_cast<std::size_t>(Protocol::Other) + 1);
    return all;
}

bool isInternet(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Tcp:
    case Protocol::Mptcp:
    case Protocol::Udp:
    case Protocol::UdpLite:
    case Protocol::Raw:
    case Protocol::Ping:
    case Protocol::Sctp:
    case Protocol::Dccp:
    case Protocol::Smc: return true;
    default: return false;
    }
}

Address Address::ofNode(quint32 number)
{
    Address address;
    std::memcpy(address.bytes.data(), &number, sizeof number);
    address.length = nodeLength;
    return address;
}

quint32 Address::node() const
{
    quint32 number;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
}

bool Address::isAny() const
{
    return std::all_of(bytes.begin(), bytes.begin() + length, [](quint8 b) { return b == 0; });
}

bool Address::isLoopback() const
{
    const Address plain = unmapped(*this);
    if (plain.length == 4)
        return plain.bytes[0] == 127;
    constexpr std::array<quint8, 16> loopback6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return plain.length == 16 && plain.bytes == loopback6;
}

Address unmapped(const Address &address)
{
    constexpr std::array<quint8, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (address.length != 16 || !std::equal(prefix.begin(), prefix.end(), address.bytes.begin()))
        return address;
    Address plain;
    plain.length = 4;
    std::copy_n(address.bytes.begin() + prefix.size(), 4, plain.bytes.begin());
    return plain;
}

bool mayEndElsewhere(const Socket &socket)
{
    switch (socket.noEnd) {
    case NoEnd::OtherNamespace:
    case NoEnd::MaybeHere: return true;
    case NoEnd::OtherHost: return socket.protocol != Protocol::Vsock; // all namespaces have the node's one number
    case NoEnd::Nothing:
    case NoEnd::Several: break;
    }
    return socket.protocol == Protocol::Unix;
}

} // namespace socktree
