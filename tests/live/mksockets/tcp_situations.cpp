// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <array>
#include <cstring>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

static void listenV4(All &all, const std::string &name)
{
    const int fd = listening(AF_INET);
    keep(all, name, "listener", fd, tcp("ipv4", "LISTEN") + member("recv-q", 0) + member("send-q", 7));
}

static void listenV6(All &all, const std::string &name)
{
    const int fd = listening(AF_INET6);
    keep(all, name, "listener", fd, tcp("ipv6", "LISTEN") + member("recv-q", 0) + member("send-q", 7));
}

static void listenBoth(All &all, const std::string &name)
{
    keep(all, name, "listener", listening(AF_INET6, 7, true), tcp("ipv6", "LISTEN"));
}

static void idle(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const Pair pair = connection(family);
        std::array<char, 4000> data{};
        must(static_cast<int>(send(pair.client, data.data(), data.size(), 0)), "send");
        must(static_cast<int>(recv(pair.server, data.data(), data.size(), MSG_WAITALL)), "recv");
        const char *text = family == AF_INET ? "ipv4" : "ipv6";
        keepPair(all, name, "client", pair.client, "server", pair.server, tcp(text, "ESTAB"), tcp(text, "ESTAB"));
    }
}

static void mapped(All &all, const std::string &name)
{
    const int listener = listening(AF_INET);
    sockaddr_in v4{};
    socklen_t length = sizeof v4;
    must(getsockname(listener, reinterpret_cast<sockaddr *>(&v4), &length), "getsockname");
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = v4.sin_port;
    v6.sin6_addr.s6_addr[10] = v6.sin6_addr.s6_addr[11] = 0xff;
    std::memcpy(&v6.sin6_addr.s6_addr[12], &v4.sin_addr, 4);
    const int fd = must(socket(AF_INET6, SOCK_STREAM, 0), "socket");
    must(connect(fd, reinterpret_cast<sockaddr *>(&v6), sizeof v6), "connect");
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    close(listener);
    keepPair(all, name, "client", fd, "server", server, tcp("ipv6", "ESTAB"), tcp("ipv4", "ESTAB"));
}

static void queued(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    std::array<char, 1000> data{};
    must(static_cast<int>(send(pair.client, data.data(), 1000, 0)), "send");
    must(static_cast<int>(send(pair.server, data.data(), 500, 0)), "send");
    keepPair(all, name, "client", pair.client, "server", pair.server, tcp("ipv4", "ESTAB"), tcp("ipv4", "ESTAB"));
}

static void blocked(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    fill(pair.client);
    const std::string known = tcp("ipv4", "ESTAB") + member("busy", 1);
    keepPair(all, name, "sender", pair.client, "sleeper", pair.server, known, known);
}

static void unaccepted(All &all, const std::string &name)
{
    const int listener = listening(AF_INET);
    const int client = connectedTo(listener, SOCK_STREAM);
    // The other half is in the listener's queue: it has no inode and no holder until accept().
    all.push_back({name, "waiting", tcp("ipv4", "ESTAB") + waitsAt(listener, client)});
    keep(all, name, "client", client, tcp("ipv4", "ESTAB") + peerWaitsAt(listener));
    keep(all, name, "listener", listener, tcp("ipv4", "LISTEN") + member("recv-q", 1) + member("send-q", 7));
}

static void halfClosed(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    must(shutdown(pair.client, SHUT_WR), "shutdown");
    awaitState(pair.client, 5);
    awaitState(pair.server, 8);
    // The FIN that was received counts one in its queue, and only sock_diag tells so.
    keepPair(all, name, "closer", pair.client, "other", pair.server, tcp("ipv4", "FIN-WAIT-2"),
        tcp("ipv4", "CLOSE-WAIT") + member("diag-recv-q", 1));
}

static void timeWait(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    all.push_back({name, "gone", tcp("ipv4", "TIME-WAIT") + leftBy(pair.client, pair.server)});
    must(shutdown(pair.client, SHUT_WR), "shutdown");
    awaitState(pair.server, 8);
    close(pair.client);
    close(pair.server);
}

static void boundOnly(All &all, const std::string &name)
{
    keep(all, name, "bound", boundSocket(AF_INET, SOCK_STREAM), tcp("ipv4", "UNCONN"));
}

