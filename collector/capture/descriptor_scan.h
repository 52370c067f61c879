// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the sockets in a process's tables of descriptors.
#pragma once

#include "collector/capture/record.h"

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

/// Reads the table of each thread in task/ of @p process but the leader's, which is dead and has none. Threads that
/// share one table give its descriptors once.
DescriptorScan scanThreads(int process, qint32 leader);

/// The number in "socket:[number]"; nothing for what is no socket.
std::optional<quint64> socketInode(std::string_view linkTarget);

} // namespace socktree
