// SPDX-License-Identifier: GPL-3.0-or-later
// One line per column of a file of the proc file system: what Field is for structs, for texts.
#pragma once

#include "collector/decode/field.h"

#include <QtCore/QByteArray>

#include <optional>
#include <span>

namespace socktree {

/// A column of a text. Which word of the line it is, stands in the table that holds it.
struct TextField {
    const char *id;   ///< unique in the program, an interface: "proc-tcp.rto"
    const char *name; ///< as the file's first line has it: "tx_queue", "RefCnt"
    Unit unit;        ///< of the number, after the conversion from ticks where the file has ticks
    Kind kind;
    const char *meaning; ///< one line, no full stop
    const char *since;   ///< first kernel version that writes it, "" if always
    Naming naming = Naming::Numbers;
    std::span<const ValueName> names = {};
    std::span<const Sentinel> sentinels = {};
};

/// One word of a line, read by its column.
struct DecodedText {
    const TextField *field = nullptr; ///< null: a word that no column of ours is for
    QByteArray raw;                   ///< as it stands in the file
    std::optional<quint64> number;    ///< in the field's unit; a negative one is sign-extended to 64 bits
};

} // namespace socktree
