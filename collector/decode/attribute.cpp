// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"

#include "collector/decode/message_walk.h"
#include "collector/decode/tables.h"
#include "collector/decode/tcp_info_fields.h"
#include "collector/decode/unix_message.h"

#include <algorithm>

namespace socktree {

namespace {

/// Whether kernels of this layout send the field in this attribute's struct.
bool isIn(TcpInfoLayout layout, std::span<const Field> fields, const Field &field)
{
    if (fields.data() != table::tcpInfoFields || field.offset < table::tcpInfoTwoLayoutsFrom)
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
        if (const auto raw = valueOf(field, sent)) {
            out.push_back({&field, *raw, element});
            end = std::max(end, field.offset + sizeOf(field.type));
        }
    }
    return end;
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
        decoded.unknownTail = payload.subspan(decodeStruct(decoded.fields, attribute.fields, payload, layout));
        return;
    case Payload::Array:
        while (payload.size() >= attribute.elementSize) {
            decodeStruct(
                decoded.fields, attribute.fields, payload.first(attribute.elementSize), layout, decoded.elements++);
            payload = payload.subspan(attribute.elementSize);
        }
        decoded.unknownTail = payload;
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

bool hasFields(const Attribute &attribute)
{
    return attribute.payload == Payload::Struct || attribute.payload == Payload::Array;
}

const Field *find(std::span<const Field> fields, QByteArrayView id, TcpInfoLayout layout)
{
    for (const Field &field : fields)
        if (id == QByteArrayView(field.id) && isIn(layout, fields, field))
            return &field;
    return nullptr;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes a number of at most four digits off @p text.
std::optional<int> takeNumber(QByteArrayView &text)
{
    qsizetype digits = 0;
    int number = 0;
    for (; digits < text.size() && isDigit(text[digits]); ++digits) {
        if (digits == 4)
            return std::nullopt;
        number = number * 10 + (text[digits] - '0');
    }
    if (digits == 0)
        return std::nullopt;
    text = text.sliced(digits);
    return number;
}

quint8 familyOf(Bytes message)
{
    return message.empty() ? quint8(0) : tableFamily(std::to_integer<quint8>(message.front()));
}

} // namespace

TcpInfoLayout tcpInfoLayoutOf(QByteArrayView kernelRelease)
{
    const auto major = takeNumber(kernelRelease);
    if (!major || !kernelRelease.startsWith('.'))
        return TcpInfoLayout::Undecided;
    kernelRelease = kernelRelease.sliced(1);
    const auto minor = takeNumber(kernelRelease);
    if (!minor)
        return TcpInfoLayout::Undecided;
    if (*major == 6 && (*minor == 18 || *minor == 19))
        return TcpInfoLayout::U16Pair;
    // A digit must follow, or "7.0.3-arch1" were a release candidate.
    const qsizetype candidate = kernelRelease.indexOf("-rc");
    const bool isCandidate
        = candidate >= 0 && candidate + 3 < kernelRelease.size() && isDigit(kernelRelease[candidate + 3]);
    if (*major > 7 || (*major == 7 && (*minor > 0 || !isCandidate)))
        return TcpInfoLayout::BitFields;
    return TcpInfoLayout::Undecided;
}

DecodedMessage decodeMessage(quint8 protocol, Bytes message, TcpInfoLayout layout)
{
    DecodedMessage decoded;
    const quint8 family = familyOf(message);
    const std::size_t fixedSize = fixedSizeOf(family);
    const Bytes fixed = message.first(std::min(fixedSize, message.size()));
    const std::size_t end = decodeStruct(decoded.fixed, fixedFieldsOf(family), fixed, layout);
    if (fixedSize == 0 || fixed.size() < fixedSize)
        decoded.malformed = message.subspan(end);
    else
        decoded.malformed
            = decodeAttributes(decoded.attributes, attributesOf(family, protocol), message.subspan(fixedSize), layout);
    return decoded;
}

FieldRef fieldById(const char *id, quint8 family, quint8 protocol, TcpInfoLayout layout)
{
    for (const AttributeTable &table : allTables()) {
        if (table.family != tableFamily(family) || !(protocol == 0 || serves(table, protocol)))
            continue;
        FieldRef ref{table.family, table.protocol, nullptr, find(table.fixed, id, layout)};
        if (ref)
            return ref;
        for (const Attribute &attribute : table.attributes) {
            if (!hasFields(attribute))
                continue;
            ref.attribute = &attribute;
            ref.field = find(attribute.fields, id, layout);
            if (ref)
                return ref;
        }
    }
    return {};
}

std::optional<quint64> valueOf(const FieldRef &ref, Bytes message)
{
    if (!ref || familyOf(message) != ref.family)
        return std::nullopt;
    if (!ref.attribute)
        return valueOf(*ref.field, message.first(std::min(fixedSizeOf(ref.family), message.size())));
    const auto payload = attributePayload(message, ref.attribute->number);
    return payload ? valueOf(*ref.field, *payload) : std::nullopt;
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
