// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a socket changed in a way worth marking: what it is and whose it is, not how much is in its queues.
#pragma once

#include "collector/snapshot/snapshot.h"

namespace socktree {

/// State, addresses, ports, name, peer or protocol; holders if @p compareHolders.
bool differ(const Snapshot &before, const Socket &old, const Snapshot &now, const Socket &socket, bool compareHolders);

} // namespace socktree
