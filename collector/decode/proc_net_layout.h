// SPDX-License-Identifier: GPL-3.0-or-later
// How a line of each file is laid out: the columns in their order, what each means and where in a row it goes.
#pragma once

#include "collector/decode/proc_net.h"

namespace socktree {

enum class TextForm : quint8 {
    Hex,
    Decimal,
    Signed,
    Word,      ///< no number
    Address,   ///< 32-bit words as the kernel's machine would print them
    Hardware,  ///< 01:23:45:67:89:ab
    Addresses, ///< as many words as look like an address, and the arrow after them
    Rest       ///< all that is left after one blank, blanks and newlines included
};

struct ProcNetColumn {
    TextField field;
    TextForm form = TextForm::Word;
    quint16 scale = 1;     ///< the number counts so many of the field's unit
    quint8 shift = 0;      ///< of a bit field
    quint8 width = 0;      ///< of a bit field; 0 = the whole number
    bool required = true;  ///< else the line is understood without it
    bool sameWord = false; ///< reads the word of the column before once more
    /// Puts the number into the row; false if it is too large to be what the column says.
    bool (*set)(ProcNetRow &row, quint64 number) = nullptr;
    bool (*setText)(ProcNetRow &row, QByteArrayView text) = nullptr;
    ProcNetAddress ProcNetRow::*address = nullptr;
};

struct ProcNetLayout {
    const char *path;
    const char *title; ///< first word of the first line
    quint8 family;
    qint32 protocol;                        ///< < 0 = the line tells, or nobody
    quint8 type;                            ///< 0 = the line tells, or nobody
    char separator;                         ///< besides blanks
    std::span<const ProcNetColumn> columns; ///< those it shares with other files
    std::span<const ProcNetColumn> more = {};
};

const ProcNetLayout &layoutOf(ProcNetFile file);

} // namespace socktree
