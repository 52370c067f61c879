// SPDX-License-Identifier: GPL-3.0-or-later
// The sock_diag message that a made-up socket would have come in.
#pragma once

#include "collector/snapshot/socket.h"

#include "collector/decode/bytes.h"

#include <QtCore/QByteArray>

namespace socktree::test {

/// What of tcp_info a made-up socket has.
struct Counters {
    quint64 received = 0;
    quint64 sent = 0;
    quint32 rtt = 0; ///< microseconds
};

/// Without nlmsghdr: the fixed part, then the attributes that a kernel sends for a socket of this kind and state.
QByteArray messageFor(const Socket &socket, const QByteArray &name, const Counters &counters);
/// Zeros if there is no tcp_info.
Counters countersOf(Bytes message);

} // namespace socktree::test
