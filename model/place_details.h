// SPDX-License-Identifier: GPL-3.0-or-later
// What the details say of where a socket is and of where its row was read.
#pragma once

#include "model/details.h"

namespace socktree {

/// Appends a group of its network namespace, if that is told.
void addNamespace(std::vector<DetailGroup> &groups, const RowRef &row);
/// Appends a group of the line that the row was read from, a word each; of other rows nothing.
void addTextLine(std::vector<DetailGroup> &groups, const RowRef &row);
/// Appends a group of what a descriptor told of a socket that no list has; of other rows nothing.
void addDescriptor(std::vector<DetailGroup> &groups, const RowRef &row);

} // namespace socktree
