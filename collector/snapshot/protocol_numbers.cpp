// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/protocol_numbers.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

namespace socktree {

namespace {

// clang-format off
/// Of a protocol with two numbers the first is the one that stands for it.
constexpr struct {
    Protocol protocol;
    ProtocolNumbers numbers;
} lines[] = {
    {Protocol::Tcp, {AF_INET, IPPROTO_TCP}},
    {Protocol::Mptcp, {AF_INET, IPPROTO_MPTCP}},
    {Protocol::Udp, {AF_INET, IPPROTO_UDP}},
    {Protocol::UdpLite, {AF_INET, IPPROTO_UDPLITE}},
    {Protocol::Raw, {AF_INET, IPPROTO_RAW}},
    {Protocol::Ping, {AF_INET, IPPROTO_ICMP}},
    {Protocol::Ping, {AF_INET, IPPROTO_ICMPV6}},
    {Protocol::Sctp, {AF_INET, IPPROTO_SCTP}},
    {Protocol::Dccp, {AF_INET, IPPROTO_DCCP}},
    {Protocol::Unix, {AF_UNIX, 0}},
    {Protocol::Packet, {AF_PACKET, 0}},
    {Protocol::Netlink, {AF_NETLINK, 0}},
    {Protocol::Vsock, {AF_VSOCK, 0}},
    {Protocol::Xdp, {AF_XDP, 0}},
    {Protocol::Smc, {AF_SMC, 0}},
    {Protocol::Tipc, {AF_TIPC, 0}},
};
// clang-format on

} // namespace

ProtocolNumbers numbersOf(Protocol protocol)
{
    const auto line = std::find_if(
        std::begin(lines), std::end(lines), [protocol](const auto &one) { return one.protocol == protocol; });
    return line != std::end(lines) ? line->numbers : ProtocolNumbers();
}

Protocol protocolOf(quint8 family, quint16 number, quint8 type)
{
    const bool isInet = family == AF_INET || family == AF_INET6;
    if (isInet && type == SOCK_RAW)
        return Protocol::Raw;
    for (const auto &[protocol, numbers] : lines)
        if (isInet ? numbers.family == AF_INET && numbers.number == number : numbers.family == family)
            return protocol;
    return Protocol::Unknown;
}

} // namespace socktree
