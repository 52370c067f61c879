// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reference/json_schema.h"

#include "collector/capture/redacting_sink.h"
#include "model/column.h"
#include "model/export/json.h"
#include "model/namespace_text.h"
#include "model/owners.h"
#include "model/reference/json_keys.h"
#include "model/reference/value_schema.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace socktree {

namespace {

QJsonObject typed(const char *type)
{
    if (*type == '=')
        return {{QStringLiteral("type"), QLatin1String(type + 1)}};
    if (*type == '[')
        return {{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("items"), typed(type + 1)}};
    return schemaRef(QLatin1String(type));
}

void addKey(QJsonObject &object, const QString &id, const QJsonObject &schema, bool always)
{
    QJsonObject properties = object[QLatin1String("properties")].toObject();
    properties[id] = schema;
    object[QStringLiteral("properties")] = properties;
    if (!always)
        return;
    QJsonArray required = object[QLatin1String("required")].toArray();
    required += id;
    object[QStringLiteral("required")] = required;
}

QJsonObject objectOf(std::span<const JsonKey> keys)
{
    QJsonObject object{
        {QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("additionalProperties"), false}};
    for (const JsonKey &key : keys) {
        QJsonObject schema = typed(key.type);
        schema[QStringLiteral("description")] = QString::fromUtf8(key.description);
        addKey(object, QString::fromLatin1(key.id), schema, key.always);
    }
    return object;
}

QJsonObject described(QJsonObject schema, const char *description)
{
    schema[QStringLiteral("description")] = QString::fromUtf8(description);
    return schema;
}

QJsonObject oneOf(const QJsonArray &values)
{
    return {{QStringLiteral("enum"), values}};
}

QJsonObject matching(const char *pattern)
{
    return {{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("pattern"), QLatin1String(pattern)}};
}

QJsonObject fileSchema()
{
    const auto listed = [](const QList<QByteArray> &things) { return QString::fromUtf8(things.join(", ")); };
    QJsonObject file = objectOf(fileKeys);
    QJsonObject withheld = file[u"properties"].toObject()[u"withheld"].toObject();
    withheld[QStringLiteral("description")]
        = QStringLiteral("what was left out on purpose when it was written, and stands for nothing or for something "
                         "else; empty if nothing was. --redact leaves out: %1. It keeps: %2")
              .arg(listed(RedactingSink::withheld()), listed(RedactingSink::kept()));
    addKey(file, QStringLiteral("withheld"), withheld, false);
    return file;
}

template <typename Enum> QJsonObject idsOf(std::initializer_list<Enum> all)
{
    QJsonArray ids;
    for (const Enum one : all)
        ids += QLatin1String(idOf(one));
    return oneOf(ids);
}

QJsonObject reasonSchema()
{
    QJsonArray ids;
    for (const Reason &reason : reasons())
        ids += QLatin1String(reason.id);
    return oneOf(ids);
}

/// Each column that has no value, with the reason.
QJsonObject whySchema()
{
    QJsonArray columnIds;
    for (const Column &column : columns())
        columnIds += QLatin1String(column.id);
    return {{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("propertyNames"), oneOf(columnIds)},
        {QStringLiteral("additionalProperties"), typed("reason")},
        {QStringLiteral("description"),
            QStringLiteral("every column that is absent from this socket, or an empty array, and the reason")}};
}

QJsonObject socketSchema(QJsonObject &defs)
{
    ContentSchema content(defs);
    for (const AttributeTable &table : allTables()) {
        content.add(table.fixed, nullptr);
        content.add(table.attributes);
    }
    for (int file = 0; file < procNetFiles; ++file)
        content.add(static_cast<ProcNetFile>(file));
    defs[QStringLiteral("attributes")] = content.object();
    defs[QStringLiteral("end")] = objectOf(endKeys);
    QJsonObject peer = objectOf(endKeys);
    addKey(peer, QStringLiteral("inferred"),
        described({{QStringLiteral("type"), QStringLiteral("boolean")}},
            "rules found it, or chose its process, and may be wrong"),
        true);
    defs[QStringLiteral("peer")] = peer;
    defs[QStringLiteral("former-owner")] = objectOf(formerOwnerKeys);
    QJsonObject socket = objectOf({});
    for (const Column &column : columns())
        addKey(socket, QString::fromLatin1(column.id), isArray(column) ? typed("[holder") : schemaOf(column),
            isArray(column));
    addKey(socket, QStringLiteral("why"), whySchema(), false);
    addKey(socket, QStringLiteral("closed"),
        described({{QStringLiteral("const"), true}}, "it is gone and only still shown; absent of others"), false);
    addKey(socket, QStringLiteral("doubtful"),
        described({{QStringLiteral("const"), true}},
            "the name of another socket may have forged the line it was read from; absent of others"),
        false);
    addKey(
        socket, QStringLiteral("peers"), described(typed("[peer"), "its other ends; absent if there is none"), false);
    addKey(socket, QStringLiteral("listener"),
        described(typed("end"),
            "in whose queue it waits to be accepted, inferred; where there are listener-candidates, a guess; absent if "
            "in none, or if nothing tells in which"),
        false);
    addKey(socket, QStringLiteral("listener-candidates"),
        described(typed("large"),
            "listeners that share the address and port it waits at, if there are several and nothing tells at which; "
            "of these, the ones whose queues hold something"),
        false);
    addKey(socket, QStringLiteral("part-of"),
        described(typed("end"), "MPTCP connection or listener that it is a subflow of; absent if of none"), false);
    addKey(socket, QStringLiteral("former-owner"),
        described(typed("former-owner"), "who held it until it closed it; absent if a process holds it"), false);
    addKey(socket, QStringLiteral("attributes"),
        described(schemaRef(QStringLiteral("attributes")),
            "what the kernel said, by message or by file; what it did not send is absent"),
        true);
    addKey(socket, QStringLiteral("unknown"),
        described(typed("[unknown"), "what no table knows; absent if there is nothing"), false);
    return socket;
}

bool isShort(const QJsonValue &value, qsizetype indent)
{
    constexpr qsizetype lineLength = 116;
    const QJsonDocument inArray(QJsonArray{value});
    return inArray.toJson(QJsonDocument::Compact).size() + indent < lineLength;
}

QByteArray compact(const QJsonValue &value)
{
    const QByteArray inArray = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return inArray.mid(1, inArray.size() - 2);
}

void print(QByteArray &out, const QJsonValue &value, qsizetype indent)
{
    constexpr qsizetype step = 2;
    const bool isObject = value.isObject();
    if ((!isObject && !value.isArray()) || (indent > step && isShort(value, indent))) {
        out += compact(value);
        return;
    }
    const auto line = [&](qsizetype depth) { out += '\n' + QByteArray(depth, ' '); };
    bool first = true;
    const auto next = [&] {
        if (!first)
            out += ',';
        first = false;
        line(indent + step);
    };
    out += isObject ? '{' : '[';
    const QJsonObject object = value.toObject();
    for (auto one = object.begin(); one != object.end(); ++one) {
        next();
        out += compact(one.key()) + ": ";
        print(out, one.value(), indent + step);
    }
    for (const auto &one : value.toArray()) {
        next();
        print(out, one, indent + step);
    }
    line(indent);
    out += isObject ? '}' : ']';
}

} // namespace

