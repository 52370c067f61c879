// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/ends.h"

#include "collector/snapshot/end_links.h"
#include "collector/snapshot/own_addresses.h"

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
        auto last = end;
        if (end - begin > 1) {
            // What is certain of an other end says more than what is inferred of the same one.
            std::sort(begin, end, [](const Peer &a, const Peer &b) {
                return std::tuple(a.socket, a.inferred) < std::tuple(b.socket, b.inferred);
            });
            last = std::unique(begin, end, [](const Peer &a, const Peer &b) { return a.socket == b.socket; });
            std::stable_partition(begin, last, [](const Peer &peer) { return !peer.inferred; });
        }
        snapshot.sockets[i].firstPeer = static_cast<quint32>(snapshot.peers.size());
        snapshot.sockets[i].peerCount = static_cast<quint32>(last - begin);
        snapshot.peers.insert(snapshot.peers.end(), begin, last);
    }
}

std::vector<bool> EndLinks::linked(std::size_t rows) const
{
    std::vector<bool> linked(rows);
    for (const EndLink &link : m_links)
        linked[link.from] = true;
    return linked;
}

RowsByProtocol::RowsByProtocol(const std::vector<Socket> &sockets)
{
    for (quint32 row = 0; row < sockets.size(); ++row)
        m_rows[static_cast<std::size_t>(sockets[row].protocol)].push_back(row);
}

void joinEnds(Snapshot &snapshot, const EndFacts &facts)
{
    const RowsByProtocol rows(snapshot.sockets);
    const OwnAddresses own(snapshot.sockets);
    EndLinks links;
    linkTuples(snapshot, rows, facts, links);
    linkUnix(snapshot, rows, facts, links);
    linkNetlink(snapshot, rows, links);
    linkReceivers(snapshot, rows, own, links);
    joinSubflows(snapshot, rows, facts, links);
    links.writeTo(snapshot);
    explainMissing(snapshot, links, own);
    findListeners(snapshot, rows);
}

} // namespace socktree
