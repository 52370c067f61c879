// SPDX-License-Identifier: GPL-3.0-or-later
// From the texts of one process's folder to a Process.
#pragma once

#include "collector/capture/record.h"
#include "collector/snapshot/process.h"

#include <optional>

namespace socktree {

/// Nothing if the process vanished while it was read. What may not be read is left out; what should be there and is
/// not understood becomes @p problem.
std::optional<Process> readProcess(const ProcessRecord &record, std::optional<Problem> &problem);

} // namespace socktree
