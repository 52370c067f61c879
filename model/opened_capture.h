// SPDX-License-Identifier: GPL-3.0-or-later
// A capture file understood: the same snapshot that its records gave when they were taken.
#pragma once

#include "collector/capture/capture_reader.h"
#include "collector/snapshot/snapshot.h"

#include <QtCore/QString>
#include <tl/expected.hpp>

#include <stop_token>

class QIODevice;

namespace socktree {

struct OpenedCapture {
    SnapshotPtr snapshot; ///< never null; Snapshot::origin says that it is a file's, and whether it is incomplete
    CaptureReadResult result;
};

/// Nothing in it is of the machine that opens it. Verbatim messages are kept. Blocks for as long as the reading takes;
/// any thread.
OpenedCapture openCapture(QIODevice &device, const CaptureLimits &limits = {});

/// "-" is standard input. The error is a sentence that names the file: it cannot be opened, or is no capture at all. Of
/// a file that is damaged what could be read is opened; stopped means the same.
tl::expected<OpenedCapture, QString> openCapture(
    const QString &path, const CaptureLimits &limits = {}, const std::stop_token &stop = {});

/// "at byte 4711: a record is malformed, and is left out", a line for each. For messages to people.
QStringList textsOf(const std::vector<CaptureFault> &faults);

} // namespace socktree
