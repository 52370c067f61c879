// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the sockets in a process's tables of descriptors.
#pragma once

#include "collector/capture/record.h"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace socktree {

struct DescriptorScan {
    Got got = Got::Read;
    int error = 0;
    quint32 denied = 0; ///< single links that we may not read
    std::vector<Descriptor> sockets;
};

/// Reads fd/ in @p directory, which is a process's or a thread's own.
DescriptorScan scanDescriptors(int directory, qint32 tid);

/// Reads the tables of the threads in task/ of @p process that @p isWanted names. Threads that share one table give its
/// descriptors once.
DescriptorScan scanThreads(int process, const std::function<bool(qint32 tid)> &isWanted);

/// The number in "socket:[number]"; nothing for what is no socket.
std::optional<quint64> socketInode(std::string_view linkTarget);

} // namespace socktree
