// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a live system into a sink: the dumps in parallel workers, the processes beside them.
#pragma once

#include "collector/capture/dump_requests.h"
#include "collector/capture/needs.h"
#include "collector/capture/record.h"
#include "collector/capture/sources.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace socktree {

/// Remembers between captures only what spares reading again (texts and descriptors of processes that have not run
/// since); every capture it writes is whole. One capture at a time; any thread.
class LiveReader
{
public:
    explicit LiveReader(Sources sources);
    ~LiveReader();
    LiveReader(const LiveReader &) = delete;
    LiveReader &operator=(const LiveReader &) = delete;

    /// Blocks until the capture is whole or stopped. What fails is a problem or a dump's ending in the sink, never an
    /// exception.
    void capture(const Needs &needs, Sink &sink, const std::stop_token &stop);

    /// Whether the kernel still has this very socket, which the last capture's dump lacked. Nothing where it cannot
    /// tell: the request failed, the socket is of a kind that exact lookup does not find for sure, or this was asked
    /// too often since the last capture. Not while a capture runs.
    std::optional<bool> isThere(InetLookup socket);
    std::optional<bool> isThereUnix(quint32 inode, quint64 cookie);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace socktree
