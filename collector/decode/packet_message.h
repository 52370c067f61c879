// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an AF_PACKET message (struct packet_diag_msg), and the numbers of the attributes that follow it.
#pragma once

#include "collector/decode/bytes.h"

namespace socktree {

constexpr std::size_t packetFixedSize = 16;

struct PacketFixed {
    quint8 type = 0;      ///< SOCK_RAW, SOCK_DGRAM, SOCK_PACKET
    quint16 protocol = 0; ///< ethertype in host order; 3 = all, 0 = none yet
    quint32 inode = 0;
    quint64 cookie = 0; ///< SO_COOKIE
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<PacketFixed> parsePacketFixed(Bytes message);

/// Attribute numbers (linux/packet_diag.h). They begin at 0: number 0 is no padding here.
namespace packetdiag {
enum AttributeNumber : quint16 {
    Info = 0,
    MulticastList = 1,
    RxRing = 2,
    TxRing = 3,
    Fanout = 4,
    Uid = 5,
    MemInfo = 6,
    Filter = 7
};
} // namespace packetdiag

} // namespace socktree
