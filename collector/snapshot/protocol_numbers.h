// SPDX-License-Identifier: GPL-3.0-or-later
// The protocols that rows have, by the numbers of the kernel.
#pragma once

#include "collector/snapshot/socket.h"

namespace socktree {

struct ProtocolNumbers {
    quint8 family = 0;  ///< AF_INET stands for AF_INET6, too; 0 = none of its own
    quint16 number = 0; ///< IPPROTO_* of internet families, else 0
};
ProtocolNumbers numbersOf(Protocol protocol);
/// Unknown if these numbers are of no protocol that rows have. @p number counts in internet families only, where a
/// socket of type SOCK_RAW may have any.
Protocol protocolOf(quint8 family, quint16 number, quint8 type = 0);

} // namespace socktree