QJsonObject jsonSchemaObject()
{
    QJsonObject defs{
        {QStringLiteral("large"),
            described({{QStringLiteral("anyOf"),
                          QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("integer")},
                                         {QStringLiteral("minimum"), 0}, {QStringLiteral("maximum"), qint64(1) << 53}},
                              matching("^[1-9][0-9]{15,19}$")}}},
                "a number, or where it is larger than 2^53 its digits as text")},
        {QStringLiteral("rate"),
            described({{QStringLiteral("anyOf"),
                          QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("number")},
                                         {QStringLiteral("minimum"), 0}},
                              matching("^[1-9][0-9]{15,19}$")}}},
                "a number, possibly with decimals, or where it is whole and larger than 2^53 its digits as text")},
        {QStringLiteral("hex-number"), matching("^0x(0|[1-9a-f][0-9a-f]*)$")},
        {QStringLiteral("hex-bytes"), matching("^([0-9a-f]{2})*$")},
        {QStringLiteral("time"),
            described(
                matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"), "ISO 8601, UTC")},
        {QStringLiteral("schema-name"), QJsonObject{{QStringLiteral("const"), QLatin1String(jsonSchemaName)}}},
        {QStringLiteral("unseen"), idsOf({Unseen::HidePid, Unseen::OtherNamespaces})},
        {QStringLiteral("owners-why"),
            oneOf({QStringLiteral("not-recorded"), QStringLiteral("lost"), QStringLiteral("not-listed"),
                QStringLiteral("not-yet")})},
        {QStringLiteral("file-kind"), oneOf({QStringLiteral("capture"), QStringLiteral("ss-dump")})},
        {QStringLiteral("file"), fileSchema()},
        {QStringLiteral("ending"),
            idsOf({DumpEnd::Complete, DumpEnd::Unsupported, DumpEnd::Refused, DumpEnd::Interrupted, DumpEnd::Truncated,
                DumpEnd::Failed})},
        {QStringLiteral("reached"),
            idsOf({NamespaceRecord::Reached::Home, NamespaceRecord::Reached::Entered,
                NamespaceRecord::Reached::ByProcess, NamespaceRecord::Reached::Unread})},
        {QStringLiteral("true"), QJsonObject{{QStringLiteral("const"), true}}},
        {QStringLiteral("reason"), reasonSchema()},
        {QStringLiteral("owner-how"), oneOf({QStringLiteral("listener"), QStringLiteral("ambiguous")})},
        {QStringLiteral("open-flag"), matching("^(0x[1-9a-f][0-9a-f]*|[a-z]+)$")},
        {QStringLiteral("unavailable"), objectOf(unavailableKeys)},
        {QStringLiteral("namespace"), objectOf(namespaceKeys)},
        {QStringLiteral("problem"), objectOf(problemKeys)},
        {QStringLiteral("dump"), objectOf(dumpKeys)},
        {QStringLiteral("holder"), objectOf(holderKeys)},
        {QStringLiteral("unknown"), objectOf(unknownKeys)},
    };
    defs[QStringLiteral("socket")] = socketSchema(defs);
    QJsonObject schema = objectOf(headKeys);
    schema[QStringLiteral("$comment")] = QStringLiteral("SPDX-License-Identifier: GPL-3.0-or-later");
    schema[QStringLiteral("$schema")] = QStringLiteral("https://json-schema.org/draft/2020-12/schema");
    schema[QStringLiteral("title")] = QStringLiteral("What socktree --list --format json writes");
    schema[QStringLiteral("$defs")] = defs;
    return schema;
}

QByteArray jsonSchema()
{
    QByteArray text;
    print(text, jsonSchemaObject(), 0);
    return text + '\n';
}

} // namespace socktree
