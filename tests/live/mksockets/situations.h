// SPDX-License-Identifier: GPL-3.0-or-later
// The situations mksockets can make, each a line of one table.
#pragma once

#include "tests/live/mksockets/held.h"

#include <span>

namespace mksockets {

struct Situation {
    const char *name;
    const char *meaning;
    void (*make)(std::vector<Held> &all, const std::string &situation);
};

std::span<const Situation> tcpSituations();
std::span<const Situation> otherSituations();
std::span<const Situation> endSituations();

/// A socket bound to the loopback address (or to @p any address) and a port of the kernel's choice.
int boundSocket(int family, int type, bool any = false);
/// Notes @p fd of this process.
void keep(std::vector<Held> &all, const std::string &situation, const char *role, int fd, std::string known);

} // namespace mksockets
