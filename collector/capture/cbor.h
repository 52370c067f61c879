// SPDX-License-Identifier: GPL-3.0-or-later
// As much of CBOR (RFC 8949) as capture files need: writing items, and reading them from bytes that nobody vouches for.
#pragma once

#include <QtCore/QByteArray>

#include <optional>
#include <span>

namespace socktree::cbor {

enum class Major : quint8 { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

constexpr quint64 falseValue = 20, trueValue = 21, nullValue = 22;

/// What an item begins with. For strings the value is their length, for arrays and maps the count.
struct Head {
    Major major;
    quint64 value;
    std::size_t size; ///< bytes of the head itself, 1 to 9
};
/// Nothing if it is not whole, reserved, or of indefinite length, which captures do without.
std::optional<Head> headAt(std::span<const std::byte> bytes);

/// Bytes of the whole item at the start, what it contains included. Nothing if it is not whole or no CBOR that we read,
/// or is nested deeper than @p depth.
std::optional<std::size_t> itemSize(std::span<const std::byte> bytes, int depth = 8);

/// Appends items to an array of bytes.
class Writer
{
public:
    explicit Writer(QByteArray &out) : m_out(out) { }
    void array(quint64 count) { head(Major::Array, count); }
    void map(quint64 count) { head(Major::Map, count); }
    void tag(quint64 number) { head(Major::Tag, number); }
    void number(quint64 value) { head(Major::Unsigned, value); }
    void integer(qint64 value);
    /// An enumerator by its number.
    template <typename E> void choice(E value) { number(quint64(value)); }
    void boolean(bool value) { head(Major::Simple, value ? trueValue : falseValue); }
    void null() { head(Major::Simple, nullValue); }
    void bytes(std::span<const std::byte> value);
    void bytes(const QByteArray &value)
    {
        bytes(std::as_bytes(std::span(value.constData(), std::size_t(value.size()))));
    }
    void text(const QByteArray &utf8);

private:
    void head(Major major, quint64 value);
    QByteArray &m_out;
};

/// Reads items one after another. What is not of the type that is asked for reads as nothing and, unless it is null or
/// there is no more, makes the reader failed() for good: the bytes are not what somebody thought.
class Reader
{
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) { }
    bool failed() const { return m_failed; }
    std::size_t left() const { return m_bytes.size(); }

    std::optional<quint64> number();
    std::optional<qint64> integer();
    std::optional<bool> boolean();
    std::optional<std::span<const std::byte>> bytes();
    std::optional<QByteArray> text();
    std::optional<quint64> array();
    std::optional<quint64> map();
    std::optional<quint64> tag();
    /// Passes over one item, whatever it is.
    void skip();

private:
    std::optional<Head> take(Major wanted);
    std::optional<std::span<const std::byte>> string(Major wanted);
    void fail();
    std::span<const std::byte> m_bytes;
    bool m_failed = false;
};

} // namespace socktree::cbor
