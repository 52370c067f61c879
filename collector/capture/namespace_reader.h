// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the sockets of network namespaces that are not our own.
#pragma once

#include "collector/capture/dump_lane.h"
#include "collector/capture/missing_handlers.h"
#include "collector/capture/namespaces.h"
#include "collector/capture/needs.h"
#include "collector/capture/record.h"
#include "collector/capture/seen_numbers.h"
#include "collector/capture/sources.h"

#include <memory>
#include <set>
#include <stop_token>

namespace socktree {

/// One at a time, each in a thread of its own; any thread may call. Nothing of a namespace is kept from capture to
/// capture: an open sock_diag socket would keep one that was deleted, and its devices, alive.
class NamespaceReader
{
public:
    NamespaceReader(Sources sources, std::shared_ptr<MissingHandlers> missing);

    /// A new capture begins, whose reader's own namespace is @p home (NamespaceRecord::id).
    void begin(quint64 home);
    /// By entering it; where that is refused, from the net folder of a process in it, which tells less. One that was
    /// read in this capture is not read again.
    void read(const FoundNamespace &found, const Needs &needs, Sink &sink, const std::stop_token &stop);

    /// Ids of those read in this capture, our own among them.
    const std::set<quint64> &read() const { return m_read; }
    /// What their sockets named by number.
    const SeenNumbers &seen() const { return m_seen; }

private:
    void readInside(NamespaceRecord record, const Needs &needs, Sink &sink, const std::stop_token &stop);
    void readByProcess(const FoundNamespace &found, int error, Sink &sink, const std::stop_token &stop);

    Sources m_sources;
    std::shared_ptr<MissingHandlers> m_missing;
    std::set<quint64> m_read;
    SeenNumbers m_seen;
};

/// NamespaceRecord::id of the calling thread's namespace, in which @p lane is connected or could not be.
quint64 namespaceId(const Sources &sources, const DumpLane &lane, quint64 inode);

/// Names of the interfaces of the calling thread's namespace.
void writeInterfaceNames(const Sources &sources, const SeenNumbers &seen, quint64 netns, Sink &sink);

} // namespace socktree
