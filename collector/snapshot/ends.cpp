// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/ends.h"

#include "collector/snapshot/end_links.h"

#include <algorithm>
#include <tuple>

namespace socktree {

void EndFacts::add(const EndFacts &other, std::span<const quint32> placed)
{
    for (const Waiting &one : other.waiting)
        waiting.push_back({placed[one.listener], one.client});
    for (const Token &one : other.tokens)
        tokens.push_back({placed[one.row], one.token});
    for (const AlsoAt &one : other.addresses)
        addresses.push_back({placed[one.row], one.address, one.remote});
}

void EndLinks::writeTo(Snapshot &snapshot) const
{
    std::vector<quint32> first(snapshot.sockets.size() + 1);
    for (const EndLink &link : m_links)
        ++first[link.from + 1];
    for (std::size_t i = 1; i < first.size(); ++i)
        first[i] += first[i - 1];
    std::vector<Peer> grouped(m_links.size());
    std::vector<quint32> next(first.begin(), first.end() - 1);
    for (const EndLink &link : m_links)
        grouped[next[link.from]++] = link.to;

    snapshot.peers.clear();
    snapshot.peers.reserve(grouped.size());
    for (std::size_t i = 0; i < snapshot.sockets.size(); ++i) {
        const auto begin = grouped.begin() + first[i], end = grouped.begin() + first[i + 1];
        // What is certain of an other end says more than what is inferred of the same one.
        std::sort(begin, end, [](const Peer &a, const Peer &b) {
            return std::tuple(a.socket, a.inferred) < std::tuple(b.socket, b.inferred);
        });
        const auto last = std::unique(begin, end, [](const Peer &a, const Peer &b) { return a.socket == b.socket; });
        std::stable_partition(begin, last, [](const Peer &peer) { return !peer.inferred; });
        snapshot.sockets[i].firstPeer = static_cast<quint32>(snapshot.peers.size());
        snapshot.sockets[i].peerCount = static_cast<quint32>(last - begin);
        snapshot.peers.insert(snapshot.peers.end(), begin, last);
    }
}

static std::vector<bool> linkedRows(const Snapshot &snapshot)
{
    std::vector<bool> linked(snapshot.sockets.size());
    std::transform(snapshot.sockets.begin(), snapshot.sockets.end(), linked.begin(),
        [](const Socket &socket) { return socket.peerCount > 0; });
    return linked;
}

void joinEnds(Snapshot &snapshot, const EndFacts &facts)
{
    EndLinks links;
    linkTuples(snapshot, facts, links);
    linkUnix(snapshot, facts, links);
    linkNetlink(snapshot, links);
    links.writeTo(snapshot);
    // What follows asks which rows have their other end.
    linkReceivers(snapshot, linkedRows(snapshot), links);
    joinSubflows(snapshot, facts, links);
    links.writeTo(snapshot);
    findListeners(snapshot);
}

} // namespace socktree
