// SPDX-License-Identifier: GPL-3.0-or-later
// What fuzz targets share: taking choices off the front of an input, and ending the run when what must hold does not.
#pragma once

#include "collector/decode/bytes.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace socktree::fuzz {

/// Ends the run, with the input kept by libFuzzer, if what @p what says is not so.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "NOT SO: %s\n", what);
    std::abort();
}

/// The rest of an input. What is asked beyond its end is 0 or empty.
class Input
{
public:
    Input(const std::uint8_t *data, std::size_t size) : m_rest(std::as_bytes(std::span(data, size))) { }

    bool atEnd() const { return m_rest.empty(); }
    quint8 byte() { return number<quint8>(); }
    quint16 word() { return number<quint16>(); }
    Bytes take(std::size_t size)
    {
        const Bytes taken = m_rest.first(std::min(size, m_rest.size()));
        m_rest = m_rest.subspan(taken.size());
        return taken;
    }
    /// A piece that says its size first; one that says 0xffff is all that is left.
    Bytes piece()
    {
        const quint16 size = word();
        return take(size == 0xffff ? m_rest.size() : size);
    }
    Bytes rest() { return take(m_rest.size()); }

private:
    template <typename T> T number()
    {
        const auto told = load<T>(m_rest);
        m_rest = told ? m_rest.subspan(sizeof(T)) : Bytes();
        return told.value_or(T(0));
    }
    Bytes m_rest;
};

inline QByteArrayView textOf(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())};
}

/// In a block of exactly its size, so that a sanitizer sees what is read past its end.
inline QByteArray copyOf(Bytes bytes)
{
    return textOf(bytes).toByteArray();
}

inline bool isWithin(Bytes part, Bytes whole)
{
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// Nothing in it ends a line, or shows the text after it in another order.
bool isOneLine(const QString &text);
/// The same as a requirement, which shows the text.
void requireOneLine(const QString &text, const char *what);

} // namespace socktree::fuzz
