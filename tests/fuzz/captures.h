// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of every file that is opened as a capture, whoever wrote it.
#pragma once

#include "collector/capture/capture_reader.h"

#include <QtCore/QByteArray>

namespace socktree::fuzz {

/// It is replayed by the rules of a sink, without keys, says what is wrong with it, and makes rows as any capture does;
/// what was read and is written down again is read again as it was.
CaptureReadResult checkCapture(const QByteArray &file);

} // namespace socktree::fuzz
