// SPDX-License-Identifier: GPL-3.0-or-later
// The protocols of IPv4 and IPv6 beside TCP and UDP.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/elsewhere.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <cstring>
#include <fcntl.h>
#include <linux/mptcp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

// Debian 12's C library has names for neither.
static constexpr int multipathTcp = 262, multipathLevel = 284;

static std::string row(const char *protocol, int family, const char *state, const char *sources)
{
    return member("protocol", protocol) + member("family", family == AF_INET ? "ipv4" : "ipv6") + member("state", state)
        + from(sources);
}

/// A connection that fell back to plain TCP says so when asked for what only MPTCP has.
static bool isMultipath(int fd)
{
    mptcp_info info{};
    socklen_t length = sizeof info;
    return getsockopt(fd, multipathLevel, MPTCP_INFO, &info, &length) == 0;
}

static void mptcp(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int listener = listening(family, 7, false, multipathTcp);
        const int client = connectedTo(listener, SOCK_STREAM, multipathTcp);
        must(static_cast<int>(send(client, "first", 5, 0)), "send");
        const int server = must(accept(listener, nullptr, nullptr), "accept");
        char bytes[5];
        must(static_cast<int>(recv(server, bytes, sizeof bytes, MSG_WAITALL)), "recv");
        if (!isMultipath(client) || !isMultipath(server))
            throw Cannot{"the connection fell back to TCP"};
        const std::string known = row("mptcp", family, "ESTAB", "sock_diag") + member("subflows", 1);
        keep(all, name, "listener", listener, row("mptcp", family, "LISTEN", "sock_diag") + member("subflows", 1));
        keepPair(all, name, "client", client, "server", server, known, known);
    }
}

static void udpLite(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int bound = boundSocket(family, SOCK_DGRAM, false, IPPROTO_UDPLITE);
        const int sender = connectedTo(bound, SOCK_DGRAM, IPPROTO_UDPLITE);
        keep(all, name, "bound", bound, row("udplite", family, "UNCONN", "sock_diag"));
        keep(all, name, "sender", sender, row("udplite", family, "ESTAB", "sock_diag") + peerIs(bound, getpid(), true));
    }
}

static void raw(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int protocol = family == AF_INET ? int(IPPROTO_ICMP) : int(IPPROTO_ICMPV6);
        const int fd = able(socket(family, SOCK_RAW, protocol), "a raw socket");
        keep(all, name, "icmp", fd, row("raw", family, "UNCONN", "sock_diag|proc_net"));
        const int connected = boundSocket(family, SOCK_RAW, false, 253);
        const int peer = connectedTo(connected, SOCK_RAW, 253);
        keep(all, name, "bound", connected, row("raw", family, "UNCONN", "sock_diag|proc_net"));
        keep(all, name, "connected", peer, row("raw", family, "ESTAB", "sock_diag|proc_net"));
        const int opposite = family == AF_INET ? int(IPPROTO_RAW) : int(IPPROTO_TCP);
        keep(all, name, "odd-protocol", able(socket(family, SOCK_RAW, opposite), "a raw socket"),
            row("raw", family, "UNCONN", "sock_diag|proc_net"));
    }
}

/// The range is of one namespace, so where it is closed a namespace of our own opens it.
static void openPingRange()
{
    enterNewNamespace();
    const int range = able(open("/proc/sys/net/ipv4/ping_group_range", O_WRONLY | O_CLOEXEC), "ping_group_range");
    able(static_cast<int>(write(range, "0 2147483647", 12)), "ping_group_range");
    close(range);
}

static void makePings(All &mine, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int protocol = family == AF_INET ? int(IPPROTO_ICMP) : int(IPPROTO_ICMPV6);
        keep(mine, name, "bound", boundSocket(family, SOCK_DGRAM, false, protocol),
            row("ping", family, "UNCONN", "proc_net"));
        const int sender = boundSocket(family, SOCK_DGRAM, false, protocol);
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        must(getsockname(sender, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
        must(connect(sender, reinterpret_cast<sockaddr *>(&address), length), "connect");
        keep(mine, name, "connected", sender, row("ping", family, "ESTAB", "proc_net"));
    }
}

static void ping(All &all, const std::string &name)
{
    const int tried = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    if (tried >= 0) {
        close(tried);
        makePings(all, name);
        return;
    }
    inChild(all, {}, [&](All &mine) {
        openPingRange();
        makePings(mine, name);
    });
}

std::span<const Situation> inetSituations()
{
    static constexpr Situation situations[] = {
        {"mptcp", "MPTCP listeners and connections, with their subflows", mptcp},
        {"udplite", "UDP-Lite, bound and connected", udpLite},
        {"raw", "raw sockets of several protocols (takes root)", raw},
        {"ping", "ICMP sockets of ordinary users", ping},
    };
    return situations;
}

} // namespace mksockets
