// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/asked.h"

#include "tests/live/mksockets/held.h"

#include <arpa/inet.h>
#include <array>
#include <cstddef>
#include <cstring>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <span>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

namespace mksockets {

template <typename Address> static Address as(const sockaddr_storage &any)
{
    Address address{};
    std::memcpy(&address, &any, sizeof address);
    return address;
}

static std::string ipEnd(const std::string &which, int family, const void *address, in_port_t port)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family, address, text.data(), text.size());
    return member(which + "-address", text.data()) + member(which + "-port", ntohs(port));
}

static std::string unixEnd(const std::string &which, const sockaddr_un &name, std::size_t length)
{
    std::array<unsigned char, sizeof name.sun_path> path{};
    std::memcpy(path.data(), name.sun_path, path.size());
    const std::size_t size = length - offsetof(sockaddr_un, sun_path);
    // A path is told with its final NUL; an abstract name is all of its bytes.
    const bool hasPath = size > 0 && path[0] != 0;
    return member(which + "-name", hex(std::span(path).first(hasPath ? strnlen(name.sun_path, size) : size)));
}

/// An address as members "<end>-address" and "<end>-port", "<end>-name" in hex for a UNIX socket, or what its family
/// has.
static std::string end(const std::string &which, const sockaddr_storage &address, socklen_t length)
{
    switch (address.ss_family) {
    case AF_INET: {
        const auto v4 = as<sockaddr_in>(address);
        return ipEnd(which, AF_INET, &v4.sin_addr, v4.sin_port);
    }
    case AF_INET6: {
        const auto v6 = as<sockaddr_in6>(address);
        return ipEnd(which, AF_INET6, &v6.sin6_addr, v6.sin6_port);
    }
    case AF_UNIX: return unixEnd(which, as<sockaddr_un>(address), length);
    case AF_NETLINK: {
        const auto netlink = as<sockaddr_nl>(address);
        return member(which + "-portid", netlink.nl_pid) + member(which + "-groups", netlink.nl_groups);
    }
    case AF_PACKET: {
        const auto packet = as<sockaddr_ll>(address);
        return member(which + "-ethertype", ntohs(packet.sll_protocol))
            + member(which + "-interface", static_cast<unsigned>(packet.sll_ifindex));
    }
    case AF_VSOCK: {
        const auto vm = as<sockaddr_vm>(address);
        return member(which + "-cid", vm.svm_cid) + member(which + "-vsock-port", vm.svm_port);
    }
    default: return {};
    }
}

static std::string ends(int fd, const std::string &local, const std::string &remote)
{
    std::string text;
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    // Some families have no names.
    if (getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length) == 0)
        text += end(local, address, length);
    length = sizeof address;
    if (getpeername(fd, reinterpret_cast<sockaddr *>(&address), &length) == 0)
        text += end(remote, address, length);
    return text;
}

std::string mirrorOf(int fd)
{
    return ends(fd, "remote", "local");
}

unsigned long long inodeOf(int fd)
{
    struct stat status {
    };
    must(fstat(fd, &status), "fstat");
    return status.st_ino;
}

std::string peerIs(int fd, int pid, bool inferred)
{
    return member("peer-inode", inodeOf(fd)) + member("peer-pid", static_cast<unsigned>(pid))
        + member("peer-inferred", inferred ? 1U : 0U);
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

std::string cookieOf(int fd)
{
    return option<unsigned long long>(fd, SOL_SOCKET, SO_COOKIE, "cookie");
}

static std::string bytes(int fd, int level, int name, std::string_view key)
{
    std::array<unsigned char, 1024> value{};
    socklen_t length = value.size();
    if (getsockopt(fd, level, name, value.data(), &length) != 0)
        return {};
    return member(key, hex(std::span(value).first(length)));
}

/// The inode of the namespace a socket lives in, as nsfs numbers them. Only root may ask a socket; others have no
/// socket but those of the namespace they are in themselves.
static std::string namespaceOf(int fd)
{
    struct stat status {
    };
    const int space = ioctl(fd, SIOCGSKNS);
    const bool isKnown = space >= 0 ? fstat(space, &status) == 0 : stat("/proc/thread-self/ns/net", &status) == 0;
    if (space >= 0)
        close(space);
    return isKnown ? member("netns-inode", status.st_ino) : std::string();
}

std::string identityOf(int fd)
{
    std::string text = member("inode", inodeOf(fd)) + ends(fd, "local", "remote");
    text += cookieOf(fd);
    text += option<unsigned long long>(fd, SOL_SOCKET, SO_NETNS_COOKIE, "netns-cookie");
    text += namespaceOf(fd);
    text += option<unsigned>(fd, SOL_SOCKET, SO_DOMAIN, "family-number");
    text += option<unsigned>(fd, SOL_SOCKET, SO_TYPE, "type-number");
    text += option<unsigned>(fd, SOL_SOCKET, SO_PROTOCOL, "protocol-number");
    std::array<char, 64> name{};
    if (fgetxattr(fd, "system.sockprotoname", name.data(), name.size() - 1) > 0)
        text += member("protocol-name", name.data());
    return text;
}

static int number(int fd, int name)
{
    int value = 0;
    socklen_t length = sizeof value;
    getsockopt(fd, SOL_SOCKET, name, &value, &length);
    return value;
}

static std::string queues(int fd)
{
    if (number(fd, SO_PROTOCOL) != IPPROTO_TCP || number(fd, SO_ACCEPTCONN) != 0)
        return {};
    std::string text;
    int queued = 0;
    if (ioctl(fd, SIOCINQ, &queued) == 0)
        text += member("recv-q", static_cast<unsigned>(queued));
    if (ioctl(fd, SIOCOUTQ, &queued) == 0)
        text += member("send-q", static_cast<unsigned>(queued));
    return text;
}

std::string askedOf(int fd)
{
    std::string text = identityOf(fd);
    text += option<unsigned>(fd, SOL_SOCKET, SO_MARK, "mark");
    text += option<unsigned>(fd, SOL_SOCKET, SO_RCVBUF, "rcvbuf");
    text += option<unsigned>(fd, SOL_SOCKET, SO_SNDBUF, "sndbuf");
    text += option<unsigned>(fd, IPPROTO_IP, IP_TOS, "tos");
    text += option<unsigned>(fd, IPPROTO_IPV6, IPV6_TCLASS, "tclass");
    text += option<unsigned>(fd, IPPROTO_IPV6, IPV6_V6ONLY, "v6only");
    text += bytes(fd, IPPROTO_TCP, TCP_CONGESTION, "congestion-bytes");
    text += bytes(fd, IPPROTO_TCP, TCP_INFO, "tcp-info");
    text += bytes(fd, SOL_SOCKET, SO_MEMINFO, "meminfo");
    return text + queues(fd);
}

} // namespace mksockets
