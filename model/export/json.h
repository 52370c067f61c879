// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot's rows as one JSON object: what was read and how well, then a socket a line.
#pragma once

#include "collector/snapshot/snapshot.h"
#include "model/export/export.h"

namespace socktree {

/// Raised when a key goes or changes its meaning. New keys may come within a version.
inline constexpr char jsonSchemaName[] = "socktree/1";

/// "complete", "refused" …: an interface.
const char *idOf(DumpEnd end);
/// Identities are text in hexadecimal, as ss -e has them, and every other number is a number.
bool isHexText(const Column &column);
/// Written as an array of its own and not as text.
bool isArray(const Column &column);

bool exportJson(const RowList &rows, const Output &output);

} // namespace socktree
