// SPDX-License-Identifier: GPL-3.0-or-later
// What the searches for other ends share: links as they are found, and an index by hash.
#pragma once

#include "collector/decode/tcp_state.h"
#include "collector/snapshot/snapshot.h"

#include <QtCore/qhashfunctions.h>

#include <array>
#include <vector>

namespace socktree {

struct EndFacts;
class OwnAddresses;

/// From one row to another, until all are found.
struct EndLink {
    quint32 from = 0;
    Peer to;
    bool inReturn = false; ///< only the other end says so of itself
};

class EndLinks
{
public:
    void add(quint32 from, quint32 to, bool inferred) { m_links.push_back({from, {to, inferred}, false}); }
    /// What @p from is told to end at is there for @p to as well, after whom that is told to end at itself.
    void addBoth(quint32 from, quint32 to, bool inferred)
    {
        add(from, to, inferred);
        m_links.push_back({to, {from, inferred}, true});
    }
    /// Several fit alike, so that none is linked.
    void addUndecided(quint32 row) { m_undecided.push_back(row); }
    const std::vector<EndLink> &all() const { return m_links; }
    const std::vector<quint32> &undecided() const { return m_undecided; }
    /// Which of so many rows have another end by now.
    std::vector<bool> linked(std::size_t rows) const;
    /// Groups them by row, each other end once: the certain ones first, of these those that are not in return.
    void writeTo(Snapshot &snapshot) const;

private:
    std::vector<EndLink> m_links;
    std::vector<quint32> m_undecided;
};

/// Items 0, 1, 2 … by their hashes. Walks from the item added last.
class HashIndex
{
public:
    explicit HashIndex(std::size_t items)
    {
        std::size_t buckets = 16;
        while (buckets < items * 2)
            buckets *= 2;
        m_heads.assign(buckets, noIndex);
        m_next.reserve(items);
    }
    void add(std::size_t hash)
    {
        quint32 &head = m_heads[hash & (m_heads.size() - 1)];
        m_next.push_back(head);
        head = static_cast<quint32>(m_next.size() - 1);
    }
    /// Calls @p visit(item) for every item that may have this hash, until it returns false.
    template <typename Visit> void find(std::size_t hash, Visit &&visit) const
    {
        for (quint32 item = m_heads[hash & (m_heads.size() - 1)]; item != noIndex; item = m_next[item])
            if (!visit(item))
                return;
    }

private:
    std::vector<quint32> m_heads, m_next;
};

/// So many candidates count; more share an address only where somebody tries what happens.
constexpr std::size_t mostCandidates = 64;
/// So many rows are looked at for one; again, there are more only where somebody tries.
constexpr std::size_t mostLooks = 1024;

/// Of an address that means nothing without its interface: the socket's interface; else 0.
quint32 scopeOf(const Address &unmappedAddress, const Socket &socket);

/// Whether both are told to be. What is told of neither may be two.
bool areInOneNamespace(const Socket &socket, const Socket &other);

/// Rows by protocol, so that every search goes over its own and over no others.
class RowsByProtocol
{
public:
    explicit RowsByProtocol(const std::vector<Socket> &sockets);
    const std::vector<quint32> &of(Protocol protocol) const { return m_rows[static_cast<std::size_t>(protocol)]; }

private:
    std::array<std::vector<quint32>, protocolCount> m_rows;
};

// The searches.

/// Rows whose two addresses and ports are each other's, the other way round.
void linkTuples(const Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links);
/// UNIX, by inode.
void linkUnix(const Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links);
/// Netlink, by port id.
void linkNetlink(const Snapshot &snapshot, const RowsByProtocol &rows, EndLinks &links);
/// Connected UDP sockets without a connected other end, to whoever is bound to where they send.
void linkReceivers(const Snapshot &snapshot, const RowsByProtocol &rows, const OwnAddresses &own, EndLinks &links);
/// Gives connections that wait to be accepted their listener. Of several that share address and port, none gets more
/// than its queue holds. A subflow has that of its MPTCP connection, which is joined.
void findListeners(Snapshot &snapshot, const RowsByProtocol &rows);
/// Gives subflows their MPTCP connection, and connections the other end that their subflows have: another connection,
/// or the TCP socket where that one is of no connection.
void joinSubflows(Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links);
/// Says of sockets without another end why they have none; links must be written.
void explainMissing(Snapshot &snapshot, const RowsByProtocol &rows, const EndLinks &links, const OwnAddresses &own);

} // namespace socktree
