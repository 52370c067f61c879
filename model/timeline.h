// SPDX-License-Identifier: GPL-3.0-or-later
// From one snapshot to the next: who is still here, who is new, who is gone, what changed, how fast bytes move.
#pragma once

#include "model/generation.h"

#include <chrono>

namespace socktree {

struct TimelineOptions {
    std::chrono::milliseconds keepClosed{5000}; ///< how long closed rows stay
    std::chrono::milliseconds keepMarks{5000};  ///< how long new and changed rows stay marked
};

/// Pure: reads no clock (times are the snapshot's own). @p before may be null: then nothing is new.
/// A socket is closed when a complete dump of its scope lacks it (TCP, UDP, UNIX: at once; rows only a descriptor
/// names: the scan of all processes was complete); after an incomplete dump its old row stays as it was.
GenerationPtr advance(const GenerationPtr &before, const SnapshotPtr &snapshot, const TimelineOptions &options = {});

} // namespace socktree
