// SPDX-License-Identifier: GPL-3.0-or-later
// The memory a socket takes. Sizes are of whole buffers with their bookkeeping (truesize), not of the data in them.
#pragma once

#include "collector/decode/table.h"

namespace socktree::table {

// clang-format off
/// SK_MEMINFO: an array of words that kernels append to, the same for every family.
inline constexpr Field memoryFields[] = {
    {"mem.rmem-alloc", "rmem_alloc", 0, U32, Octets, Gauge, "memory of what was received and not yet read", "3.3"},
    {"mem.rcvbuf", "rcvbuf", 4, U32, Octets, Setting, "limit for received data (SO_RCVBUF, doubled)", "3.3"},
    {"mem.wmem-alloc", "wmem_alloc", 8, U32, Octets, Gauge, "memory of packets on their way out", "3.3"},
    {"mem.sndbuf", "sndbuf", 12, U32, Octets, Setting, "limit for data to send (SO_SNDBUF, doubled)", "3.3"},
    {"mem.fwd-alloc", "fwd_alloc", 16, S32, Octets, Gauge, "memory set aside for this socket and not yet used", "3.3"},
    {"mem.wmem-queued", "wmem_queued", 20, U32, Octets, Gauge, "memory of the send queue", "3.3"},
    {"mem.optmem", "optmem", 24, U32, Octets, Gauge, "memory of options, filters and memberships", "3.3"},
    {"mem.backlog", "backlog", 28, U32, Octets, Gauge,
        "memory of packets that wait because the socket is being worked on", "3.6"},
    {"mem.drops", "drops", 32, U32, Packets, Counter, "packets dropped at this socket", "4.7"},
};

/// struct inet_diag_meminfo: four of the above, from before they existed.
inline constexpr Field oldMemoryFields[] = {
    {"meminfo.rmem", "rmem", 0, U32, Octets, Gauge, "memory of what was received and not yet read", ""},
    {"meminfo.wmem", "wmem", 4, U32, Octets, Gauge, "memory of the send queue", ""},
    {"meminfo.fmem", "fmem", 8, S32, Octets, Gauge, "memory set aside for this socket and not yet used", ""},
    {"meminfo.tmem", "tmem", 12, U32, Octets, Gauge, "memory of packets on their way out", ""},
};
// clang-format on

} // namespace socktree::table
