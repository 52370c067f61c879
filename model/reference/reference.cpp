// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reference/reference.h"

#include "collector/decode/proc_net.h"
#include "model/field_help.h"

#include <algorithm>

namespace socktree {

namespace {

bool isSame(const Attribute *a, const Attribute *b)
{
    if (a == b || !a || !b)
        return a == b;
    return a->number == b->number && QByteArrayView(a->id) == b->id && a->payload == b->payload
        && QByteArrayView(a->meaning) == b->meaning;
}

/// Tables share structs, so what is the same in two of them differs in its table only.
bool isSame(const ReferenceLine &a, const ReferenceLine &b)
{
    return a.field == b.field && a.text == b.text && a.path == b.path && isSame(a.attribute, b.attribute);
}

class Collector
{
public:
    void table(const AttributeTable &table)
    {
        m_table = QLatin1String(table.name);
        fields(table.fixed, nullptr, {});
        attributes(table.attributes, {});
    }

    void file(ProcNetFile file)
    {
        m_table = QLatin1String("net/") + QLatin1String(pathOf(file));
        for (const TextField *text : textFieldsOf(file))
            add({.text = text});
    }

    std::vector<ReferenceLine> lines;

private:
    void fields(std::span<const Field> all, const Attribute *in, const QString &path)
    {
        for (const Field &field : all)
            add({.attribute = in, .field = &field, .path = path});
    }

    void attributes(std::span<const Attribute> all, const QString &outer)
    {
        for (const Attribute &attribute : all) {
            const QString name = QLatin1String(attribute.name);
            const QString path = outer.isEmpty() ? name : outer + QLatin1Char('/') + name;
            add({.attribute = &attribute, .path = path});
            fields(attribute.fields, &attribute, path);
            attributes(attribute.nest, path);
        }
    }

    void add(ReferenceLine line)
    {
        const auto same = std::find_if(lines.begin(), lines.end(),
            [&](const ReferenceLine &other) { return !other.column && isSame(other, line); });
        if (same == lines.end()) {
            line.tables += m_table;
            lines.push_back(std::move(line));
        } else if (!same->tables.contains(m_table)) {
            same->tables += m_table;
        }
    }

