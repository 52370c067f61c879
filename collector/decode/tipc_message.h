// SPDX-License-Identifier: GPL-3.0-or-later
// An AF_TIPC message: attributes only, which do not repeat the family.
#pragma once

#include "collector/decode/bytes.h"

namespace socktree {

/// What a socket is connected to.
struct TipcPeer {
    quint32 node = 0;
    quint32 port = 0;
};

struct TipcSocket {
    quint8 type = 0;  ///< SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RDM
    quint8 state = 0; ///< its own numbering
    quint32 inode = 0;
    quint64 cookie = 0; ///< SO_COOKIE
    std::optional<quint32> uid;
    std::optional<quint32> node; ///< address of this node
    std::optional<quint32> port; ///< TIPC_NLA_SOCK_REF
    std::optional<TipcPeer> peer;
    std::optional<quint32> receiveQueue; ///< messages
    std::optional<quint32> sendQueue;    ///< messages
};

/// Nothing if the message tells not even type, state, inode and cookie: one without attributes stands for a socket in a
/// state that was not asked for.
std::optional<TipcSocket> parseTipcSocket(Bytes message);

/// Attribute numbers (linux/tipc_netlink.h).
namespace tipc {
enum TopNumber : quint16 { Sock = 2 };
enum AttributeNumber : quint16 {
    Addr = 1,
    Ref = 2,
    Con = 3,
    HasPubl = 4,
    Stat = 5,
    Type = 6,
    Inode = 7,
    Uid = 8,
    State = 9,
    Cookie = 10,
    Pad = 11,
    Group = 12
};
enum ConNumber : quint16 { ConFlag = 1, ConNode = 2, ConSock = 3, ConType = 4, ConInst = 5 };
enum StatNumber : quint16 { StatRcvq = 0, StatSendq = 1, StatLinkCong = 2, StatConnCong = 3, StatDrop = 4 };
enum GroupNumber : quint16 {
    GroupId = 0,
    GroupOpen = 1,
    GroupNodeScope = 2,
    GroupClusterScope = 3,
    GroupInstance = 4,
    GroupSendNext = 5
};
} // namespace tipc

} // namespace socktree
