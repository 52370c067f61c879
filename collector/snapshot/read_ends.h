// SPDX-License-Identifier: GPL-3.0-or-later
// Takes out of a row's attributes, while they are at hand, what tells of ends and has no place in the row.
#pragma once

#include "collector/snapshot/ends.h"
#include "collector/snapshot/read_socket.h"

namespace socktree {

/// @p index is the row's in what @p facts count by.
void readEnds(const SocketRow &row, quint32 index, EndFacts &facts);

} // namespace socktree
