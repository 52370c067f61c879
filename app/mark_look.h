// SPDX-License-Identifier: GPL-3.0-or-later
// How new, changed and closed rows look: a tint made of the palette, and a glyph, so that colour is never the only
// sign.
#pragma once

#include "model/generation.h"

#include <QtGui/QColor>
#include <QtGui/QPalette>

#include <array>

class QPainter;
class QRectF;
class QStyleOptionViewItem;

namespace socktree {

/// Contrast ratio of WCAG 2: 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// The least that text on its ground has here.
constexpr double leastContrast = 4.5;

/// Colours of one palette and colour group, made once.
class RowColours
{
public:
    RowColours() = default;
    RowColours(const QPalette &palette, QPalette::ColorGroup group);
    /// Whether these are still right.
    bool isOf(const QPalette &palette, QPalette::ColorGroup group) const
    {
        return palette.cacheKey() == m_key && group == m_group;
    }
    const QColor &tint(Mark mark) const { return m_tints[static_cast<std::size_t>(mark)]; }
    const QColor &text(bool selected) const { return selected ? m_selectedText : m_text; }
    /// For words that stand for a missing value: quieter, and still to be read.
    const QColor &muted(bool selected) const { return selected ? m_selectedMuted : m_muted; }
    const QColor &selection() const { return m_selection; }

private:
    qint64 m_key = 0;
    QPalette::ColorGroup m_group = QPalette::NColorGroups;
    std::array<QColor, 4> m_tints; ///< by Mark
    QColor m_text, m_selectedText, m_muted, m_selectedMuted, m_selection;
};

QPalette::ColorGroup groupOf(const QStyleOptionViewItem &option);

/// Plus for new, dot for changed, cross for closed: drawn, since no font need have them.
void drawMark(QPainter &painter, const QRectF &area, Mark mark, const QColor &colour);

} // namespace socktree
