// SPDX-License-Identifier: GPL-3.0-or-later
// Where a row was read, and why there: what it says of the values that it lacks.
#pragma once

#include "model/generation.h"
#include "model/value.h"

#include <QtCore/QString>

namespace socktree {

/// "sock_diag", "proc_net", "descriptor": an interface.
const char *idOf(Source source);
/// What the row was read from and why: "Read from net/raw: this kernel has no sock_diag handler for these sockets."
/// Empty of sock_diag, which is how it should be.
QString sourceNote(const RowRef &row);
/// The list it was read from; null if no list has it.
const Scope *scopeOf(const Snapshot &snapshot, const Socket &socket);
inline const Scope *scopeOf(const RowRef &row)
{
    return scopeOf(row.snapshot(), row.socket());
}
/// Bits of udiag_show: of a UNIX socket these come as attributes.
enum class UnixShow : quint32 { Name = 0x01, Queues = 0x10, Uid = 0x40 };
/// Why a UNIX socket lacks what bit @p asked brings: @p otherwise, unless its dump was not asked.
Why unixUnaskedOr(const RowRef &row, UnixShow asked, Why otherwise);
/// Why a fact of the host, or a name of a number, is not there: @p otherwise, unless it is a file that has none or has
/// lost it.
Why unrecordedOr(const Snapshot &snapshot, Why otherwise);
/// For facts that every list tells: only a row that none describes lacks them.
Why untold(const Socket &socket, Why otherwise);

} // namespace socktree
