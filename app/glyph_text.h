// SPDX-License-Identifier: GPL-3.0-or-later
// One line of text drawn fast: what is plain ASCII goes to the painter as glyphs, without shaping; all other text takes
// the ordinary way.
#pragma once

#include <QtCore/QString>
#include <QtGui/QFont>
#include <QtGui/QFontMetrics>
#include <QtGui/QRawFont>

#include <array>

class QPainter;

namespace socktree {

class GlyphText
{
public:
    /// Cheap while the font stays the same.
    void setFont(const QFont &font);
    /// In the painter's pen, vertically centred, within @p area: what is too long has an ellipsis, at its end or in its
    /// middle.
    void draw(QPainter &painter, const QRect &area, const QString &text, bool right, bool struck,
        Qt::TextElideMode elide = Qt::ElideRight);
    qreal width(const QString &text) const;
    int height() const { return m_metrics.height(); }

private:
    static constexpr char16_t first = 0x20, last = 0x7e;

    bool isPlain(const QString &text) const;
    qreal plainWidth(const QString &text) const;
    qreal widthOf(QChar c) const { return m_widths[static_cast<std::size_t>(c.unicode() - first)]; }
    /// Takes as many characters of @p text into the run as @p room has place for; gives back where the next begins.
    qreal append(QStringView text, qreal x, qreal room);
    void drawPlain(QPainter &painter, const QRect &area, const QString &text, bool right, Qt::TextElideMode elide);

    QFont m_font;
    QFontMetrics m_metrics{m_font};
    QRawFont m_raw;
    bool m_hasGlyphs = false;
    std::array<quint32, last - first + 1> m_glyphs{};
    std::array<qreal, last - first + 1> m_widths{};
    quint32 m_ellipsis = 0;
    qreal m_ellipsisWidth = 0;
    QList<quint32> m_run; ///< kept for their memory
    QList<QPointF> m_places;
};

} // namespace socktree
