// SPDX-License-Identifier: GPL-3.0-or-later
// Walks a line of a file word by word, each with its column.
#pragma once

#include "collector/decode/proc_net_layout.h"
#include "collector/decode/proc_text.h"

#include <bit>

namespace socktree {

/// One word as its column reads it.
struct ProcNetWord {
    QByteArrayView text;
    std::optional<quint64> number; ///< in the field's unit
};

/// The number that a word is, bits and ticks taken into account. Nothing for forms that are none.
std::optional<quint64> numberOf(const ProcNetColumn &column, QByteArrayView text);

/// An address in hex, of 32-bit words printed by a machine of this byte order.
std::optional<ProcNetAddress> hexAddress(QByteArrayView text, std::endian order);
/// An address in dots, in eight groups of hex or as hardware's; maybe with '*' before it.
std::optional<ProcNetAddress> writtenAddress(QByteArrayView text);

/// Takes what the column reads off the line; empty if nothing is left.
QByteArrayView takeColumn(QByteArrayView &rest, const ProcNetColumn &column, char separator);

/// Calls @p visit(const ProcNetColumn &, const ProcNetWord &) for each column until the line ends or it returns false,
/// then @p more(QByteArrayView) for each word that is left.
template <typename Visit, typename More>
void walkLine(const ProcNetLayout &layout, QByteArrayView line, Visit &&visit, More &&more)
{
    ProcNetWord word;
    for (const auto columns : {layout.columns, layout.more}) {
        for (const ProcNetColumn &column : columns) {
            if (!column.sameWord)
                word.text = takeColumn(line, column, layout.separator);
            word.number = numberOf(column, word.text);
            if (!visit(column, word))
                return;
        }
    }
    for (QByteArrayView left = proctext::takeWord(line); !left.isEmpty(); left = proctext::takeWord(line))
        more(left);
}

} // namespace socktree
