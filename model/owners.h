// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a socket has an owner we can name, and if not, why: the one rule for columns, tree and export.
#pragma once

#include "collector/snapshot/snapshot.h"
#include "model/value.h"

namespace socktree {

/// TIME_WAIT, SYN_RECV and the FIN_WAIT_2 that outlived its process: the kernel keeps an address pair and no more.
bool isMiniSocket(const Socket &socket);

/// A netlink socket by which a part of the kernel answers: no process ever holds it.
bool isKernelsOwn(const Socket &socket);

/// Present: a process holds it. NotYet: processes were not read in this snapshot. Denied: nobody we may read holds it,
/// and there are processes we may not read. NotTold: the process list itself, or a process, could not be read.
/// NotRecorded, Lost: the file that was opened has no processes, or has lost some, or who maps a ring. None: no process
/// can hold it, or none does.
Why ownerOf(const Snapshot &snapshot, const Socket &socket);

/// "hidepid", "other-namespaces": an interface; null of None.
const char *idOf(Unseen unseen);

/// Whether the owners that are hidden can be had on this system by being another user: not of a file, and not by who
/// is root already.
bool wouldRootSeeMore(const Snapshot &snapshot);

/// The processes that do not let us see their descriptors, if they are few: then it may be one that the user knows.
/// "nginx (4711), init (1)"; empty if there are none or many.
QString deniedProcesses(const Snapshot &snapshot);

} // namespace socktree