    QString m_table;
};

QString what(const ReferenceLine &line)
{
    return line.column ? QStringLiteral("column")
        : line.text    ? QStringLiteral("text")
        : line.field   ? QStringLiteral("field")
                       : QStringLiteral("attribute");
}

QString needs(const ReferenceLine &line)
{
    return QLatin1String(nameOf(line.column ? line.column->privilege
            : line.attribute                ? line.attribute->needs
                                            : Privilege::None));
}

QString type(const ReferenceLine &line)
{
    if (line.text)
        return QStringLiteral("word");
    if (line.field)
        return typeText(*line.field);
    if (line.column)
        return line.column->numeric ? QStringLiteral("number") : QStringLiteral("text");
    return QLatin1String(nameOf(line.attribute->payload));
}

QString size(const ReferenceLine &line)
{
    if (line.field)
        return QString::number(sizeOf(*line.field));
    return line.attribute && line.attribute->elementSize ? QString::number(line.attribute->elementSize) : QString();
}

QString number(const ReferenceLine &line)
{
    return line.attribute && !line.field ? QString::number(line.attribute->number) : QString();
}

QString name(const ReferenceLine &line)
{
    return QString::fromUtf8(line.column ? line.column->title
            : line.text                  ? line.text->name
            : line.field                 ? line.field->name
                                         : line.attribute->name);
}

QString meaning(const ReferenceLine &line)
{
    return QString::fromUtf8(line.column ? line.column->meaning
            : line.text                  ? line.text->meaning
            : line.field                 ? line.field->meaning
                                         : line.attribute->meaning);
}

/// The field, or a file's column as one; nothing of a line that is neither.
std::optional<Field> namedField(const ReferenceLine &line)
{
    return line.field ? std::optional(*line.field) : line.text ? std::optional(fieldOf(*line.text)) : std::nullopt;
}

QString valueText(const Field &field, quint64 value)
{
    return field.unit == Unit::Hex || field.naming == Naming::Flags ? QLatin1String("0x") + QString::number(value, 16)
                                                                    : QString::number(value);
}

/// "0=off 1=on"; of flags the bits.
QString values(const ReferenceLine &line)
{
    QStringList all;
    if (const auto field = namedField(line))
        for (const ValueName &one : field->names)
            all += valueText(*field, one.value) + QLatin1Char('=') + QString::fromUtf8(one.name);
    return all.join(QLatin1Char(' '));
}

QString sentinels(const ReferenceLine &line)
{
    QStringList all;
    if (const auto field = namedField(line))
        for (const Sentinel &one : field->sentinels)
            all += QStringLiteral("%1%2 = %3")
                       .arg(QString::number(one.value),
                           one.orMore && one.value != ~quint64(0) ? QStringLiteral(" or more") : QString(),
                           QString::fromUtf8(one.text));
    return all.join(QLatin1String("; "));
}

/// In which states it means something; nothing if in all.
QString states(const ReferenceLine &line)
{
    return line.field    ? statesHelp(line.field->states)
        : line.attribute ? statesHelp(line.attribute->states)
                         : QString();
}

/// What a capture has to ask the kernel for, by the column's needs.
QString asks(const ReferenceLine &line)
{
    if (!line.column)
        return {};
    switch (line.column->needs) {
    case Ask::Nothing: break;
    case Ask::Owners: return QStringLiteral("processes");
    case Ask::Info: return QStringLiteral("tcp-info");
    case Ask::Memory: return QStringLiteral("memory");
    case Ask::Congestion: return QStringLiteral("congestion");
    case Ask::UnixName: return QStringLiteral("unix-name");
    case Ask::Tos: return QStringLiteral("tos");
    case Ask::DescriptorFlags: return QStringLiteral("descriptor-flags");
    }
    return {};
}

QString id(const ReferenceLine &line)
{
    return QString::fromLatin1(line.id());
}

QString tables(const ReferenceLine &line)
{
    return line.tables.join(QLatin1Char(' '));
}

QString unit(const ReferenceLine &line)
{
    return QLatin1String(nameOf(line.column ? line.column->unit
            : line.field                    ? line.field->unit
            : line.text                     ? line.text->unit
                                            : Unit::None));
}

QString since(const ReferenceLine &line)
{
    return QLatin1String(line.field ? line.field->since
            : line.text             ? line.text->since
            : line.attribute        ? line.attribute->since
                                    : "");
}

QString until(const ReferenceLine &line)
{
    return QLatin1String(line.field ? line.field->until : "");
}

QString kind(const ReferenceLine &line)
{
    return QLatin1String(line.field ? nameOf(line.field->kind) : line.text ? nameOf(line.text->kind) : "");
}

QString offset(const ReferenceLine &line)
{
    return line.field ? QString::number(line.field->offset) : QString();
}

QString path(const ReferenceLine &line)
{
    return line.path;
}

/// In the order in which people read them, the long ones last.
constexpr ReferenceFact facts[] = {
    {"id", id},
    {"what", what},
    {"tables", tables},
    {"unit", unit},
    {"since", since},
    {"until", until, false},
    {"needs", needs},
    {"asks", asks, false},
    {"kind", kind},
    {"type", type, false},
    {"size", size, false, true},
    {"offset", offset, false, true},
    {"number", number, false, true},
    {"name", name, false},
    {"attribute", path, false},
    {"meaning", meaning},
    {"states", states},
    {"sentinels", sentinels},
    {"values", values},
};

} // namespace

const char *ReferenceLine::id() const
{
    return column ? column->id : text ? text->id : field ? field->id : attribute->id;
}

std::vector<ReferenceLine> reference()
{
    Collector collector;
    for (const Column &column : columns())
        collector.lines.push_back({.column = &column});
    for (const AttributeTable &table : allTables())
        collector.table(table);
    for (int file = 0; file < procNetFiles; ++file)
        collector.file(static_cast<ProcNetFile>(file));
    return std::move(collector.lines);
}

std::span<const ReferenceFact> referenceFacts()
{
    return facts;
}

} // namespace socktree
