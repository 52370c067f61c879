// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/field.h"

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
    }
    return std::nullopt;
}

} // namespace

std::optional<quint64> valueOf(const Field &field, Bytes sent)
{
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

const Sentinel *sentinelOf(const Field &field, quint64 raw)
{
    for (const Sentinel &s : field.sentinels)
        if (raw == s.value || (s.orMore && raw > s.value))
            return &s;
    return nullptr;
}

} // namespace socktree
