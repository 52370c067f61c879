// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_lane.h"

#include "collector/capture/dump_requests.h"
#include "collector/capture/net_file.h"
#include "collector/capture/netlink_transport.h"
#include "collector/capture/own_socket_sink.h"
#include "collector/capture/socket_lists.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace socktree {

/// Whether the socket may still hold answers that nobody has read.
static bool leavesAnswers(DumpEnd end)
{
    return end == DumpEnd::Interrupted || end == DumpEnd::Truncated || end == DumpEnd::Failed;
}

/// A kernel without MPTCP takes its number for TCP's, whose low byte it has, and answers with TCP sockets.
static bool isKnownToTheKernel(const Scope &scope, const Sources &sources)
{
    if (scope.protocol != IPPROTO_MPTCP)
        return true;
    const std::string folder = sources.procRoot + "/sys/net";
    return access((folder + "/mptcp").c_str(), F_OK) == 0
        || (access(folder.c_str(), F_OK) != 0 && sources.knowsMptcp());
}

DumpLane::DumpLane(Sources sources, std::shared_ptr<MissingHandlers> missing)
    : m_sources(std::move(sources)), m_missing(std::move(missing))
{
}

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
    m_seen = {};
    for (Scope scope : scopes) {
        const quint64 cookie = netnsCookie();
        scope.netns = cookie ? cookie : m_namespace;
        runOne(scope, sink, stop);
    }
}

void DumpLane::runOne(const Scope &scope, Sink &sink, const std::stop_token &stop)
{
    const std::string folder = m_sources.procRoot + "/thread-self/net";
    if (!scope.file.isEmpty()) {
        readNetFile(folder, scope, sink, stop);
        return;
    }
    const DumpEnding ending = dumpIt(scope, sink, stop);
    if (isWhole(scope, ending.end))
        return;
    for (const char *file : filesInsteadOf(scope))
        readNetFile(folder, fileScope(scope, file), sink, stop);
}

/// Whether no file is wanted. A netlink dump of more than one datagram lacks whatever did not fit into the one before
/// (the kernel's net/netlink/diag.c has gone on by then), and the file does not.
bool DumpLane::isWhole(const Scope &scope, DumpEnd end) const
{
    if (scope.family == AF_NETLINK && m_datagrams > 1)
        return false;
    return end == DumpEnd::Complete || end == DumpEnd::Interrupted || end == DumpEnd::Truncated;
}

DumpEnding DumpLane::dumpIt(const Scope &scope, Sink &sink, const std::stop_token &stop)
{
    m_datagrams = 0;
    if (m_missing->isMissing(scope.family, scope.protocol))
        return endWithoutAsking(scope, DumpEnd::Unsupported, ENOENT, sink);
    if (!isKnownToTheKernel(scope, m_sources))
        return endWithoutAsking(scope, DumpEnd::Unsupported, EPROTONOSUPPORT, sink);
    DumpEnding ending = readOnce(scope, sink, stop);
    const bool mayBeMended = ending.end == DumpEnd::Interrupted || ending.end == DumpEnd::Truncated;
    if (mayBeMended && !stop.stop_requested())
        ending = readOnce(scope, sink, stop);
    m_missing->note(scope.family, scope.protocol, ending.end == DumpEnd::Unsupported);
    return ending;
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

DumpEnding DumpLane::readOnce(const Scope &scope, Sink &sink, const std::stop_token &stop)
{
    if (const auto connected = connect(); !connected)
        return endWithoutAsking(scope, DumpEnd::Refused, connected.error().error, sink);
    const auto stream = sink.dump(scope);
    OwnSocketSink withoutOurs(*stream, m_socket->port());
    const bool leavesOut = m_isPassing && scope.family == AF_NETLINK;
    NumberNotingSink noting(leavesOut ? static_cast<DumpSink &>(withoutOurs) : *stream, m_seen);
    const DumpEnding ending = dump(*m_socket, dumpRequest(scope, nextSequence()), noting, stop);
    m_datagrams = noting.datagrams();
    if (leavesAnswers(ending.end))
        m_socket.reset();
    return ending;
}

DumpEnding DumpLane::endWithoutAsking(const Scope &scope, DumpEnd end, int error, Sink &sink) const
{
    DumpEnding ending;
    ending.end = end;
    ending.error = error;
    ending.began = ending.ended = std::chrono::steady_clock::now();
    sink.dump(scope)->ended(ending);
    return ending;
}

} // namespace socktree
