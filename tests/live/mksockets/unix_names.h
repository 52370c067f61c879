// SPDX-License-Identifier: GPL-3.0-or-later
// UNIX sockets with names.
#pragma once

#include <string>

namespace mksockets {

/// A UNIX socket with exactly these bytes as its name; it does not listen yet.
int unixNamed(int type, const std::string &bytes);
/// A folder for the names of path sockets, gone when this process ends.
const std::string &ownFolder();

} // namespace mksockets
