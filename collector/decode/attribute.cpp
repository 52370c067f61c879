// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"

#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "collector/decode/tables.h"
#include "collector/decode/tcp_info_fields.h"
#include "collector/decode/unix_message.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <bit>

namespace socktree {

namespace {

/// Whether kernels of this layout send the field in this attribute's struct.
bool isIn(TcpInfoLayout layout, std::span<const Field> fields, const Field &field)
{
    if (fields.data() != table::tcpInfoFields.data() || field.offset < table::tcpInfoTwoLayoutsFrom)
        return true;
    return layout == (*field.until ? TcpInfoLayout::U16Pair : TcpInfoLayout::BitFields);
}

/// Appends the fields that @p sent is long enough for; returns where the last of them ends.
std::size_t decodeStruct(std::vector<DecodedField> &out, std::span<const Field> fields, Bytes sent,
    TcpInfoLayout layout, quint32 element = 0)
{
    std::size_t end = 0;
    for (const Field &field : fields) {
        if (!isIn(layout, fields, field))
            continue;
        const auto raw = valueOf(field, sent);
        const auto bytes = raw ? std::nullopt : bytesOf(field, sent);
        if (!raw && !bytes)
            continue;
        out.push_back({&field, raw.value_or(0), element, bytes.value_or(Bytes())});
        end = std::max(end, field.offset + sizeOf(field));
    }
    return end;
}

/// What of the payload lies beyond @p end, and beyond the zeros that fill it up to the size we know.
Bytes tailOf(Bytes payload, std::size_t end, std::size_t knownSize)
{
    const Bytes rest = payload.subspan(end);
    const std::size_t padding = std::min(knownSize > end ? knownSize - end : 0, rest.size());
    const auto isZero = [](std::byte byte) { return byte == std::byte(0); };
    return std::all_of(rest.begin(), rest.begin() + std::ptrdiff_t(padding), isZero) ? rest.subspan(padding) : rest;
}

/// Calls @p visit(number) for each bit that is set, until it returns false; returns what is no whole word.
template <typename Visit> Bytes visitBits(Bytes words, std::size_t leastWord, Visit &&visit)
{
    // On a little-endian machine the size of a word does not matter.
    const std::size_t size = words.size() % sizeof(quint64) == 0 ? sizeof(quint64) : leastWord;
    const std::size_t whole = words.size() - words.size() % size;
    for (std::size_t i = 0; i < whole; ++i) {
        const std::size_t place
            = std::endian::native == std::endian::little ? i : i / size * size + size - 1 - i % size;
        for (quint32 bit = 0; bit < 8; ++bit)
            if ((words[place] >> bit & std::byte(1)) != std::byte(0) && !visit(quint32(i * 8 + bit + 1)))
                return {};
    }
    return words.subspan(whole);
}

QByteArray copyOf(Bytes bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

Bytes decodeAttributes(
    std::vector<DecodedAttribute> &out, std::span<const Attribute> table, Bytes bytes, TcpInfoLayout layout);

void decodePayload(DecodedAttribute &decoded, Bytes payload, TcpInfoLayout layout)
{
    const Attribute &attribute = *decoded.attribute;
    switch (attribute.payload) {
    case Payload::Struct:
        decoded.unknownTail
            = tailOf(payload, decodeStruct(decoded.fields, attribute.fields, payload, layout), attribute.knownSize);
        return;
    case Payload::Array:
        while (payload.size() >= attribute.elementSize) {
            decodeStruct(
                decoded.fields, attribute.fields, payload.first(attribute.elementSize), layout, decoded.elements++);
            payload = payload.subspan(attribute.elementSize);
        }
        decoded.unknownTail = payload;
        return;
    case Payload::BitSet:
        decoded.unknownTail = visitBits(payload, attribute.elementSize, [&](quint32 number) {
            decoded.fields.push_back({&attribute.fields.front(), number, decoded.elements++});
            return true;
        });
        return;
    case Payload::Text: {
        const auto nul = std::find(payload.begin(), payload.end(), std::byte(0));
        const auto length = std::size_t(nul - payload.begin());
        decoded.text = copyOf(payload.first(length));
        decoded.unknownTail = payload.subspan(std::min(length + 1, payload.size()));
        return;
    }
    case Payload::Name: decoded.text = unixNameOf(payload); return;
    case Payload::Nest: decoded.unknownTail = decodeAttributes(decoded.nested, attribute.nest, payload, layout); return;
    case Payload::Secret: decoded.elements = quint32(payload.size() / attribute.elementSize); return;
    case Payload::Flag:
    case Payload::Padding: decoded.unknownTail = payload; return;
    case Payload::Opaque: return;
    }
}

const Attribute *find(std::span<const Attribute> table, quint16 number)
{
    const auto line = std::find_if(table.begin(), table.end(), [&](const Attribute &a) { return a.number == number; });
    return line == table.end() ? nullptr : &*line;
}

/// What is left of a message whose last attribute was cut; of a secret only the header.
Bytes withoutSecrets(std::span<const Attribute> table, Bytes cut)
{
    const auto type = load<quint16>(cut, 2);
    const Attribute *attribute = type ? find(table, *type & attributeNumberMask) : nullptr;
    return attribute && attribute->payload == Payload::Secret ? cut.first(attributeHeaderSize) : cut;
}

Bytes decodeAttributes(
    std::vector<DecodedAttribute> &out, std::span<const Attribute> table, Bytes bytes, TcpInfoLayout layout)
{
    const Bytes cut = walkAttributes(bytes, [&](const RawAttribute &raw) {
        DecodedAttribute decoded;
        decoded.attribute = find(table, raw.number);
        decoded.number = raw.number;
        if (!decoded.attribute || decoded.attribute->payload != Payload::Secret)
            decoded.payload = raw.payload;
        if (decoded.attribute)
            decodePayload(decoded, raw.payload, layout);
        out.push_back(std::move(decoded));
    });
    return withoutSecrets(table, cut);
}

const Field *find(std::span<const Field> fields, QByteArrayView id, TcpInfoLayout layout)
{
    for (const Field &field : fields)
        if (id == QByteArrayView(field.id) && isIn(layout, fields, field))
            return &field;
    return nullptr;
}

quint8 familyOf(Bytes message)
{
    return message.empty() ? quint8(0) : tableFamily(std::to_integer<quint8>(message.front()));
}

Record recordOf(Bytes message)
{
    return isAssociation(message) ? Record::Association : Record::Endpoint;
}

FieldRef find(const AttributeTable &table, const char *id, TcpInfoLayout layout)
{
    FieldRef ref{table.family, table.protocol, nullptr, find(table.fixed, id, layout), table.record};
    for (const Attribute &attribute : table.attributes) {
        if (ref)
            break;
        ref.attribute = &attribute;
        ref.field = find(attribute.fields, id, layout);
    }
    return ref;
}

} // namespace

DecodedMessage decodeMessage(quint8 family, quint16 protocol, Bytes message, TcpInfoLayout layout)
{
    DecodedMessage decoded;
    if (family != AF_TIPC)
        family = familyOf(message);
    const AttributeTable *table
        = tableOf(family, protocol, protocol == IPPROTO_SCTP ? recordOf(message) : Record::Endpoint);
    const std::size_t fixedSize = fixedSizeOf(family);
    const Bytes fixed = message.first(std::min(fixedSize, message.size()));
    std::size_t end = 0;
    if (table)
        end = decodeStruct(decoded.fixed, table->fixed, fixed, layout);
    if (!table || fixed.size() < fixedSize)
        decoded.malformed = message.subspan(end);
    else
        decoded.malformed = decodeAttributes(decoded.attributes, table->attributes, message.subspan(fixedSize), layout);
    return decoded;
}

DecodedMessage decodeMessage(quint16 protocol, Bytes message, TcpInfoLayout layout)
{
    return decodeMessage(familyOf(message), protocol, message, layout);
}

FieldRef fieldById(const char *id, quint8 family, quint16 protocol, TcpInfoLayout layout)
{
    FieldRef found;
    for (const AttributeTable &table : allTables()) {
        if (table.family != tableFamily(family) || !(protocol == 0 || serves(table, protocol)))
            continue;
        const FieldRef ref = find(table, id, layout);
        if (!found)
            found = ref;
        else if (ref && ref.protocol == found.protocol) // both kinds of records have it
            found.record = Record::Any;
    }
    return found;
}

std::optional<quint64> valueOf(const FieldRef &ref, Bytes message)
{
    if (!ref || familyOf(message) != ref.family || (ref.record != Record::Any && ref.record != recordOf(message)))
        return std::nullopt;
    if (!ref.attribute)
        return valueOf(*ref.field, message.first(std::min(fixedSizeOf(ref.family), message.size())));
    const auto payload = attributePayload(message, ref.attribute->number);
    if (!payload || ref.attribute->payload != Payload::BitSet)
        return payload ? valueOf(*ref.field, *payload) : std::nullopt;
    std::optional<quint64> first;
    visitBits(*payload, ref.attribute->elementSize, [&](quint32 number) {
        first = number;
        return false;
    });
    return first;
}

std::optional<Bytes> attributePayload(Bytes message, quint16 number)
{
    const std::size_t fixedSize = fixedSizeOf(familyOf(message));
    if (fixedSize == 0 || message.size() < fixedSize)
        return std::nullopt;
    Bytes rest = message.subspan(fixedSize);
    while (const auto attribute = takeAttribute(rest))
        if (attribute->number == number)
            return attribute->payload;
    return std::nullopt;
}

} // namespace socktree
