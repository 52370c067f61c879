// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/delimited.h"

#include <algorithm>

namespace socktree {

namespace {

/// What spreadsheets take for the beginning of a formula, full-width forms included; the apostrophe itself, so that
/// taking one away always gives the text back; and the quote, with which a cell of a TSV could swallow those after it.
bool beginsLikeAFormula(QStringView text)
{
    return !text.isEmpty() && QStringView(u"=+-@'\"\uff1d\uff0b\uff0d\uff20").contains(text.front());
}

QString guarded(const Column &column, const QString &text)
{
    return column.textual && beginsLikeAFormula(text) ? QLatin1Char('\'') + text : text;
}

/// Beyond what RFC 4180 asks for: some spreadsheets part cells at semicolons or tabs.
bool needsQuotes(const QByteArray &text)
{
    const auto special = [](char c) { return QByteArrayView(",;\t\"\r\n|").contains(c); };
    return text.startsWith(' ') || text.endsWith(' ') || std::any_of(text.begin(), text.end(), special);
}

} // namespace

QByteArray csvCell(QByteArray text)
{
    if (!needsQuotes(text))
        return text;
    text.replace("\"", "\"\"");
    return '"' + text + '"';
}

QByteArray tsvCell(QByteArray text)
{
    return text.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\x0d");
}

void addLine(PieceBuffer &out, Format format, const QByteArrayList &cells)
{
    const bool csv = format == Format::Csv;
    bool first = true;
    for (const QByteArray &cell : cells) {
        if (!first)
            out.add(csv ? ',' : '\t');
        first = false;
        out.add(csv ? csvCell(cell) : tsvCell(cell));
    }
    out.add(csv ? QByteArrayView("\r\n") : QByteArrayView("\n"));
}

bool exportDelimited(
    Format format, const RowList &rows, std::span<const Column *const> shown, const Output &output, Reasons reasons)
{
    PieceBuffer out(output);
    QByteArrayList cells;
    for (const Column *column : shown) {
        cells += column->id;
        if (reasons == Reasons::Told)
            cells += QByteArray(column->id) + "-why";
    }
    addLine(out, format, cells);
    for (const quint32 slot : rows.slots) {
        const RowRef row(rows.generation, slot, rows.under);
        cells.clear();
        for (const Column *column : shown) {
            cells += guarded(*column, exportText(*column, row)).toUtf8();
            if (reasons == Reasons::Told)
                cells += idOf(exportValue(*column, row).why);
        }
        addLine(out, format, cells);
        if (!out.pass())
            return false;
    }
    return out.flush();
}

QString rowsAsText(const RowList &rows, std::span<const Column *const> shown)
{
    QByteArray text;
    for (const quint32 slot : rows.slots) {
        const RowRef row(rows.generation, slot, rows.under);
        QByteArrayList cells;
        for (const Column *column : shown)
            cells += tsvCell(exportText(*column, row).toUtf8());
        text += cells.join('\t') + '\n';
    }
    return QString::fromUtf8(text);
}

} // namespace socktree
