// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/json_attributes.h"

#include "model/decoded_row.h"
#include "model/field_help.h"
#include "model/text.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <utility>

namespace socktree {

namespace {

struct Unknown {
    const char *key; ///< "number" of an attribute, "end-of" of one, "cut-short", or "word" of a line
    QString what;
    quint16 number = 0;
    Bytes bytes;
    const char *nest = nullptr; ///< the id of the nest it was in; numbers mean nothing without
};

void writeFlags(JsonWriter &json, const Field &field, quint64 raw)
{
    json.beginArray();
    for (const ValueName &flag : field.names) {
        if (flag.value && (raw & flag.value) == flag.value) {
            json.string(flag.name);
            raw &= ~flag.value;
        }
    }
    if (raw)
        json.string(QLatin1String("0x") + QString::number(raw, 16));
    json.endArray();
}

/// What was sent is written, fillers too (see Field::states): the absence of a key always means that it was not sent.
void writeValue(JsonWriter &json, const DecodedField &decoded, quint8 state)
{
    const Field &field = *decoded.field;
    const quint64 raw = decoded.raw;
    if (!isNumber(field.type)) {
        json.string(bytesText(field, decoded.bytes));
        return;
    }
    if (const Sentinel *sentinel = sentinelOf(field, raw, state)) {
        json.string(sentinel->text);
        return;
    }
    if (field.naming == Naming::Flags) {
        writeFlags(json, field, raw);
        return;
    }
    if (field.naming == Naming::Enumerators) {
        for (const ValueName &name : field.names) {
            if (name.value == raw) {
                json.string(name.name);
                return;
            }
        }
    }
    if (field.type == FieldType::S32)
        json.number(static_cast<qint64>(raw));
    else
        json.number(raw);
}

class Walk
{
public:
    Walk(JsonWriter &json, quint8 state) : m_json(json), m_state(state) { }

    void fields(const std::vector<DecodedField> &decoded)
    {
        for (const DecodedField &one : decoded) {
            m_json.key(one.field->id);
            writeValue(m_json, one, m_state);
        }
    }

    /// Keys stand once in an object: what is sent again is an array (of nests) or kept in hex.
    void attributes(const std::vector<DecodedAttribute> &level)
    {
        for (auto one = level.begin(); one != level.end(); ++one) {
            const auto same = [&](const DecodedAttribute &other) { return other.number == one->number; };
            const bool again = std::any_of(level.begin(), one, same);
            const bool isNest = one->attribute && one->attribute->payload == Payload::Nest;
            if (!one->attribute || (again && !isNest))
                m_unknown.push_back({"number", {}, one->number, one->payload, m_nest});
            else if (!isNest)
                known(*one);
            else if (!again)
                nests(*one->attribute, one, level.end());
        }
    }

    void cutShort(Bytes bytes)
    {
        if (!bytes.empty())
            m_unknown.push_back({"cut-short", QStringLiteral("message"), 0, bytes, nullptr});
    }

    void unknownWord(const QByteArray &word)
    {
        m_unknown.push_back({"word", visible(word), 0,
            std::as_bytes(std::span(word.constData(), static_cast<std::size_t>(word.size()))), nullptr});
    }

    const std::vector<Unknown> &unknown() const { return m_unknown; }

private:
    using Attributes = std::vector<DecodedAttribute>::const_iterator;

    void nests(const Attribute &attribute, Attributes first, Attributes end)
    {
        const auto same = [&](const DecodedAttribute &other) { return other.number == attribute.number; };
        const bool several = std::count_if(first, end, same) > 1;
        m_json.key(attribute.id);
        if (several)
            m_json.beginArray();
        for (; first != end; ++first) {
            if (!same(*first))
                continue;
            m_json.beginObject();
            const char *outer = std::exchange(m_nest, attribute.id);
            attributes(first->nested);
            m_nest = outer;
            m_json.endObject();
            tail(*first);
        }
        if (several)
            m_json.endArray();
    }

