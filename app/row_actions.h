// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the current cell, named by its value.
#pragma once

#include "model/column.h"

namespace socktree {

class Actions;

/// Puts the values of this cell into the labels of copy, filter and process actions; null: general labels.
void labelActions(const Actions &actions, const Column *column, const RowRef *row);

} // namespace socktree
