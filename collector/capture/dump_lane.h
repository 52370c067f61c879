// SPDX-License-Identifier: GPL-3.0-or-later
// Reads some lists one after another: dumps through one sock_diag socket, files where there is no dump; and mends what
// can be mended.
#pragma once

#include "collector/capture/missing_handlers.h"
#include "collector/capture/record.h"
#include "collector/capture/seen_numbers.h"
#include "collector/capture/sources.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace socktree {

/// Lanes run beside each other, each in one thread at a time. The socket is kept from capture to capture: a new one
/// each time would come and go in the list of this program's own descriptors.
class DumpLane
{
public:
    DumpLane(Sources sources, std::shared_ptr<MissingHandlers> missing);

    /// Makes sure that there is a socket, and says what kept it from being had.
    Result<void> connect();
    /// Of the connected socket, else 0.
    quint64 netnsCookie() const;

    /// Of the namespace that is read, for sockets of ours that cannot tell. Before run().
    void setNamespace(quint64 id) { m_namespace = id; }
    /// The socket is closed once this is read, and so none of the system's: it is left out. Before run().
    void setPassing() { m_isPassing = true; }

    /// Opens one stream per scope, and a second one if the first was interrupted or truncated. What cannot be dumped is
    /// read from the files that stand in for it, each a stream of its own. Scope::netns is filled in.
    void run(const std::vector<Scope> &scopes, Sink &sink, const std::stop_token &stop);

    /// Of the next request. Never 0, which is the sequence of events.
    quint32 nextSequence();
    /// Whether the kernel has the one socket that @p request asks for; if not, the errno it answered.
    Result<void> lookUp(std::span<const std::byte> request);

    /// What the last run's sockets named by number.
    const SeenNumbers &seen() const { return m_seen; }

private:
    void runOne(const Scope &scope, Sink &sink, const std::stop_token &stop);
    DumpEnding dumpIt(const Scope &scope, Sink &sink, const std::stop_token &stop);
    DumpEnding readOnce(const Scope &scope, Sink &sink, const std::stop_token &stop);
    bool isWhole(const Scope &scope, DumpEnd end) const;
    DumpEnding endWithoutAsking(const Scope &scope, DumpEnd end, int error, Sink &sink) const;

    Sources m_sources;
    std::unique_ptr<DiagSocket> m_socket;
    std::shared_ptr<MissingHandlers> m_missing;
    quint64 m_namespace = 0;
    bool m_isPassing = false;
    quint32 m_datagrams = 0; ///< of the last dump
    quint32 m_sequence = 0;
    SeenNumbers m_seen;
};

} // namespace socktree
