// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reference/value_schema.h"

#include "collector/decode/proc_net_layout.h"
#include "model/export/json.h"
#include "model/field_help.h"

#include <QtCore/QJsonArray>

#include <limits>

namespace socktree {

namespace {

/// Facts for programs ride along as keys that validators leave alone.
void annotate(QJsonObject &schema, const char *key, const char *text)
{
    if (*text)
        schema[QLatin1String(key)] = QString::fromUtf8(text);
}

QJsonObject ofType(const char *type)
{
    return {{QStringLiteral("type"), QLatin1String(type)}};
}

QJsonObject matching(const char *pattern)
{
    QJsonObject schema = ofType("string");
    schema[QStringLiteral("pattern")] = QLatin1String(pattern);
    return schema;
}

QJsonObject arrayOf(const QJsonObject &items)
{
    QJsonObject schema = ofType("array");
    schema[QStringLiteral("items")] = items;
    return schema;
}

QJsonObject eitherOf(const QJsonArray &schemas)
{
    return {{QStringLiteral("anyOf"), schemas}};
}

QJsonObject between(qint64 least, qint64 most)
{
    QJsonObject schema = ofType("integer");
    schema[QStringLiteral("minimum")] = least;
    schema[QStringLiteral("maximum")] = most;
    return schema;
}

/// As wide as its type or its bits.
QJsonObject number(const Field &field)
{
    const std::size_t bits = field.width ? field.width : sizeOf(field.type) * 8;
    if (field.type == FieldType::S32 && !field.width)
        return between(std::numeric_limits<qint32>::min(), std::numeric_limits<qint32>::max());
    return bits > 32 ? schemaRef(QStringLiteral("large")) : between(0, (qint64(1) << bits) - 1);
}

QJsonObject flags(const Field &field)
{
    QJsonArray names;
    for (const ValueName &name : field.names)
        names += QString::fromUtf8(name.name);
    const QJsonObject named{{QStringLiteral("enum"), names}};
    return arrayOf(eitherOf({named, schemaRef(QStringLiteral("hex-number"))}));
}

QJsonObject valueSchema(const Field &field)
{
    if (!isNumber(field.type))
        return ofType("string");
    QJsonArray words;
    if (field.naming == Naming::Enumerators)
        for (const ValueName &name : field.names)
            words += QString::fromUtf8(name.name);
    for (const Sentinel &sentinel : field.sentinels)
        if (const QString text = QString::fromUtf8(sentinel.text); !words.contains(text))
            words += text;
    const QJsonObject other = field.naming == Naming::Flags ? flags(field) : number(field);
    return words.isEmpty() ? other : eitherOf({QJsonObject{{QStringLiteral("enum"), words}}, other});
}

} // namespace

QJsonObject schemaRef(const QString &name)
{
    return {{QStringLiteral("$ref"), QLatin1String("#/$defs/") + name}};
}

QJsonObject schemaOf(const Column &column)
{
    // A rate has decimals; every other number is whole.
    const bool isRate = column.numeric && column.unit == Unit::OctetsPerSecond;
    QJsonObject schema = isHexText(column) ? schemaRef(QStringLiteral("hex-number"))
        : isRate                           ? schemaRef(QStringLiteral("rate"))
        : column.numeric                   ? schemaRef(QStringLiteral("large"))
                                           : ofType("string");
    annotate(schema, "title", column.title);
    annotate(schema, "description", column.meaning);
    annotate(schema, "x-unit", nameOf(column.unit));
    annotate(schema, "x-needs", nameOf(column.privilege));
    return schema;
}

QJsonObject schemaOf(const Field &field, const Attribute *in)
{
    QJsonObject schema = valueSchema(field);
    annotate(schema, "description", field.meaning);
    annotate(schema, "x-unit", nameOf(field.unit));
    annotate(schema, "x-kind", nameOf(field.kind));
    annotate(schema, "x-name", field.name);
    annotate(schema, "x-since", field.since);
    annotate(schema, "x-until", field.until);
    annotate(schema, "x-states", statesHelp(field.states).toUtf8().constData());
    if (in) {
        annotate(schema, "x-attribute", in->name);
        annotate(schema, "x-needs", nameOf(in->needs));
    }
    return schema;
}

void ContentSchema::add(std::span<const Field> fields, const Attribute *in)
{
    for (const Field &field : fields)
        add(QString::fromLatin1(field.id), schemaOf(field, in));
}

void ContentSchema::add(std::span<const Attribute> attributes)
{
    for (const Attribute &attribute : attributes) {
        if (attribute.payload == Payload::Struct)
            add(attribute.fields, &attribute);
        else if (attribute.payload != Payload::Padding)
            add(attribute);
    }
}

/// Columns of a file of the process file system.
void ContentSchema::add(ProcNetFile file)
{
    const ProcNetLayout &layout = layoutOf(file);
    for (const auto columns : {layout.columns, layout.more}) {
        for (const ProcNetColumn &column : columns) {
            const TextField &field = column.field;
            QJsonObject value = ofType("string");
            if (column.form == TextForm::Hex || column.form == TextForm::Decimal)
                value = valueSchema(fieldOf(field));
            else if (column.form == TextForm::Signed)
                value = eitherOf({valueSchema(fieldOf(field)), ofType("integer")});
            annotate(value, "description", field.meaning);
            annotate(value, "x-unit", nameOf(field.unit));
            annotate(value, "x-kind", nameOf(field.kind));
            annotate(value, "x-name", field.name);
            annotate(value, "x-since", field.since);
            annotate(value, "x-file", layout.path);
            const QString id = QString::fromLatin1(field.id);
            if (!m_properties.contains(id)) // files share columns; the first is named
                add(id, value);
        }
    }
}

/// One that is a key itself.
void ContentSchema::add(const Attribute &attribute)
{
    const QString id = QString::fromLatin1(attribute.id);
    QJsonObject schema;
    switch (attribute.payload) {
    case Payload::Text:
    case Payload::Name: schema = ofType("string"); break;
    case Payload::Flag: schema = {{QStringLiteral("const"), true}}; break;
    case Payload::Secret: schema = {{QStringLiteral("const"), QStringLiteral("present, hidden")}}; break;
    case Payload::Opaque: schema = matching("^([0-9a-f]{2})*$"); break;
    case Payload::Array:
        if (attribute.fields.size() > 1) {
            ContentSchema element(m_defs);
            element.add(attribute.fields, nullptr);
            schema = arrayOf(element.object());
        } else if (!attribute.fields.empty()) {
            schema = arrayOf(valueSchema(attribute.fields.front()));
            annotate(schema, "x-unit", nameOf(attribute.fields.front().unit));
        }
        break;
    case Payload::BitSet: schema = arrayOf(schemaRef(QStringLiteral("large"))); break;
    case Payload::Nest: {
        ContentSchema nest(m_defs);
        nest.add(attribute.nest);
        m_defs[id] = nest.object();
        schema = eitherOf({schemaRef(id), arrayOf(schemaRef(id))});
        break;
    }
    case Payload::Struct:
    case Payload::Padding: break;
    }
    if (*attribute.empty)
        schema = eitherOf({QJsonObject{{QStringLiteral("const"), QString::fromUtf8(attribute.empty)}}, schema});
    annotate(schema, "description", attribute.meaning);
    annotate(schema, "x-attribute", attribute.name);
    annotate(schema, "x-since", attribute.since);
    annotate(schema, "x-needs", nameOf(attribute.needs));
    add(id, schema);
}

/// Tables share ids. Where they mean different things by one, either is right.
void ContentSchema::add(const QString &id, const QJsonObject &schema)
{
    const QJsonValue before = m_properties.value(id);
    if (before.isUndefined()) {
        m_properties[id] = schema;
        return;
    }
    const QJsonObject known = before.toObject();
    const bool isChoice = known.size() == 1 && known.contains(QLatin1String("anyOf"));
    QJsonArray choices = isChoice ? known[QLatin1String("anyOf")].toArray() : QJsonArray{known};
    if (choices.contains(schema))
        return;
    choices += schema;
    m_properties[id] = eitherOf(choices);
}

QJsonObject ContentSchema::object() const
{
    QJsonObject schema = ofType("object");
    schema[QStringLiteral("additionalProperties")] = false;
    schema[QStringLiteral("properties")] = m_properties;
    return schema;
}

} // namespace socktree
