// SPDX-License-Identifier: GPL-3.0-or-later
// What DCCP fills of struct tcp_info, whose layout it borrows (until Linux 6.15, which was the last to have DCCP).
#pragma once

#include "collector/decode/table.h"

namespace socktree::table {

constexpr quint16 dccpInfoSize = 248; ///< of the longest tcp_info that came with DCCP
inline constexpr ValueName dccpOptions[] = {{0x01, "ccid3"}, {0x02, "ack-vector"}};

// clang-format off
inline constexpr Field dccpInfoFields[] = {
    oneOf(states, {"dccp.state", "state", 0, U8, None, Setting, "state of the connection", ""}),
    {"dccp.ca-state", "ca_state", 1, U8, None, Setting, "state of the receiver's congestion control (CCID 3)", ""},
    {"dccp.retransmits", "retransmits", 2, U8, Count, Gauge, "timeouts in a row without an answer, now", ""},
    {"dccp.probes", "probes", 3, U8, Count, Gauge, "keepalive probes without an answer, now", ""},
    {"dccp.backoff", "backoff", 4, U8, Shift, Gauge, "how often the timeout has been doubled", ""},
    anyOf(dccpOptions, {"dccp.options", "options", 5, U8, None, Setting, "what the connection uses", ""}),
    except(notMeasured, {"dccp.rto", "rto", 8, U32, Microseconds, Gauge,
        "time without feedback after which sending slows down (CCID 3)", ""}),
    except(notMeasured, {"dccp.pmtu", "pmtu", 60, U32, Octets, Gauge,
        "largest packet the path takes, as known now", ""}),
    except(notMeasured, {"dccp.rtt", "rtt", 68, U32, Microseconds, Gauge,
        "round-trip time as the sender has it (CCID 3)", ""}),
    except(notMeasured, {"dccp.rcv-rtt", "rcv_rtt", 92, U32, Microseconds, Gauge,
        "round-trip time as the receiver has it (CCID 3)", "2.6"}),
};
// clang-format on

} // namespace socktree::table
