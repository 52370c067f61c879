// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered from one start to the next. Whatever stands in the file, what is read is within bounds.
#pragma once

#include "app/column_layout.h"
#include "model/export/export.h"
#include "model/filter/toggles.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>

class QSettings;

namespace socktree {

struct Preferences {
    QByteArray geometry; ///< of QWidget::saveGeometry
    QList<int> treeAndTable, tableAndDetails;
    ColumnLayout columns, treeColumns, detailColumns; ///< empty: as by default; not yet repaired
    QStringList folded;                               ///< groups of the details
    QByteArray sortColumn;
    bool descending = false;
    std::chrono::milliseconds interval{1000};
    Toggles toggles;
    int zoom = 0;
    bool marks = true, tree = true, byNamespace = true, details = true;
    Format format = Format::Csv;
    QString exportFolder;
    bool operator==(const Preferences &) const = default;
};

Preferences readPreferences(const QSettings &settings);
void writePreferences(QSettings &settings, const Preferences &preferences);

} // namespace socktree
