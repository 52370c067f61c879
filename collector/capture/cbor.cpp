// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/cbor.h"

#include <QtCore/QtEndian>

#include <array>

namespace socktree::cbor {

std::optional<Head> headAt(std::span<const std::byte> bytes)
{
    if (bytes.empty())
        return std::nullopt;
    const auto first = std::to_integer<quint8>(bytes[0]);
    const auto info = static_cast<quint8>(first & 0x1f);
    Head head{static_cast<Major>(first >> 5), info, 1};
    if (info < 24)
        return head;
    if (info > 27)
        return std::nullopt;
    const std::size_t length = std::size_t(1) << (info - 24);
    if (bytes.size() - 1 < length)
        return std::nullopt;
    head.value = 0;
    for (const std::byte byte : bytes.subspan(1, length))
        head.value = head.value << 8 | std::to_integer<quint8>(byte);
    head.size = 1 + length;
    return head;
}

std::optional<std::size_t> itemSize(std::span<const std::byte> bytes, int depth)
{
    const auto head = headAt(bytes);
    if (!head)
        return std::nullopt;
    const std::size_t left = bytes.size() - head->size;
    switch (head->major) {
    case Major::Unsigned:
    case Major::Negative:
    case Major::Simple: return head->size;
    case Major::Bytes:
    case Major::Text: return head->value > left ? std::nullopt : std::optional(head->size + std::size_t(head->value));
    case Major::Array:
    case Major::Map:
    case Major::Tag: break;
    }
    // Each item has a byte at least, so what claims more than there are bytes is not whole.
    if (depth <= 0 || (head->major != Major::Tag && head->value > left))
        return std::nullopt;
    const quint64 items = head->major == Major::Tag ? 1 : head->major == Major::Map ? 2 * head->value : head->value;
    std::size_t size = head->size;
    for (quint64 i = 0; i < items; ++i) {
        const auto inner = itemSize(bytes.subspan(size), depth - 1);
        if (!inner)
            return std::nullopt;
        size += *inner;
    }
    return size;
}

void Writer::head(Major major, quint64 value)
{
    const auto top = static_cast<quint8>(quint8(major) << 5);
    if (value < 24) {
        m_out += static_cast<char>(top | value);
        return;
    }
    const int power = value <= 0xff ? 0 : value <= 0xffff ? 1 : value <= 0xffff'ffff ? 2 : 3;
    const std::size_t length = std::size_t(1) << power;
    std::array<char, 8> big;
    qToBigEndian(value, big.data());
    m_out += static_cast<char>(top | (24 + power));
    m_out.append(big.data() + (8 - length), static_cast<qsizetype>(length));
}

void Writer::integer(qint64 value)
{
    if (value < 0)
        head(Major::Negative, ~static_cast<quint64>(value));
    else
        head(Major::Unsigned, static_cast<quint64>(value));
}

void Writer::bytes(std::span<const std::byte> value)
{
    head(Major::Bytes, value.size());
    m_out.append(reinterpret_cast<const char *>(value.data()), static_cast<qsizetype>(value.size()));
}

void Writer::text(const QByteArray &utf8)
{
    head(Major::Text, static_cast<quint64>(utf8.size()));
    m_out += utf8;
}

void Reader::fail()
{
    m_failed = true;
    m_bytes = {};
}

std::optional<Head> Reader::take(Major wanted)
{
    if (m_bytes.empty())
        return std::nullopt;
    const auto head = headAt(m_bytes);
    if (!head) {
        fail();
        return std::nullopt;
    }
    if (head->major != wanted) {
        if (head->major == Major::Simple && head->value == nullValue)
            m_bytes = m_bytes.subspan(head->size);
        else
            fail();
        return std::nullopt;
    }
    m_bytes = m_bytes.subspan(head->size);
    return head;
}

std::optional<quint64> Reader::number()
{
    const auto head = take(Major::Unsigned);
    return head ? std::optional(head->value) : std::nullopt;
}

std::optional<qint64> Reader::integer()
{
    const auto next = headAt(m_bytes);
    const bool negative = next && next->major == Major::Negative;
    const auto head = take(negative ? Major::Negative : Major::Unsigned);
    if (!head)
        return std::nullopt;
    if (head->value > static_cast<quint64>(std::numeric_limits<qint64>::max())) {
        fail();
        return std::nullopt;
    }
    const auto value = static_cast<qint64>(head->value);
    return negative ? -1 - value : value;
}

std::optional<bool> Reader::boolean()
{
    const auto head = take(Major::Simple);
    if (!head || head->value == nullValue)
        return std::nullopt;
    if (head->value != falseValue && head->value != trueValue) {
        fail();
        return std::nullopt;
    }
    return head->value == trueValue;
}

std::optional<std::span<const std::byte>> Reader::string(Major wanted)
{
    const auto head = take(wanted);
    if (!head)
        return std::nullopt;
    if (head->value > m_bytes.size()) {
        fail();
        return std::nullopt;
    }
    const auto value = m_bytes.first(static_cast<std::size_t>(head->value));
    m_bytes = m_bytes.subspan(value.size());
    return value;
}

std::optional<std::span<const std::byte>> Reader::bytes()
{
    return string(Major::Bytes);
}

std::optional<QByteArray> Reader::text()
{
    const auto value = string(Major::Text);
    if (!value)
        return std::nullopt;
    return QByteArray(reinterpret_cast<const char *>(value->data()), static_cast<qsizetype>(value->size()));
}

std::optional<quint64> Reader::array()
{
    const auto head = take(Major::Array);
    return head ? std::optional(head->value) : std::nullopt;
}

std::optional<quint64> Reader::map()
{
    const auto head = take(Major::Map);
    return head ? std::optional(head->value) : std::nullopt;
}

std::optional<quint64> Reader::tag()
{
    const auto head = take(Major::Tag);
    return head ? std::optional(head->value) : std::nullopt;
}

void Reader::skip()
{
    if (const auto size = itemSize(m_bytes))
        m_bytes = m_bytes.subspan(*size);
    else
        fail();
}

} // namespace socktree::cbor
