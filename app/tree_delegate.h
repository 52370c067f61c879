// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a cell of the process tree: quick text, and marks as in the table.
#pragma once

#include "app/glyph_text.h"
#include "app/mark_look.h"

#include <QtWidgets/QAbstractItemDelegate>

namespace socktree {

class TreeDelegate final : public QAbstractItemDelegate
{
    Q_OBJECT
public:
    using QAbstractItemDelegate::QAbstractItemDelegate;
    void setTinted(bool tinted) { m_tinted = tinted; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// A leaf's text, which paint() leaves out: over its own cell and what else @p option has room for.
    void paintSpanned(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    void prepare(const QStyleOptionViewItem &option) const;
    void setFonts(const QFont &font) const;
    GlyphText &textOf(const QModelIndex &index) const;
    void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    bool m_tinted = true;
    mutable GlyphText m_text;
    mutable GlyphText m_bold; ///< of network namespaces
    mutable RowColours m_colours;
};

} // namespace socktree
