// SPDX-License-Identifier: GPL-3.0-or-later
// What each descriptor was asked for: how it is open, its locks, and the label of its socket.
#pragma once

#include "collector/snapshot/holders.h"

#include <span>
#include <vector>

namespace socktree {

/// Gives the holders what their descriptors told. Locks and labels go to the snapshot's notes. A
/// descriptor that another socket took since it was read tells of that one, and is left out.
void readDescriptors(const std::vector<DescriptorText> &texts, std::span<HeldInode> held, Snapshot &snapshot);

} // namespace socktree
