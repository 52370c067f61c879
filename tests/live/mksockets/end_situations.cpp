// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets whose other end is not simply their pair.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/elsewhere.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <cstddef>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace mksockets {

struct Name {
    sockaddr_un address{};
    socklen_t length = 0;
};

/// An abstract name that nobody else has.
static Name uniqueName(const char *what)
{
    const std::string text = std::string("mksockets-") + what + '-' + std::to_string(getpid());
    Name name;
    name.address.sun_family = AF_UNIX;
    std::memcpy(name.address.sun_path + 1, text.data(), text.size());
    name.length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
    return name;
}

static int boundTo(const Name &name, int type)
{
    const int fd = must(socket(AF_UNIX, type, 0), "socket");
    must(bind(fd, reinterpret_cast<const sockaddr *>(&name.address), name.length), "bind");
    return fd;
}

static int connectedToName(const Name &name, int type)
{
    const int fd = must(socket(AF_UNIX, type, 0), "socket");
    must(connect(fd, reinterpret_cast<const sockaddr *>(&name.address), name.length), "connect");
    return fd;
}

static void unixOneWay(All &all, const std::string &name)
{
    const Name server = uniqueName("one-way");
    keep(all, name, "server", boundTo(server, SOCK_DGRAM), unixSocket("dgram", "ESTAB"));
    keep(all, name, "client", connectedToName(server, SOCK_DGRAM), unixSocket("dgram", "ESTAB"));
    keep(all, name, "second-client", connectedToName(server, SOCK_DGRAM), unixSocket("dgram", "ESTAB"));
}

static void unixChain(All &all, const std::string &name)
{
    const Name middle = uniqueName("middle"), last = uniqueName("last");
    const int fd = boundTo(middle, SOCK_DGRAM);
    // Before, since a socket that is connected is sent to by its peer alone.
    keep(all, name, "first", connectedToName(middle, SOCK_DGRAM), unixSocket("dgram", "ESTAB"));
    keep(all, name, "last", boundTo(last, SOCK_DGRAM), unixSocket("dgram", "ESTAB"));
    must(connect(fd, reinterpret_cast<const sockaddr *>(&last.address), last.length), "connect");
    keep(all, name, "middle", fd, unixSocket("dgram", "ESTAB"));
}

static void unixPending(All &all, const std::string &name)
{
    const Name address = uniqueName("pending");
    const int listener = boundTo(address, SOCK_STREAM);
    must(listen(listener, 5), "listen");
    keep(all, name, "client", connectedToName(address, SOCK_STREAM), unixSocket("stream", "ESTAB"));
    keep(all, name, "listener", listener, unixSocket("stream", "LISTEN"));
}

/// A listener that shares its port with others, bound to that of @p other or to one of the kernel's choice.
static int sharedListener(int other = -1)
{
    const int fd = must(socket(AF_INET, SOCK_STREAM, 0), "socket"), on = 1;
    must(setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on), "SO_REUSEPORT");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (other >= 0)
        must(getsockname(other, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    must(bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), "bind");
    must(listen(fd, 50), "listen");
    return fd;
}

static void reuseport(All &all, const std::string &name)
{
    constexpr int connections = 12;
    const int mine = sharedListener();
    inChild(all, {mine}, [&](All &theirs) {
        const int fd = sharedListener(mine);
        close(mine);
        keep(theirs, name, "listener", fd, tcp("ipv4", "LISTEN"));
    });
    keep(all, name, "listener", mine, tcp("ipv4", "LISTEN"));
    for (int i = 0; i < connections; ++i) {
        const int client = connectedTo(mine, SOCK_STREAM);
        all.push_back({name, "waiting",
            tcp("ipv4", "ESTAB") + member("inode", 0) + mirrorOf(client) + member("no-holder", "not-accepted")});
        keep(all, name, "client", client, tcp("ipv4", "ESTAB"));
    }
}

static int connectedUdp(int fd, int to)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    must(getsockname(to, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    return must(connect(fd, reinterpret_cast<sockaddr *>(&address), length), "connect");
}

static void udpBothConnected(All &all, const std::string &name)
{
    const int left = boundSocket(AF_INET, SOCK_DGRAM, false), right = boundSocket(AF_INET, SOCK_DGRAM, false);
    connectedUdp(left, right);
    connectedUdp(right, left);
    keep(all, name, "left", left, udp("ipv4", "ESTAB"));
    keep(all, name, "right", right, udp("ipv4", "ESTAB"));
}

static void udpToWildcard(All &all, const std::string &name)
{
    const int receiver = boundSocket(AF_INET6, SOCK_DGRAM, true); // takes IPv4 as well
    sockaddr_in6 bound{};
    socklen_t length = sizeof bound;
    must(getsockname(receiver, reinterpret_cast<sockaddr *>(&bound), &length), "getsockname");
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = bound.sin6_port;
    const int sender = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    must(connect(sender, reinterpret_cast<sockaddr *>(&to), sizeof to), "connect");
    keep(all, name, "sender", sender, udp("ipv4", "ESTAB"));
    keep(all, name, "receiver", receiver, udp("ipv6", "UNCONN"));
}

std::span<const Situation> endSituations()
{
    static constexpr Situation situations[] = {
        {"ends-one-way", "a datagram socket and two that send to it", unixOneWay},
        {"ends-chain", "a datagram socket that is connected to one while another is connected to it", unixChain},
        {"ends-pending", "a UNIX connection its listener has not accepted", unixPending},
        {"ends-reuseport", "connections that wait at one of two listeners of a port, held by two processes", reuseport},
        {"udp-both-connected", "UDP sockets connected to each other", udpBothConnected},
        {"udp-to-wildcard", "UDP over IPv4 to a socket bound to any address of IPv6", udpToWildcard},
    };
    return situations;
}

} // namespace mksockets
