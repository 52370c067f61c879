// SPDX-License-Identifier: GPL-3.0-or-later
// What a state means, whichever way its family numbers it.
#pragma once

#include "collector/snapshot/socket.h"

namespace socktree {

bool isListening(const Socket &socket);
/// Of TCP and MPTCP: neither listening nor connected. It is bound and no more, was disconnected, or its connection was
/// reset; what the kernel keeps of that is left over.
bool isUnconnected(const Socket &socket);
/// Connected, and neither end has begun to close.
bool isEstablished(const Socket &socket);
/// Whether its queues count connections that wait to be accepted, and the limit of these.
bool countsConnections(const Socket &socket);

} // namespace socktree
