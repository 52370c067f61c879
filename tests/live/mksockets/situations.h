// SPDX-License-Identifier: GPL-3.0-or-later
// The situations mksockets can make, each a line of a table.
#pragma once

#include "tests/live/mksockets/held.h"

#include <span>

namespace mksockets {

struct Situation {
    const char *name;
    const char *meaning;
    /// Throws Cannot where this machine or this user cannot make it.
    void (*make)(All &all, const std::string &situation);
};

/// Several tables, an idea each.
std::span<const Situation> tcpSituations();
std::span<const Situation> tcpStateSituations();
std::span<const Situation> udpSituations();
std::span<const Situation> unixSituations();
std::span<const Situation> unixPeerSituations();
std::span<const Situation> inetSituations();
std::span<const Situation> familySituations();
std::span<const Situation> packetSituations();
std::span<const Situation> holderSituations();
std::span<const Situation> ringSituations();
std::span<const Situation> namespaceSituations();
std::span<const Situation> endSituations();

} // namespace mksockets
