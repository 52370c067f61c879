// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/held.h"

#include <arpa/inet.h>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <span>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace mksockets {

int must(int result, const char *call)
{
    if (result < 0) {
        std::perror(call);
        std::exit(1);
    }
    return result;
}

static std::string hex(std::span<const unsigned char> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string member(std::string_view name, std::string_view value)
{
    return ",\"" + std::string(name) + "\":\"" + std::string(value) + '"';
}

std::string member(std::string_view name, unsigned long long value)
{
    return ",\"" + std::string(name) + "\":" + std::to_string(value);
}

/// An address as members "<end>-address" and "<end>-port", or "<end>-name" in hex for a UNIX socket.
static std::string end(const std::string &which, const sockaddr_storage &address, socklen_t length)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
        return member(which + "-address", text.data()) + member(which + "-port", ntohs(v4.sin_port));
    }
    if (address.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
        return member(which + "-address", text.data()) + member(which + "-port", ntohs(v6.sin6_port));
    }
    sockaddr_un name{};
    std::memcpy(&name, &address, sizeof name);
    std::array<unsigned char, sizeof name.sun_path> path{};
    std::memcpy(path.data(), name.sun_path, path.size());
    const std::size_t size = length - offsetof(sockaddr_un, sun_path);
    // A path is told with its final NUL; an abstract name is all of its bytes.
    const bool hasPath = size > 0 && path[0] != 0;
    return member(which + "-name", hex(std::span(path).first(hasPath ? strnlen(name.sun_path, size) : size)));
}

static std::string ends(int fd, const std::string &local, const std::string &remote)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    must(getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    std::string text = end(local, address, length);
    length = sizeof address;
    if (getpeername(fd, reinterpret_cast<sockaddr *>(&address), &length) == 0)
        text += end(remote, address, length);
    return text;
}

std::string mirrorOf(int fd)
{
    return ends(fd, "remote", "local");
}

/// An option of type T as a member, or nothing where the socket has no such option.
template <typename T> static std::string option(int fd, int level, int name, std::string_view key)
{
    T value{};
    socklen_t length = sizeof value;
    if (getsockopt(fd, level, name, &value, &length) != 0)
        return {};
    return member(key, static_cast<unsigned long long>(value));
}

static std::string bytes(int fd, int level, int name, std::string_view key)
{
    std::array<unsigned char, 1024> value{};
    socklen_t length = value.size();
    if (getsockopt(fd, level, name, value.data(), &length) != 0)
        return {};
    return member(key, hex(std::span(value).first(length)));
}

std::string askedOf(int fd)
{
    struct stat status {
    };
    must(fstat(fd, &status), "fstat");
    std::string text = member("inode", status.st_ino) + ends(fd, "local", "remote");
    text += option<unsigned long long>(fd, SOL_SOCKET, SO_COOKIE, "cookie");
    text += option<unsigned>(fd, SOL_SOCKET, SO_MARK, "mark");
    text += option<unsigned>(fd, SOL_SOCKET, SO_RCVBUF, "rcvbuf");
    text += option<unsigned>(fd, SOL_SOCKET, SO_SNDBUF, "sndbuf");
    text += option<unsigned>(fd, IPPROTO_IP, IP_TOS, "tos");
    text += option<unsigned>(fd, IPPROTO_IPV6, IPV6_TCLASS, "tclass");
    text += option<unsigned>(fd, IPPROTO_IPV6, IPV6_V6ONLY, "v6only");
    text += bytes(fd, IPPROTO_TCP, TCP_CONGESTION, "congestion-bytes");
    text += bytes(fd, IPPROTO_TCP, TCP_INFO, "tcp-info");
    text += bytes(fd, SOL_SOCKET, SO_MEMINFO, "meminfo");
    int listening = 0;
    socklen_t length = sizeof listening;
    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length);
    int protocol = 0;
    length = sizeof protocol;
    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
    int queued = 0;
    if (protocol == IPPROTO_TCP && listening == 0 && ioctl(fd, SIOCINQ, &queued) == 0)
        text += member("recv-q", static_cast<unsigned>(queued));
    if (protocol == IPPROTO_TCP && listening == 0 && ioctl(fd, SIOCOUTQ, &queued) == 0)
        text += member("send-q", static_cast<unsigned>(queued));
    return text;
}

std::string described(const Held &held)
{
    std::string text = "{\"situation\":\"" + held.situation + '"' + member("role", held.role);
    if (held.pid != 0)
        text += member("pid", static_cast<unsigned>(held.pid)) + member("fd", static_cast<unsigned>(held.fd));
    text += held.known;
    if (held.ask >= 0)
        text += askedOf(held.ask);
    return text + '}';
}

} // namespace mksockets
