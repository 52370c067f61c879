// SPDX-License-Identifier: GPL-3.0-or-later
// Rows as CSV, TSV or JSON, and writing them so that nothing is lost or destroyed.
#pragma once

#include "model/column.h"
#include "model/generation.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <tl/expected.hpp>

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace socktree {

enum class Format : quint8 { Csv, Tsv, Json };
struct FormatName {
    const char *id; ///< also the suffix of a file's name
    Format format;
};
std::span<const FormatName> formats();
const char *idOf(Format format);
/// Nothing where no format is called that.
std::optional<Format> formatById(const QByteArray &id);

/// Told: CSV and TSV have, after each column, one with the reason why its cell is empty. JSON tells them always.
enum class Reasons : quint8 { Omitted, Told };

/// Takes the output piece by piece; returns false to stop (the target failed).
using Output = std::function<bool(QByteArrayView)>;

/// Rows in an order, as they are seen under @p under: see RowRef. Who passes it keeps all three.
struct RowList {
    const Generation &generation;
    std::span<const quint32> slots;
    const TreeScope *under = nullptr;
};

/// Writes these rows in this order with these columns. CSV is RFC 4180: CRLF, a header of column ids, quotes where
/// needed, UTF-8. JSON ignores the columns: one object per socket with every column id that has a value and every
/// decoded attribute, and the reasons for those that have none.
bool exportRows(Format format, const RowList &rows, std::span<const Column *const> shown, const Output &output,
    Reasons reasons = Reasons::Omitted);

/// For the clipboard: a line a row, with tabs between raw cells, no header and no guard against formulas.
QString rowsAsText(const RowList &rows, std::span<const Column *const> shown);

struct ExportError {
    QString message; ///< names the target, what failed and why
};
/// What to do where somebody else lets us wait.
struct Waiting {
    bool forReader = true; ///< of a named pipe that nobody has open; false: that is an error
    std::stop_token stop;  ///< looked at in every such wait: ends it, and the export with it
};
/// Who may read a regular file that is written: whoever the umask or the file before it says, or its owner only (0600).
enum class Readers : quint8 { AsUsual, OwnerOnly };
/// "-" is standard output. A regular or new file is replaced atomically (QSaveFile, following a symlink to its target);
/// anything else (device, pipe, a descriptor of our own as /dev/fd/3) is written plainly, with every write and the
/// close checked. On error a regular file is as it was.
tl::expected<void, ExportError> writeTarget(const QString &path, const std::function<bool(const Output &)> &writer,
    const Waiting &waiting = {}, Readers readers = Readers::AsUsual);

} // namespace socktree
