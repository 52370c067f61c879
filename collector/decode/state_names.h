// SPDX-License-Identifier: GPL-3.0-or-later
// What states and timers are called, by the numbering of each family and protocol.
#pragma once

#include <QtCore/qglobal.h>

namespace socktree {

/// In the manner of ss: "ESTAB", "FIN-WAIT-1", "COOKIE-WAIT". Null if the family's sockets have no such state, or none
/// at all. @p isAssociation is meant for SCTP, see inet_message.h.
const char *stateNameOf(quint8 family, quint16 protocol, bool isAssociation, quint8 state);
/// "off", "keepalive", "t3-rtx". Null if unknown.
const char *timerNameOf(quint16 protocol, quint8 timer);

} // namespace socktree
