// SPDX-License-Identifier: GPL-3.0-or-later
// What only a watch of sockets knows, and no moment tells: when one was first seen, and who held it. As records of a
// capture, and out of them again.
#pragma once

#include "model/generation.h"

#include <vector>

namespace socktree {

/// Of all live rows. Those that a record cannot name (associations, rows without cookie and inode) are left out. Takes
/// as long as a walk over them; any thread.
std::vector<RememberedRecord> rememberedOf(const Generation &generation);

/// Puts in what the generation's snapshot remembers, marked as remembered. Records of sockets that are not there, and
/// former owners of those that somebody holds, are passed over.
void recall(Generation &made);

} // namespace socktree
