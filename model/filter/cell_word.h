// SPDX-License-Identifier: GPL-3.0-or-later
// From a cell to the filter: the word that finds its row.
#pragma once

#include "model/column.h"

#include <QtCore/QString>

namespace socktree {

/// The word that, typed into the filter, finds this row by this cell; empty if there is none.
QString filterWord(const Column &column, const RowRef &row);
/// The filter with @p word added at its end, or as it was if the word is in it.
QString withWord(const QString &filter, const QString &word);

} // namespace socktree
