// SPDX-License-Identifier: GPL-3.0-or-later
// AF_TIPC messages: no fixed part; one nest holds everything (TIPC_NLA_SOCK_*).
#pragma once

#include "collector/decode/states.h"
#include "collector/decode/table.h"
#include "collector/decode/tipc_message.h"

namespace socktree::table {

// clang-format off
inline constexpr Field tipcAddr[] = {{"tipc.addr", "addr", 0, U32, Hex, Setting,
    "address of this node", "4.17"}};
inline constexpr Field tipcRef[] = {{"tipc.ref", "ref", 0, U32, Identifier, Setting,
    "port of the socket", "4.17"}};
inline constexpr Field tipcConNode[] = {{"tipc.con-node", "node", 0, U32, Hex, Setting,
    "address of the node it is connected to", "4.17"}};
inline constexpr Field tipcConSock[] = {{"tipc.con-sock", "sock", 0, U32, Identifier, Setting,
    "port it is connected to", "4.17"}};
inline constexpr Field tipcConType[] = {{"tipc.con-type", "type", 0, U32, Identifier, Setting,
    "service type by which it connected", "4.17"}};
inline constexpr Field tipcConInst[] = {{"tipc.con-inst", "inst", 0, U32, Identifier, Setting,
    "service instance by which it connected", "4.17"}};
inline constexpr Field tipcRcvq[] = {{"tipc.rcvq", "rcvq", 0, U32, Packets, Gauge,
    "messages not yet read", "4.17"}};
inline constexpr Field tipcSendq[] = {{"tipc.sendq", "sendq", 0, U32, Packets, Gauge,
    "messages not yet sent", "4.17"}};
inline constexpr Field tipcDrop[] = {{"tipc.drop", "drop", 0, U32, Packets, Counter,
    "messages dropped at this socket", "4.17"}};
inline constexpr Field tipcType[] = {oneOf(socketTypes, {"tipc.type", "type", 0, U32, None, Setting,
    "type of the socket", "4.17"})};
inline constexpr Field tipcInode[] = {except(noInode, {"tipc.ino", "ino", 0, U32, Identifier, Setting,
    "inode of the socket file, by which processes hold it", "4.17"})};
inline constexpr Field tipcUid[] = {{"tipc.uid", "uid", 0, U32, Identifier, Setting,
    "user who made the socket", "4.17"}};
inline constexpr Field tipcState[] = {oneOf(tipcStates, {"tipc.tipc-state", "tipc_state", 0, U32, None, Setting,
    "state of the socket", "4.17"})};
inline constexpr Field tipcCookie[] = {{"tipc.cookie", "cookie", 0, U64, Hex, Setting,
    "number of the socket, unique until the next boot", "4.17"}};
inline constexpr Field tipcGroupId[] = {{"tipc.group-id", "id", 0, U32, Identifier, Setting,
    "service type of the group", "4.17"}};
inline constexpr Field tipcGroupInstance[] = {{"tipc.group-instance", "instance", 0, U32, Identifier, Setting,
    "service instance of this member", "4.17"}};
inline constexpr Field tipcGroupSendNext[] = {{"tipc.group-bc-send-next", "bc_send_next", 0, U32, Identifier, Gauge,
    "number of the next message to all", "4.17"}};

inline constexpr Attribute tipcConAttributes[] = {
    flag(tipc::ConFlag, "tipc.con-flag", "TIPC_NLA_CON_FLAG", "it connected by the name of a service", "4.17"),
    record(tipc::ConNode, "tipc.con-node", "TIPC_NLA_CON_NODE", "node it is connected to", "4.17", tipcConNode),
    record(tipc::ConSock, "tipc.con-sock", "TIPC_NLA_CON_SOCK", "port it is connected to", "4.17", tipcConSock),
    record(tipc::ConType, "tipc.con-type", "TIPC_NLA_CON_TYPE", "service type", "4.17", tipcConType),
    record(tipc::ConInst, "tipc.con-inst", "TIPC_NLA_CON_INST", "service instance", "4.17", tipcConInst),
};
inline constexpr Attribute tipcStatAttributes[] = {
    record(tipc::StatRcvq, "tipc.rcvq", "TIPC_NLA_SOCK_STAT_RCVQ", "messages not yet read", "4.17", tipcRcvq),
    record(tipc::StatSendq, "tipc.sendq", "TIPC_NLA_SOCK_STAT_SENDQ", "messages not yet sent", "4.17", tipcSendq),
    flag(tipc::StatLinkCong, "tipc.link-cong", "TIPC_NLA_SOCK_STAT_LINK_CONG", "the link is congested", "4.17"),
    flag(tipc::StatConnCong, "tipc.conn-cong", "TIPC_NLA_SOCK_STAT_CONN_CONG", "the connection is congested", "4.17"),
    record(tipc::StatDrop, "tipc.drop", "TIPC_NLA_SOCK_STAT_DROP", "messages dropped at this socket", "4.17", tipcDrop),
};
inline constexpr Attribute tipcGroupAttributes[] = {
    record(tipc::GroupId, "tipc.group-id", "TIPC_NLA_SOCK_GROUP_ID", "service type of the group", "4.17", tipcGroupId),
    flag(tipc::GroupOpen, "tipc.group-open", "TIPC_NLA_SOCK_GROUP_OPEN", "the group is open", "4.17"),
    flag(tipc::GroupNodeScope, "tipc.group-node-scope", "TIPC_NLA_SOCK_GROUP_NODE_SCOPE",
        "members are on this node only", "4.17"),
    flag(tipc::GroupClusterScope, "tipc.group-cluster-scope", "TIPC_NLA_SOCK_GROUP_CLUSTER_SCOPE",
        "members are anywhere in the cluster", "4.17"),
    record(tipc::GroupInstance, "tipc.group-instance", "TIPC_NLA_SOCK_GROUP_INSTANCE",
        "service instance of this member", "4.17", tipcGroupInstance),
    record(tipc::GroupSendNext, "tipc.group-bc-send-next", "TIPC_NLA_SOCK_GROUP_BC_SEND_NEXT",
        "number of the next message to all", "4.17", tipcGroupSendNext),
};
inline constexpr Attribute tipcSockAttributes[] = {
    record(tipc::Addr, "tipc.addr", "TIPC_NLA_SOCK_ADDR", "address of this node", "4.17", tipcAddr),
    record(tipc::Ref, "tipc.ref", "TIPC_NLA_SOCK_REF", "port of the socket", "4.17", tipcRef),
    nest(tipc::Con, "tipc.con", "TIPC_NLA_SOCK_CON", "what it is connected to", "4.17", tipcConAttributes),
    flag(tipc::HasPubl, "tipc.has-publ", "TIPC_NLA_SOCK_HAS_PUBL", "it is bound to the name of a service", "4.17"),
    nest(tipc::Stat, "tipc.stat", "TIPC_NLA_SOCK_STAT", "queues", "4.17", tipcStatAttributes),
    record(tipc::Type, "tipc.type", "TIPC_NLA_SOCK_TYPE", "type of the socket", "4.17", tipcType),
    record(tipc::Inode, "tipc.ino", "TIPC_NLA_SOCK_INO", "inode of the socket file", "4.17", tipcInode),
    record(tipc::Uid, "tipc.uid", "TIPC_NLA_SOCK_UID", "user who made the socket", "4.17", tipcUid),
    record(tipc::State, "tipc.tipc-state", "TIPC_NLA_SOCK_TIPC_STATE", "state of the socket", "4.17", tipcState),
    record(tipc::Cookie, "tipc.cookie", "TIPC_NLA_SOCK_COOKIE", "number of the socket", "4.17", tipcCookie),
    {tipc::Pad, "tipc.pad", "TIPC_NLA_SOCK_PAD", "filler for alignment", "4.17", Privilege::None, Payload::Padding},
    nest(tipc::Group, "tipc.group", "TIPC_NLA_SOCK_GROUP", "group that it is a member of", "4.17",
        tipcGroupAttributes),
};
inline constexpr Attribute tipcAttributes[] = {
    nest(tipc::Sock, "tipc.sock", "TIPC_NLA_SOCK", "the socket", "4.17", tipcSockAttributes),
};
// clang-format on

} // namespace socktree::table
