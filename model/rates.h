// SPDX-License-Identifier: GPL-3.0-or-later
// How fast bytes move: from the counters of two dumps and the times of these dumps.
#pragma once

#include "collector/snapshot/snapshot.h"
#include "model/generation.h"

#include <optional>

namespace socktree {

struct ByteCounters {
    quint64 received = 0;
    quint64 sent = 0;
};

/// tcp.bytes-received, and tcp.bytes-sent or (before Linux 4.19) tcp.bytes-acked. Nothing where tcp_info was not sent
/// or the message was not kept.
std::optional<ByteCounters> byteCounters(const Snapshot &snapshot, const Socket &socket);

/// Negative (not yet) if no time went by; 0 if the counter went down.
double bytesPerSecond(quint64 before, quint64 now, SteadyTime::duration elapsed);

/// Takes over the socket's counters as of its dump; rates are made of those the entry had.
void updateRates(Entry &entry, const Snapshot &snapshot, const Socket &socket);

} // namespace socktree
