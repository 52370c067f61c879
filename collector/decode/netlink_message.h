// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an AF_NETLINK message (struct netlink_diag_msg), and the numbers of the attributes that follow it.
#pragma once

#include "collector/decode/bytes.h"

namespace socktree {

constexpr std::size_t netlinkFixedSize = 28;

struct NetlinkFixed {
    quint8 type = 0;        ///< SOCK_RAW, SOCK_DGRAM
    quint8 protocol = 0;    ///< 0 ROUTE, 4 SOCK_DIAG, 16 GENERIC …
    quint8 state = 0;       ///< its own numbering: 1 connected, 0 and 7 not
    quint32 port = 0;       ///< often the pid of who made it, but never surely; 0 = the kernel's own socket
    quint32 remotePort = 0; ///< where it is connected to
    quint32 inode = 0;
    quint64 cookie = 0; ///< SO_COOKIE. A socket in a group comes twice: tell by this
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<NetlinkFixed> parseNetlinkFixed(Bytes message);

/// Attribute numbers (linux/netlink_diag.h). They begin at 0: number 0 is no padding here.
namespace netlinkdiag {
enum AttributeNumber : quint16 { MemInfo = 0, Groups = 1, RxRing = 2, TxRing = 3, Flags = 4 };
} // namespace netlinkdiag

} // namespace socktree