    void known(const DecodedAttribute &decoded)
    {
        const Attribute &attribute = *decoded.attribute;
        if (*attribute.empty && decoded.payload.empty()) {
            m_json.field(attribute.id, QLatin1String(attribute.empty));
            return;
        }
        switch (attribute.payload) {
        case Payload::Struct: fields(decoded.fields); break;
        case Payload::Array:
        case Payload::BitSet: array(decoded); break;
        case Payload::Text: m_json.field(attribute.id, visible(decoded.text)); break;
        case Payload::Name: m_json.field(attribute.id, unixName(decoded.text)); break;
        case Payload::Flag: m_json.field(attribute.id, true); break;
        case Payload::Secret: m_json.field(attribute.id, QStringLiteral("present, hidden")); break;
        case Payload::Opaque: m_json.field(attribute.id, hexText(decoded.payload)); break;
        case Payload::Padding:
        case Payload::Nest: break;
        }
        tail(decoded);
    }

    /// Elements of one field are values, of several fields objects.
    void array(const DecodedAttribute &decoded)
    {
        m_json.key(decoded.attribute->id);
        m_json.beginArray();
        const bool objects = decoded.attribute->fields.size() > 1;
        for (auto one = decoded.fields.begin(); one != decoded.fields.end(); ++one) {
            const bool first = one == decoded.fields.begin() || (one - 1)->element != one->element;
            const bool last = one + 1 == decoded.fields.end() || (one + 1)->element != one->element;
            if (objects && first)
                m_json.beginObject();
            if (objects)
                m_json.key(one->field->id);
            writeValue(m_json, *one, m_state);
            if (objects && last)
                m_json.endObject();
        }
        m_json.endArray();
    }

    void tail(const DecodedAttribute &decoded)
    {
        if (!decoded.unknownTail.empty())
            m_unknown.push_back({"end-of", QLatin1String(decoded.attribute->id), 0, decoded.unknownTail, m_nest});
    }

    JsonWriter &m_json;
    const quint8 m_state;         ///< of the socket
    const char *m_nest = nullptr; ///< the innermost that we are in
    std::vector<Unknown> m_unknown;
};

/// A number or a word; what a sign stands before is negative.
void writeText(JsonWriter &json, const DecodedText &word, quint8 state)
{
    if (!word.number) {
        json.string(visible(word.raw));
        return;
    }
    if (word.raw.startsWith('-') && word.field->naming == Naming::Numbers
        && !sentinelOf(fieldOf(*word.field), *word.number, state)) {
        json.number(static_cast<qint64>(*word.number));
        return;
    }
    const Field field = fieldOf(*word.field);
    writeValue(json, {&field, *word.number}, state);
}

/// The columns of a file's line by id, each of which stands there once.
void writeLine(JsonWriter &json, const std::vector<DecodedText> &words, quint8 state)
{
    for (const DecodedText &word : words) {
        if (!word.field)
            continue;
        json.key(word.field->id);
        writeText(json, word, state);
    }
}

} // namespace

void writeAttributes(JsonWriter &json, const RowRef &row)
{
    const DecodedMessage message = decodedMessageOf(row);
    Walk walk(json, row.socket().state);
    json.key("attributes");
    json.beginObject();
    walk.fields(message.fixed);
    walk.attributes(message.attributes);
    const std::vector<DecodedText> line = decodedLineOf(row);
    writeLine(json, line, row.socket().state);
    json.endObject();
    walk.cutShort(message.malformed);
    for (const DecodedText &word : line)
        if (!word.field)
            walk.unknownWord(word.raw);
    if (walk.unknown().empty())
        return;
    json.key("unknown");
    json.beginArray();
    for (const Unknown &unknown : walk.unknown()) {
        json.beginObject();
        if (unknown.what.isEmpty())
            json.field(unknown.key, static_cast<quint64>(unknown.number));
        else
            json.field(unknown.key, unknown.what);
        if (unknown.nest)
            json.field("in", QLatin1String(unknown.nest));
        json.field("hex", hexText(unknown.bytes));
        json.endObject();
    }
    json.endArray();
}

} // namespace socktree
