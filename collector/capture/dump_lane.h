// SPDX-License-Identifier: GPL-3.0-or-later
// Reads some dumps one after another through one sock_diag socket, and mends what can be mended.
#pragma once

#include "collector/capture/record.h"
#include "collector/capture/seen_numbers.h"
#include "collector/capture/sources.h"

#include <map>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace socktree {

/// Lanes run beside each other, each in one thread at a time. The socket is kept from capture to capture: a new one
/// each time would come and go in the list of this program's own descriptors.
class DumpLane
{
public:
    explicit DumpLane(Sources sources);

    /// Makes sure that there is a socket, and says what kept it from being had.
    Result<void> connect();
    /// Of the connected socket, else 0.
    quint64 netnsCookie() const;

    /// Opens one stream per scope, and a second one if the first was interrupted or truncated. Scope::netns is filled
    /// in.
    void run(const std::vector<Scope> &scopes, Sink &sink, const std::stop_token &stop);

    /// Of the next request. Never 0, which is the sequence of events.
    quint32 nextSequence();
    /// Whether the kernel has the one socket that @p request asks for; if not, the errno it answered.
    Result<void> lookUp(std::span<const std::byte> request);

    /// What the last run's sockets named by number.
    const SeenNumbers &seen() const { return m_seen; }

private:
    DumpEnding readOnce(Scope scope, Sink &sink, const std::stop_token &stop);
    DumpEnding endWithoutAsking(Scope scope, DumpEnd end, int error, Sink &sink) const;

    Sources m_sources;
    std::unique_ptr<DiagSocket> m_socket;
    quint32 m_sequence = 0;
    quint64 m_run = 0;
    /// Run in which a family and protocol without handler are asked for again. Each asking starts a modprobe.
    std::map<std::pair<quint8, quint16>, quint64> m_askAgain;
    SeenNumbers m_seen;
};

} // namespace socktree
