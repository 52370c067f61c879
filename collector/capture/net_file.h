// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a list of sockets that the kernel writes as text: a file of a net folder of the process file system.
#pragma once

#include "collector/capture/record.h"

#include <stop_token>
#include <string>

namespace socktree {

/// Opens one stream of @p scope and hands on the text of @p folder/Scope::file in pieces that end with a line. A file
/// that is not there is a list that this kernel does not have (DumpEnd::Unsupported).
DumpEnding readNetFile(const std::string &folder, const Scope &scope, Sink &sink, const std::stop_token &stop);

} // namespace socktree
