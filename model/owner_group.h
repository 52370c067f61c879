// SPDX-License-Identifier: GPL-3.0-or-later
// Which group of the tree a socket without a nameable holder belongs to: the one rule for the tree and for its scope.
#pragma once

#include "model/tree_scope.h"

#include <optional>

namespace socktree {

/// Nothing if a process is known to hold it or the listener whose queue it waits in, or if nobody has looked for
/// holders yet. Hidden: somebody we may not read may hold it. NoProcess: no process does.
std::optional<TreePart::Kind> ownerGroupOf(const RowRef &row);

} // namespace socktree
