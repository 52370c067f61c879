// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an AF_VSOCK message (struct vsock_diag_msg); no attributes follow it.
#pragma once

#include "collector/decode/bytes.h"

namespace socktree {

constexpr std::size_t vsockFixedSize = 32;

struct VsockFixed {
    quint8 type = 0;     ///< SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET
    quint8 state = 0;    ///< TCP numbering
    quint8 shutdown = 0; ///< 1 receive, 2 send
    quint32 localCid = 0;
    quint32 localPort = 0;
    quint32 remoteCid = 0;
    quint32 remotePort = 0;
    quint32 inode = 0;
    quint64 cookie = 0; ///< SO_COOKIE
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<VsockFixed> parseVsockFixed(Bytes message);

/// Stands for any CID and any port.
constexpr quint32 vsockAny = 0xffffffff;

} // namespace socktree
