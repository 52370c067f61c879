// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody types into the filter box, and the rows of a made-up generation that it finds.
// Input: a byte for how the text is spelt (UTF-8, or UTF-16 that may be broken), then the text.
#include "model/filter/cell_word.h"
#include "model/filter/words.h"
#include "model/timeline.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/random_snapshot.h"

#include <algorithm>

using namespace socktree;
using namespace socktree::fuzz;

namespace {

const Generation &generation()
{
    static const GenerationPtr made = [] {
        std::mt19937 random(20261125);
        test::RandomOptions options;
        options.processes = 4;
        options.sockets = 10;
        const SnapshotPtr first = test::randomSnapshot(random, nullptr, options);
        // Some rows of the second are closed ones.
        return advance(advance(nullptr, first, {}), test::randomSnapshot(random, first, options), {});
    }();
    return *made;
}

using Rows = std::vector<bool>;

Rows rowsOf(const PredicatePtr &predicate)
{
    const Generation &all = generation();
    Rows rows(all.entries.size(), true);
    if (!predicate)
        return rows;
    predicate->prepare(all);
    for (quint32 slot = 0; slot < rows.size(); ++slot)
        rows[slot] = all.entries[slot].used() && predicate->matches(RowRef(all, slot));
    return rows;
}

/// As somebody would type it who wants this very word.
QString written(const Word &word)
{
    QString text = word.kind == Word::Kind::Text ? u'"' + word.text + u'"' : word.text;
    for (const FieldPrefix &field : fieldPrefixes())
        if (field.kind == word.kind)
            text = QLatin1String(field.prefix) + u'"' + word.text + u'"';
    return word.exclude ? u'-' + text : text;
}

QString textOfInput(Input &input)
{
    const bool isUtf16 = input.byte() & 1;
    const QByteArray bytes = copyOf(input.rest());
    if (!isUtf16)
        return QString::fromUtf8(bytes);
    QString text(bytes.size() / 2, Qt::Uninitialized);
    std::memcpy(text.data(), bytes.constData(), std::size_t(text.size()) * 2);
    return text;
}

void checkRowsOf(const QString &text, const std::vector<Word> &words)
{
    Rows expected(generation().entries.size(), true);
    for (Word word : words) {
        const Rows rows = rowsOf(*parseFilter(written(word)));
        word.exclude = !word.exclude;
        const Rows others = rowsOf(*parseFilter(written(word)));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            require(!generation().entries[i].used() || rows[i] != others[i], "'-' turns a word round");
            expected[i] = expected[i] && rows[i];
        }
    }
    const Rows all = rowsOf(*parseFilter(text));
    require(words.empty() || all == expected, "a row matches if each word does");
}

/// The word of a cell, added to what was typed, leaves of its rows those that the word finds.
void checkAdded(const QString &text, const std::vector<Word> &words)
{
    if (words.empty())
        return;
    const QString last = written(words.back());
    const QString added = withWord(text, last);
    const auto both = parseFilter(added);
    require(both.has_value(), "a filter with a word added is one");
    const Rows before = rowsOf(*parseFilter(text)), word = rowsOf(*parseFilter(last)), after = rowsOf(*both);
    for (std::size_t i = 0; i < after.size(); ++i)
        require(after[i] == (before[i] && word[i]), "a word that is added is asked for as well");
    for (const char *other : {"443", "-tcp", "\"a b\""}) {
        const QString more = QLatin1String(other);
        const auto with = parseFilter(withWord(text, more));
        require(with.has_value(), "a filter with another word added is one");
        const Rows rows = rowsOf(*with), found = rowsOf(*parseFilter(more));
        for (std::size_t i = 0; i < rows.size(); ++i)
            require(rows[i] == (before[i] && found[i]), "another word that is added is asked for as well");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t mostWords = 6;
    Input input(data, size);
    const QString text = textOfInput(input);
    const auto words = wordsOf(text);
    const auto filter = parseFilter(text);
    require(words.has_value() == filter.has_value(), "a filter is words");
    if (!words) {
        require(!words.error().message.isEmpty(), "what is wrong is said");
        require(words.error().position >= 0 && words.error().position <= text.size(), "and where");
        return 0;
    }
    require(!*filter == words->empty(), "no words are no filter");
    QString anew;
    for (const Word &word : *words)
        anew += written(word) + u' ';
    const auto again = wordsOf(anew);
    require(again && *again == *words, "words written anew are the same");
    if (words->size() <= mostWords) {
        checkRowsOf(text, *words);
        checkAdded(text, *words);
    }
    return 0;
}
