// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/sockets.h"

#include "tests/live/mksockets/asked.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

std::string from(const char *sources)
{
    return member("source", sources);
}

static std::string row(const char *protocol, const char *family, const char *state)
{
    return member("protocol", protocol) + member("family", family) + member("state", state) + from("sock_diag");
}

std::string tcp(const char *family, const char *state)
{
    return row("tcp", family, state);
}

std::string udp(const char *family, const char *state)
{
    return row("udp", family, state);
}

std::string unixSocket(const char *type, const char *state)
{
    return row("unix", "unix", state) + member("type", type);
}

std::string waitsAt(int listener, int client)
{
    return member("inode", 0) + mirrorOf(client) + peerIs(client, getpid()) + member("no-holder", "not-accepted")
        + member("owner-inode", inodeOf(listener)) + member("owner-pid", static_cast<unsigned>(getpid()))
        + member("owner-inferred", 1);
}

std::string peerWaitsAt(int listener)
{
    return peerIs(listener, getpid(), true);
}

std::string leftBy(int fd, int other)
{
    return member("inode", 0) + mirrorOf(other) + cookieOf(fd) + member("no-holder", "closed")
        + member("former-pid", static_cast<unsigned>(getpid()));
}

void keep(All &all, const std::string &situation, const char *role, int fd, std::string known)
{
    all.push_back({situation, role, std::move(known), getpid(), fd, fd});
}

void keepPair(All &all, const std::string &situation, const char *role, int fd, const char *otherRole, int other,
    const std::string &known, const std::string &otherKnown)
{
    keep(all, situation, role, fd, known + peerIs(other, getpid()));
    keep(all, situation, otherRole, other, otherKnown + peerIs(fd, getpid()));
}

int boundSocket(int family, int type, bool any, int protocol)
{
    const int fd = able(socket(family, type, protocol), "socket");
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(any ? INADDR_ANY : INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_addr = any ? in6addr_any : in6addr_loopback;
    if (family == AF_INET)
        able(bind(fd, reinterpret_cast<sockaddr *>(&v4), sizeof v4), "bind to IPv4");
    else
        able(bind(fd, reinterpret_cast<sockaddr *>(&v6), sizeof v6), "bind to IPv6");
    return fd;
}

int listening(int family, int backlog, bool any, int protocol)
{
    const int fd = boundSocket(family, SOCK_STREAM, any, protocol);
    must(listen(fd, backlog), "listen");
    return fd;
}

int connectedTo(int other, int type, int protocol)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    must(getsockname(other, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    const int fd = able(socket(address.ss_family, type, protocol), "socket");
    must(connect(fd, reinterpret_cast<sockaddr *>(&address), length), "connect");
    return fd;
}

void raiseLoopback()
{
    const int fd = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP;
    must(ioctl(fd, SIOCSIFFLAGS, &loopback), "SIOCSIFFLAGS");
    close(fd);
}

Pair connection(int family)
{
    const int listener = listening(family);
    Pair pair;
    pair.client = connectedTo(listener, SOCK_STREAM);
    pair.server = must(accept(listener, nullptr, nullptr), "accept");
    close(listener);
    return pair;
}

void awaitState(int fd, int state)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (std::chrono::steady_clock::now() < until) {
        tcp_info info{};
        socklen_t length = sizeof info;
        must(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length), "TCP_INFO");
        if (info.tcpi_state == state)
            return;
        poll(nullptr, 0, 1);
    }
    std::fputs("mksockets: a connection did not come into the state it should\n", stderr);
    std::exit(1);
}

void fill(int fd)
{
    std::array<char, 65536> data{};
    while (send(fd, data.data(), data.size(), MSG_DONTWAIT) > 0) { }
}

} // namespace mksockets
