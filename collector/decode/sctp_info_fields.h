// SPDX-License-Identifier: GPL-3.0-or-later
// struct sctp_info. The kernel fills one part of it for endpoints and another for associations; the rest is 0.
#pragma once

#include "collector/decode/states.h"
#include "collector/decode/table.h"

namespace socktree::table {

constexpr quint16 sctpInfoSize = 368;

inline constexpr ValueName sctpCapabilities[] = {
    {0x01, "auth"},
    {0x02, "prsctp"},
    {0x04, "asconf"},
    {0x08, "reconf"},
    {0x10, "ipv6"},
    {0x20, "ipv4"},
    {0x40, "ecn"},
    {0x80, "interleave"},
};
inline constexpr ValueName sctpSackFlags[] = {{1, "zero-window-announced"}, {2, "sack-generation"}, {4, "sack-needed"}};
inline constexpr ValueName sctpPathStates[]
    = {{0, "inactive"}, {1, "potentially-failed"}, {2, "active"}, {3, "unconfirmed"}};
inline constexpr ValueName sctpSocketTypes[] = {{0, "one-to-many"}, {1, "udp-high-bandwidth"}, {2, "one-to-one"}};
inline constexpr Sentinel sctpNotTold[] = {{0, false, "not told"}};
inline constexpr Sentinel sctpNever[] = {{0, false, "never"}};

// clang-format off
inline constexpr Field sctpAssociationInfoFields[] = {
    {"sctp.tag", "tag", 0, U32, Hex, Setting, "verification tag of this end", "4.7"},
    oneOf(sctpStates, {"sctp.state", "state", 4, U32, None, Setting, "state of the association", "4.7"}),
    {"sctp.rwnd", "rwnd", 8, U32, Octets, Gauge, "receive window we offer", "4.7"},
    {"sctp.unackdata", "unackdata", 12, U16, Count, Gauge, "chunks sent and not acknowledged", "4.7"},
    {"sctp.penddata", "penddata", 14, U16, Count, Gauge, "chunks that wait to be read", "4.7"},
    {"sctp.instrms", "instrms", 16, U16, Count, Setting, "streams towards us", "4.7"},
    {"sctp.outstrms", "outstrms", 18, U16, Count, Setting, "streams towards the peer", "4.7"},
    except(sctpNotTold, {"sctp.fragmentation-point", "fragmentation_point", 20, U32, Octets, Setting,
        "size at which messages are split; no kernel fills it", "4.7"}),
    {"sctp.inqueue", "inqueue", 24, U32, Count, Gauge, "chunks in the receive queue", "4.7"},
    {"sctp.outqueue", "outqueue", 28, U32, Count, Gauge, "chunks in the send queue", "4.7"},
    {"sctp.overall-error", "overall_error", 32, U32, Count, Gauge,
        "failures in a row without an answer, on all paths", "4.7"},
    {"sctp.max-burst", "max_burst", 36, U32, Packets, Setting, "most packets sent at once", "4.7"},
    {"sctp.maxseg", "maxseg", 40, U32, Octets, Setting, "largest chunk", "4.7"},
    {"sctp.peer-rwnd", "peer_rwnd", 44, U32, Octets, Gauge, "receive window the peer offers", "4.7"},
    {"sctp.peer-tag", "peer_tag", 48, U32, Hex, Setting, "verification tag of the peer", "4.7"},
    anyOf(sctpCapabilities, {"sctp.peer-capable", "peer_capable", 52, U8, None, Setting, "what the peer can", "4.7"}),
    anyOf(sctpSackFlags, {"sctp.peer-sack", "peer_sack", 53, U8, None, Gauge,
        "how selective acknowledgements stand", "4.7"}),
    {"sctp.isacks", "isacks", 56, U64, Count, Counter, "selective acknowledgements received", "4.7"},
    {"sctp.osacks", "osacks", 64, U64, Count, Counter, "selective acknowledgements sent", "4.7"},
    {"sctp.opackets", "opackets", 72, U64, Packets, Counter, "packets sent", "4.7"},
    {"sctp.ipackets", "ipackets", 80, U64, Packets, Counter, "packets received", "4.7"},
    {"sctp.rtxchunks", "rtxchunks", 88, U64, Count, Counter, "chunks sent again", "4.7"},
    {"sctp.outofseqtsns", "outofseqtsns", 96, U64, Count, Counter, "chunks received out of order", "4.7"},
    {"sctp.idupchunks", "idupchunks", 104, U64, Count, Counter, "chunks received twice", "4.7"},
    {"sctp.gapcnt", "gapcnt", 112, U64, Count, Counter, "gap acknowledgements received", "4.7"},
    {"sctp.ouodchunks", "ouodchunks", 120, U64, Count, Counter, "unordered data chunks sent", "4.7"},
    {"sctp.iuodchunks", "iuodchunks", 128, U64, Count, Counter, "unordered data chunks received", "4.7"},
    {"sctp.oodchunks", "oodchunks", 136, U64, Count, Counter, "ordered data chunks sent", "4.7"},
    {"sctp.iodchunks", "iodchunks", 144, U64, Count, Counter, "ordered data chunks received", "4.7"},
    {"sctp.octrlchunks", "octrlchunks", 152, U64, Count, Counter, "control chunks sent", "4.7"},
    {"sctp.ictrlchunks", "ictrlchunks", 160, U64, Count, Counter, "control chunks received", "4.7"},
    {"sctp.p-address", "p_address", 168, SocketAddress, None, Setting, "the peer's address on the primary path", "4.7"},
    oneOf(sctpPathStates, {"sctp.p-state", "p_state", 296, S32, None, Setting, "state of the primary path", "4.7"}),
    {"sctp.p-cwnd", "p_cwnd", 300, U32, Octets, Gauge, "congestion window of the primary path", "4.7"},
    except(notMeasured, {"sctp.p-srtt", "p_srtt", 304, U32, None, Gauge,
        "round-trip time of the primary path, smoothed, in ticks of the kernel's clock", "4.7"}),
    {"sctp.p-rto", "p_rto", 308, U32, Milliseconds, Gauge, "time after which an unanswered chunk is sent again", "4.7"},
    {"sctp.p-hbinterval", "p_hbinterval", 312, U32, None, Setting,
        "time between heartbeats, in ticks of the kernel's clock", "4.7"},
    {"sctp.p-pathmaxrxt", "p_pathmaxrxt", 316, U32, Count, Setting,
        "failures in a row after which the path is given up", "4.7"},
    {"sctp.p-sackdelay", "p_sackdelay", 320, U32, Milliseconds, Setting,
        "how long an acknowledgement may be delayed", "4.7"},
    except(sctpNotTold, {"sctp.p-sackfreq", "p_sackfreq", 324, U32, Packets, Setting,
        "packets after which one is acknowledged at once", "4.7"}),
    {"sctp.p-ssthresh", "p_ssthresh", 328, U32, Octets, Gauge, "congestion window at which slow start ends", "4.7"},
    {"sctp.p-partial-bytes-acked", "p_partial_bytes_acked", 332, U32, Octets, Gauge,
        "bytes acknowledged that the window has not grown by yet", "4.7"},
    {"sctp.p-flight-size", "p_flight_size", 336, U32, Octets, Gauge, "bytes in flight on the primary path", "4.7"},
    {"sctp.p-error", "p_error", 340, U16, Count, Gauge,
        "failures in a row without an answer, on the primary path", "4.7"},
};
inline constexpr Field sctpEndpointInfoFields[] = {
    except(sctpNever, {"sctp.s-autoclose", "s_autoclose", 344, U32, Seconds, Setting,
        "idle time after which associations are closed", "4.7"}),
    {"sctp.s-adaptation-ind", "s_adaptation_ind", 348, U32, Hex, Setting, "adaptation layer that we announce", "4.7"},
    {"sctp.s-pd-point", "s_pd_point", 352, U32, Octets, Setting,
        "size from which a message is handed over in parts", "4.7"},
    oneOf(yesOrNo, {"sctp.s-nodelay", "s_nodelay", 356, U8, None, Setting,
        "small chunks are sent at once (SCTP_NODELAY)", "4.7"}),
    oneOf(yesOrNo, {"sctp.s-disable-fragments", "s_disable_fragments", 357, U8, None, Setting,
        "messages are never split", "4.7"}),
    oneOf(yesOrNo, {"sctp.s-v4mapped", "s_v4mapped", 358, U8, None, Setting,
        "IPv4 addresses are shown as mapped IPv6 ones", "4.7"}),
    {"sctp.s-frag-interleave", "s_frag_interleave", 359, U8, None, Setting,
        "parts of several messages may come in turns", "4.7"},
    oneOf(sctpSocketTypes, {"sctp.s-type", "s_type", 360, U32, None, Setting, "style of the socket", "4.7"}),
};
// clang-format on

} // namespace socktree::table
