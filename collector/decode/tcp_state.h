// SPDX-License-Identifier: GPL-3.0-or-later
// How TCP numbers its states (include/net/tcp_states.h), and most families after it.
#pragma once

#include <QtCore/qglobal.h>

namespace socktree::tcpstate {

inline constexpr quint8 established = 1, synSent = 2, synRecv = 3, finWait1 = 4, finWait2 = 5, timeWait = 6, close = 7,
                        closeWait = 8, lastAck = 9, listen = 10, closing = 11, newSynRecv = 12, boundInactive = 13;

/// Not a state but a timer: what runs in TIME-WAIT, and in a FIN-WAIT-2 that is no whole socket any more.
inline constexpr quint8 timeWaitTimer = 3;

} // namespace socktree::tcpstate
