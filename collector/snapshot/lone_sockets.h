// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of sockets that no list has, as far as their descriptors tell what they are.
#pragma once

#include "collector/snapshot/namespace_places.h"

#include <vector>

namespace socktree {

/// Fills in the rows that only a descriptor names. After the holders were joined.
void describeLoneSockets(Snapshot &snapshot, NamespacePlaces &places, const std::vector<LoneSocketRecord> &records);

} // namespace socktree
