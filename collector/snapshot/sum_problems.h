// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong in the same way many times is told once.
#pragma once

#include "collector/capture/record.h"

#include <vector>

namespace socktree {

/// In the order of the first of each kind. Those with the same words and error become one that names the first few
/// sources and counts the others (Problem::more); of kinds there are at most a hundred, and the last one counts the
/// rest.
std::vector<Problem> summedUp(std::vector<Problem> problems);

} // namespace socktree
