// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mark_look.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleOptionViewItem>

#include <algorithm>
#include <cmath>

namespace socktree {

namespace {

constexpr QRgb hues[] = {0, qRgb(0, 170, 60), qRgb(235, 165, 0), qRgb(225, 40, 40)}; // by Mark

double luminance(const QColor &colour)
{
    const auto linear
        = [](double part) { return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QColor mixed(const QColor &a, const QColor &b, float share)
{
    return QColor::fromRgbF(a.redF() + (b.redF() - a.redF()) * share, a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share);
}

/// @p from towards @p to, as far as the contrast with @p other allows, and at most @p percent of the way.
QColor asFarAs(const QColor &from, const QColor &to, const QColor &other, int percent)
{
    for (; percent > 0; percent -= 2) {
        const QColor colour = mixed(from, to, static_cast<float>(percent) / 100);
        if (contrast(colour, other) >= leastContrast)
            return colour;
    }
    return from;
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

RowColours::RowColours(const QPalette &palette, QPalette::ColorGroup group)
    : m_key(palette.cacheKey()), m_group(group), m_text(palette.color(group, QPalette::Text)),
      m_selectedText(palette.color(group, QPalette::HighlightedText)),
      m_selection(palette.color(group, QPalette::Highlight))
{
    const QColor base = palette.color(group, QPalette::Base);
    m_tints[0] = base;
    for (std::size_t mark = 1; mark < std::size(hues); ++mark)
        m_tints[mark] = asFarAs(base, QColor(hues[mark]), m_text, 35);
    m_muted = asFarAs(m_text, base, base, 50);
    m_selectedMuted = asFarAs(m_selectedText, m_selection, m_selection, 50);
    // A muted word may stand on a tint as well.
    for (std::size_t mark = 1; mark < std::size(hues); ++mark)
        m_muted = contrast(m_muted, m_tints[mark]) < leastContrast ? asFarAs(m_text, base, m_tints[mark], 50) : m_muted;
}

QPalette::ColorGroup groupOf(const QStyleOptionViewItem &option)
{
    if (!(option.state & QStyle::State_Enabled))
        return QPalette::Disabled;
    return option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
}

void drawMark(QPainter &painter, const QRectF &area, Mark mark, const QColor &colour)
{
    const qreal size = std::min(area.width(), area.height()) * 0.62;
    const QPointF c = area.center();
    const qreal r = size / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, std::max(1.4, size / 6), Qt::SolidLine, Qt::FlatCap));
    switch (mark) {
    case Mark::New:
        painter.drawLine(c - QPointF(r, 0), c + QPointF(r, 0));
        painter.drawLine(c - QPointF(0, r), c + QPointF(0, r));
        break;
    case Mark::Changed:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(c, r * 0.8, r * 0.8);
        break;
    case Mark::Closed:
        painter.drawLine(c - QPointF(r, r) * 0.8, c + QPointF(r, r) * 0.8);
        painter.drawLine(c - QPointF(r, -r) * 0.8, c + QPointF(r, -r) * 0.8);
        break;
    case Mark::None: break;
    }
    painter.restore();
}

} // namespace socktree
