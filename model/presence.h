// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the kernel for a socket that a complete dump lacks, since a dump may skip one that is still there.
#pragma once

#include "collector/snapshot/socket.h"

#include <optional>

namespace socktree {

class LiveReader;

/// Whether this very socket is still there, by exact lookup; nothing where that cannot be told. Some microseconds; on
/// the worker that captured, between captures.
std::optional<bool> isThere(LiveReader &reader, const Socket &socket);

} // namespace socktree
