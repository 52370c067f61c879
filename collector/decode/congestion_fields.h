// SPDX-License-Identifier: GPL-3.0-or-later
// What a congestion control tells of itself; each algorithm sends one of these structs or none.
#pragma once

#include "collector/decode/table.h"

namespace socktree::table {

inline constexpr Sentinel noVegasSample[] = {{0x7fffffff, false, "no sample"}};
inline constexpr Sentinel noBbrSample[] = {{0xffffffff, false, "no sample"}};

// clang-format off
/// struct tcpvegas_info: vegas, yeah, illinois, nv and westwood, each in its own way.
inline constexpr Field vegasFields[] = {
    oneOf(yesOrNo, {"vegas.enabled", "enabled", 0, U32, None, Setting, "the algorithm is at work", ""}),
    {"vegas.rttcnt", "rttcnt", 4, U32, Count, Gauge, "round-trip times measured in this round", ""},
    except(noVegasSample, {"vegas.rtt", "rtt", 8, U32, Microseconds, Gauge,
        "round-trip time: vegas and yeah the base, illinois the average, nv and westwood the last", ""}),
    except(noVegasSample, {"vegas.minrtt", "minrtt", 12, U32, Microseconds, Gauge,
        "smallest round-trip time: vegas and yeah of this round, the others of all", ""}),
};

/// struct tcp_dctcp_info.
inline constexpr Field dctcpFields[] = {
    oneOf(yesOrNo, {"dctcp.enabled", "enabled", 0, U16, None, Setting,
        "the algorithm is at work; without ECN it falls back to reno", ""}),
    {"dctcp.ce-state", "ce_state", 2, U16, None, Gauge, "whether the last packet received met congestion", ""},
    {"dctcp.alpha", "alpha", 4, U32, None, Gauge, "share of bytes that met congestion, as estimated, in 1/1024", ""},
    {"dctcp.ab-ecn", "ab_ecn", 8, U32, Octets, Gauge, "bytes acknowledged that met congestion, in this window", ""},
    {"dctcp.ab-tot", "ab_tot", 12, U32, Octets, Gauge, "all bytes acknowledged in this window", ""},
};

/// struct tcp_bbr_info; kernels with a later BBR append to it.
inline constexpr Field bbrFields[] = {
    {"bbr.bw", "bw", 0, U64LowHigh, OctetsPerSecond, Gauge, "bandwidth of the path, as estimated", ""},
    except(noBbrSample, {"bbr.min-rtt", "min_rtt", 8, U32, Microseconds, Gauge,
        "smallest round-trip time, as estimated", ""}),
    {"bbr.pacing-gain", "pacing_gain", 12, U32, None, Gauge, "pacing rate over bandwidth, in 1/256", ""},
    {"bbr.cwnd-gain", "cwnd_gain", 16, U32, None, Gauge,
        "congestion window over what the path holds, in 1/256", ""},
};
// clang-format on

} // namespace socktree::table
