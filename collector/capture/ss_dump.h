// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what ss -D FILE writes: the netlink messages of a TCP dump, first of IPv4, then of IPv6, one after another and
// nothing else.
#pragma once

#include "collector/capture/capture_reader.h"

#include <cstddef>
#include <span>

namespace socktree {

class ByteSource;

/// So many bytes tell whether it is one.
constexpr std::size_t ssDumpFront = 96;
bool isSsDump(std::span<const std::byte> front);
/// As readCapture(), with the result filled in. Its host is nameless, since the file does not tell, and no processes
/// come. Each part ends with NLMSG_DONE; a part without is truncated. A file that was cut off exactly between two parts
/// looks like one that never had the second (ss -4).
void readSsDump(ByteSource &source, Sink &sink, const CaptureLimits &limits, CaptureReadResult &result);

} // namespace socktree
