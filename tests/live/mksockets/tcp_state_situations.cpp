// SPDX-License-Identifier: GPL-3.0-or-later
// States of TCP that a healthy connection passes in no time. None takes a privilege: a listener that waits for data
// stays half-open, and a FIN behind data that nobody reads is not sent.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

/// The states by the kernel's numbers, as tcp_info has them.
enum : int { FinWait1 = 4, FinWait2 = 5, CloseWait = 8, LastAck = 9, Closing = 11 };

static void shut(int fd)
{
    must(shutdown(fd, SHUT_WR), "shutdown");
}

/// Of a connection that goes on trying.
static std::string busyTcp(const char *state)
{
    return tcp("ipv4", state) + member("busy", 1);
}

static void synRecv(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int listener = listening(family);
        const int seconds = 3600;
        must(setsockopt(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds), "TCP_DEFER_ACCEPT");
        const int client = connectedTo(listener, SOCK_STREAM);
        const char *text = family == AF_INET ? "ipv4" : "ipv6";
        all.push_back({name, "half-open", tcp(text, "SYN-RECV") + waitsAt(listener, client)});
        keep(all, name, "client", client, tcp(text, "ESTAB") + peerWaitsAt(listener));
        keep(all, name, "listener", listener, tcp(text, "LISTEN") + member("send-q", 7));
    }
}

static void synSent(All &all, const std::string &name)
{
    // Its queue is full with the first, and the second is not answered.
    const int listener = listening(AF_INET, 0);
    const int first = connectedTo(listener, SOCK_STREAM);
    sockaddr_in address{};
    socklen_t length = sizeof address;
    must(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    const int client = must(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
    const int repetitions = 100;
    must(setsockopt(client, IPPROTO_TCP, TCP_SYNCNT, &repetitions, sizeof repetitions), "TCP_SYNCNT");
    if (connect(client, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 || errno != EINPROGRESS)
        must(-1, "connect");
    // getpeername() knows no peer until there is one, and the SYN in its queue only sock_diag counts.
    const std::string remote
        = member("remote-address", "127.0.0.1") + member("remote-port", static_cast<unsigned>(ntohs(address.sin_port)));
    keep(all, name, "client", client, busyTcp("SYN-SENT") + remote + member("no-peer", 1) + member("diag-send-q", 1));
    keep(all, name, "first", first, tcp("ipv4", "ESTAB") + peerWaitsAt(listener));
    all.push_back({name, "waiting", tcp("ipv4", "ESTAB") + waitsAt(listener, first)});
    keep(all, name, "listener", listener, tcp("ipv4", "LISTEN") + member("recv-q", 1) + member("send-q", 0));
}

static void finWait1(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    fill(pair.client);
    shut(pair.client);
    awaitState(pair.client, FinWait1);
    keepPair(all, name, "closer", pair.client, "sleeper", pair.server, busyTcp("FIN-WAIT-1"), busyTcp("ESTAB"));
}

static void closing(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    fill(pair.client);
    shut(pair.client);
    awaitState(pair.client, FinWait1);
    shut(pair.server);
    awaitState(pair.client, Closing);
    awaitState(pair.server, FinWait2);
    keepPair(all, name, "closer", pair.client, "sleeper", pair.server, busyTcp("CLOSING") + member("diag-recv-q", 1),
        busyTcp("FIN-WAIT-2"));
}

static void lastAck(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    shut(pair.client);
    awaitState(pair.client, FinWait2);
    awaitState(pair.server, CloseWait);
    fill(pair.server);
    shut(pair.server);
    awaitState(pair.server, LastAck);
    keepPair(all, name, "sleeper", pair.client, "closer", pair.server, busyTcp("FIN-WAIT-2"),
        busyTcp("LAST-ACK") + member("diag-recv-q", 1));
}

static void orphan(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    all.push_back({name, "gone", tcp("ipv4", "FIN-WAIT-2") + leftBy(pair.client, pair.server)});
    close(pair.client);
    awaitState(pair.server, CloseWait);
    keep(all, name, "other", pair.server, tcp("ipv4", "CLOSE-WAIT") + member("diag-recv-q", 1));
}

static void dualStack(All &all, const std::string &name)
{
    const int listener = listening(AF_INET6, 7, true);
    sockaddr_in6 v6{};
    socklen_t length = sizeof v6;
    must(getsockname(listener, reinterpret_cast<sockaddr *>(&v6), &length), "getsockname");
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = v6.sin6_port;
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int client = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    must(connect(client, reinterpret_cast<sockaddr *>(&v4), sizeof v4), "connect");
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    keep(all, name, "listener", listener, tcp("ipv6", "LISTEN"));
    keepPair(all, name, "client", client, "server", server, tcp("ipv4", "ESTAB"), tcp("ipv6", "ESTAB"));
}

std::span<const Situation> tcpStateSituations()
{
    static constexpr Situation situations[] = {
        {"tcp-syn-recv", "half-open connections over IPv4 and IPv6", synRecv},
        {"tcp-syn-sent", "a connection that nobody answers", synSent},
        {"tcp-fin-wait-1", "a FIN that waits behind unread data", finWait1},
        {"tcp-closing", "a FIN that came while ours still waits", closing},
        {"tcp-last-ack", "the second FIN, waiting behind unread data", lastAck},
        {"tcp-orphan", "FIN-WAIT-2 of a closed socket, and CLOSE-WAIT (for a minute)", orphan},
        {"tcp-dual-stack", "an IPv4 client of a listener on ::", dualStack},
    };
    return situations;
}

} // namespace mksockets
