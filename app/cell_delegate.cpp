// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cell_delegate.h"

#include "app/delegate_help.h"
#include "app/header_style.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>

namespace socktree {

namespace {

constexpr int margin = HeaderStyle::margin;
constexpr int air = 4; ///< above and below the text together

int markWidth(int textHeight)
{
    return textHeight * 3 / 4 + margin;
}

} // namespace

CellDelegate::CellDelegate(const SocketTableModel &model, QObject *parent)
    : QAbstractItemDelegate(parent), m_model(model)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const quint32 slot = m_model.slotAt(index.row());
    if (slot == noIndex)
        return;
    const auto group = groupOf(option);
    if (!m_colours.isOf(option.palette, group))
        m_colours = RowColours(option.palette, group);
    m_text.setFont(option.font);

    const RowRef row = m_model.rowAt(index.row());
    const Column &column = columns()[static_cast<std::size_t>(index.column())];
    const Mark mark = row.entry().mark;
    const bool selected = m_model.selection().contains(slot);
    fillBackground(*painter, option.rect, m_colours, selected, m_tinted ? mark : Mark::None);

    QRect area = option.rect.adjusted(margin, 0, -margin, 0);
    if (index.column() == m_markColumn) {
        const int width = markWidth(m_text.height());
        if (mark != Mark::None) {
            const QRect place(area.left() - margin / 2, area.top(), width - margin, area.height());
            drawMark(*painter, place & option.rect, mark, m_colours.text(selected));
        }
        area.setLeft(area.left() + width - margin);
    }
    const QString text = cellText(column, row);
    if (!text.isEmpty()) {
        const bool present = column.value(row).present();
        painter->setPen(present ? m_colours.text(selected) : m_colours.muted(selected));
        m_text.draw(*painter, area, text, column.numeric, mark == Mark::Closed, column.elide);
    }
    if (option.state & QStyle::State_HasFocus)
        drawFocus(*painter, option.rect, m_colours, selected);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    m_text.setFont(option.font);
    const QSize none(0, m_text.height() + air);
    if (m_model.slotAt(index.row()) == noIndex)
        return none;
    const Column &column = columns()[static_cast<std::size_t>(index.column())];
    const int text = static_cast<int>(m_text.width(cellText(column, m_model.rowAt(index.row())))) + 1;
    return none + QSize(text + 2 * margin + (index.column() == m_markColumn ? markWidth(m_text.height()) : 0), 0);
}

bool CellDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showToolTip(*event, *view, option.rect, index)
        || QAbstractItemDelegate::helpEvent(event, view, option, index);
}

} // namespace socktree
