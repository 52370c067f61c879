// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tree_delegate.h"

#include "app/delegate_help.h"
#include "app/header_style.h"
#include "model/process_tree_model.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>

namespace socktree {

namespace {
constexpr int margin = HeaderStyle::margin;

bool isLeaf(const QModelIndex &index)
{
    return index.flags() & Qt::ItemNeverHasChildren;
}
} // namespace

void TreeDelegate::prepare(const QStyleOptionViewItem &option) const
{
    const auto group = groupOf(option);
    if (!m_colours.isOf(option.palette, group))
        m_colours = RowColours(option.palette, group);
    setFonts(option.font);
}

void TreeDelegate::setFonts(const QFont &font) const
{
    m_text.setFont(font);
    QFont bold = font;
    bold.setBold(true);
    m_bold.setFont(bold);
}

GlyphText &TreeDelegate::textOf(const QModelIndex &index) const
{
    return index.data(ProcessTreeModel::NamespaceRole).toBool() ? m_bold : m_text;
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    prepare(option);
    const auto mark = static_cast<Mark>(index.data(ProcessTreeModel::MarkRole).toInt());
    const bool selected = option.state & QStyle::State_Selected;
    fillBackground(*painter, option.rect, m_colours, selected, m_tinted ? mark : Mark::None);
    if (!isLeaf(index) || index.column() != ProcessTreeModel::Name)
        paintText(painter, option, index);
    if (option.state & QStyle::State_HasFocus)
        drawFocus(*painter, option.rect, m_colours, selected);
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
    const bool isNote = isLeaf(index) && index.data(ProcessTreeModel::SlotRole).isNull();
    painter->setPen(isNote ? m_colours.muted(selected) : m_colours.text(selected));
    QString text = index.data().toString();
    GlyphText &glyphs = textOf(index);
    if (glyphs.width(text) > area.width())
        if (const QString brief = index.data(ProcessTreeModel::ShortTextRole).toString(); !brief.isEmpty())
            text = brief;
    // Namespaces begin alike, and sockets of one process, too.
    const bool endTells = &glyphs == &m_bold || (isLeaf(index) && !isNote);
    glyphs.draw(*painter, area, text, right, mark == Mark::Closed, endTells ? Qt::ElideMiddle : Qt::ElideRight);
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    setFonts(option.font);
    const int text = static_cast<int>(textOf(index).width(index.data().toString())) + 1;
    return {text + 2 * margin + m_text.height(), m_text.height() + 4};
}

bool TreeDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    return showToolTip(*event, *view, option.rect, index)
        || QAbstractItemDelegate::helpEvent(event, view, option, index);
}

} // namespace socktree
