// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/column_layout.h"

#include "app/header_style.h"
#include "model/column.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>
#include <QtGui/QFontMetrics>
#include <QtWidgets/QHeaderView>

#include <algorithm>
#include <utility>

namespace socktree {

static constexpr int narrowest = 16, widest = 4000;
static constexpr int margins = 2 * HeaderStyle::margin;
static constexpr int rounding = 2; // widths of text are whole numbers, and what is a fraction wider is cut

ColumnLayout defaultLayout(const QFontMetrics &metrics)
{
    ColumnLayout layout;
    for (const Column &column : columns()) {
        const QString title = QCoreApplication::translate("Column", column.title);
        const int width = std::max(metrics.averageCharWidth() * column.width + margins,
            metrics.horizontalAdvance(title) + margins + HeaderStyle::arrow + rounding);
        layout.append({column.id, std::clamp(width, narrowest, widest), column.shown});
    }
    return layout;
}

ColumnLayout repaired(const ColumnLayout &layout, const QFontMetrics &metrics)
{
    ColumnLayout standard = defaultLayout(metrics);
    ColumnLayout whole;
    QSet<QByteArray> seen;
    for (ColumnPlace place : layout) {
        if (!columnById(place.id) || seen.contains(place.id))
            continue;
        seen.insert(place.id);
        if (place.width < narrowest || place.width > widest)
            place.width = standard[columnIndex(place.id)].width;
        whole.append(place);
    }
    const bool any = std::any_of(whole.begin(), whole.end(), [](const ColumnPlace &p) { return p.visible; });
    if (!any)
        return standard;
    for (const ColumnPlace &place : std::as_const(standard)) {
        if (!seen.contains(place.id))
            whole.append(place);
    }
    return whole;
}

ColumnLayout layoutOf(const QHeaderView &header)
{
    ColumnLayout layout;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int logical = header.logicalIndex(visual);
        const Column &column = columns()[static_cast<std::size_t>(logical)];
        // A hidden section says 0; its width comes back when it is shown again.
        layout.append({column.id, header.sectionSize(logical), !header.isSectionHidden(logical)});
    }
    return layout;
}

void applyLayout(QHeaderView &header, const ColumnLayout &layout)
{
    for (int visual = 0; visual < layout.size(); ++visual) {
        const ColumnPlace &place = layout[visual];
        const int logical = columnIndex(place.id);
        header.moveSection(header.visualIndex(logical), visual);
        header.setSectionHidden(logical, false);
        header.resizeSection(logical, place.width);
    }
    for (const ColumnPlace &place : layout)
        header.setSectionHidden(columnIndex(place.id), !place.visible);
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
