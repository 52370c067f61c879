// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an AF_UNIX message (struct unix_diag_msg), and the numbers of the attributes that follow it.
#pragma once

#include "collector/decode/bytes.h"

#include <QtCore/QByteArray>

namespace socktree {

constexpr std::size_t unixFixedSize = 16;

struct UnixFixed {
    quint8 type = 0;  ///< SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET
    quint8 state = 0; ///< TCP numbering: 1 connected, 7 not, 10 listening
    quint32 inode = 0;
    quint64 cookie = 0; ///< SO_COOKIE
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<UnixFixed> parseUnixFixed(Bytes message);

/// The name out of a NAME attribute: a path without the NUL that ends it; an abstract name whole, its leading NUL
/// included, since any byte may stand in it.
QByteArray unixNameOf(Bytes attributePayload);

/// Attribute numbers (linux/unix_diag.h). They begin at 0: number 0 is no padding here.
namespace unixdiag {
enum AttributeNumber : quint16 {
    Name = 0,
    Vfs = 1,
    Peer = 2,
    Icons = 3,
    RqLen = 4,
    MemInfo = 5,
    Shutdown = 6,
    Uid = 7
};
} // namespace unixdiag

} // namespace socktree
