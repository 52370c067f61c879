// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_lane.h"

#include "collector/capture/dump_requests.h"
#include "collector/capture/netlink_transport.h"

#include <cerrno>

namespace socktree {

static constexpr quint64 runsWithoutAsking = 60;

/// Whether the socket may still hold answers that nobody has read.
static bool leavesAnswers(DumpEnd end)
{
    return end == DumpEnd::Interrupted || end == DumpEnd::Truncated || end == DumpEnd::Failed;
}

DumpLane::DumpLane(Sources sources) : m_sources(std::move(sources)) { }

Result<void> DumpLane::connect()
{
    if (m_socket)
        return {};
    auto dialled = m_sources.dial();
    if (!dialled)
        return tl::make_unexpected(dialled.error());
    m_socket = std::move(*dialled);
    return {};
}

quint64 DumpLane::netnsCookie() const
{
    return m_socket ? m_socket->netnsCookie() : 0;
}

void DumpLane::run(const std::vector<Scope> &scopes, Sink &sink, const std::stop_token &stop)
{
    ++m_run;
    m_seen = {};
    for (const Scope &scope : scopes) {
        const std::pair key{scope.family, scope.protocol};
        if (const auto later = m_askAgain.find(key); later != m_askAgain.end() && m_run < later->second) {
            endWithoutAsking(scope, DumpEnd::Unsupported, ENOENT, sink);
            continue;
        }
        DumpEnding ending = readOnce(scope, sink, stop);
        const bool mayBeMended = ending.end == DumpEnd::Interrupted || ending.end == DumpEnd::Truncated;
        if (mayBeMended && !stop.stop_requested())
            ending = readOnce(scope, sink, stop);
        if (ending.end == DumpEnd::Unsupported)
            m_askAgain[key] = m_run + runsWithoutAsking;
        else
            m_askAgain.erase(key);
    }
}

quint32 DumpLane::nextSequence()
{
    if (++m_sequence == 0)
        ++m_sequence;
    return m_sequence;
}

Result<void> DumpLane::lookUp(std::span<const std::byte> request)
{
    if (auto connected = connect(); !connected)
        return connected;
    auto found = socktree::lookUp(*m_socket, request);
    if (!found && found.error().error != ENOENT && found.error().error != ESTALE)
        m_socket.reset();
    return found;
}

DumpEnding DumpLane::readOnce(Scope scope, Sink &sink, const std::stop_token &stop)
{
    if (const auto connected = connect(); !connected)
        return endWithoutAsking(scope, DumpEnd::Refused, connected.error().error, sink);
    scope.netns = netnsCookie();
    const auto stream = sink.dump(scope);
    NumberNotingSink noting(*stream, m_seen);
    const DumpEnding ending = dump(*m_socket, dumpRequest(scope, nextSequence()), noting, stop);
    if (leavesAnswers(ending.end))
        m_socket.reset();
    return ending;
}

DumpEnding DumpLane::endWithoutAsking(Scope scope, DumpEnd end, int error, Sink &sink) const
{
    scope.netns = netnsCookie();
    DumpEnding ending;
    ending.end = end;
    ending.error = error;
    ending.began = ending.ended = std::chrono::steady_clock::now();
    sink.dump(scope)->ended(ending);
    return ending;
}

} // namespace socktree