/// Bound to a port that it asked for by number: the kernel keeps it bound to that when its connection is over.
static int boundByNumber()
{
    const int probe = boundSocket(AF_INET, SOCK_STREAM);
    sockaddr_in address{};
    socklen_t length = sizeof address;
    must(getsockname(probe, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    close(probe);
    const int fd = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    able(bind(fd, reinterpret_cast<sockaddr *>(&address), length), "bind by number");
    return fd;
}

static void connectBoundTo(int fd, int listener)
{
    sockaddr_in address{};
    socklen_t length = sizeof address;
    must(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    must(connect(fd, reinterpret_cast<sockaddr *>(&address), length), "connect");
}

static void disconnected(All &all, const std::string &name)
{
    const int listener = listening(AF_INET), fd = boundByNumber();
    connectBoundTo(fd, listener);
    close(must(accept(listener, nullptr, nullptr), "accept"));
    close(listener);
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    must(connect(fd, &nobody, sizeof nobody), "connect to nobody");
    keep(all, name, "left", fd, tcp("ipv4", "UNCONN") + member("no-peer", 1));
}

static void wasReset(All &all, const std::string &name)
{
    const int listener = listening(AF_INET), fd = boundByNumber();
    connectBoundTo(fd, listener);
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    close(listener);
    must(static_cast<int>(send(server, "unread", 6, 0)), "send");
    const linger now{1, 0};
    must(setsockopt(server, SOL_SOCKET, SO_LINGER, &now, sizeof now), "SO_LINGER");
    close(server);
    awaitState(fd, 7);
    keep(all, name, "left", fd, tcp("ipv4", "UNCONN") + member("no-peer", 1));
}

static void neverBound(All &all, const std::string &name)
{
    const int fd = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    keep(all, name, "unknown", fd, member("not-described", 1) + from("descriptor"));
}

static void options(All &all, const std::string &name)
{
    const Pair pair = connection(AF_INET);
    const int tos = 0x10, receive = 30000, sendBuffer = 40000, on = 1, idleSeconds = 100, mark = 77;
    must(setsockopt(pair.client, IPPROTO_IP, IP_TOS, &tos, sizeof tos), "IP_TOS");
    must(setsockopt(pair.client, SOL_SOCKET, SO_RCVBUF, &receive, sizeof receive), "SO_RCVBUF");
    must(setsockopt(pair.client, SOL_SOCKET, SO_SNDBUF, &sendBuffer, sizeof sendBuffer), "SO_SNDBUF");
    must(setsockopt(pair.client, IPPROTO_TCP, TCP_KEEPIDLE, &idleSeconds, sizeof idleSeconds), "TCP_KEEPIDLE");
    must(setsockopt(pair.client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on), "SO_KEEPALIVE");
    must(setsockopt(pair.client, IPPROTO_TCP, TCP_CONGESTION, "reno", 4), "TCP_CONGESTION");
    if (geteuid() == 0)
        must(setsockopt(pair.client, SOL_SOCKET, SO_MARK, &mark, sizeof mark), "SO_MARK");
    keepPair(all, name, "client", pair.client, "server", pair.server, tcp("ipv4", "ESTAB"), tcp("ipv4", "ESTAB"));
}

static void signedListener(All &all, const std::string &name)
{
    const int fd = boundSocket(AF_INET, SOCK_STREAM);
    tcp_md5sig key{};
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_addr.s_addr = htonl(0x7f000009);
    std::memcpy(&key.tcpm_addr, &peer, sizeof peer);
    constexpr char secret[] = "mksockets-secret";
    key.tcpm_keylen = sizeof secret - 1;
    std::memcpy(key.tcpm_key, secret, sizeof secret - 1);
    // A kernel may be built without it, and an ordinary user's dump does not tell it: then it is one more listener.
    const bool hasKey = setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof key) == 0;
    must(listen(fd, 7), "listen");
    keep(all, name, "listener", fd, tcp("ipv4", "LISTEN") + member("md5sig", hasKey ? 1U : 0U));
}

std::span<const Situation> tcpSituations()
{
    static constexpr Situation situations[] = {
        {"tcp-listen-v4", "a listener on 127.0.0.1", listenV4},
        {"tcp-listen-v6", "a listener on ::1", listenV6},
        {"tcp-listen-both", "a listener on :: that takes IPv4 as well", listenBoth},
        {"tcp-idle", "connections over IPv4 and IPv6 that did something and are quiet", idle},
        {"tcp-mapped", "an IPv6 socket connected to an IPv4 address", mapped},
        {"tcp-queued", "a connection with unread data at both ends", queued},
        {"tcp-blocked", "a connection whose sender has filled every buffer", blocked},
        {"tcp-unaccepted", "a connection its listener has not accepted", unaccepted},
        {"tcp-half-closed", "FIN-WAIT-2 and CLOSE-WAIT", halfClosed},
        {"tcp-time-wait", "what is left of a closed connection", timeWait},
        {"tcp-bound", "bound, and neither listening nor connected", boundOnly},
        {"tcp-disconnected", "bound, was connected, and was disconnected by its program", disconnected},
        {"tcp-reset", "bound, was connected, and was reset with unread data", wasReset},
        {"tcp-never-bound", "a socket that no dump describes", neverBound},
        {"tcp-options", "TOS, buffers, keepalive, congestion control and, as root, mark", options},
        {"tcp-md5sig", "a listener with a secret key", signedListener},
    };
    return situations;
}

} // namespace mksockets
