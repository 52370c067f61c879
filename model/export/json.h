// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot's rows as one JSON object: what was read and how well, then a socket a line.
#pragma once

#include "model/export/export.h"

namespace socktree {

bool exportJson(const Generation &generation, std::span<const quint32> slots, const Output &output);

} // namespace socktree
