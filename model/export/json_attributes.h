// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the kernel said of one socket as JSON: fields and columns of files by id, and what no table knows in hex.
#pragma once

#include "model/export/json_writer.h"
#include "model/generation.h"

namespace socktree {

/// Writes the keys "attributes" and, where there is something, "unknown".
void writeAttributes(JsonWriter &json, const RowRef &row);

} // namespace socktree
