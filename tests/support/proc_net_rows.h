// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a text of the proc file system, and what tests ask of them.
#pragma once

#include "collector/decode/proc_net.h"

namespace socktree::test {

struct ProcNetRows {
    QByteArray text;
    std::vector<ProcNetRow> rows; ///< point into the text
    quint32 notUnderstood = 0;
};

inline ProcNetRows procNetRows(ProcNetFile file, const QByteArray &text, std::endian order = std::endian::little)
{
    ProcNetRows all;
    all.text = text;
    all.notUnderstood = parseProcNet(
        file, all.text, [&](const ProcNetRow &row) { all.rows.push_back(row); }, order);
    return all;
}

/// In hex.
inline QByteArray bytesOf(const ProcNetAddress &address)
{
    return QByteArray(reinterpret_cast<const char *>(address.bytes.data()), address.length).toHex();
}

/// Null if no column of this id was in the line.
inline const DecodedText *textById(const std::vector<DecodedText> &texts, const char *id)
{
    for (const DecodedText &text : texts)
        if (text.field && QByteArrayView(text.field->id) == QByteArrayView(id))
            return &text;
    return nullptr;
}

} // namespace socktree::test
