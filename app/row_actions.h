// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the current cell: the filter word that finds it, and labels that name its value.
#pragma once

#include "model/column.h"

#include <QtCore/QString>

namespace socktree {

class Actions;

/// The word that, typed into the filter, finds this row by this cell; empty if there is none.
QString filterWord(const Column &column, const RowRef &row);
/// The text with @p word added at its end, or as it was if the word is in it.
QString withWord(const QString &filter, const QString &word);
/// The raw value; where there is none, what the cell shows.
QString copyText(const Column &column, const RowRef &row);

/// Puts the values of this cell into the labels of copy, filter and process actions; null: general labels.
void labelActions(const Actions &actions, const Column *column, const RowRef *row);

} // namespace socktree
