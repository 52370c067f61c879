// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/field.h"

#include <algorithm>
#include <bit>

namespace socktree {

namespace {

template <typename T> std::optional<quint64> widen(std::optional<T> value)
{
    if (!value)
        return std::nullopt;
    return static_cast<quint64>(*value);
}

quint16 swapped(quint16 v)
{
    return static_cast<quint16>((v >> 8) | (v << 8));
}
quint32 swapped(quint32 v)
{
    return __builtin_bswap32(v);
}

template <typename T> std::optional<quint64> fromBigEndian(std::optional<T> value)
{
    if (!value)
        return std::nullopt;
    return std::endian::native == std::endian::little ? swapped(*value) : *value;
}

std::optional<quint64> whole(const Field &field, Bytes sent)
{
    switch (field.type) {
    case FieldType::U8: return widen(load<quint8>(sent, field.offset));
    case FieldType::U16: return widen(load<quint16>(sent, field.offset));
    case FieldType::U32: return widen(load<quint32>(sent, field.offset));
    case FieldType::U64: return load<quint64>(sent, field.offset);
    case FieldType::S32: return widen(load<qint32>(sent, field.offset));
    case FieldType::Be16: return fromBigEndian(load<quint16>(sent, field.offset));
    case FieldType::Be32: return fromBigEndian(load<quint32>(sent, field.offset));
    case FieldType::U64LowHigh: {
        const auto low = load<quint32>(sent, field.offset);
        const auto high = load<quint32>(sent, field.offset + sizeof(quint32));
        if (!low || !high)
            return std::nullopt;
        return quint64(*high) << 32 | *low;
    }
    case FieldType::Chars:
    case FieldType::HardwareAddress:
    case FieldType::SocketAddress: break;
    }
    return std::nullopt;
}

const Sentinel *find(const Field &field, quint64 raw, quint16 states)
{
    for (const Sentinel &s : field.sentinels)
        if ((s.states & states) == states && (raw == s.value || (s.orMore && raw > s.value)))
            return &s;
    return nullptr;
}

} // namespace

std::optional<quint64> valueOf(const Field &field, Bytes sent)
{
    if (sent.size() < field.structSize)
        return std::nullopt;
    const auto value = whole(field, sent);
    if (!value || field.width == 0)
        return value;
    // The tables give shifts from the least significant bit of a little-endian layout; big-endian compilers fill from
    // the top.
    int shift = field.shift;
    if constexpr (std::endian::native != std::endian::little)
        shift = static_cast<int>(sizeOf(field.type)) * 8 - field.shift - field.width;
    return (*value >> shift) & ((quint64(1) << field.width) - 1);
}

std::optional<Bytes> bytesOf(const Field &field, Bytes sent)
{
    const std::size_t size = sizeOf(field);
    if (isNumber(field.type) || sent.size() < field.structSize || field.offset > sent.size()
        || sent.size() - field.offset < size)
        return std::nullopt;
    const Bytes bytes = sent.subspan(field.offset, size);
    if (field.type == FieldType::Chars)
        return bytes.first(std::size_t(std::find(bytes.begin(), bytes.end(), std::byte(0)) - bytes.begin()));
    if (field.type == FieldType::HardwareAddress)
        return bytes.first(
            std::min<std::size_t>(load<quint16>(sent, field.offset - sizeof(quint16)).value_or(0), size));
    return bytes;
}

const Sentinel *sentinelOf(const Field &field, quint64 raw, quint8 state)
{
    return find(field, raw, state < 16 ? statesOf({state}) : everyState);
}

const Sentinel *sentinelOf(const Field &field, quint64 raw)
{
    return find(field, raw, everyState);
}

} // namespace socktree
