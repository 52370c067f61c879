// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reference/json_schema.h"

#include "model/column.h"
#include "model/export/json.h"
#include "model/namespace_text.h"
#include "model/reference/value_schema.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace socktree {

namespace {

/// A key that json.cpp writes by itself. @p type names a definition, or a type with a '=' in front of it.
struct Key {
    const char *id;
    const char *type;
    bool always;
    const char *description;
};

constexpr Key headKeys[] = {
    {"schema", "schema-name", true,
        "which schema this is; the number is raised when a key goes or changes its meaning"},
    {"host", "=string", true, "name of the host"},
    {"kernel", "=string", true, "release of its kernel"},
    {"taken", "time", true, "when the capture was taken, by the host's clock"},
    {"euid", "large", true, "effective user of who read"},
    {"netns", "large", true, "network namespace of who read: its cookie, or inode; 0 if neither is known"},
    {"owners-read", "=boolean", true, "whether processes were read at all"},
    {"processes-complete", "=boolean", true, "whether the list of processes could be read to its end"},
    {"denied-processes", "large", true, "processes that did not let us see their descriptors"},
    {"unseen-processes", "unseen", false,
        "why processes may be missing from the list: hidepid of /proc, or another namespace of process IDs; absent if "
        "none can be"},
    {"vanished-processes", "large", true, "processes that ended while they were read"},
    {"problems", "[problem", true, "what could not be read"},
    {"unavailable", "[unavailable", true, "lists that this system cannot give, which is not the same as empty ones"},
    {"namespaces", "[namespace", true, "network namespaces, that of who read first"},
    {"dumps", "[dump", true,
        "what the kernel was asked for, and how each dump ended; a repeated one stands here twice"},
    {"sockets", "[socket", true, "one object a socket, in the order of the list"},
};

constexpr Key problemKeys[] = {
    {"source", "=string", true, "what was read"},
    {"what", "=string", true, "what went wrong"},
    {"errno", "large", false, "the error of the system call; absent if there was none"},
};

constexpr Key unavailableKeys[] = {
    {"what", "=string", true, "sockets of which family or protocol"},
    {"why", "=string", true, "why they cannot be listed"},
};

constexpr Key namespaceKeys[] = {
    {"id", "large", true, "as the sockets' netns-id; 0 if it is not known"},
    {"inode", "large", false, "its inode, as in net:[4026531833]; absent if not told"},
    {"name", "=string", true, "as the sockets' netns"},
    {"mounted", "=string", false, "where it is mounted; absent if nowhere that we see"},
    {"pid", "large", false, "a process that is in it, the lowest; absent if none is known"},
    {"reached", "reached", true,
        "home: of who read; entered: by setns; by-process: not entered, the net folder of a process was read, which "
        "tells less; unread: known by its mount alone, none of its sockets was read"},
    {"errno", "large", false, "the error of entering it; absent if there was none"},
};

constexpr Key endKeys[] = {
    {"cookie", "hex-number", false, "of that socket; absent if it has none"},
    {"inode", "large", false, "of that socket; absent if it has none"},
    {"protocol", "=string", true, "its protocol"},
    {"socket", "=string", true, "its address or number"},
    {"process", "=string", false, "name of the process that it is shown with; absent if there is none"},
    {"pid", "large", false, "process ID of the same"},
    {"owner-how", "owner-how", false,
        "listener: the process is that of the listener it waits at; absent if it holds it"},
};

constexpr Key formerOwnerKeys[] = {
    {"process", "=string", true, "name of the process that held it until it closed it"},
    {"pid", "large", true, "process ID of the same"},
};

constexpr Key dumpKeys[] = {
    {"dump", "=string", true, "its name: \"tcp over ipv6\""},
    {"family", "large", true, "address family asked for (AF_…)"},
    {"protocol", "large", true, "IP protocol asked for; 0 for families without"},
    {"netns", "large", true, "network namespace asked in, as above"},
    {"states", "large", true, "bits of the states asked for"},
    {"asked", "large", true, "bits of the attributes asked for: idiag_ext or udiag_show"},
    {"ending", "ending", true, "unsupported: no handler in this kernel, which is not the same as no such sockets"},
    {"errno", "large", false, "the error it ended with; absent if there was none"},
    {"strangers", "large", false, "messages that answered somebody else; absent if there were none"},
    {"rows", "large", true, "sockets in it"},
};

constexpr Key holderKeys[] = {
    {"process", "=string", true, "name of the process"},
    {"pid", "large", true, "its process ID"},
    {"fd", "large", false, "descriptor that leads to the socket; absent if none does: see mapped"},
    {"flags", "[open-flag", false,
        "how the descriptor is open, as fcntl(2) tells: rdwr, nonblock, cloexec, async …, what has no name as 0x…; "
        "absent if it was not asked, or fd is none of the socket's"},
    {"registered", "true", false,
        "it is registered with the io_uring instance that fd leads to; absent if fd leads to the socket"},
    {"mapped", "true", false,
        "its ring is in the memory of the process, its descriptor was closed; absent if fd leads to it"},
    {"tid", "large", false, "thread whose own table has the descriptor; absent if it is the process's table"},
    {"ppid", "large", false, "process ID of its parent; absent if it has none in the reader's namespace of PIDs"},
    {"pgid", "large", false, "its process group, by the process ID of the leader; absent likewise"},
    {"sid", "large", false, "its session, by the process ID of the leader; absent likewise"},
    {"user", "=string", false, "effective user of the process, or the number; absent if not readable"},
    {"uid", "large", false, "the same as a number"},
    {"command-line", "=string", false, "program and arguments; absent if it has none, as kernel threads"},
    {"executable", "=string", false, "file that is run; absent if not readable"},
    {"unit", "=string", false, "systemd unit or container; absent if its control group names none"},
    {"context", "=string", false, "label of a security module; absent if it has none, or it is not readable"},
};

constexpr Key unknownKeys[] = {
    {"number", "large", false, "number of an attribute that no table knows, or that was sent again"},
    {"end-of", "=string", false, "id of an attribute that is longer than we know"},
    {"word", "=string", false, "word of a file's line that no column is for"},
    {"cut-short", "=string", false, "bytes at the end of a message that are no whole attribute"},
    {"in", "=string", false, "id of the nest it was in; absent at the top"},
    {"hex", "hex-bytes", true, "the bytes"},
};

QJsonObject typed(const char *type)
{
    if (*type == '=')
        return {{QStringLiteral("type"), QLatin1String(type + 1)}};
    if (*type == '[')
        return {{QStringLiteral("type"), QStringLiteral("array")},
            {QStringLiteral("items"), schemaRef(QLatin1String(type + 1))}};
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

QJsonObject objectOf(std::span<const Key> keys)
{
    QJsonObject object{
        {QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("additionalProperties"), false}};
    for (const Key &key : keys) {
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

QJsonObject endings()
{
    QJsonArray ids;
    for (const DumpEnd end : {DumpEnd::Complete, DumpEnd::Unsupported, DumpEnd::Refused, DumpEnd::Interrupted,
             DumpEnd::Truncated, DumpEnd::Failed})
        ids += QLatin1String(idOf(end));
    return oneOf(ids);
}

QJsonObject reachedIds()
{
    QJsonArray ids;
    for (const auto reached : {NamespaceRecord::Reached::Home, NamespaceRecord::Reached::Entered,
             NamespaceRecord::Reached::ByProcess, NamespaceRecord::Reached::Unread})
        ids += QLatin1String(idOf(reached));
    return oneOf(ids);
}

/// Each column that has no value, with the reason.
QJsonObject whySchema()
{
    QJsonArray columnIds, reasonIds;
    for (const Column &column : columns())
        columnIds += QLatin1String(column.id);
    for (const Reason &reason : reasons())
        reasonIds += QLatin1String(reason.id);
    return {{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("propertyNames"), oneOf(columnIds)},
        {QStringLiteral("additionalProperties"), oneOf(reasonIds)},
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
        described({{QStringLiteral("type"), QStringLiteral("boolean")}}, "rules found it, which may be wrong"), true);
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
        described(typed("end"), "in whose queue it waits to be accepted, inferred; absent if in none"), false);
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
        {QStringLiteral("unseen"), oneOf({QStringLiteral("hidepid"), QStringLiteral("other-namespaces")})},
        {QStringLiteral("ending"), endings()},
        {QStringLiteral("reached"), reachedIds()},
        {QStringLiteral("true"), QJsonObject{{QStringLiteral("const"), true}}},
        {QStringLiteral("open-flag"), matching("^(0x[1-9a-f][0-9a-f]*|[a-z]+)$")},
        {QStringLiteral("owner-how"), QJsonObject{{QStringLiteral("const"), QStringLiteral("listener")}}},
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
