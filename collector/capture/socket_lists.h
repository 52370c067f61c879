// SPDX-License-Identifier: GPL-3.0-or-later
// Which lists of sockets there are in a network namespace, and which files stand in where a kernel cannot dump.
#pragma once

#include "collector/capture/needs.h"
#include "collector/capture/record.h"

#include <span>
#include <vector>

namespace socktree {

/// The dumps that take long on a busy system; and all others, with the files of families that no kernel dumps.
std::vector<Scope> tcpScopes(const Needs &needs);
std::vector<Scope> everyScopeButTcp(const Needs &needs);
/// All that is read of a namespace.
std::vector<Scope> everyScope(const Needs &needs);
/// Files only, for a namespace of which we see no more than these.
std::vector<Scope> everyFile();

/// The files of the net folder that list what this dump would; none if there is no such file in any kernel.
std::span<const char *const> filesInsteadOf(const Scope &scope);
/// The scope of a file that stands in for a dump.
Scope fileScope(const Scope &dump, const char *file);

} // namespace socktree
