// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reference/reference_writer.h"

#include "model/export/delimited.h"
#include "model/export/json_writer.h"
#include "model/reference/json_schema.h"
#include "model/reference/reference.h"

#include <algorithm>

namespace socktree {

namespace {

QStringList headerCells(bool onTerminal = false)
{
    QStringList cells;
    for (const ReferenceFact &fact : referenceFacts())
        if (!onTerminal || fact.onTerminal)
            cells += QLatin1String(fact.id);
    return cells;
}

QStringList cellsOf(const ReferenceLine &line, bool onTerminal = false)
{
    QStringList cells;
    for (const ReferenceFact &fact : referenceFacts())
        if (!onTerminal || fact.onTerminal)
            cells += fact.text(line);
    return cells;
}

void writeText(PieceBuffer &out)
{
    constexpr bool onTerminal = true;
    std::vector<QStringList> table{headerCells(onTerminal)};
    for (const ReferenceLine &line : reference())
        table.push_back(cellsOf(line, onTerminal));
    std::vector<qsizetype> widths(static_cast<std::size_t>(table.front().size()), 0);
    for (const QStringList &cells : table)
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], cells[static_cast<qsizetype>(i)].size());
    for (const QStringList &cells : table) {
        QString text;
        for (std::size_t i = 0; i < widths.size(); ++i)
            text += cells[static_cast<qsizetype>(i)].leftJustified(widths[i] + 2);
        while (text.endsWith(QLatin1Char(' ')))
            text.chop(1);
        out.add((text + QLatin1Char('\n')).toUtf8());
    }
}

void writeDelimited(PieceBuffer &out, Format format)
{
    const auto bytes = [](const QStringList &cells) {
        QByteArrayList all;
        for (const QString &cell : cells)
            all += cell.toUtf8();
        return all;
    };
    addLine(out, format, bytes(headerCells()));
    for (const ReferenceLine &line : reference())
        addLine(out, format, bytes(cellsOf(line)));
}

void writeNames(JsonWriter &json, std::span<const ValueName> names)
{
    json.key("values");
    json.beginArray();
    for (const ValueName &one : names) {
        json.beginObject();
        json.field("value", one.value);
        json.field("name", QString::fromUtf8(one.name));
        json.endObject();
    }
    json.endArray();
}

void writeSentinels(JsonWriter &json, std::span<const Sentinel> sentinels)
{
    json.key("sentinels");
    json.beginArray();
    for (const Sentinel &one : sentinels) {
        json.beginObject();
        json.field("value", one.value);
        if (one.orMore)
            json.field("or-more", true);
        json.field("means", QString::fromUtf8(one.text));
        json.endObject();
    }
    json.endArray();
}

/// Facts that are lists are arrays; a fact that a line does not have is no key.
void writeObject(JsonWriter &json, const ReferenceLine &line)
{
    json.beginObject();
    for (const ReferenceFact &fact : referenceFacts()) {
        const QByteArrayView id(fact.id);
        const QString text = fact.text(line);
        if (text.isEmpty())
            continue;
        if (id == "values") {
            writeNames(json, line.field ? line.field->names : line.text->names);
        } else if (id == "sentinels") {
            writeSentinels(json, line.field ? line.field->sentinels : line.text->sentinels);
        } else if (id == "tables") {
            json.key(id);
            json.beginArray();
            for (const QString &table : line.tables)
                json.string(table);
            json.endArray();
        } else if (fact.numeric) {
            json.field(id, text.toULongLong());
        } else {
            json.field(id, text);
        }
    }
    json.endObject();
}

void writeJson(PieceBuffer &out)
{
    JsonWriter json(out);
    json.beginObject();
    json.field("schema", QStringLiteral("socktree-fields/1"));
    json.key("fields");
    json.beginArray();
    for (const ReferenceLine &line : reference()) {
        json.breakLine();
        writeObject(json, line);
    }
    json.breakLine();
    json.endArray();
    json.endObject();
    out.add('\n');
}

} // namespace

std::span<const ReferenceFormatName> referenceFormats()
{
    static constexpr ReferenceFormatName names[] = {{"text", ReferenceFormat::Text}, {"csv", ReferenceFormat::Csv},
        {"tsv", ReferenceFormat::Tsv}, {"json", ReferenceFormat::Json}, {"schema", ReferenceFormat::Schema}};
    return names;
}

bool writeReference(ReferenceFormat format, const Output &output)
{
    PieceBuffer out(output);
    switch (format) {
    case ReferenceFormat::Text: writeText(out); break;
    case ReferenceFormat::Csv: writeDelimited(out, Format::Csv); break;
    case ReferenceFormat::Tsv: writeDelimited(out, Format::Tsv); break;
    case ReferenceFormat::Json: writeJson(out); break;
    case ReferenceFormat::Schema: out.add(jsonSchema()); break;
    }
    return out.flush();
}

} // namespace socktree
