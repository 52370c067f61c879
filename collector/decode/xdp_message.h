// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an AF_XDP message (struct xdp_diag_msg), and the numbers of the attributes that follow it.
#pragma once

#include "collector/decode/bytes.h"

namespace socktree {

constexpr std::size_t xdpFixedSize = 16;

struct XdpFixed {
    quint8 type = 0; ///< SOCK_RAW
    quint32 inode = 0;
    quint64 cookie = 0; ///< SO_COOKIE
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<XdpFixed> parseXdpFixed(Bytes message);

/// Attribute numbers (linux/xdp_diag.h).
namespace xdpdiag {
enum AttributeNumber : quint16 {
    Info = 1,
    Uid = 2,
    RxRing = 3,
    TxRing = 4,
    Umem = 5,
    UmemFillRing = 6,
    UmemCompletionRing = 7,
    MemInfo = 8,
    Stats = 9
};
} // namespace xdpdiag

} // namespace socktree
