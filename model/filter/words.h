// SPDX-License-Identifier: GPL-3.0-or-later
// The filter text taken apart into words, before anything is matched.
#pragma once

#include "model/filter/word_filter.h"

#include <QtCore/QString>
#include <tl/expected.hpp>

#include <span>
#include <vector>

namespace socktree {

struct Word {
    enum class Kind : quint8 {
        Text,
        Number, ///< all digits: a whole port, PID, fd or inode
        Inode,  ///< socket:[N]
        Handle, ///< /proc/PID/fd/N or /proc/PID/task/TID/fd/N
        Protocol, ///< proto:NAME; the text is what follows the colon
        Namespace ///< netns:NAME, likewise
    } kind = Kind::Text;
    bool exclude = false;
    QString text;
    quint64 number = 0; ///< of Number and Inode
    qint32 pid = 0, tid = 0, fd = 0;
    bool operator==(const Word &) const = default;
};

/// How a word begins that asks for one column: "proto:" for protocol.
struct FieldPrefix {
    const char *prefix;
    Word::Kind kind;
    const char *column; ///< its id
};
std::span<const FieldPrefix> fieldPrefixes();

/// What the first word begins with that looks as if it asked one column, as "pid:" of "pid:1009", and is text, since
/// there is no such prefix. Empty: there is none, or the text has an error.
struct UnknownPrefix {
    QString prefix;
    QString rest; ///< what follows it
};
UnknownPrefix unknownPrefixIn(const QString &text);

/// Blanks part words; a quote begins or ends a stretch that keeps its blanks. A word with quotes is plain text whatever
/// it holds, but for a '-' or a prefix of a column before the first quote.
tl::expected<std::vector<Word>, FilterError> wordsOf(const QString &text);

} // namespace socktree
