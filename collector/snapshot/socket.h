// SPDX-License-Identifier: GPL-3.0-or-later
// One socket as a compact record: the fixed part of what the kernel said, and where to find the rest.
#pragma once

#include <QtCore/qglobal.h>
#include <QtCore/qhashfunctions.h>

#include <array>
#include <compare>
#include <cstddef>
#include <span>

namespace socktree {

/// The protocols that rows have. Unknown: a descriptor whose inode is in no list and that does not tell what it is.
/// Other: of a family of which we know no more than its name (Snapshot::labelOf).
enum class Protocol : quint8 {
    Unknown,
    Tcp,
    Mptcp,
    Udp,
    UdpLite,
    Raw,
    Ping,
    Sctp,
    Dccp,
    Unix,
    Packet,
    Netlink,
    Vsock,
    Xdp,
    Smc,
    Tipc,
    Other
};
constexpr std::size_t protocolCount = 17;
/// All of them, in order.
std::span<const Protocol> everyProtocol();
/// As ss names it: "tcp", "udp", "unix"; "unknown" for what no list describes.
const char *nameOf(Protocol protocol);
/// Whether its ends are internet addresses and ports.
bool isInternet(Protocol protocol);

/// An internet address in network byte order, or the number of a node; length 0 = none.
struct Address {
    static constexpr quint8 nodeLength = 8; ///< a vsock CID or a TIPC node
    std::array<quint8, 16> bytes{};
    quint8 length = 0; ///< 4, 16 or nodeLength
    static Address ofNode(quint32 number);
    /// Of an address that is one.
    quint32 node() const;
    bool isNode() const { return length == nodeLength; }
    bool isAny() const;
    /// IPv4 in IPv6 clothes, too.
    bool isLoopback() const;
    auto operator<=>(const Address &) const = default;
};
/// An IPv4 address that came in IPv6 clothes (::ffff:a.b.c.d) as the four bytes it is; any other as it came. For
/// comparing: rows keep the address as it was sent.
Address unmapped(const Address &address);

/// What makes a socket the same socket in the next snapshot. The cookie alone where there is one (unique on the host,
/// never reused), of an SCTP association with its ends, since it has the cookie of its endpoint; else namespace,
/// family, protocol and inode; and its ends where there is no inode either.
struct SocketKey {
    quint64 cookie = 0;
    quint64 netns = 0;
    quint64 inode = 0;
    quint64 ends = 0; ///< hash of addresses and ports
    quint16 family = 0;
    quint16 protocol = 0;
    bool operator==(const SocketKey &) const = default;
};
inline size_t qHash(const SocketKey &k, size_t seed = 0) noexcept
{
    return k.cookie ? ::qHash(k.cookie, seed) : qHashMulti(seed, k.netns, k.inode, k.ends, k.family, k.protocol);
}

/// Which of a socket's facts were told. A fact that was not told is never shown as zero.
enum class Told : quint16 {
    Inode = 1 << 0, ///< false for TIME_WAIT, SYN_RECV, not yet accepted, orphaned
    Uid = 1 << 1,
    Queues = 1 << 2,
    State = 1 << 3,
    Cgroup = 1 << 4,
    Mark = 1 << 5,
    Shutdown = 1 << 6,
    Name = 1 << 7, ///< AF_UNIX: bound to a name
    Peer = 1 << 8, ///< AF_UNIX: was connected; peerInode 0 = pending or peer gone
    V6Only = 1 << 9,
    Timer = 1 << 10,
    RecvQueue = 1 << 11 ///< alone: a listener's backlog out of a file, which does not tell its limit
};

/// Of a socket that is connected and has no other end among those that were read: what addresses tell of it.
enum class NoEnd : quint8 {
    Nothing,        ///< its other end would be here
    Several,        ///< some fit alike
    OtherNamespace, ///< its address is one of another namespace's, and no socket there fits
    MaybeHere,      ///< no socket has its address, but one takes datagrams to any address at its port
    OtherHost       ///< no socket has its address
};

/// What was not read of where the other end may be that a socket lacks.
enum class Unread : quint8 {
    Nothing,
    List,     ///< a list of such sockets, or some of its rows
    Namespace ///< a network namespace, or there may be one that we do not see
};

constexpr quint32 noIndex = 0xffffffffu;
constexpr quint16 noShortIndex = 0xffff;

struct Socket {
    quint64 cookie = 0;
    quint64 cgroupId = 0;
    Address local;
    Address remote;
    quint32 localPort = 0;  ///< netlink: port id; vsock, TIPC: port; ping: ICMP id
    quint32 remotePort = 0; ///< likewise
    quint32 inode = 0;      ///< also the inode of rows that only a descriptor names
    quint32 uid = 0;
    quint32 recvQueue = 0; ///< LISTEN: connections waiting for accept; unit differs per protocol, see kernel docs
    quint32 sendQueue = 0; ///< LISTEN: backlog limit
    quint32 expires = 0;   ///< ms until the timer fires
    quint32 interface = 0; ///< bound device, 0 = none
    quint32 mark = 0;
    quint32 peerInode = 0;
    quint32 name = noIndex;  ///< Snapshot::names
    quint32 chunk = noIndex; ///< Snapshot::message: which datagram, where
    quint32 offset = 0;
    quint32 length = 0;
    quint32 firstHolder = 0; ///< Snapshot::holders
    quint32 holderCount = 0;
    quint32 firstPeer = 0; ///< Snapshot::peers: the other ends
    quint32 peerCount = 0;
    quint32 listener = noIndex;   ///< Snapshot::sockets: whose queue it waits in to be accepted (inferred)
    quint32 partOf = noIndex;     ///< Snapshot::sockets: MPTCP connection or listener that it is a subflow of
    quint16 told = 0;             ///< Told bits
    quint16 dump = noShortIndex;  ///< Snapshot::dumps it came from
    quint16 netns = noShortIndex; ///< Snapshot::namespaces it is in
    quint16 label = noShortIndex; ///< Snapshot::labels, of Protocol::Other
    quint16 number = 0;           ///< IP protocol of raw, ethertype of packet (0: none), netlink's protocol
    quint8 family = 0;            ///< AF_…; 0 = unknown
    Protocol protocol = Protocol::Unknown;
    quint8 type = 0;  ///< SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET; 0 = not told
    quint8 state = 0; ///< TCP numbering
    quint8 timer = 0;
    quint8 retrans = 0;
    quint8 shutdown = 0;  ///< bit 0 receive, bit 1 send
    quint8 listeners = 0; ///< so many may be the listener, for all that is told; above 1 it is a guess, or noIndex
    NoEnd noEnd = NoEnd::Nothing;
    Unread unread = Unread::Nothing;
    bool v6Only = false;
    bool boundInactive = false; ///< TCP state 7 out of a dump: bound, neither listening nor connected
    bool association = false;   ///< SCTP: its state is numbered by SCTP
    bool doubtful = false;      ///< out of a text in which another socket's name may have forged it

    bool has(Told what) const { return told & static_cast<quint16>(what); }
    void tell(Told what) { told = static_cast<quint16>(told | static_cast<quint16>(what)); }
};

/// Of one without another end: whether that may be in another network namespace than its own.
bool mayEndElsewhere(const Socket &socket);

} // namespace socktree
