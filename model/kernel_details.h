// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the kernel said of a socket, field by field as its tables name them: a new line of a table shows here
// without more.
#pragma once

#include "model/details.h"

namespace socktree {

/// Appends a group for each struct, and last what no table knows, in hex.
void addKernelDetails(std::vector<DetailGroup> &groups, const RowRef &row);

} // namespace socktree
