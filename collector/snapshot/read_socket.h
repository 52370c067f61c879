// SPDX-License-Identifier: GPL-3.0-or-later
// From one sock_diag message to one row: the fixed part and the few attributes that every row has a place for.
#pragma once

#include "collector/capture/record.h"
#include "collector/decode/bytes.h"
#include "collector/snapshot/socket.h"

#include <QtCore/QByteArray>

namespace socktree {

struct SocketRow {
    Socket socket;        ///< dump, name and chunk are the builder's to fill in
    QByteArray name;      ///< of Told::Name
    QByteArray label;     ///< of Protocol::Other
    Bytes clients;        ///< UNIX: inodes that wait for accept; these views point into the message
    Bytes info;           ///< struct of the protocol: of MPTCP mptcp_info
    Bytes ulp;            ///< nest of the upper layer protocol
    Bytes locals, peers;  ///< SCTP: every address of this end and of the other
    bool damaged = false; ///< bytes at the end were no whole attribute
};

/// @p message is without its nlmsghdr; @p scope is what was asked for. Nothing if the message is shorter than its
/// family's fixed part, or of a family we do not know.
std::optional<SocketRow> readSocket(Bytes message, const Scope &scope);
/// Whether it says nothing of any socket: TIPC answers so for states that were not asked for.
bool isEmptyAnswer(Bytes message, const Scope &scope);

} // namespace socktree
