// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/delegate_help.h"

#include "app/plain_text.h"

#include <QtCore/QModelIndex>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QToolTip>

namespace socktree {

void fillBackground(QPainter &painter, const QRect &cell, const RowColours &colours, bool selected, Mark mark)
{
    if (selected)
        painter.fillRect(cell, colours.selection());
    else if (mark != Mark::None)
        painter.fillRect(cell, colours.tint(mark));
}

void drawFocus(QPainter &painter, const QRect &cell, const RowColours &colours, bool selected)
{
    painter.setPen(selected ? colours.text(true) : colours.selection());
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(0, 0, -1, -1));
}

bool showToolTip(const QHelpEvent &event, const QAbstractItemView &view, const QRect &cell, const QModelIndex &index)
{
    if (event.type() != QEvent::ToolTip)
        return false;
    QToolTip::showText(event.globalPos(), plainToolTip(index.data(Qt::ToolTipRole).toString()), view.viewport(), cell);
    return true;
}

} // namespace socktree
