// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of AF_SMC messages (struct smc_diag_msg, SMC_DIAG_*).
#pragma once

#include "collector/decode/smc_message.h"
#include "collector/decode/states.h"
#include "collector/decode/table.h"

namespace socktree::table {

inline constexpr ValueName smcModes[] = {{0, "smc-r"}, {1, "fallback-tcp"}, {2, "smc-d"}};
inline constexpr ValueName smcRoles[] = {{0, "client"}, {1, "server"}};
inline constexpr Sentinel noReason[] = {{0, false, "none"}};

// clang-format off
/// Addresses (of the TCP socket inside) and the cookie are read by parseSmcFixed.
inline constexpr Field smcFixedFields[] = {
    oneOf(smcStates, {"smc.state", "state", 1, U8, None, Setting, "state of the socket", ""}),
    oneOf(smcModes, {"smc.mode", "mode", 2, U8, None, Setting,
        "by RDMA (R), by shared memory (D), or fallen back to TCP", ""}),
    anyOf(shutdownFlags, {"smc.shutdown", "shutdown", 3, U8, None, Setting, "directions that are shut down", ""}),
    {"smc.sport", "sport", 4, Be16, Identifier, Setting, "local port", ""},
    {"smc.dport", "dport", 6, Be16, Identifier, Setting, "remote port", ""},
    except(noDevice, {"smc.if", "if", 40, U32, Identifier, Setting,
        "index of the interface that the socket is bound to", ""}),
    {"smc.uid", "uid", 52, U32, Identifier, Setting, "user who made the socket", ""},
    except(noInode, {"smc.inode", "inode", 56, U64, Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}),
};

inline constexpr Field smcConnFields[] = {
    {"smc.token", "token", 0, U32, Hex, Setting, "number of the connection", "4.11"},
    {"smc.sndbuf-size", "sndbuf_size", 4, U32, Octets, Setting, "send buffer", "4.11"},
    {"smc.rmbe-size", "rmbe_size", 8, U32, Octets, Setting, "receive buffer that the peer writes to", "4.11"},
    {"smc.peer-rmbe-size", "peer_rmbe_size", 12, U32, Octets, Setting, "receive buffer of the peer", "4.11"},
    {"smc.rx-prod-wrap", "rx_prod.wrap", 18, U16, Count, Gauge, "rounds of the buffer: what the peer says it wrote",
        "4.11"},
    {"smc.rx-prod-count", "rx_prod.count", 20, U32, Octets, Gauge, "place in the buffer: what the peer says it wrote",
        "4.11"},
    {"smc.rx-cons-wrap", "rx_cons.wrap", 26, U16, Count, Gauge, "rounds of the buffer: what the peer says it read",
        "4.11"},
    {"smc.rx-cons-count", "rx_cons.count", 28, U32, Octets, Gauge, "place in the buffer: what the peer says it read",
        "4.11"},
    {"smc.tx-prod-wrap", "tx_prod.wrap", 34, U16, Count, Gauge, "rounds of the buffer: what we say we wrote", "4.11"},
    {"smc.tx-prod-count", "tx_prod.count", 36, U32, Octets, Gauge, "place in the buffer: what we say we wrote", "4.11"},
    {"smc.tx-cons-wrap", "tx_cons.wrap", 42, U16, Count, Gauge, "rounds of the buffer: what we say we read", "4.11"},
    {"smc.tx-cons-count", "tx_cons.count", 44, U32, Octets, Gauge, "place in the buffer: what we say we read", "4.11"},
    {"smc.rx-prod-flags", "rx_prod_flags", 48, U8, Hex, Gauge, "flags of the peer as writer", "4.11"},
    {"smc.rx-conn-state-flags", "rx_conn_state_flags", 49, U8, Hex, Gauge, "flags of the peer's connection", "4.11"},
    {"smc.tx-prod-flags", "tx_prod_flags", 50, U8, Hex, Gauge, "our flags as writer", "4.11"},
    {"smc.tx-conn-state-flags", "tx_conn_state_flags", 51, U8, Hex, Gauge, "flags of our connection", "4.11"},
    {"smc.tx-prep-wrap", "tx_prep.wrap", 54, U16, Count, Gauge, "rounds of the buffer: what is prepared for sending",
        "4.11"},
    {"smc.tx-prep-count", "tx_prep.count", 56, U32, Octets, Gauge, "place in the buffer: what is prepared for sending",
        "4.11"},
    {"smc.tx-sent-wrap", "tx_sent.wrap", 62, U16, Count, Gauge, "rounds of the buffer: what was sent", "4.11"},
    {"smc.tx-sent-count", "tx_sent.count", 64, U32, Octets, Gauge, "place in the buffer: what was sent", "4.11"},
    {"smc.tx-fin-wrap", "tx_fin.wrap", 70, U16, Count, Gauge, "rounds of the buffer: what is confirmed as sent",
        "4.11"},
    {"smc.tx-fin-count", "tx_fin.count", 72, U32, Octets, Gauge, "place in the buffer: what is confirmed as sent",
        "4.11"},
};
inline constexpr Field smcLinkGroupFields[] = {
    {"smc.link-id", "link_id", 0, U8, Identifier, Setting, "number of the link", "4.11"},
    text(64, {"smc.ibname", "ibname", 1, Chars, None, Setting, "name of the RDMA device", "4.11"}),
    {"smc.ibport", "ibport", 65, U8, Identifier, Setting, "port of the RDMA device", "4.11"},
    text(40, {"smc.gid", "gid", 66, Chars, None, Setting, "RDMA address of this end", "4.11"}),
    text(40, {"smc.peer-gid", "peer_gid", 106, Chars, None, Setting, "RDMA address of the peer", "4.11"}),
    oneOf(smcRoles, {"smc.role", "role", 146, U8, None, Setting, "part of this end in the link group", "4.11"}),
};
inline constexpr Field smcShutdownField[] = {anyOf(shutdownFlags, {"smc.shutdown-attribute", "shutdown", 0, U8, None,
    Setting, "directions that are shut down", "4.11"})};
inline constexpr Field smcDmbFields[] = {
    {"smc.dmb-linkid", "linkid", 0, U32, Identifier, Setting, "number of the link", "4.19"},
    {"smc.dmb-peer-gid", "peer_gid", 8, U64, Hex, Setting, "address of the peer's device", "4.19"},
    {"smc.dmb-my-gid", "my_gid", 16, U64, Hex, Setting, "address of our device", "4.19"},
    {"smc.dmb-token", "token", 24, U64, Hex, Setting, "our buffer that the peer writes to", "4.19"},
    {"smc.dmb-peer-token", "peer_token", 32, U64, Hex, Setting, "the peer's buffer that we write to", "4.19"},
    {"smc.dmb-peer-gid-ext", "peer_gid_ext", 40, U64, Hex, Setting, "second half of the peer's address", "6.8"},
    {"smc.dmb-my-gid-ext", "my_gid_ext", 48, U64, Hex, Setting, "second half of our address", "6.8"},
};
inline constexpr Field smcFallbackFields[] = {
    except(noReason, {"smc.fallback-reason", "reason", 0, U32, Hex, Setting, "why it fell back to TCP", "4.19"}),
    except(noReason, {"smc.peer-diagnosis", "peer_diagnosis", 4, U32, Hex, Setting,
        "why the peer fell back to TCP", "4.19"}),
};

inline constexpr Attribute smcAttributes[] = {
    record(smcdiag::ConnInfo, "smc.conninfo", "SMC_DIAG_CONNINFO", "buffers of the connection", "4.11", smcConnFields),
    record(smcdiag::LgrInfo, "smc.lgrinfo", "SMC_DIAG_LGRINFO", "link group; only of SMC-R", "4.11",
        smcLinkGroupFields),
    record(smcdiag::Shutdown, "smc.shutdown-attribute", "SMC_DIAG_SHUTDOWN", "directions that are shut down", "4.11",
        smcShutdownField),
    record(smcdiag::DmbInfo, "smc.dmbinfo", "SMC_DIAG_DMBINFO", "shared memory; only of SMC-D", "4.19", smcDmbFields),
    record(smcdiag::Fallback, "smc.fallback", "SMC_DIAG_FALLBACK", "why it fell back to TCP", "4.19",
        smcFallbackFields),
};
// clang-format on

} // namespace socktree::table
