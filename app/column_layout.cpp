// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/column_layout.h"

#include "app/header_style.h"
#include "model/column.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>
#include <QtGui/QFontMetrics>
#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace socktree {

static constexpr int narrowest = 16, widest = 4000;
static constexpr int margins = 2 * HeaderStyle::margin;
static constexpr int rounding = 2; // widths of text are whole numbers, and what is a fraction wider is cut

ColumnLayout defaultLayout(const QFontMetrics &metrics)
{
    ColumnLayout layout;
    // Many fonts have digits that are wider than their average character.
    const int digit = std::max(metrics.averageCharWidth(), metrics.horizontalAdvance(u'0'));
    for (const Column &column : columns()) {
        const QString title = QCoreApplication::translate("Column", column.title);
        const int character = column.unit == Unit::Identifier ? digit : metrics.averageCharWidth();
        const int width = std::max(character * column.width + margins + rounding,
            metrics.horizontalAdvance(title) + margins + HeaderStyle::arrow + rounding);
        layout.append({column.id, std::clamp(width, narrowest, widest), column.shown});
    }
    return layout;
}

ColumnLayout repaired(const ColumnLayout &layout, const ColumnLayout &standard)
{
    ColumnLayout whole;
    QSet<QByteArray> seen;
    for (ColumnPlace place : layout) {
        const auto known = std::find_if(
            standard.begin(), standard.end(), [&place](const ColumnPlace &other) { return other.id == place.id; });
        if (known == standard.end() || seen.contains(place.id))
            continue;
        seen.insert(place.id);
        if (place.width < narrowest || place.width > widest)
            place.width = known->width;
        whole.append(place);
    }
    const bool any = std::any_of(whole.begin(), whole.end(), [](const ColumnPlace &p) { return p.visible; });
    if (!any)
        return standard;
    for (const ColumnPlace &place : standard) {
        if (!seen.contains(place.id))
            whole.append(place);
    }
    return whole;
}

std::vector<const Column *> visibleColumns(const QHeaderView &header)
{
    std::vector<const Column *> shown;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int logical = header.logicalIndex(visual);
        if (!header.isSectionHidden(logical))
            shown.push_back(&columns()[static_cast<std::size_t>(logical)]);
    }
    return shown;
}

} // namespace socktree
