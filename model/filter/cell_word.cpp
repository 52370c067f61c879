// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/cell_word.h"

#include "model/filter/word_filter.h"
#include "model/filter/words.h"

#include <QtCore/QStringList>

#include <algorithm>

namespace socktree {

/// The word quoted if it needs be, behind @p prefix.
static QString quoted(const QString &value, const QString &prefix)
{
    const bool plain = !value.startsWith(u'-')
        && std::none_of(value.begin(), value.end(), [](QChar c) { return c.isSpace() || c == u'"'; });
    return prefix + (plain ? value : u'"' + value + u'"');
}

QString filterWord(const Column &column, const RowRef &row)
{
    const QString value = rawText(column, row);
    if (value.isEmpty())
        return {};
    QStringList words{quoted(value, {})};
    for (const FieldPrefix &field : fieldPrefixes())
        if (QByteArrayView(field.column) == column.id)
            words += quoted(value, QLatin1String(field.prefix));
    // Asked of the filter itself, so nothing here has to know which columns it looks into or how it quotes.
    for (const QString &word : words) {
        const auto parsed = parseFilter(word);
        if (!parsed || !*parsed)
            continue;
        (*parsed)->prepare(row.generation());
        if ((*parsed)->matches(row))
            return word;
    }
    return {};
}

/// Taken apart as the filter does it: what looks like the word may stand between quotes.
static bool asksFor(const QString &filter, const QString &word)
{
    const auto words = wordsOf(filter);
    const auto wanted = wordsOf(word);
    return words && wanted && std::all_of(wanted->begin(), wanted->end(), [&](const Word &one) {
        return std::find(words->begin(), words->end(), one) != words->end();
    });
}

QString withWord(const QString &filter, const QString &word)
{
    const QString trimmed = filter.trimmed();
    if (trimmed.isEmpty())
        return word;
    return asksFor(trimmed, word) ? filter : trimmed + u' ' + word;
}

} // namespace socktree
