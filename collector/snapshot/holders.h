// SPDX-License-Identifier: GPL-3.0-or-later
// Joins sockets to whoever holds them, by inode: the one number that dumps and descriptors share.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <vector>

namespace socktree {

/// A descriptor of process @p holder.process that is the socket with this inode.
struct HeldInode {
    quint32 inode = 0;
    Holder holder;
};

/// Gives every socket its holders; rows that have the same inode share them. Inodes that no row has become rows of
/// their own. The processes must be in the snapshot already.
void joinHolders(Snapshot &snapshot, std::vector<HeldInode> held);

} // namespace socktree
