// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of an AF_SMC message (struct smc_diag_msg), and the numbers of the attributes that follow it.
#pragma once

#include "collector/decode/bytes.h"

#include <array>

namespace socktree {

constexpr std::size_t smcFixedSize = 64;

struct SmcFixed {
    quint8 state = 0;    ///< its own numbering
    quint8 shutdown = 0; ///< 1 receive, 2 send
    quint16 localPort = 0;
    quint16 remotePort = 0;
    std::array<quint8, 16> local{};  ///< of the TCP socket inside, in network byte order
    std::array<quint8, 16> remote{}; ///< likewise
    quint32 interface = 0;           ///< bound device, 0 = none
    quint64 cookie = 0;              ///< SO_COOKIE
    quint32 uid = 0;
    quint64 inode = 0;

    /// Bytes of local and remote that count: 4 or 16. The message does not say; addresses of zeros beyond the first
    /// four bytes are taken for IPv4.
    quint8 addressLength() const;
};

/// Nothing if the message is shorter than the fixed part or of another family.
std::optional<SmcFixed> parseSmcFixed(Bytes message);

/// Attribute numbers (linux/smc_diag.h).
namespace smcdiag {
enum AttributeNumber : quint16 { ConnInfo = 1, LgrInfo = 2, Shutdown = 3, DmbInfo = 4, Fallback = 5 };
} // namespace smcdiag

} // namespace socktree
