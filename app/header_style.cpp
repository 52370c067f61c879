// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/header_style.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyleOptionHeader>

#include <algorithm>

namespace socktree {

void HeaderStyle::applyTo(QHeaderView &header)
{
    auto *style = new HeaderStyle;
    style->setParent(&header); // setStyle does not take it
    header.setStyle(style);
}

int HeaderStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_HeaderMarkSize) // what the view leaves free of a title that is too long
        return arrow;
    const int given = QProxyStyle::pixelMetric(metric, option, widget);
    return metric == PM_HeaderMargin ? std::max(given, margin) : given;
}

static bool showsSort(const QStyleOptionHeader *header)
{
    return header && header->orientation == Qt::Horizontal && header->sortIndicator != QStyleOptionHeader::None;
}

void HeaderStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (element != CE_Header || !showsSort(header)) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    // As Qt's own styles draw it, but they ask themselves for the places, not us.
    painter->save();
    painter->setClipRect(option->rect, Qt::IntersectClip);
    QProxyStyle::drawControl(CE_HeaderSection, option, painter, widget);
    QStyleOptionHeaderV2 part;
    if (const auto *newer = qstyleoption_cast<const QStyleOptionHeaderV2 *>(option))
        part = *newer;
    else
        static_cast<QStyleOptionHeader &>(part) = *header;
    part.rect = subElementRect(SE_HeaderLabel, option, widget);
    QProxyStyle::drawControl(CE_HeaderLabel, &part, painter, widget);
    part.rect = subElementRect(SE_HeaderArrow, option, widget);
    QProxyStyle::drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
    painter->restore();
}

QRect HeaderStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    // Qt's own styles take more from the title than the metrics say, and cut off the beginning of one on the right.
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!showsSort(header) || (element != SE_HeaderLabel && element != SE_HeaderArrow))
        return QProxyStyle::subElementRect(element, option, widget);
    const int space = pixelMetric(PM_HeaderMargin, option, widget);
    QRect place = option->rect.adjusted(space, 0, -space, 0);
    if (element == SE_HeaderLabel) {
        place.setRight(place.right() - arrow);
    } else {
        constexpr int size = arrow - 2;
        place = QRect(place.right() + 1 - size, place.center().y() - size / 2, size, size);
    }
    return visualRect(option->direction, option->rect, place);
}

} // namespace socktree
