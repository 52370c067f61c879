// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/stat_glance.h"

#include <array>
#include <charconv>

namespace socktree {

bool StatGlance::isKernelThread() const
{
    constexpr quint32 pfKthread = 0x00200000; // include/linux/sched.h
    return flags & pfKthread;
}

bool StatGlance::isDead() const
{
    return state == 'Z' || state == 'X';
}

/// Takes blanks and then one word off the front.
static QByteArrayView nextWord(QByteArrayView &text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\n'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    qsizetype length = 0;
    while (length < text.size() && !isBlank(text[length]))
        ++length;
    const QByteArrayView word = text.first(length);
    text = text.sliced(length);
    return word;
}

template <typename T> static bool toNumber(QByteArrayView word, T &number)
{
    const auto parsed = std::from_chars(word.data(), word.data() + word.size(), number);
    return parsed.ec == std::errc() && parsed.ptr == word.data() + word.size();
}

std::optional<StatGlance> glanceAtStat(QByteArrayView stat)
{
    // The name before it is raw: it may hold blanks, parentheses and newlines.
    const qsizetype nameEnds = stat.lastIndexOf(')');
    if (nameEnds < 0)
        return std::nullopt;
    QByteArrayView rest = stat.sliced(nameEnds + 1);
    constexpr int firstField = 3; // state, as proc(5) counts
    std::array<QByteArrayView, 23> fields;
    for (std::size_t field = firstField; field < fields.size(); ++field)
        fields[field] = nextWord(rest);
    StatGlance glance;
    if (fields[3].size() != 1 || !toNumber(fields[9], glance.flags) || !toNumber(fields[20], glance.threads)
        || !toNumber(fields[22], glance.startTime))
        return std::nullopt;
    glance.state = fields[3].front();
    return glance;
}

std::optional<quint32> effectiveUser(QByteArrayView status)
{
    // The name in the first line has its newlines escaped, so it cannot pretend to be this one.
    constexpr QByteArrayView key("\nUid:");
    const qsizetype at = status.indexOf(key);
    if (at < 0)
        return std::nullopt;
    QByteArrayView rest = status.sliced(at + key.size());
    nextWord(rest); // real
    quint32 effective;
    if (!toNumber(nextWord(rest), effective))
        return std::nullopt;
    return effective;
}

} // namespace socktree
