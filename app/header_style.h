// SPDX-License-Identifier: GPL-3.0-or-later
// Room beside the titles of columns, so that a title on the right edge of its column does not run into the next one,
// nor into the arrow of its own sort.
#pragma once

#include <QtWidgets/QProxyStyle>

class QHeaderView;

namespace socktree {

/// The application's style, but for the least margin of header sections and the place of the arrow.
class HeaderStyle final : public QProxyStyle
{
public:
    static constexpr int margin = 6; ///< pixels on each side; delegates keep the same from their cells' edges
    static constexpr int arrow = 12; ///< pixels of a section that shows the sort, beside its title
    static void applyTo(QHeaderView &header);
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
};

} // namespace socktree
