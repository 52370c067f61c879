// SPDX-License-Identifier: GPL-3.0-or-later
// From one snapshot to the next: who is still here, who is new, who is gone, what changed, how fast bytes move.
#pragma once

#include "model/generation.h"

#include <chrono>
#include <functional>
#include <optional>

namespace socktree {

struct TimelineOptions {
    std::chrono::milliseconds keepClosed{5000}; ///< how long closed rows stay
    std::chrono::milliseconds keepMarks{5000};  ///< how long new and changed rows stay marked
    quint64 firstNumber = 1; ///< of a generation that has none before: no two that one view shows may have the same
    /// Whether a socket that a complete dump lacks is still there; nothing where that cannot be told. Null: nobody to
    /// ask, and the dump is believed.
    std::function<std::optional<bool>(const Socket &)> isThere;
};

/// Pure: reads no clock (times are the snapshot's own). @p before may be null: then nothing is new, and what the
/// snapshot remembers (Snapshot::remembered) is believed.
///
/// A socket is closed when a complete dump of its scope lacks it (rows only a descriptor names: the scan of all
/// processes was complete); after an incomplete dump its old row stays as it was. A dump may skip a socket when others
/// leave its hash bucket meanwhile, so the missing one is asked for by itself (isThere): if it is there its row stays
/// as it was; if it is gone it is closed at once. Where that cannot be told, or a process still has its descriptor, the
/// row stays until a second complete dump lacks it. A closed row whose key comes back while it is still shown lives on
/// in its slot, unmarked.
///
/// New is what a complete dump before did not have. Changed is state, addresses, ports, names or holders, not gauges;
/// holders only where both snapshots read them all. A new row stays new when it changes. A row that only a descriptor
/// named keeps its slot when a dump describes it; its key changes then.
///
/// A connection that the kernel keeps after its process closed it (TIME_WAIT, FIN_WAIT_1 and _2, LAST_ACK, CLOSING)
/// keeps its former owner, whom its cookie leads to (Generation::formerOwners).
///
/// Rates come of the counters and the times of the row's own dumps: a row that a failed dump left as it was keeps its
/// last rates, and the next ones are over the whole time since.
///
/// Call it with its namespace: by its arguments alone std::advance is found as well.
GenerationPtr advance(const GenerationPtr &before, const SnapshotPtr &snapshot, const TimelineOptions &options = {});

} // namespace socktree
