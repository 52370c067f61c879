// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_requests.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

namespace socktree {

static_assert(sizeof(nlmsghdr) == 16 && sizeof(inet_diag_req_v2) == 56 && sizeof(unix_diag_req) == 24);

static constexpr quint32 everyState = 0xffffffffu;

Scope inetScope(quint8 family, quint8 protocol, const Needs &needs)
{
    return {.family = family, .protocol = protocol, .states = everyState, .asked = needs.inetExtensions};
}

Scope unixScope(const Needs &needs)
{
    return {.family = AF_UNIX, .protocol = 0, .states = everyState, .asked = needs.unixShow};
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

std::vector<std::byte> dumpRequest(const Scope &scope, quint32 sequence)
{
    constexpr quint16 flags = NLM_F_REQUEST | NLM_F_DUMP;
    if (scope.family == AF_UNIX) {
        unix_diag_req request{};
        request.sdiag_family = scope.family;
        request.udiag_states = scope.states;
        request.udiag_show = scope.asked;
        return message(request, flags, sequence);
    }
    inet_diag_req_v2 request{};
    request.sdiag_family = scope.family;
    request.sdiag_protocol = static_cast<quint8>(scope.protocol);
    request.idiag_ext = static_cast<quint8>(scope.asked);
    request.idiag_states = scope.states;
    return message(request, flags, sequence);
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
