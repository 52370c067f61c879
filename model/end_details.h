// SPDX-License-Identifier: GPL-3.0-or-later
// What the details say of the other end and of who will accept a connection.
#pragma once

#include "model/details.h"

namespace socktree {

/// Groups "Other end", one for each of the first few, "Waits in the queue of" and "Part of" for subflows; only what
/// there is.
void addEnds(std::vector<DetailGroup> &groups, const RowRef &row);

} // namespace socktree
