// SPDX-License-Identifier: GPL-3.0-or-later
// Which columns a header shows, in what order and how wide: by id, so that settings outlive a new column.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <vector>

class QFontMetrics;
class QHeaderView;

namespace socktree {

struct Column;

struct ColumnPlace {
    QByteArray id;
    int width = 0; ///< pixels
    bool visible = true;
    bool operator==(const ColumnPlace &) const = default;
};
using ColumnLayout = QList<ColumnPlace>; ///< in view order

/// Of the socket table.
ColumnLayout defaultLayout(const QFontMetrics &metrics);
/// Every column of @p standard exactly once: unknown and double ones go, missing ones come at the end as by default,
/// widths are put within bounds, and if nothing is visible everything is as by default.
ColumnLayout repaired(const ColumnLayout &layout, const ColumnLayout &standard);
/// The socket table's visible ones in view order.
std::vector<const Column *> visibleColumns(const QHeaderView &header);

} // namespace socktree
