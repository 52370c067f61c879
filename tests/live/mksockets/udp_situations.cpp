// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

static void udpBound(All &all, const std::string &name)
{
    keep(all, name, "ipv4", boundSocket(AF_INET, SOCK_DGRAM), udp("ipv4", "UNCONN"));
    keep(all, name, "ipv6", boundSocket(AF_INET6, SOCK_DGRAM), udp("ipv6", "UNCONN"));
    keep(all, name, "any", boundSocket(AF_INET6, SOCK_DGRAM, true), udp("ipv6", "UNCONN"));
}

static void udpConnected(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int receiver = boundSocket(family, SOCK_DGRAM);
        const int sender = connectedTo(receiver, SOCK_DGRAM);
        must(static_cast<int>(send(sender, "unread", 6, 0)), "send");
        const char *text = family == AF_INET ? "ipv4" : "ipv6";
        // Whoever is bound there receives it; the kernel links the two by nothing else.
        keep(all, name, "sender", sender, udp(text, "ESTAB") + peerIs(receiver, getpid(), true));
        keep(all, name, "receiver", receiver, udp(text, "UNCONN") + member("has-unread", 1));
    }
}

static void udpNeverBound(All &all, const std::string &name)
{
    keep(all, name, "unknown", must(socket(AF_INET, SOCK_DGRAM, 0), "socket"),
        member("not-described", 1) + from("descriptor"));
}

/// Each names the other, so that no third one can be meant.
static void udpPair(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int one = boundSocket(family, SOCK_DGRAM);
        const int other = connectedTo(one, SOCK_DGRAM);
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        must(getsockname(other, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
        must(connect(one, reinterpret_cast<sockaddr *>(&address), length), "connect");
        const std::string known = udp(family == AF_INET ? "ipv4" : "ipv6", "ESTAB");
        keepPair(all, name, "left", one, "right", other, known, known);
    }
}

static void many(All &all, const std::string &name)
{
    for (int i = 0; i < 100; ++i)
        keep(all, name, "one", boundSocket(AF_INET, SOCK_DGRAM), udp("ipv4", "UNCONN"));
}

std::span<const Situation> udpSituations()
{
    static constexpr Situation situations[] = {
        {"udp-bound", "UDP over IPv4 and IPv6, on loopback and on any address", udpBound},
        {"udp-connected", "UDP with a peer that names none, and an unread datagram", udpConnected},
        {"udp-pair", "UDP sockets connected to each other", udpPair},
        {"udp-never-bound", "a socket that no dump describes", udpNeverBound},
        {"many", "a hundred UDP sockets", many},
    };
    return situations;
}

} // namespace mksockets
