// SPDX-License-Identifier: GPL-3.0-or-later
// One line per column: id, title, meaning, what it needs, how to get its value. No switch over columns exists anywhere.
#pragma once

#include "collector/decode/attribute.h"
#include "model/generation.h"
#include "model/reason.h"
#include "model/value.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <span>

namespace socktree {

/// What of a capture a column needs beyond the fixed part.
enum class Ask : quint8 {
    Nothing = 0,
    Owners = 1,
    Info = 2,
    Memory = 4,
    Congestion = 8,
    UnixName = 16,
    Tos = 32,
    DescriptorFlags = 64
};

struct Column {
    const char *id;      ///< an interface: settings, filter, export, JSON
    const char *title;   ///< QT_TRANSLATE_NOOP("Column", …); unit in the title where cells have one
    const char *meaning; ///< tooltip of the header; translated in the same context
    Unit unit = Unit::None;
    bool numeric = false; ///< right-aligned
    bool shown = false;   ///< by default
    Ask needs = Ask::Nothing;
    bool textual = false; ///< holds text of processes or sockets: export guards it against formulas
    quint8 width = 10;    ///< default width in average characters, of identifiers in digits
    /// Which part of a text that is too long gives way: the middle, where the end tells one from the next.
    Qt::TextElideMode elide = Qt::ElideRight;
    Value (*value)(const RowRef &) = nullptr;
    /// Text for a cell; null: made from value and unit.
    QString (*show)(const RowRef &) = nullptr;
    /// The whole value in words; null: made from value and unit.
    QString (*whole)(const RowRef &) = nullptr;
    /// Of a column of text: the one with numbers that parts what it leaves equal, as PIDs do processes of one name;
    /// null: none.
    const char *thenBy = nullptr;
    bool isVolatile = false;      ///< changes from refresh to refresh: rates, queues, RTT
    bool saysUndescribed = false; ///< of a row that no dump describes; its other cells are blank
    /// What export gives where that is less than the value, so that no script takes what is inferred for what is told;
    /// null: the value.
    Value (*exported)(const RowRef &) = nullptr;
    /// What the tooltip adds: what the number means here, all holders, why there is none. Null or empty: nothing.
    QString (*note)(const RowRef &) = nullptr;
    /// Whether the cell is blank for whatever reason, and the tooltip alone says it; null: that depends on the reason.
    bool (*quiet)(const RowRef &) = nullptr;
    Privilege privilege = Privilege::None; ///< what a process needs to be told it, where others are denied it
};

std::span<const Column> columns();
/// What the column is, for tooltips: its meaning, and what it takes to be told it.
QString columnHelp(const Column &column);
/// Null if there is none.
const Column *columnById(const QByteArray &id);
int columnIndex(const QByteArray &id);

/// Text for the cell on screen: compact numbers, escaped names, "+2" after the holder it is shown with, the grey word
/// of a reason.
QString cellText(const Column &column, const RowRef &row);
/// The whole value with its unit, one line; the grey word of a reason.
QString exactText(const Column &column, const RowRef &row);
/// Tooltip: the exact value with unit, or the reason why there is none. Plain text.
QString cellToolTip(const Column &column, const RowRef &row);
/// The value for export.
Value exportValue(const Column &column, const RowRef &row);
/// Raw for export: plain digits, '.' as decimal point, addresses plain, empty if there is no value.
QString exportText(const Column &column, const RowRef &row);
/// The value, raw in the same way.
QString rawText(const Column &column, const RowRef &row);
/// For the clipboard: as for export; where that is nothing, what the cell shows.
QString copyText(const Column &column, const RowRef &row);
/// Why there is no value here, as a sentence.
QString explain(const Column &column, const RowRef &row);

} // namespace socktree
