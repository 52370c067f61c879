// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a capture, writes it down, and shows it: one capture for both.
#pragma once

#include "collector/capture/live_reader.h"
#include "collector/snapshot/snapshot.h"
#include "model/export/export.h"

namespace socktree {

struct RecordOptions {
    bool redact = false; ///< without command lines and addresses
    /// What a watch of these sockets knows and no system tells; goes into the file at its end.
    std::vector<RememberedRecord> remembered;
};

/// Captures with everything asked, and writes it to @p path as writeTarget() does, readable by its owner only. The
/// snapshot is what was captured, with nothing left out. Blocks; workers only, one capture of the reader at a time.
tl::expected<SnapshotPtr, ExportError> recordCapture(
    LiveReader &reader, const QString &path, const RecordOptions &options, const Waiting &waiting = {});

} // namespace socktree
