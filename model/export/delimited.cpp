// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/delimited.h"

#include "model/export/piece_buffer.h"

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

void addCsv(PieceBuffer &out, QByteArray text)
{
    if (!needsQuotes(text)) {
        out.add(text);
        return;
    }
    text.replace("\"", "\"\"");
    out.add('"');
    out.add(text);
    out.add('"');
}

/// Values come with their control characters escaped; this is for a value that one day does not.
QByteArray inItsCell(QByteArray text)
{
    return text.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\x0d");
}

} // namespace

bool exportDelimited(Format format, const Generation &generation, std::span<const quint32> slots,
    std::span<const Column *const> shown, const Output &output)
{
    const bool csv = format == Format::Csv;
    PieceBuffer out(output);
    const auto line = [&](const auto &cellOf) {
        bool first = true;
        for (const Column *column : shown) {
            if (!first)
                out.add(csv ? ',' : '\t');
            first = false;
            csv ? addCsv(out, cellOf(*column)) : out.add(inItsCell(cellOf(*column)));
        }
        out.add(csv ? QByteArrayView("\r\n") : QByteArrayView("\n"));
    };
    line([](const Column &column) { return QByteArray(column.id); });
    for (const quint32 slot : slots) {
        const RowRef row(generation, slot);
        line([&](const Column &column) { return guarded(column, exportText(column, row)).toUtf8(); });
        if (!out.pass())
            return false;
    }
    return out.flush();
}

QString rowsAsText(const Generation &generation, std::span<const quint32> slots, std::span<const Column *const> shown)
{
    QByteArray text;
    for (const quint32 slot : slots) {
        const RowRef row(generation, slot);
        QByteArrayList cells;
        for (const Column *column : shown)
            cells += inItsCell(exportText(*column, row).toUtf8());
        text += cells.join('\t') + '\n';
    }
    return QString::fromUtf8(text);
}

} // namespace socktree
