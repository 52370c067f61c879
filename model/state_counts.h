// SPDX-License-Identifier: GPL-3.0-or-later
// How many sockets are in the states that are asked for most, and how many have an owner that we may not see.
#pragma once

#include "model/generation.h"

namespace socktree {

struct StateCounts {
    quint32 listening = 0, established = 0, timeWait = 0, closeWait = 0;
    quint32 hidden = 0; ///< ownerOf() is Why::Denied; of what waits to be accepted, its listener's
    bool operator==(const StateCounts &) const = default;
};
/// Of all live rows, by the toggles' own predicates: a toggle shows as many rows as its count says.
StateCounts countStates(const Generation &generation);

} // namespace socktree
