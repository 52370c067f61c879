// SPDX-License-Identifier: GPL-3.0-or-later
// Connections whose two ends are both on this host: the same addresses and ports, the other way round.
#include "collector/decode/vsock_message.h"
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/ends.h"

#include <algorithm>
#include <cstring>

namespace socktree {

static bool isLinkLocal(const Address &address)
{
    return address.length == 16 && address.bytes[0] == 0xfe && (address.bytes[1] & 0xc0) == 0x80;
}

quint32 scopeOf(const Address &address, const Socket &socket)
{
    return isLinkLocal(address) ? socket.interface : 0;
}

bool areInOneNamespace(const Socket &socket, const Socket &other)
{
    return socket.netns == other.netns && socket.netns != noShortIndex;
}

namespace {

/// An address, comparable: IPv4 in IPv6 clothes is IPv4.
struct Endpoint {
    Address address;
    quint32 port = 0;
    quint32 scope = 0;
    bool operator==(const Endpoint &) const = default;
};

std::size_t hashOf(const Endpoint &end)
{
    return qHashBits(end.address.bytes.data(), end.address.bytes.size(), end.port + QHashSeed::globalSeed());
}

struct Tuple {
    Endpoint local, remote;
    quint32 row = 0;
    quint32 kind = 0; ///< only ends of one kind meet
    bool reverses(const Tuple &other) const
    {
        return kind == other.kind && local == other.remote && remote == other.local;
    }
    bool equals(const Tuple &other) const
    {
        return kind == other.kind && local == other.local && remote == other.remote;
    }
    /// The same both ways round.
    std::size_t hash() const { return hashOf(local) + hashOf(remote) + kind; }
};

/// A vsock's stream and its seqpacket ports are not the same.
quint32 kindOf(const Socket &socket)
{
    return quint32(socket.protocol) << 8 | (socket.protocol == Protocol::Vsock ? socket.type : 0u);
}

/// Whether it is one connection between two addresses, and another row can be its other end.
bool hasTuple(const Socket &socket)
{
    if (socket.protocol == Protocol::Vsock && (socket.localPort == vsockAny || socket.remotePort == vsockAny))
        return false;
    if ((socket.protocol == Protocol::Udp || socket.protocol == Protocol::UdpLite)
        && socket.state != tcpstate::established)
        return false;
    if (socket.protocol == Protocol::Tcp && socket.state == tcpstate::close)
        return false; // reset, or disconnected: it remembers to whom, and is no end of anything
    return socket.state != tcpstate::listen && socket.local.length != 0 && socket.remote.length != 0
        && socket.localPort != 0 && socket.remotePort != 0;
}

class TupleSearch
{
public:
    TupleSearch(const Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts)
        : m_sockets(snapshot.sockets), m_tuples(tuplesOf(rows, facts)), m_index(m_tuples.size())
    {
        for (const Tuple &tuple : m_tuples)
            m_index.add(tuple.hash());
    }

    void link(EndLinks &links)
    {
        for (const Tuple &tuple : m_tuples)
            linkOne(tuple, links);
    }

private:
    const Socket &socketOf(const Tuple &tuple) const { return m_sockets[tuple.row]; }

    static Tuple tupleOf(const Socket &socket, quint32 row, const Address &local, const Address &remote)
    {
        const Address from = unmapped(local), to = unmapped(remote);
        return {{from, socket.localPort, scopeOf(from, socket)}, {to, socket.remotePort, scopeOf(to, socket)}, row,
            kindOf(socket)};
    }

