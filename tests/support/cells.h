// SPDX-License-Identifier: GPL-3.0-or-later
// What the table shows of a row in the column of this id.
#pragma once

#include "model/column.h"

namespace socktree::test {

inline QString cell(const Generation &generation, quint32 slot, const char *id)
{
    return cellText(*columnById(id), RowRef(generation, slot));
}

inline QString tip(const Generation &generation, quint32 slot, const char *id)
{
    return cellToolTip(*columnById(id), RowRef(generation, slot));
}

} // namespace socktree::test
