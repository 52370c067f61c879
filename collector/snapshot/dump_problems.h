// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong with a dump, in plain words.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <vector>

namespace socktree {

/// "tcp over ipv4", "unix"; numbers for what has no name here.
QByteArray nameOf(const Scope &scope);

/// Empty if the dump ended well and every message of it was understood.
std::vector<Problem> problemsOf(const DumpOutcome &dump);

} // namespace socktree
