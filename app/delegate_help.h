// SPDX-License-Identifier: GPL-3.0-or-later
// What the delegates of table and tree do alike: rows look and explain themselves the same way in both.
#pragma once

#include "app/mark_look.h"

class QAbstractItemView;
class QHelpEvent;
class QModelIndex;
class QPainter;
class QRect;

namespace socktree {

void fillBackground(QPainter &painter, const QRect &cell, const RowColours &colours, bool selected, Mark mark);
void drawFocus(QPainter &painter, const QRect &cell, const RowColours &colours, bool selected);
/// The index's tooltip as plain text; false if the event asks for something else.
bool showToolTip(const QHelpEvent &event, const QAbstractItemView &view, const QRect &cell, const QModelIndex &index);

} // namespace socktree
