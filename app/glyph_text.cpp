// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/glyph_text.h"

#include <QtGui/QGlyphRun>
#include <QtGui/QPainter>

#include <algorithm>
#include <limits>
#include <numeric>

namespace socktree {

void GlyphText::setFont(const QFont &font)
{
    if (m_raw.isValid() && (font.isCopyOf(m_font) || font == m_font))
        return;
    m_font = font;
    m_metrics = QFontMetrics(font);
    m_raw = QRawFont::fromFont(font);
    QString all;
    for (char16_t c = first; c <= last; ++c)
        all += QChar(c);
    all += QChar(u'…');
    const QList<quint32> glyphs = m_raw.glyphIndexesForString(all);
    const QList<QPointF> widths = m_raw.advancesForGlyphIndexes(glyphs);
    // A font without one of them would be patched up with glyphs of another: that is the ordinary way's business.
    m_hasGlyphs = glyphs.size() == all.size() && widths.size() == all.size() && !glyphs.contains(0u);
    if (!m_hasGlyphs)
        return;
    std::copy_n(glyphs.begin(), m_glyphs.size(), m_glyphs.begin());
    std::transform(widths.begin(), widths.end() - 1, m_widths.begin(), [](const QPointF &w) { return w.x(); });
    m_ellipsis = glyphs.last();
    m_ellipsisWidth = widths.last().x();
}

bool GlyphText::isPlain(const QString &text) const
{
    return m_hasGlyphs
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= first && c.unicode() <= last; });
}

qreal GlyphText::plainWidth(const QString &text) const
{
    return std::accumulate(text.begin(), text.end(), qreal(0), [this](qreal sum, QChar c) { return sum + widthOf(c); });
}

qreal GlyphText::width(const QString &text) const
{
    return isPlain(text) ? plainWidth(text) : m_metrics.horizontalAdvance(text);
}

void GlyphText::draw(
    QPainter &painter, const QRect &area, const QString &text, bool right, bool struck, Qt::TextElideMode elide)
{
    if (text.isEmpty() || area.width() <= 0)
        return;
    if (isPlain(text)) {
        drawPlain(painter, area, text, right, elide);
    } else {
        painter.setFont(m_font);
        const auto side = right ? Qt::AlignRight : Qt::AlignLeft;
        painter.drawText(area, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
            m_metrics.elidedText(text, elide, area.width()));
    }
    if (!struck)
        return;
    const int y = area.top() + (area.height() - m_metrics.height()) / 2 + m_metrics.ascent() - m_metrics.strikeOutPos();
    const int length = std::min(area.width(), static_cast<int>(width(text)));
    const int x = right ? area.right() + 1 - length : area.left();
    painter.drawLine(x, y, x + length - 1, y);
}

qreal GlyphText::append(QStringView text, qreal x, qreal room)
{
    for (const QChar c : text) {
        if (x + widthOf(c) > room)
            break;
        m_run.append(m_glyphs[static_cast<std::size_t>(c.unicode() - first)]);
        m_places.append({x, 0});
        x += widthOf(c);
    }
    return x;
}

void GlyphText::drawPlain(
    QPainter &painter, const QRect &area, const QString &text, bool right, Qt::TextElideMode elide)
{
    m_run.clear();
    m_places.clear();
    qreal x = 0;
    if (plainWidth(text) <= area.width()) {
        x = append(text, 0, area.width());
    } else {
        const qreal room = area.width() - m_ellipsisWidth;
        if (room < 0)
            return;
        qreal tailWidth = 0;
        qsizetype tail = text.size();
        while (elide == Qt::ElideMiddle && tail > 0 && tailWidth + widthOf(text[tail - 1]) <= room / 2)
            tailWidth += widthOf(text[--tail]);
        x = append(QStringView(text).first(tail), 0, room - tailWidth);
        m_run.append(m_ellipsis);
        m_places.append({x, 0});
        x = append(QStringView(text).sliced(tail), x + m_ellipsisWidth, std::numeric_limits<qreal>::max());
    }
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setGlyphIndexes(m_run);
    run.setPositions(m_places);
    const int baseline = area.top() + (area.height() - m_metrics.height()) / 2 + m_metrics.ascent();
    // Whole pixels, as the ordinary way does it.
    const qreal left = right ? std::max<qreal>(area.left(), std::floor(area.right() + 1 - x)) : area.left();
    painter.drawGlyphRun(QPointF(left, baseline), run);
}

} // namespace socktree
