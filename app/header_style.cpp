// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/header_style.h"

#include <QtWidgets/QHeaderView>

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
    const int given = QProxyStyle::pixelMetric(metric, option, widget);
    return metric == PM_HeaderMargin ? std::max(given, margin) : given;
}

} // namespace socktree
