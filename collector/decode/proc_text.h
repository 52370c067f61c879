// SPDX-License-Identifier: GPL-3.0-or-later
// Words, lines and numbers of the proc file system's texts: strict, since Qt's conversions let blanks and signs pass.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <algorithm>
#include <limits>
#include <optional>

namespace socktree::proctext {

/// Digits of @p base only, no sign and no overflow. Bases above 10 take letters of either case.
inline std::optional<quint64> number(QByteArrayView digits, quint64 base = 10)
{
    if (digits.isEmpty())
        return std::nullopt;
    quint64 value = 0;
    for (const char c : digits) {
        quint64 digit = base;
        if (c >= '0' && c <= '9')
            digit = quint64(c - '0');
        else if (c >= 'a' && c <= 'z')
            digit = quint64(c - 'a') + 10;
        else if (c >= 'A' && c <= 'Z')
            digit = quint64(c - 'A') + 10;
        if (digit >= base || value > (std::numeric_limits<quint64>::max() - digit) / base)
            return std::nullopt;
        value = value * base + digit;
    }
    return value;
}

/// The number if it is one and fits a T.
template <typename T> std::optional<T> numberAs(QByteArrayView digits, quint64 base = 10)
{
    const auto value = number(digits, base);
    if (!value || *value > quint64(std::numeric_limits<T>::max()))
        return std::nullopt;
    return static_cast<T>(*value);
}

inline bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/// Takes the text up to @p separator off @p rest, and the separator with it.
inline QByteArrayView takeUntil(QByteArrayView &rest, char separator)
{
    const qsizetype end = rest.indexOf(separator);
    const QByteArrayView taken = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? rest.last(0) : rest.sliced(end + 1);
    return taken;
}

/// Takes the next word off @p rest, and what separates it from the one before; the separator after it stays. Blanks
/// separate, and one character more.
inline QByteArrayView takeWord(QByteArrayView &rest, char more = ' ')
{
    const auto separates = [&](char c) { return isBlank(c) || c == more; };
    const char *const end = rest.end();
    const char *const begin = std::find_if_not(rest.begin(), end, separates);
    const char *const after = std::find_if(begin, end, separates);
    rest = QByteArrayView(after, end);
    return {begin, after};
}

/// The inode in the text of a descriptor's or a namespace's link: "socket:[4711]" with @p kind "socket". Nothing if it
/// is another kind of link, or a path that only begins or ends like one.
inline std::optional<quint64> inodeOfLink(QByteArrayView link, QByteArrayView kind)
{
    if (!link.startsWith(kind) || !link.sliced(kind.size()).startsWith(":[") || !link.endsWith(']'))
        return std::nullopt;
    return number(link.sliced(kind.size() + 2).chopped(1));
}

} // namespace socktree::proctext
