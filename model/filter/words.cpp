// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/words.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <limits>
#include <optional>

namespace socktree {

namespace {

template <typename T> using Parsed = tl::expected<T, FilterError>;

auto wrong(const char *message, qsizetype position)
{
    return tl::unexpected(FilterError{QCoreApplication::translate("Filter", message), static_cast<int>(position)});
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// Digits only, and small enough for T.
template <typename T> std::optional<T> numberIn(QStringView digits)
{
    if (digits.isEmpty() || !std::all_of(digits.begin(), digits.end(), isDigit))
        return std::nullopt;
    bool fits = false;
    const qulonglong number = digits.toULongLong(&fits);
    if (!fits || number > static_cast<qulonglong>(std::numeric_limits<T>::max()))
        return std::nullopt;
    return static_cast<T>(number);
}

/// @p at is where the word begins in the whole text.
Parsed<Word> inodeWord(Word word, qsizetype at)
{
    constexpr qsizetype prefix = 8; // "socket:["
    const QStringView inside = QStringView(word.text).sliced(prefix);
    if (!inside.endsWith(u']'))
        return wrong(QT_TRANSLATE_NOOP("Filter", "'socket:[' needs a number and ']'"), at + word.text.size());
    const auto number = numberIn<quint64>(inside.chopped(1));
    if (!number)
        return wrong(QT_TRANSLATE_NOOP("Filter", "'socket:[' needs the number of an inode"), at + prefix);
    word.kind = Word::Kind::Inode;
    word.number = *number;
    return word;
}

/// Text that only begins like one (a path in a command line) stays text.
Parsed<Word> handleWord(Word word, qsizetype at)
{
    const QList<QStringView> parts = QStringView(word.text).split(u'/');
    const bool ofThread = parts.size() == 7 && parts[3] == u"task" && parts[5] == u"fd";
    const bool ofProcess = parts.size() == 5 && parts[3] == u"fd";
    const auto pid = parts.size() > 2 ? numberIn<qint32>(parts[2]) : std::nullopt;
    if (!pid || !(ofThread || ofProcess))
        return word;
    const auto tid = ofThread ? numberIn<qint32>(parts[4]) : pid;
    const auto fd = numberIn<qint32>(parts.back());
    if (!tid)
        return wrong(QT_TRANSLATE_NOOP("Filter", "'/proc/PID/task/' needs the number of a thread"),
            at + (parts[4].data() - word.text.constData()));
    if (!fd)
        return wrong(QT_TRANSLATE_NOOP("Filter", "'/proc/PID/fd/' needs the number of a descriptor"),
            at + (parts.back().data() - word.text.constData()));
    word.kind = Word::Kind::Handle;
    word.pid = *pid;
    word.tid = *tid;
    word.fd = *fd;
    return word;
}

Parsed<Word> understood(Word word, qsizetype at)
{
    if (std::all_of(word.text.begin(), word.text.end(), isDigit)) {
        word.kind = Word::Kind::Number;
        // What does not fit is no port, PID, fd or inode: it matches nothing, as the largest number does.
        word.number = numberIn<quint64>(word.text).value_or(std::numeric_limits<quint64>::max());
        return word;
    }
    if (word.text.startsWith(QLatin1String("socket:["), Qt::CaseInsensitive))
        return inodeWord(std::move(word), at);
    if (word.text.startsWith(QLatin1String("/proc/")))
        return handleWord(std::move(word), at);
    return word;
}

/// A word that begins with the prefix of a column; @p at is where it begins in the whole text.
std::optional<Parsed<Word>> fieldWord(const Word &word, qsizetype at)
{
    for (const FieldPrefix &field : fieldPrefixes()) {
        const QLatin1String prefix(field.prefix);
        if (!word.text.startsWith(prefix, Qt::CaseInsensitive))
            continue;
        Word asked = word;
        asked.kind = field.kind;
        asked.text = word.text.sliced(prefix.size());
        if (asked.text.isEmpty())
            return wrong(QT_TRANSLATE_NOOP("Filter", "There is no name after this colon"), at + prefix.size());
        return asked;
    }
    return std::nullopt;
}

/// Reads one word at @p next and moves it behind.
Parsed<Word> takeWord(const QString &text, qsizetype &next)
{
    const qsizetype begin = next;
    Word word;
    if (text[next] == u'-') {
        word.exclude = true;
        ++next;
    }
    const qsizetype content = next;
    qsizetype plain = 0; // before the first quote
    bool quoted = false;
    for (; next < text.size() && !text[next].isSpace(); ++next) {
        if (text[next] != u'"') {
            word.text += text[next];
            plain += !quoted;
            continue;
        }
        const qsizetype end = text.indexOf(u'"', next + 1);
        if (end < 0)
            return wrong(QT_TRANSLATE_NOOP("Filter", "This quote is not closed"), next);
        word.text += QStringView(text).sliced(next + 1, end - next - 1);
        quoted = true;
        next = end;
    }
    if (word.text.isEmpty())
        return quoted ? wrong(QT_TRANSLATE_NOOP("Filter", "There is nothing between these quotes"), content)
                      : wrong(QT_TRANSLATE_NOOP("Filter", "'-' needs a word to exclude"), begin);
    if (const auto field = word.text.left(plain).contains(u':') ? fieldWord(word, content) : std::nullopt)
        return *field;
    return quoted ? Parsed<Word>(word) : understood(std::move(word), content);
}

} // namespace

std::span<const FieldPrefix> fieldPrefixes()
{
    static constexpr FieldPrefix all[]
        = {{"proto:", Word::Kind::Protocol, "protocol"}, {"netns:", Word::Kind::Namespace, "netns"}};
    return all;
}

UnknownPrefix unknownPrefixIn(const QString &text)
{
    const auto words = wordsOf(text);
    if (!words)
        return {};
    for (const Word &word : *words) {
        const qsizetype colon = word.text.indexOf(u':');
        // "fe80::1" and "http://…" are no such question.
        if (word.kind != Word::Kind::Text || colon < 1 || colon != word.text.lastIndexOf(u':')
            || colon + 1 == word.text.size() || !word.text[colon + 1].isLetterOrNumber())
            continue;
        const QString name = word.text.first(colon);
        if (std::all_of(name.begin(), name.end(), [](QChar c) { return c.isLetter() || c == u'-'; }))
            return {name + u':', word.text.sliced(colon + 1)};
    }
    return {};
}

Parsed<std::vector<Word>> wordsOf(const QString &text)
{
    std::vector<Word> words;
    for (qsizetype next = 0; next < text.size();) {
        if (text[next].isSpace()) {
            ++next;
            continue;
        }
        auto word = takeWord(text, next);
        if (!word)
            return tl::unexpected(word.error());
        words.push_back(std::move(*word));
    }
    return words;
}

} // namespace socktree
