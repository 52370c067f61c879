// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a cell of the socket table straight from the socket's row: no QVariant, no text shaping, the selection out of
// the model's bitmap.
#pragma once

#include "app/glyph_text.h"
#include "app/mark_look.h"
#include "model/socket_table_model.h"

#include <QtWidgets/QAbstractItemDelegate>

namespace socktree {

class CellDelegate final : public QAbstractItemDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(const SocketTableModel &model, QObject *parent = nullptr);

    /// The column that shows the marks' glyphs: the first visible one.
    void setMarkColumn(int column) { m_markColumn = column; }
    void setTinted(bool tinted) { m_tinted = tinted; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    const SocketTableModel &m_model;
    int m_markColumn = -1;
    bool m_tinted = true;
    mutable GlyphText m_text;
    mutable RowColours m_colours;
};

} // namespace socktree
