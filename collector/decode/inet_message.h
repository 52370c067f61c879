// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an internet protocol's message (struct inet_diag_msg), and the numbers of the attributes that
// follow it.
#pragma once

#include "collector/decode/bytes.h"

#include <array>

namespace socktree {

constexpr std::size_t inetFixedSize = 72;

struct InetFixed {
    quint8 family = 0;
    quint8 state = 0;
    quint8 timer = 0;
    quint8 retrans = 0;
    quint16 localPort = 0;
    quint16 remotePort = 0;
    std::array<quint8, 16> local{};  ///< network byte order; IPv4 has the first four bytes, the others are 0
    std::array<quint8, 16> remote{}; ///< likewise
    quint32 interface = 0;           ///< bound device, 0 = none
    quint64 cookie = 0;              ///< SO_COOKIE
    quint32 expires = 0;             ///< ms until the timer fires
    quint32 receiveQueue = 0;
    quint32 sendQueue = 0;
    quint32 uid = 0;
    quint32 inode = 0; ///< 0: no socket file; then uid says nothing either

    /// Bytes of local and remote that count: 4 or 16.
    quint8 addressLength() const;
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<InetFixed> parseInetFixed(Bytes message);

/// Whether this is a record of an SCTP association: it has peers, which an endpoint's has not. Its state is numbered by
/// SCTP, and it has the inode and cookie of its endpoint.
bool isAssociation(Bytes message);

/// Attribute numbers, our own since installed headers may be older than the kernel (linux/inet_diag.h).
namespace inet {
enum AttributeNumber : quint16 {
    MemInfo = 1,
    Info = 2,
    VegasInfo = 3,
    Congestion = 4,
    Tos = 5,
    TrafficClass = 6,
    SkMemInfo = 7,
    Shutdown = 8,
    DctcpInfo = 9,
    Protocol = 10,
    V6Only = 11,
    Locals = 12,
    Peers = 13,
    Pad = 14,
    Mark = 15,
    BbrInfo = 16,
    ClassId = 17,
    Md5Signatures = 18,
    UlpInfo = 19,
    BpfStorages = 20,
    CgroupId = 21,
    SocketOptions = 22
};
} // namespace inet

} // namespace socktree
