// SPDX-License-Identifier: GPL-3.0-or-later
// Rows as CSV or TSV, so that neither a spreadsheet nor a script is fooled by what a name holds.
#pragma once

#include "model/export/export.h"

namespace socktree {

bool exportDelimited(Format format, const Generation &generation, std::span<const quint32> slots,
    std::span<const Column *const> shown, const Output &output);

} // namespace socktree