    std::vector<Tuple> tuplesOf(const RowsByProtocol &rows, const EndFacts &facts) const
    {
        constexpr Protocol between[] = {Protocol::Tcp, Protocol::Dccp, Protocol::Sctp, Protocol::Smc, Protocol::Tipc,
            Protocol::Vsock, Protocol::Udp, Protocol::UdpLite};
        std::vector<Tuple> tuples;
        tuples.reserve(rows.of(Protocol::Tcp).size());
        for (const Protocol protocol : between)
            for (const quint32 row : rows.of(protocol))
                if (const Socket &socket = m_sockets[row]; hasTuple(socket))
                    tuples.push_back(tupleOf(socket, row, socket.local, socket.remote));
        const auto &also = facts.addresses;
        for (std::size_t begin = 0, end = 0; begin < also.size(); begin = end) {
            while (end < also.size() && also[end].row == also[begin].row)
                ++end;
            addPairs({also.data() + begin, end - begin}, tuples);
        }
        return tuples;
    }

    /// Each address of this end with each of the other: an association is between all of them.
    void addPairs(std::span<const EndFacts::AlsoAt> addresses, std::vector<Tuple> &tuples) const
    {
        const quint32 row = addresses.front().row;
        const Socket &socket = m_sockets[row];
        if (!hasTuple(socket))
            return;
        std::size_t added = 0;
        for (const auto &local : addresses)
            for (const auto &remote : addresses) {
                const bool known = unmapped(local.address) == unmapped(socket.local)
                    && unmapped(remote.address) == unmapped(socket.remote);
                if (local.remote || !remote.remote || known || added == mostCandidates)
                    continue;
                tuples.push_back(tupleOf(socket, row, local.address, remote.address));
                ++added;
            }
    }

    void linkOne(const Tuple &tuple, EndLinks &links)
    {
        m_here.clear();
        m_elsewhere.clear();
        std::size_t twins = 0; // other rows with the very same ends, in any namespace
        std::size_t looks = 0;
        m_index.find(tuple.hash(), [&](quint32 item) {
            const Tuple &other = m_tuples[item];
            twins += tuple.equals(other) && other.row != tuple.row ? 1 : 0;
            if (tuple.reverses(other)) {
                const bool isHere = other.row == tuple.row || areInOneNamespace(socketOf(other), socketOf(tuple));
                auto &found = isHere ? m_here : m_elsewhere;
                if (std::find(found.begin(), found.end(), other.row) == found.end())
                    found.push_back(other.row);
            }
            return m_here.size() + m_elsewhere.size() < mostCandidates && ++looks < mostLooks;
        });
        if (!m_here.empty()) {
            dropFormer();
            for (const quint32 peer : m_here)
                links.add(tuple.row, peer, m_here.size() > 1);
        } else if (!m_elsewhere.empty() && mayCross(tuple)) {
            if (m_elsewhere.size() == 1 && twins == 0)
                links.add(tuple.row, m_elsewhere.front(), true);
            else
                links.addUndecided(tuple.row);
        }
    }

    /// Loopback addresses, links and nodes are each namespace's own.
    bool mayCross(const Tuple &tuple) const
    {
        const auto isOwn = [](const Endpoint &end) { return end.address.isLoopback() || isLinkLocal(end.address); };
        return socketOf(tuple).protocol != Protocol::Tipc && !isOwn(tuple.local) && !isOwn(tuple.remote);
    }

    /// A connection that is over may have the ends of one that is not, for its rows were not dumped at one time.
    void dropFormer()
    {
        const auto isFormer = [this](quint32 row) {
            return m_sockets[row].protocol == Protocol::Tcp && m_sockets[row].state == tcpstate::timeWait;
        };
        if (m_here.size() > 1 && !std::all_of(m_here.begin(), m_here.end(), isFormer))
            m_here.erase(std::remove_if(m_here.begin(), m_here.end(), isFormer), m_here.end());
    }

    const std::vector<Socket> &m_sockets;
    const std::vector<Tuple> m_tuples;
    HashIndex m_index;
    std::vector<quint32> m_here, m_elsewhere; ///< candidates of one row
};

} // namespace

void linkTuples(const Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links)
{
    TupleSearch(snapshot, rows, facts).link(links);
}

} // namespace socktree
