// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of tcp, udp, udplite, raw and icmp, and of their twins for IPv6.
#pragma once

#include "collector/decode/proc_net_columns.h"

namespace socktree::table {

inline constexpr ValueName timers[] = {
    {0, "off"},
    {1, "on"},
    {2, "keepalive"},
    {3, "timewait"},
    {4, "persist"},
    {5, "delack"},
};
inline constexpr Sentinel noFile[] = {{0, false, "no file: no process can hold it"}};
inline constexpr Sentinel infiniteSsthresh[] = {{~quint64(0), false, "infinite"}};

// clang-format off
inline constexpr ProcNetColumn inetColumns[] = {
    decimal({"proc-inet.sl", "sl", None, Setting, "number of the line or of its hash bucket", ""}),
    address(TextForm::Address, &ProcNetRow::local, {"proc-inet.local-address", "local_address", None, Setting,
        "local address, its 32-bit words in the machine's order", ""}),
    hex({"proc-inet.local-port", "local_address", None, Setting,
        "local port; raw: the IP protocol; icmp: the identifier", ""}, into<&ProcNetRow::localPort>),
    address(TextForm::Address, &ProcNetRow::remote, {"proc-inet.remote-address", "rem_address", None, Setting,
        "remote address, its 32-bit words in the machine's order", ""}),
    hex({"proc-inet.remote-port", "rem_address", None, Setting, "remote port", ""}, into<&ProcNetRow::remotePort>),
    oneOf(states, hex({"proc-inet.st", "st", None, Setting, "state of the socket", ""}, into<&ProcNetRow::state>)),
    hex({"proc-inet.tx-queue", "tx_queue", Octets, Gauge,
        "tcp: octets not yet acknowledged, nothing of meaning if it listens; others: memory of what is to be sent", ""},
        into<&ProcNetRow::sendQueue>),
    hex({"proc-inet.rx-queue", "rx_queue", Octets, Gauge,
        "tcp: octets not yet read, connections that wait for accept if it listens; others: memory of what is to be read",
        ""}, into<&ProcNetRow::recvQueue>),
    oneOf(timers, hex({"proc-inet.tr", "tr", None, Setting, "timer that runs; 0 in all files but tcp", ""},
        into<&ProcNetRow::timer>)),
    ticks(hex({"proc-inet.tm-when", "tm->when", Milliseconds, Gauge, "time until the timer fires", ""},
        into<&ProcNetRow::expires>)),
    hex({"proc-inet.retrnsmt", "retrnsmt", Count, Gauge,
        "retransmission timeouts in a row without an answer, now; 0 in all files but tcp", ""},
        into<&ProcNetRow::retrans>),
    decimal({"proc-inet.uid", "uid", Identifier, Setting,
        "user who made the socket; SYN-RECV: the listener's; TIME-WAIT: 0, which means nobody", ""},
        into<&ProcNetRow::uid>),
    decimal({"proc-inet.timeout", "timeout", Count, Gauge,
        "zero-window or keepalive probes without an answer, now; 0 in all files but tcp", ""}),
    except(noFile, decimal({"proc-inet.inode", "inode", Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}, into<&ProcNetRow::inode>)),
    mayLack(decimal({"proc-inet.ref", "ref", Count, Gauge, "references to the socket", ""})),
    mayLack(word({"proc-inet.pointer", "pointer", Hex, Setting, "where the socket lies, hashed or zero", ""})),
};

/// TIME-WAIT and SYN-RECV end before these.
inline constexpr ProcNetColumn tcpColumns[] = {
    mayLack(ticks(decimal({"proc-tcp.rto", "rto", Milliseconds, Gauge,
        "time after which an unanswered segment is sent again", ""}))),
    mayLack(ticks(decimal({"proc-tcp.ato", "ato", Milliseconds, Gauge,
        "time by which an acknowledgement is delayed", ""}))),
    mayLack(bitsOf(1, 31, decimal({"proc-tcp.quick", "quick", Count, Gauge,
        "acknowledgements that go out at once", ""}))),
    sameWord(oneOf(yesOrNo, mayLack(bitsOf(0, 1, decimal({"proc-tcp.pingpong", "pingpong", None, Setting,
        "requests and answers alternate, so acknowledgements are delayed", ""}))))),
    mayLack(decimal({"proc-tcp.cwnd", "cwnd", Packets, Gauge, "congestion window", ""})),
    mayLack(except(infiniteSsthresh, withSign({"proc-tcp.ssthresh", "ssthresh", Packets, Gauge,
        "slow start threshold; LISTEN: most fast open requests that may wait", ""}))),
};
inline constexpr ProcNetColumn dropsColumn[] = {
    mayLack(decimal({"proc-inet.drops", "drops", Packets, Counter,
        "datagrams not kept, as the queue was full or they were damaged", "2.6.27"})),
};
// clang-format on

} // namespace socktree::table
