// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/ends.h"

#include "collector/snapshot/end_links.h"
#include "collector/snapshot/own_addresses.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

using Links = std::vector<EndLink>;

/// Each other end once, and the end of these.
static Links::iterator inOrder(Links::iterator begin, Links::iterator end)
{
    // What is certain of an other end says more than what is inferred of the same one, and what is said of itself more
    // than what another says.
    const auto rank = [](const EndLink &link) { return std::pair(link.to.inferred, link.inReturn); };
    std::sort(begin, end, [&](const EndLink &a, const EndLink &b) {
        return std::pair(a.to.socket, rank(a)) < std::pair(b.to.socket, rank(b));
    });
    const auto last
        = std::unique(begin, end, [](const EndLink &a, const EndLink &b) { return a.to.socket == b.to.socket; });
    std::stable_sort(begin, last, [&](const EndLink &a, const EndLink &b) { return rank(a) < rank(b); });
    return last;
}

void EndLinks::writeTo(Snapshot &snapshot) const
{
    std::vector<quint32> first(snapshot.sockets.size() + 1);
    for (const EndLink &link : m_links)
        ++first[link.from + 1];
    for (std::size_t i = 1; i < first.size(); ++i)
        first[i] += first[i - 1];
    std::vector<EndLink> grouped(m_links.size());
    std::vector<quint32> next(first.begin(), first.end() - 1);
    for (const EndLink &link : m_links)
        grouped[next[link.from]++] = link;

    snapshot.peers.clear();
    snapshot.peers.reserve(grouped.size());
    for (std::size_t i = 0; i < snapshot.sockets.size(); ++i) {
        const auto begin = grouped.begin() + first[i], end = grouped.begin() + first[i + 1];
        const auto last = end - begin > 1 ? inOrder(begin, end) : end;
        snapshot.sockets[i].firstPeer = static_cast<quint32>(snapshot.peers.size());
        snapshot.sockets[i].peerCount = static_cast<quint32>(last - begin);
        std::transform(begin, last, std::back_inserter(snapshot.peers), [](const EndLink &link) { return link.to; });
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
    explainMissing(snapshot, rows, links, own);
    findListeners(snapshot, rows);
}

} // namespace socktree
