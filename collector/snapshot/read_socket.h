// SPDX-License-Identifier: GPL-3.0-or-later
// From one sock_diag message to one row: the fixed part and the few attributes that every row has a place for.
#pragma once

#include "collector/decode/bytes.h"
#include "collector/snapshot/socket.h"

#include <QtCore/QByteArray>

namespace socktree {

struct SocketRow {
    Socket socket;        ///< dump, name and chunk are the builder's to fill in
    QByteArray name;      ///< of Told::Name
    Bytes clients;        ///< UNIX: inodes that wait for accept; these views point into the message
    Bytes info;           ///< struct of the protocol: of MPTCP mptcp_info
    Bytes ulp;            ///< nest of the upper layer protocol
    Bytes locals, peers;  ///< SCTP: every address of this end and of the other
    bool damaged = false; ///< bytes at the end were no whole attribute
};

/// @p message is without its nlmsghdr; @p ipProtocol is what was asked for (IPPROTO_TCP …, 0 for AF_UNIX). Nothing if
/// the message is shorter than its family's fixed part, or of a family we do not know.
std::optional<SocketRow> readSocket(Bytes message, quint16 ipProtocol);

} // namespace socktree
