// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of AF_XDP messages (struct xdp_diag_msg, XDP_DIAG_*).
#pragma once

#include "collector/decode/memory_fields.h"
#include "collector/decode/table.h"
#include "collector/decode/xdp_message.h"

namespace socktree::table {

inline constexpr ValueName umemFlags[] = {{1, "zerocopy"}};

// clang-format off
/// The cookie is read by parseXdpFixed.
inline constexpr Field xdpFixedFields[] = {
    oneOf(socketTypes, {"xdp.type", "type", 1, U8, None, Setting, "type of the socket", ""}),
    {"xdp.inode", "ino", 4, U32, Identifier, Setting, "inode of the socket file, by which processes hold it", ""},
};

inline constexpr Field xdpInfoFields[] = {
    except(noDevice, {"xdp.if", "ifindex", 0, U32, Identifier, Setting,
        "index of the interface that the socket is bound to", "5.1"}),
    {"xdp.queue-id", "queue_id", 4, U32, Identifier, Setting, "queue of that interface", "5.1"},
};
inline constexpr Field xdpUidField[] = {{"xdp.uid", "uid", 0, U32, Identifier, Setting, "user who made the socket",
    "5.1"}};
inline constexpr Field xdpRxRing[] = {{"xdp.rx-ring", "entries", 0, U32, Count, Setting,
    "places of the ring of packets received", "5.1"}};
inline constexpr Field xdpTxRing[] = {{"xdp.tx-ring", "entries", 0, U32, Count, Setting,
    "places of the ring of packets to send", "5.1"}};
inline constexpr Field xdpFillRing[] = {{"xdp.fill-ring", "entries", 0, U32, Count, Setting,
    "places of the ring of buffers to fill", "5.1"}};
inline constexpr Field xdpCompletionRing[] = {{"xdp.completion-ring", "entries", 0, U32, Count, Setting,
    "places of the ring of buffers that were sent", "5.1"}};
inline constexpr Field umemFields[] = {
    {"xdp.umem-size", "size", 0, U64, Octets, Setting, "memory for packets", "5.1"},
    {"xdp.umem-id", "id", 8, U32, Identifier, Setting, "number of that memory; sockets may share it", "5.1"},
    {"xdp.umem-num-pages", "num_pages", 12, U32, Count, Setting, "pages of that memory", "5.1"},
    {"xdp.umem-chunk-size", "chunk_size", 16, U32, Octets, Setting, "room for one packet", "5.1"},
    {"xdp.umem-headroom", "headroom", 20, U32, Octets, Setting, "room kept before each packet", "5.1"},
    except(noDevice, {"xdp.umem-if", "ifindex", 24, U32, Identifier, Setting,
        "index of the interface that the memory serves", "5.1"}),
    {"xdp.umem-queue-id", "queue_id", 28, U32, Identifier, Setting, "queue of that interface", "5.1"},
    anyOf(umemFlags, {"xdp.umem-flags", "flags", 32, U32, None, Setting, "whether packets are copied", "5.1"}),
    {"xdp.umem-refs", "refs", 36, U32, Count, Gauge, "sockets that use that memory", "5.1"},
};
inline constexpr Field xdpStatsFields[] = {
    {"xdp.rx-dropped", "n_rx_dropped", 0, U64, Packets, Counter, "packets received and dropped", "5.9"},
    {"xdp.rx-invalid", "n_rx_invalid", 8, U64, Count, Counter, "buffers to fill that were not valid", "5.9"},
    {"xdp.rx-full", "n_rx_full", 16, U64, Packets, Counter, "packets dropped as the ring was full", "5.9"},
    {"xdp.fill-ring-empty", "n_fill_ring_empty", 24, U64, Count, Counter, "times no buffer was there to fill", "5.9"},
    {"xdp.tx-invalid", "n_tx_invalid", 32, U64, Count, Counter, "packets to send that were not valid", "5.9"},
    {"xdp.tx-ring-empty", "n_tx_ring_empty", 40, U64, Count, Counter, "times nothing was there to send", "5.9"},
};

inline constexpr Attribute xdpAttributes[] = {
    record(xdpdiag::Info, "xdp.info", "XDP_DIAG_INFO", "where the socket is bound", "5.1", xdpInfoFields),
    record(xdpdiag::Uid, "xdp.uid", "XDP_DIAG_UID", "user who made the socket", "5.1", xdpUidField),
    record(xdpdiag::RxRing, "xdp.rx-ring", "XDP_DIAG_RX_RING", "ring of packets received", "5.1", xdpRxRing),
    record(xdpdiag::TxRing, "xdp.tx-ring", "XDP_DIAG_TX_RING", "ring of packets to send", "5.1", xdpTxRing),
    record(xdpdiag::Umem, "xdp.umem", "XDP_DIAG_UMEM", "memory for packets", "5.1", umemFields),
    record(xdpdiag::UmemFillRing, "xdp.fill-ring", "XDP_DIAG_UMEM_FILL_RING", "ring of buffers to fill", "5.1",
        xdpFillRing),
    record(xdpdiag::UmemCompletionRing, "xdp.completion-ring", "XDP_DIAG_UMEM_COMPLETION_RING",
        "ring of buffers that were sent", "5.1", xdpCompletionRing),
    record(xdpdiag::MemInfo, "xdp.meminfo", "XDP_DIAG_MEMINFO", "memory the socket takes", "5.1", memoryFields),
    record(xdpdiag::Stats, "xdp.stats", "XDP_DIAG_STATS", "what went wrong", "5.9", xdpStatsFields),
};
// clang-format on

} // namespace socktree::table
