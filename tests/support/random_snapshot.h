// SPDX-License-Identifier: GPL-3.0-or-later
// A made-up system that lives on from snapshot to snapshot, for tests that want hundreds of them.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <chrono>
#include <random>

namespace socktree::test {

struct RandomOptions {
    std::size_t processes = 24;
    std::size_t sockets = 160; ///< about as many as there are at any time
    double churn = 0.08;       ///< share of the sockets that end, begin or change from one snapshot to the next
    bool messages = true;      ///< keep verbatim messages, with tcp_info
    bool owners = true;        ///< false: as the first of the two steps of a first capture
    int namespaces = 0;        ///< most that are there at a time; 0: they are not told
    double failures = 0;       ///< chance that a dump does not end well and lacks rows
    std::chrono::milliseconds step{1000};
};

/// The snapshot that comes after @p before (null: the first one). It has TCP over IPv4, IPv6 and IPv4 in IPv6 in every
/// state (TIME_WAIT and rows not yet accepted without inode), UDP, UNIX with and without names, rows that only a
/// descriptor names, shared holders, rows without holder, processes we may not look into, users without a name, and
/// names that were chosen to hurt. Namespaces other than the reader's come and go with all their sockets. Sockets keep
/// cookie and inode for life, and neither comes back; pids do come back. The same random state and options give the
/// same snapshot.
SnapshotPtr randomSnapshot(std::mt19937 &random, const SnapshotPtr &before, const RandomOptions &options = {});

} // namespace socktree::test
