// SPDX-License-Identifier: GPL-3.0-or-later
// Rows as CSV or TSV, so that neither a spreadsheet nor a script is fooled by what a name holds.
#pragma once

#include "model/export/export.h"
#include "model/export/piece_buffer.h"

#include <QtCore/QByteArrayList>

namespace socktree {

bool exportDelimited(
    Format format, const RowList &rows, std::span<const Column *const> shown, const Output &output, Reasons reasons);

/// In quotes if it needs them.
QByteArray csvCell(QByteArray text);
/// Values come with their control characters escaped; this is for a value that one day does not.
QByteArray tsvCell(QByteArray text);
/// The cells as one line of CSV or TSV.
void addLine(PieceBuffer &out, Format format, const QByteArrayList &cells);

} // namespace socktree
