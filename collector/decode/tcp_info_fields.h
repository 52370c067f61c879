// SPDX-License-Identifier: GPL-3.0-or-later
// struct tcp_info, field by field, from the oldest kernel to the newest. Kernels append; the length sent says how far
// theirs goes.
#pragma once

#include "collector/decode/table.h"

#include <array>
#include <string_view>

namespace socktree::table {

inline constexpr ValueName caStates[] = {{0, "open"}, {1, "disorder"}, {2, "cwr"}, {3, "recovery"}, {4, "loss"}};
inline constexpr ValueName tcpOptions[] = {
    {0x01, "ts"},
    {0x02, "sack"},
    {0x04, "wscale"},
    {0x08, "ecn"},
    {0x10, "ecnseen"},
    {0x20, "fastopen"},
    {0x40, "usec-ts"},
    {0x80, "tfo-child"},
};
inline constexpr ValueName fastOpenFailures[]
    = {{0, "none"}, {1, "no-cookie"}, {2, "data-not-acked"}, {3, "syn-retransmitted"}};
inline constexpr ValueName ecnModes[] = {{0, "disabled"}, {1, "rfc3168"}, {2, "accecn"}, {3, "pending"}};
inline constexpr ValueName accEcnOption[] = {{0, "not-seen"}, {1, "empty"}, {2, "counters"}, {3, "failed"}};
inline constexpr ValueName accEcnFailures[]
    = {{1, "ace-send"}, {2, "ace-receive"}, {4, "option-send"}, {8, "option-receive"}};

inline constexpr Sentinel infinite[] = {{0x7fffffff, true, "infinite"}};
inline constexpr Sentinel unlimited[] = {{~quint64(0), false, "unlimited"}};
inline constexpr Sentinel noSample[] = {{0xffffffff, false, "no sample"}};
inline constexpr Sentinel neverFilled[] = {{0, false, "not recorded"}};
inline constexpr Sentinel noneYet[] = {{0, false, "none yet"}};
/// While no answer came, the kernel counts from boot.
inline constexpr Sentinel neverWhileConnecting[] = {{0, true, "never", statesOf({tcpstate::synSent})}};

/// From this offset on there are two layouts of the same length: the fields with an `until` are one, the others the
/// other. See TcpInfoLayout.
constexpr quint16 tcpInfoTwoLayoutsFrom = 276;

/// Of a listener the kernel fills these and leaves the others 0.
constexpr bool isFilledOfListener(std::string_view name)
{
    for (const std::string_view filled :
        {"state", "unacked", "sacked", "snd_cwnd", "reordering", "pacing_rate", "max_pacing_rate"})
        if (name == filled)
            return true;
    return false;
}
template <std::size_t N> constexpr std::array<Field, N> withStates(std::array<Field, N> fields)
{
    for (Field &field : fields)
        if (!isFilledOfListener(field.name))
            field.states = allBut({tcpstate::listen});
    return fields;
}

// clang-format off
inline constexpr auto tcpInfoFields = withStates(std::to_array<Field>({
    oneOf(states, {"tcp.state", "state", 0, U8, None, Setting, "state of the connection", ""}),
    oneOf(caStates, {"tcp.ca-state", "ca_state", 1, U8, None, Setting, "what congestion control is reacting to", ""}),
    {"tcp.retransmits", "retransmits", 2, U8, Count, Gauge,
        "retransmission timeouts in a row without an answer, now", ""},
    {"tcp.probes", "probes", 3, U8, Count, Gauge, "zero-window or keepalive probes without an answer, now", ""},
    {"tcp.backoff", "backoff", 4, U8, Shift, Gauge, "how often the retransmission timeout has been doubled", ""},
    anyOf(tcpOptions, {"tcp.options", "options", 5, U8, None, Setting, "what both ends agreed on", ""}),
    bits(0, 4, {"tcp.snd-wscale", "snd_wscale", 6, U8, Shift, Setting,
        "window scale of the peer; only meant if the options have wscale", ""}),
    bits(4, 4, {"tcp.rcv-wscale", "rcv_wscale", 6, U8, Shift, Setting,
        "our window scale; only meant if the options have wscale", ""}),
    oneOf(yesOrNo, bits(0, 1, {"tcp.delivery-rate-app-limited", "delivery_rate_app_limited", 7, U8, None, Setting,
        "the delivery rate was limited by the application having nothing to send", "4.9"})),
    oneOf(fastOpenFailures, bits(1, 2, {"tcp.fastopen-client-fail", "fastopen_client_fail", 7, U8, None, Setting,
        "why TCP fast open did not work for us as client", "5.5"})),
    {"tcp.rto", "rto", 8, U32, Microseconds, Gauge, "time after which an unanswered segment is sent again", ""},
    except(noneYet, {"tcp.ato", "ato", 12, U32, Microseconds, Gauge, "how long an acknowledgement may be delayed", ""}),
    {"tcp.snd-mss", "snd_mss", 16, U32, Octets, Gauge, "largest segment we send now", ""},
    {"tcp.rcv-mss", "rcv_mss", 20, U32, Octets, Gauge, "largest segment of the peer, as estimated", ""},
    {"tcp.unacked", "unacked", 24, U32, Packets, Gauge,
        "segments in flight; of a listener, connections waiting for accept", ""},
    {"tcp.sacked", "sacked", 28, U32, Packets, Gauge,
        "segments acknowledged selectively; of a listener, the most connections that may wait", ""},
    {"tcp.lost", "lost", 32, U32, Packets, Gauge, "segments taken for lost", ""},
    {"tcp.retrans", "retrans", 36, U32, Packets, Gauge, "segments sent again and still in flight", ""},
    {"tcp.fackets", "fackets", 40, U32, Packets, Gauge, "segments acknowledged by FACK; always 0 since Linux 4.15", ""},
    except(neverWhileConnecting, {"tcp.last-data-sent", "last_data_sent", 44, U32, Milliseconds, Gauge,
        "time since we last sent data", ""}),
    except(neverFilled, {"tcp.last-ack-sent", "last_ack_sent", 48, U32, Milliseconds, Gauge,
        "time since we last acknowledged; no kernel fills it", ""}),
    except(neverWhileConnecting, {"tcp.last-data-recv", "last_data_recv", 52, U32, Milliseconds, Gauge,
        "time since data last came in", ""}),
    except(neverWhileConnecting, {"tcp.last-ack-recv", "last_ack_recv", 56, U32, Milliseconds, Gauge,
        "time since an acknowledgement last came in", ""}),
    except(notMeasured, {"tcp.pmtu", "pmtu", 60, U32, Octets, Gauge, "largest packet the path takes, as known now",
        ""}),
    {"tcp.rcv-ssthresh", "rcv_ssthresh", 64, U32, Octets, Gauge, "up to where the receive window may grow now", ""},
    except(notMeasured, {"tcp.rtt", "rtt", 68, U32, Microseconds, Gauge, "round-trip time, smoothed", ""}),
    {"tcp.rttvar", "rttvar", 72, U32, Microseconds, Gauge, "mean deviation of the round-trip time", ""},
    except(infinite, {"tcp.snd-ssthresh", "snd_ssthresh", 76, U32, Packets, Gauge,
        "congestion window at which slow start ends; infinite if it was never left", ""}),
    {"tcp.snd-cwnd", "snd_cwnd", 80, U32, Packets, Gauge, "congestion window: segments we may have in flight", ""},
    {"tcp.advmss", "advmss", 84, U32, Octets, Setting, "largest segment we told the peer to send", ""},
    {"tcp.reordering", "reordering", 88, U32, Packets, Gauge, "how far segments may overtake each other", ""},
    except(notMeasured, {"tcp.rcv-rtt", "rcv_rtt", 92, U32, Microseconds, Gauge,
        "round-trip time as estimated by the receiver", "2.6"}),
    {"tcp.rcv-space", "rcv_space", 96, U32, Octets, Gauge,
        "receive buffer that automatic tuning aims at for one round trip", "2.6"},
    {"tcp.total-retrans", "total_retrans", 100, U32, Packets, Counter, "segments sent again since the start", "2.6"},
    except(unlimited, {"tcp.pacing-rate", "pacing_rate", 104, U64, OctetsPerSecond, Gauge,
        "rate that sending is spread to", "3.15"}),
    except(unlimited, {"tcp.max-pacing-rate", "max_pacing_rate", 112, U64, OctetsPerSecond, Setting,
        "highest pacing rate, as set by SO_MAX_PACING_RATE", "3.15"}),
    {"tcp.bytes-acked", "bytes_acked", 120, U64, Octets, Counter,
        "bytes the peer acknowledged; SYN and FIN count one each", "4.1"},
    {"tcp.bytes-received", "bytes_received", 128, U64, Octets, Counter,
        "bytes received in order; the FIN counts one", "4.1"},
    {"tcp.segs-out", "segs_out", 136, U32, Packets, Counter, "all segments sent, bare acknowledgements too", "4.2"},
    {"tcp.segs-in", "segs_in", 140, U32, Packets, Counter, "all segments received", "4.2"},
    {"tcp.notsent-bytes", "notsent_bytes", 144, U32, Octets, Gauge, "written by the application and not yet sent",
        "4.6"},
    except(noSample, {"tcp.min-rtt", "min_rtt", 148, U32, Microseconds, Gauge,
        "smallest round-trip time of the last minutes", "4.6"}),
    {"tcp.data-segs-in", "data_segs_in", 152, U32, Packets, Counter, "segments with data received", "4.6"},
    {"tcp.data-segs-out", "data_segs_out", 156, U32, Packets, Counter,
        "segments with data sent, those sent again too", "4.6"},
    except(notMeasured, {"tcp.delivery-rate", "delivery_rate", 160, U64, OctetsPerSecond, Gauge,
        "rate at which data reached the peer, latest sample", "4.9"}),
    {"tcp.busy-time", "busy_time", 168, U64, Microseconds, Counter,
        "time with data to send or unacknowledged, the two times below included", "4.10"},
    {"tcp.rwnd-limited", "rwnd_limited", 176, U64, Microseconds, Counter, "time held up by the peer's window", "4.10"},
    {"tcp.sndbuf-limited", "sndbuf_limited", 184, U64, Microseconds, Counter,
        "time held up by our send buffer", "4.10"},
    {"tcp.delivered", "delivered", 192, U32, Packets, Counter, "segments delivered, the SYN too", "4.18"},
    {"tcp.delivered-ce", "delivered_ce", 196, U32, Packets, Counter,
        "of the delivered, those that met congestion (ECN)", "4.18"},
    {"tcp.bytes-sent", "bytes_sent", 200, U64, Octets, Counter,
        "bytes of data sent, those sent again too; no SYN or FIN", "4.19"},
    {"tcp.bytes-retrans", "bytes_retrans", 208, U64, Octets, Counter, "bytes of data sent again", "4.19"},
    {"tcp.dsack-dups", "dsack_dups", 216, U32, Packets, Counter,
        "segments the peer says it got twice: sent again for nothing", "4.19"},
    {"tcp.reord-seen", "reord_seen", 220, U32, Count, Counter, "times that segments overtook each other", "4.19"},
    {"tcp.rcv-ooopack", "rcv_ooopack", 224, U32, Packets, Counter, "segments received out of order", "5.4"},
    {"tcp.snd-wnd", "snd_wnd", 228, U32, Octets, Gauge, "window the peer offers, scaled", "5.4"},
    {"tcp.rcv-wnd", "rcv_wnd", 232, U32, Octets, Gauge, "window we offer, scaled", "6.2"},
    {"tcp.rehash", "rehash", 236, U32, Count, Counter,
        "times another path was tried by a new flow label or hash", "6.2"},
    {"tcp.total-rto", "total_rto", 240, U16, Count, Counter, "retransmission timeouts, of the SYN too", "6.7"},
    {"tcp.total-rto-recoveries", "total_rto_recoveries", 242, U16, Count, Counter,
        "recoveries that began with a retransmission timeout", "6.7"},
    {"tcp.total-rto-time", "total_rto_time", 244, U32, Milliseconds, Counter,
        "time spent in such recoveries, one that still runs too", "6.7"},
    {"tcp.received-ce", "received_ce", 248, U32, Packets, Counter,
        "segments received that met congestion (AccECN)", "6.18"},
    {"tcp.delivered-e1-bytes", "delivered_e1_bytes", 252, U32, Octets, Counter,
        "bytes that the peer says came with ECT(1)", "6.18"},
    {"tcp.delivered-e0-bytes", "delivered_e0_bytes", 256, U32, Octets, Counter,
        "bytes that the peer says came with ECT(0)", "6.18"},
    {"tcp.delivered-ce-bytes", "delivered_ce_bytes", 260, U32, Octets, Counter,
        "bytes that the peer says met congestion", "6.18"},
    {"tcp.received-e1-bytes", "received_e1_bytes", 264, U32, Octets, Counter,
        "bytes received with ECT(1)", "6.18"},
    {"tcp.received-e0-bytes", "received_e0_bytes", 268, U32, Octets, Counter,
        "bytes received with ECT(0)", "6.18"},
    {"tcp.received-ce-bytes", "received_ce_bytes", 272, U32, Octets, Counter,
        "bytes received that met congestion", "6.18"},

    until("6.19", anyOf(accEcnFailures, {"tcp.accecn-fail-mode", "accecn_fail_mode", 276, U16, None, Setting,
        "which part of accurate ECN does not work on this path", "6.18"})),
    until("6.19", oneOf(accEcnOption, {"tcp.accecn-opt-seen", "accecn_opt_seen", 278, U16, None, Setting,
        "whether the peer's AccECN option was seen", "6.18"})),

    oneOf(ecnModes, bits(0, 2, {"tcp.ecn-mode", "ecn_mode", 276, U32, None, Setting,
        "kind of congestion notification in use", "7.0"})),
    oneOf(accEcnOption, bits(2, 2, {"tcp.accecn-opt-seen", "accecn_opt_seen", 276, U32, None, Setting,
        "whether the peer's AccECN option was seen", "7.0"})),
    anyOf(accEcnFailures, bits(4, 4, {"tcp.accecn-fail-mode", "accecn_fail_mode", 276, U32, None, Setting,
        "which part of accurate ECN does not work on this path", "7.0"})),
    bits(8, 24, {"tcp.options2", "options2", 276, U32, Hex, Setting, "room for more agreed options", "7.0"}),
}));
// clang-format on

} // namespace socktree::table
