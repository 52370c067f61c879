// SPDX-License-Identifier: GPL-3.0-or-later
// Packet and netlink sockets.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

static std::string packet(const char *type)
{
    return member("protocol", "packet") + member("family", "packet") + member("type", type)
        + from("sock_diag|proc_net");
}

/// Ethertype 0x88b5 is free for experiments, so nothing ever arrives.
static int packetSocket(int type)
{
    const int fd = able(socket(AF_PACKET, type, 0), "a packet socket");
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_802_EX1);
    address.sll_ifindex = static_cast<int>(if_nametoindex("lo"));
    must(bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), "bind to lo");
    return fd;
}

static void packets(All &all, const std::string &name)
{
    keep(all, name, "raw", packetSocket(SOCK_RAW), packet("raw"));
    keep(all, name, "dgram", packetSocket(SOCK_DGRAM), packet("dgram"));
    keep(all, name, "unbound", able(socket(AF_PACKET, SOCK_RAW, 0), "a packet socket"), packet("raw"));
}

static void fanout(All &all, const std::string &name)
{
    const int id = getpid() & 0xffff;
    const int argument = id | (PACKET_FANOUT_HASH << 16);
    for (const char *role : {"first", "second"}) {
        const int fd = packetSocket(SOCK_DGRAM);
        able(setsockopt(fd, SOL_PACKET, PACKET_FANOUT, &argument, sizeof argument), "PACKET_FANOUT");
        keep(all, name, role, fd, packet("dgram") + member("packet-fanout", static_cast<unsigned>(argument)));
    }
}

static tpacket_req makeRing(int fd)
{
    const int version = TPACKET_V2;
    able(setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version), "PACKET_VERSION");
    tpacket_req receive{};
    receive.tp_block_size = 4096;
    receive.tp_block_nr = 4;
    receive.tp_frame_size = 2048;
    receive.tp_frame_nr = 8;
    able(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &receive, sizeof receive), "PACKET_RX_RING");
    return receive;
}

static std::string ringOf(const tpacket_req &receive)
{
    return packet("raw") + member("packet-rx-block-size", receive.tp_block_size)
        + member("packet-rx-block-count", receive.tp_block_nr) + member("packet-version", TPACKET_V2);
}

static void ring(All &all, const std::string &name)
{
    const int fd = packetSocket(SOCK_RAW);
    keep(all, name, "ring", fd, ringOf(makeRing(fd)));
}

/// Memory keeps the socket when its descriptor is closed.
static void mapped(All &all, const std::string &name)
{
    const int fd = packetSocket(SOCK_RAW);
    const tpacket_req receive = makeRing(fd);
    const std::size_t size = std::size_t(receive.tp_block_size) * receive.tp_block_nr;
    const void *memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    able(memory == MAP_FAILED ? -1 : 0, "mmap of a ring");
    all.push_back({name, "mapped",
        ringOf(receive) + member("map-pid", static_cast<unsigned>(getpid())) + member("no-holder", "mapped")
            + identityOf(fd)});
    close(fd);
}

static void membership(All &all, const std::string &name)
{
    const int fd = packetSocket(SOCK_RAW);
    packet_mreq all_multicast{};
    all_multicast.mr_ifindex = static_cast<int>(if_nametoindex("lo"));
    all_multicast.mr_type = PACKET_MR_ALLMULTI;
    able(setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all_multicast, sizeof all_multicast), "a membership");
    sock_filter nothing[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
    const sock_fprog program{std::size(nothing), nothing};
    able(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program), "SO_ATTACH_FILTER");
    keep(all, name, "member", fd, packet("raw") + member("packet-memberships", 1) + member("packet-filter-length", 1));
}

static int netlinkSocket(int protocol, unsigned portid, std::initializer_list<int> groups)
{
    const int fd = able(socket(AF_NETLINK, SOCK_RAW, protocol), "a netlink socket");
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_pid = portid;
    must(bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), "bind to a port id");
    for (const int group : groups)
        able(setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group), "a netlink group");
    return fd;
}

static std::string netlink(const char *protocol, const char *groups)
{
    // The groups by number, the first of all being 1.
    return member("protocol", "netlink") + member("family", "netlink") + member("netlink-protocol", protocol)
        + member("netlink-member-of", groups) + from("sock_diag|proc_net");
}

static void netlinks(All &all, const std::string &name)
{
    const int plain = netlinkSocket(NETLINK_ROUTE, 0, {});
    keep(all, name, "route", plain, netlink("route", ""));
    // The second of a process gets a port id that is no pid.
    keep(all, name, "second", netlinkSocket(NETLINK_ROUTE, 0, {1, 5, 9}), netlink("route", "1 5 9"));
    // Link and next-hop groups: the last has a bit in the second word.
    const auto chosen = 0xf0000000U | static_cast<unsigned>(getpid());
    keep(all, name, "groups", netlinkSocket(NETLINK_ROUTE, chosen, {1, 32, 33}), netlink("route", "1 32 33"));
    keep(all, name, "generic", netlinkSocket(NETLINK_GENERIC, 0, {}), netlink("generic", ""));
    keep(all, name, "uevent", netlinkSocket(NETLINK_KOBJECT_UEVENT, 0, {1}), netlink("kobject-uevent", "1"));
    keep(all, name, "sock-diag", netlinkSocket(NETLINK_SOCK_DIAG, 0, {}), netlink("sock-diag", ""));
    keep(all, name, "never-bound", able(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "a netlink socket"),
        member("protocol", "netlink") + member("no-portid", 1) + from("sock_diag|proc_net"));
}

/// Two processes' sockets that name each other by port id, as only this protocol lets users do.
static void netlinkPeers(All &all, const std::string &name)
{
    const int one = netlinkSocket(NETLINK_USERSOCK, 0, {}), other = netlinkSocket(NETLINK_USERSOCK, 0, {});
    for (const auto &[from, to] : {std::pair(one, other), std::pair(other, one)}) {
        sockaddr_nl address{};
        socklen_t length = sizeof address;
        must(getsockname(to, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
        able(connect(from, reinterpret_cast<sockaddr *>(&address), length), "connect to a port id");
    }
    const std::string known = netlink("usersock", "");
    keepPair(all, name, "left", one, "right", other, known, known);
}

std::span<const Situation> packetSituations()
{
    static constexpr Situation situations[] = {
        {"packet", "packet sockets, raw and cooked (takes root)", packets},
        {"packet-fanout", "two that share what arrives (takes root)", fanout},
        {"packet-ring", "one with a mapped ring (takes root)", ring},
        {"packet-mapped", "one that only its mapped ring keeps (takes root)", mapped},
        {"packet-membership", "one with a membership and a filter (takes root)", membership},
        {"netlink", "netlink sockets of several protocols, with many groups", netlinks},
        {"netlink-peers", "two that name each other (takes root)", netlinkPeers},
    };
    return situations;
}

} // namespace mksockets
