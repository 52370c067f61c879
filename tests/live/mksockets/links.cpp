// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/links.h"

#include "tests/live/mksockets/held.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

namespace {

/// One netlink message in the making.
class Message
{
public:
    explicit Message(std::uint16_t type, std::uint16_t flags)
    {
        header()->nlmsg_len = NLMSG_HDRLEN;
        header()->nlmsg_type = type;
        header()->nlmsg_flags = flags;
    }
    void add(const void *bytes, std::size_t size)
    {
        if (size != 0)
            std::memcpy(m_bytes + header()->nlmsg_len, bytes, size);
        header()->nlmsg_len += static_cast<unsigned>(NLMSG_ALIGN(size));
    }
    void attribute(std::uint16_t type, const void *bytes, std::size_t size)
    {
        const rtattr head{static_cast<std::uint16_t>(RTA_LENGTH(size)), type};
        add(&head, sizeof head);
        add(bytes, size);
    }
    void attribute(std::uint16_t type, const char *text) { attribute(type, text, std::strlen(text) + 1); }
    /// An attribute that holds what comes until the end() of what is returned.
    std::size_t begin(std::uint16_t type)
    {
        const std::size_t at = header()->nlmsg_len;
        attribute(type, nullptr, 0);
        return at;
    }
    void end(std::size_t at)
    {
        reinterpret_cast<rtattr *>(m_bytes + at)->rta_len = static_cast<std::uint16_t>(header()->nlmsg_len - at);
    }
    nlmsghdr *header() { return reinterpret_cast<nlmsghdr *>(m_bytes); }

private:
    alignas(nlmsghdr) char m_bytes[1024]{};
};

} // namespace

void makeVeth(const char *name, const char *peer, int there)
{
    Message message(RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
    const ifinfomsg none{};
    message.add(&none, sizeof none);
    message.attribute(IFLA_IFNAME, name);
    const std::size_t info = message.begin(IFLA_LINKINFO);
    message.attribute(IFLA_INFO_KIND, "veth");
    const std::size_t data = message.begin(IFLA_INFO_DATA);
    const std::size_t other = message.begin(VETH_INFO_PEER);
    message.add(&none, sizeof none);
    message.attribute(IFLA_IFNAME, peer);
    message.attribute(IFLA_NET_NS_FD, &there, sizeof there);
    message.end(other);
    message.end(data);
    message.end(info);

    const int fd = must(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "a route socket");
    must(static_cast<int>(send(fd, message.header(), message.header()->nlmsg_len, 0)), "send");
    struct {
        nlmsghdr header;
        nlmsgerr error;
        char rest[1024];
    } answer{};
    must(static_cast<int>(recv(fd, &answer, sizeof answer, 0)), "recv");
    close(fd);
    errno = -answer.error.error;
    able(errno == 0 ? 0 : -1, "a pair of virtual Ethernet devices");
}

void raise(const char *name, const char *address)
{
    const int fd = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    ifreq request{};
    std::strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    for (const auto &[what, text] :
        {std::pair<unsigned long, const char *>(SIOCSIFADDR, address), {SIOCSIFNETMASK, "255.255.255.252"}}) {
        inet_pton(AF_INET, text, &v4.sin_addr);
        std::memcpy(&request.ifr_addr, &v4, sizeof v4);
        able(ioctl(fd, what, &request), "an address for a device");
    }
    request.ifr_flags = IFF_UP;
    able(ioctl(fd, SIOCSIFFLAGS, &request), "a device up");
    close(fd);
}

int currentNamespace()
{
    const int asked = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    const int space = able(ioctl(asked, SIOCGSKNS), "SIOCGSKNS");
    close(asked);
    return space;
}

} // namespace mksockets
