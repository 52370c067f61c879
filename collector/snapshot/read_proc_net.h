// SPDX-License-Identifier: GPL-3.0-or-later
// From one line of a net file of the process file system to one row.
#pragma once

#include "collector/decode/proc_net.h"
#include "collector/snapshot/read_socket.h"

#include <optional>

namespace socktree {

/// The file that a scope is of; nothing if we know no such file.
std::optional<ProcNetFile> procNetFileOf(const Scope &scope);

/// Such a row has no cookie, no attributes, and no proof where a name could have forged it (Socket::doubtful).
SocketRow readProcNet(const ProcNetRow &line, const Scope &scope);

} // namespace socktree
