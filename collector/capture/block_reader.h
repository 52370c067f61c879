// SPDX-License-Identifier: GPL-3.0-or-later
// Reads our own capture files: the header, the compressed blocks of records, the end.
#pragma once

#include "collector/capture/capture_reader.h"

#include <span>

namespace socktree {

class ByteSource;

bool isSocktreeCapture(std::span<const std::byte> front);
/// As readCapture(), with the result filled in.
void readBlocks(ByteSource &source, Sink &sink, const CaptureLimits &limits, CaptureReadResult &result);

} // namespace socktree
