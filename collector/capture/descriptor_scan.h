// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the sockets in a process's tables of descriptors.
#pragma once

#include "collector/capture/record.h"

#include <functional>
#include <optional>
#include <vector>

namespace socktree {

struct DescriptorScan {
    Got got = Got::Read;
    int error = 0;
    quint32 denied = 0; ///< single links that we may not read
    std::vector<Descriptor> sockets;
    std::vector<DescriptorText> rings; ///< io_uring instances, who may hold sockets that are registered with them
};

/// Reads fd/ in @p directory, which is a process's or a thread's own.
DescriptorScan scanDescriptors(int directory, qint32 tid);

/// Whether two threads use one table of descriptors; nothing where that cannot be told.
using SharesTable = std::function<std::optional<bool>(qint32 tid, qint32 other)>;

/// Reads the tables of the threads in task/ of @p process, each table once, but for that of the thread @p first, which
/// is known to hold @p ofFirst. Where @p shares cannot tell, tables with the same sockets at the same places are taken
/// for one.
DescriptorScan scanOtherTables(
    int process, std::optional<qint32> first, const std::vector<Descriptor> &ofFirst, const SharesTable &shares);

} // namespace socktree
