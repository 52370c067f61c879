// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_requests.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/smc_diag.h>
#include <linux/sock_diag.h>
#include <linux/tipc_sockets_diag.h>
#include <linux/unix_diag.h>
#include <linux/vm_sockets_diag.h>
#include <linux/xdp_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace socktree {

static_assert(sizeof(nlmsghdr) == 16 && sizeof(inet_diag_req_v2) == 56 && sizeof(unix_diag_req) == 24);
static_assert(sizeof(packet_diag_req) == 20 && sizeof(netlink_diag_req) == 20 && sizeof(vsock_diag_req) == 24);
static_assert(sizeof(xdp_diag_req) == 20 && sizeof(smc_diag_req) == 52 && sizeof(tipc_sock_diag_req) == 8);

static constexpr quint32 everyState = 0xffffffffu;

Scope inetScope(quint8 family, quint16 protocol, const Needs &needs)
{
    return {.family = family, .protocol = protocol, .states = everyState, .asked = needs.inetExtensions};
}

Scope unixScope(const Needs &needs)
{
    return {.family = AF_UNIX, .protocol = 0, .states = everyState, .asked = needs.unixShow};
}

Scope familyScope(quint8 family)
{
    constexpr quint32 everything = 0xff; // all that *_SHOW_* bits and SMC's extensions can say
    return {.family = family, .protocol = 0, .states = everyState, .asked = everything};
}

template <typename Request>
static std::vector<std::byte> message(const Request &request, quint16 flags, quint32 sequence)
{
    nlmsghdr header{};
    header.nlmsg_len = sizeof header + sizeof request;
    header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    header.nlmsg_flags = flags;
    header.nlmsg_seq = sequence;
    std::vector<std::byte> bytes(sizeof header + sizeof request);
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + sizeof header, &request, sizeof request);
    return bytes;
}

template <std::size_t size> static void putCookie(quint32 (&words)[size], quint64 cookie)
{
    static_assert(size == 2);
    words[0] = static_cast<quint32>(cookie);
    words[1] = static_cast<quint32>(cookie >> 32);
}

static constexpr quint16 dumpFlags = NLM_F_REQUEST | NLM_F_DUMP;

static std::vector<std::byte> unixDump(const Scope &scope, quint32 sequence)
{
    unix_diag_req request{};
    request.sdiag_family = scope.family;
    request.udiag_states = scope.states;
    request.udiag_show = scope.asked;
    return message(request, dumpFlags, sequence);
}

static std::vector<std::byte> packetDump(const Scope &scope, quint32 sequence)
{
    packet_diag_req request{};
    request.sdiag_family = scope.family;
    request.pdiag_show = scope.asked;
    return message(request, dumpFlags, sequence);
}

static std::vector<std::byte> netlinkDump(const Scope &scope, quint32 sequence)
{
    netlink_diag_req request{};
    request.sdiag_family = scope.family;
    request.sdiag_protocol = 255; // NDIAG_PROTO_ALL
    request.ndiag_show = scope.asked;
    return message(request, dumpFlags, sequence);
}

static std::vector<std::byte> vsockDump(const Scope &scope, quint32 sequence)
{
    vsock_diag_req request{};
    request.sdiag_family = scope.family;
    request.vdiag_states = scope.states;
    request.vdiag_show = scope.asked;
    return message(request, dumpFlags, sequence);
}

static std::vector<std::byte> xdpDump(const Scope &scope, quint32 sequence)
{
    xdp_diag_req request{};
    request.sdiag_family = scope.family;
    request.xdiag_show = scope.asked;
    return message(request, dumpFlags, sequence);
}

static std::vector<std::byte> smcDump(const Scope &scope, quint32 sequence)
{
    smc_diag_req request{};
    request.diag_family = scope.family;
    request.diag_ext = static_cast<quint8>(scope.asked);
    return message(request, dumpFlags, sequence);
}

static std::vector<std::byte> tipcDump(const Scope &scope, quint32 sequence)
{
    tipc_sock_diag_req request{};
    request.sdiag_family = scope.family;
    request.tidiag_states = scope.states;
    return message(request, dumpFlags, sequence);
}

/// Protocols above 255 do not fit into the request's struct and go into an attribute beside it.
struct WideRequest {
    inet_diag_req_v2 request;
    nlattr header;
    quint32 protocol;
};

static std::vector<std::byte> inetDump(const Scope &scope, quint32 sequence)
{
    inet_diag_req_v2 request{};
    request.sdiag_family = scope.family;
    request.sdiag_protocol = static_cast<quint8>(std::min<quint16>(scope.protocol, IPPROTO_RAW));
    request.idiag_ext = static_cast<quint8>(scope.asked);
    request.idiag_states = scope.states;
    if (scope.protocol <= IPPROTO_RAW)
        return message(request, dumpFlags, sequence);
    constexpr quint16 requestProtocol = 3; // INET_DIAG_REQ_PROTOCOL, Linux 5.9
    WideRequest wide{
        request, {.nla_len = sizeof(nlattr) + sizeof(quint32), .nla_type = requestProtocol}, scope.protocol};
    static_assert(sizeof wide == 64);
    return message(wide, dumpFlags, sequence);
}

std::vector<std::byte> dumpRequest(const Scope &scope, quint32 sequence)
{
    switch (scope.family) {
    case AF_UNIX: return unixDump(scope, sequence);
    case AF_PACKET: return packetDump(scope, sequence);
    case AF_NETLINK: return netlinkDump(scope, sequence);
    case AF_VSOCK: return vsockDump(scope, sequence);
    case AF_XDP: return xdpDump(scope, sequence);
    case AF_SMC: return smcDump(scope, sequence);
    case AF_TIPC: return tipcDump(scope, sequence);
    default: return inetDump(scope, sequence);
    }
}

std::vector<std::byte> lookupRequest(const InetLookup &socket, quint32 sequence)
{
    inet_diag_req_v2 request{};
    request.sdiag_family = socket.family;
    request.sdiag_protocol = socket.protocol;
    request.idiag_ext = socket.extensions;
    request.idiag_states = everyState;
    const bool swapped = socket.protocol == IPPROTO_UDP;
    request.id.idiag_sport = swapped ? socket.remotePort : socket.localPort;
    request.id.idiag_dport = swapped ? socket.localPort : socket.remotePort;
    std::memcpy(request.id.idiag_src, swapped ? socket.remote.data() : socket.local.data(), 16);
    std::memcpy(request.id.idiag_dst, swapped ? socket.local.data() : socket.remote.data(), 16);
    request.id.idiag_if = socket.interface;
    putCookie(request.id.idiag_cookie, socket.cookie);
    return message(request, NLM_F_REQUEST, sequence);
}

std::vector<std::byte> unixLookupRequest(quint32 inode, quint64 cookie, quint32 show, quint32 sequence)
{
    unix_diag_req request{};
    request.sdiag_family = AF_UNIX;
    request.udiag_states = everyState;
    request.udiag_ino = inode;
    request.udiag_show = show;
    putCookie(request.udiag_cookie, cookie);
    return message(request, NLM_F_REQUEST, sequence);
}

} // namespace socktree
