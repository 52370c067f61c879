// SPDX-License-Identifier: GPL-3.0-or-later
// struct mptcp_info: what an MPTCP connection tells of itself (its subflows are TCP sockets, see ulp_attributes.h).
#pragma once

#include "collector/decode/table.h"

namespace socktree::table {

constexpr quint16 mptcpInfoSize = 96;
inline constexpr ValueName mptcpInfoFlags[] = {{1, "fallback"}, {2, "remote-key-received"}};
inline constexpr Sentinel noneOrOlderThan618[] = {{0, false, "none, or older than Linux 6.18"}};
inline constexpr Sentinel noneOrOlderThan619[] = {{0, false, "none, or older than Linux 6.19"}};
inline constexpr Sentinel noToken[] = {{0, false, "none"}};
/// A listener's record has numbers of its subflows and addresses and no more.
constexpr quint16 notListening = allBut({tcpstate::listen});

// clang-format off
/// Kernels that end the struct before a field may have padding in its place: see Field::structSize.
inline constexpr Field mptcpInfoFields[] = {
    {"mptcpinfo.subflows", "subflows", 0, U8, Count, Gauge, "subflows besides the first", "5.9"},
    {"mptcpinfo.add-addr-signal", "add_addr_signal", 1, U8, Count, Counter, "addresses announced to the peer", "5.9"},
    {"mptcpinfo.add-addr-accepted", "add_addr_accepted", 2, U8, Count, Counter,
        "addresses of the peer that were taken up", "5.9"},
    in(notListening, {"mptcpinfo.subflows-max", "subflows_max", 3, U8, Count, Setting,
        "most subflows besides the first; 0 where user space manages paths", "5.9"}),
    in(notListening, {"mptcpinfo.add-addr-signal-max", "add_addr_signal_max", 4, U8, Count, Setting,
        "most addresses to announce; 0 where user space manages paths", "5.9"}),
    in(notListening, {"mptcpinfo.add-addr-accepted-max", "add_addr_accepted_max", 5, U8, Count, Setting,
        "most addresses to take up; 0 where user space manages paths", "5.9"}),
    in(notListening, anyOf(mptcpInfoFlags, {"mptcpinfo.flags", "flags", 8, U32, None, Setting,
        "whether it fell back to TCP, and whether the peer's key came", "5.9"})),
    in(notListening, except(noToken, {"mptcpinfo.token", "token", 12, U32, Hex, Setting,
        "token of this end, the same as its subflows' local one", "5.9"})),
    in(notListening, {"mptcpinfo.write-seq", "write_seq", 16, U64, Identifier, Gauge,
        "sequence number of what is written next; it begins anywhere", "5.9"}),
    in(notListening, {"mptcpinfo.snd-una", "snd_una", 24, U64, Identifier, Gauge,
        "sequence number of the first byte not acknowledged", "5.9"}),
    in(notListening, {"mptcpinfo.rcv-nxt", "rcv_nxt", 32, U64, Identifier, Gauge,
        "sequence number of the next byte to come", "5.9"}),
    {"mptcpinfo.local-addr-used", "local_addr_used", 40, U8, Count, Gauge, "local addresses in use", "5.12"},
    in(notListening, {"mptcpinfo.local-addr-max", "local_addr_max", 41, U8, Count, Setting,
        "most local addresses to use; 0 where user space manages paths", "5.12"}),
    in(notListening, oneOf(yesOrNo, {"mptcpinfo.csum-enabled", "csum_enabled", 42, U8, None, Setting,
        "data has checksums of its own", "5.14"})),
    in(notListening, inStructOf(80, {"mptcpinfo.retransmits", "retransmits", 44, U32, Count, Gauge,
        "retransmissions at this level, now", "6.5"})),
    in(notListening, {"mptcpinfo.bytes-retrans", "bytes_retrans", 48, U64, Octets, Counter,
        "bytes sent again, on whichever subflow", "6.5"}),
    in(notListening, {"mptcpinfo.bytes-sent", "bytes_sent", 56, U64, Octets, Counter, "bytes sent", "6.5"}),
    in(notListening, {"mptcpinfo.bytes-received", "bytes_received", 64, U64, Octets, Counter, "bytes received",
        "6.5"}),
    in(notListening, {"mptcpinfo.bytes-acked", "bytes_acked", 72, U64, Octets, Counter,
        "bytes the peer acknowledged", "6.5"}),
    in(notListening, {"mptcpinfo.subflows-total", "subflows_total", 80, U8, Count, Gauge,
        "all subflows, the first too", "6.8"}),
    in(notListening, except(noneOrOlderThan618, inStructOf(96, {"mptcpinfo.endp-laminar-max", "endp_laminar_max", 81,
        U8, Count, Setting, "most addresses kept for one subflow each", "6.18"}))),
    in(notListening, except(noneOrOlderThan619, inStructOf(96, {"mptcpinfo.endp-fullmesh-max", "endp_fullmesh_max", 82,
        U8, Count, Setting, "most addresses joined with every one of the peer's", "6.19"}))),
    in(notListening, inStructOf(96, {"mptcpinfo.last-data-sent", "last_data_sent", 84, U32, Milliseconds, Gauge,
        "time since we last sent data", "6.10"})),
    in(notListening, {"mptcpinfo.last-data-recv", "last_data_recv", 88, U32, Milliseconds, Gauge,
        "time since data last came in", "6.10"}),
    in(notListening, {"mptcpinfo.last-ack-recv", "last_ack_recv", 92, U32, Milliseconds, Gauge,
        "time since an acknowledgement last came in", "6.10"}),
};
// clang-format on

} // namespace socktree::table
