// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tree_delegate.h"

#include "app/header_style.h"
#include "app/plain_text.h"
#include "model/process_tree_model.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QToolTip>

namespace socktree {

namespace {
constexpr int margin = HeaderStyle::margin;
} // namespace

void TreeDelegate::prepare(const QStyleOptionViewItem &option) const
{
    const auto group = groupOf(option);
    if (!m_colours.isOf(option.palette, group))
        m_colours = RowColours(option.palette, group);
    m_text.setFont(option.font);
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    prepare(option);
    const auto mark = static_cast<Mark>(index.data(ProcessTreeModel::MarkRole).toInt());
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(option.rect, m_colours.selection());
    else if (mark != Mark::None && m_tinted)
        painter->fillRect(option.rect, m_colours.tint(mark));
    if (!index.parent().isValid() || index.column() != ProcessTreeModel::Name)
        paintText(painter, option, index);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(selected ? m_colours.text(true) : m_colours.selection());
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

void TreeDelegate::paintSpanned(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    prepare(option);
    paintText(painter, option, index);
}

void TreeDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto mark = static_cast<Mark>(index.data(ProcessTreeModel::MarkRole).toInt());
    const bool selected = option.state & QStyle::State_Selected;
    QRect area = option.rect.adjusted(margin, 0, -margin, 0);
    if (mark != Mark::None && index.column() == ProcessTreeModel::Name) {
        const QRect place(area.left(), area.top(), m_text.height() * 3 / 4, area.height());
        drawMark(*painter, place & option.rect, mark, m_colours.text(selected));
        area.setLeft(place.right() + 1 + margin);
    }
    const bool right = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignRight;
    // What has no socket and no node of its own says what is left out.
    const bool isNote = index.parent().isValid() && index.data(ProcessTreeModel::SlotRole).isNull();
    painter->setPen(isNote ? m_colours.muted(selected) : m_colours.text(selected));
    QString text = index.data().toString();
    if (m_text.width(text) > area.width())
        if (const QString brief = index.data(ProcessTreeModel::ShortTextRole).toString(); !brief.isEmpty())
            text = brief;
    m_text.draw(*painter, area, text, right, mark == Mark::Closed);
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    m_text.setFont(option.font);
    const int text = static_cast<int>(m_text.width(index.data().toString())) + 1;
    return {text + 2 * margin + m_text.height(), m_text.height() + 4};
}

bool TreeDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(
        event->globalPos(), plainToolTip(index.data(Qt::ToolTipRole).toString()), view->viewport(), option.rect);
    return true;
}

} // namespace socktree
