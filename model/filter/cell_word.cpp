// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/cell_word.h"

#include "model/filter/word_filter.h"

#include <algorithm>

namespace socktree {

QString filterWord(const Column &column, const RowRef &row)
{
    const QString value = rawText(column, row);
    if (value.isEmpty())
        return {};
    const bool plain = !value.startsWith(u'-')
        && std::none_of(value.begin(), value.end(), [](QChar c) { return c.isSpace() || c == u'"'; });
    const QString word = plain ? value : u'"' + value + u'"';
    // Asked of the filter itself, so nothing here has to know which columns it looks into or how it quotes.
    const auto parsed = parseFilter(word);
    if (!parsed || !*parsed)
        return {};
    (*parsed)->prepare(row.generation());
    return (*parsed)->matches(row) ? word : QString();
}

QString withWord(const QString &filter, const QString &word)
{
    const QString trimmed = filter.trimmed();
    if (trimmed.isEmpty())
        return word;
    const QString padded = u' ' + trimmed + u' ';
    return padded.contains(u' ' + word + u' ') ? filter : trimmed + u' ' + word;
}

} // namespace socktree
