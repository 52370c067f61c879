// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong with a dump, in plain words.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <vector>

namespace socktree {

/// "tcp over ipv4", "unix", "net/udp6"; numbers for what has no name here.
QByteArray nameOf(const Scope &scope);

/// Sentences as they are shown, in the window as in the list. Empty if the dump ended well and every message of it was
/// understood.
std::vector<Problem> problemsOf(const DumpOutcome &dump);

/// Whether every kernel is expected to have this list, so that its lack is a failure.
bool isExpected(const Scope &scope);
/// The families that this kernel cannot list, each once. @p hasFiles: the process file system, which has files of some,
/// and the processes that hold others, is there.
std::vector<Unavailable> unavailableOf(const std::vector<DumpOutcome> &dumps, bool hasFiles);

} // namespace socktree
