// SPDX-License-Identifier: GPL-3.0-or-later
// Ends that are found by where they are bound: who receives at an address, who listens there.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/ends.h"
#include "collector/snapshot/own_addresses.h"

#include <algorithm>
#include <tuple>

namespace socktree {

namespace {

/// Sockets bound to a port of a namespace, by how specific their address is.
class BoundSockets
{
public:
    template <typename Wanted>
    BoundSockets(
        const Snapshot &snapshot, const RowsByProtocol &rows, std::span<const Protocol> protocols, Wanted wanted)
        : m_sockets(snapshot.sockets)
    {
        for (const Protocol protocol : protocols)
            for (const quint32 row : rows.of(protocol))
                if (m_sockets[row].localPort != 0 && wanted(m_sockets[row]))
                    m_rows.push_back(row);
        m_index.emplace(m_rows.size());
        for (const quint32 row : m_rows)
            m_index->add(hashOf(m_sockets[row], unmapped(m_sockets[row].local), m_sockets[row].localPort));
    }

    bool empty() const { return m_rows.empty(); }

    /// Rows of the best rule that has any: bound to the address itself, to the IPv4 wildcard, to that of IPv6. In
    /// @p socket's namespace and protocol; ascending.
    std::vector<quint32> at(const Socket &socket, const Address &where, quint32 port) const
    {
        const Address address = unmapped(where);
        const Address any4{{}, 4}, any6{{}, 16};
        std::vector<quint32> found = boundTo(socket, address, port, scopeOf(address, socket));
        if (found.empty() && address.length == 4)
            found = boundTo(socket, any4, port, 0);
        if (found.empty()) {
            found = boundTo(socket, any6, port, 0);
            if (address.length == 4)
                found.erase(
                    std::remove_if(found.begin(), found.end(), [&](quint32 row) { return only6(row); }), found.end());
        }
        std::sort(found.begin(), found.end());
        return found;
    }

private:
    static std::size_t hashOf(const Socket &socket, const Address &address, quint32 port)
    {
        return qHashBits(address.bytes.data(), address.bytes.size(),
            port + (std::size_t(socket.netns) << 32) + (std::size_t(address.length) << 48) + QHashSeed::globalSeed());
    }

    bool only6(quint32 row) const { return m_sockets[row].has(Told::V6Only) && m_sockets[row].v6Only; }

    std::vector<quint32> boundTo(const Socket &socket, const Address &address, quint32 port, quint32 scope) const
    {
        constexpr quint32 loopbackInterface = 1; // what stays on the host comes in there
        std::vector<quint32> found;
        std::size_t looks = 0;
        m_index->find(hashOf(socket, address, port), [&](quint32 item) {
            const Socket &bound = m_sockets[m_rows[item]];
            const bool there = bound.localPort == port && areInOneNamespace(bound, socket)
                && bound.protocol == socket.protocol && unmapped(bound.local) == address
                && (scope == 0 || bound.interface == scope)
                && (bound.interface == 0
                    || bound.interface == socket.interface || bound.interface == loopbackInterface);
            if (there)
                found.push_back(m_rows[item]);
            return found.size() < mostCandidates && ++looks < mostLooks;
        });
        return found;
    }

    const std::vector<Socket> &m_sockets;
    std::vector<quint32> m_rows;
    std::optional<HashIndex> m_index;
};

constexpr Protocol datagrams[] = {Protocol::Udp, Protocol::UdpLite};
constexpr Protocol streams[] = {Protocol::Tcp, Protocol::Mptcp, Protocol::Dccp};

/// Not accepted yet: closing it would have moved it on from these states.
bool waitsToBeAccepted(const Socket &socket)
{
    if (socket.has(Told::Inode) || socket.localPort == 0)
        return false;
    return socket.state == tcpstate::established || socket.state == tcpstate::closeWait
        || socket.state == tcpstate::synRecv || socket.state == tcpstate::newSynRecv;
}

/// Whether a listener's queue counts it: that holds whole connections, and no handshakes.
bool isQueued(const Socket &socket)
{
    return socket.state != tcpstate::synRecv && socket.state != tcpstate::newSynRecv;
}

/// How many of the connections in listeners' queues were given to them.
class Queues
{
public:
    Queues(const Snapshot &snapshot, const RowsByProtocol &rows) : m_snapshot(snapshot)
    {
        for (const quint32 row : rows.of(Protocol::Tcp))
            if (const Socket &socket = snapshot.sockets[row];
                socket.state == tcpstate::listen && socket.partOf != noIndex)
                m_under.insert(socket.partOf, row);
    }

    /// The TCP listener by which an MPTCP listener listens: the queue is one, and each has a row.
    quint32 under(quint32 listener) const { return m_under.value(listener, listener); }

    /// The listener's row for a connection that waits at one of these, and how many it may be.
    std::pair<quint32, std::size_t> choose(const Socket &waiting, std::vector<quint32> listeners)
    {
        if (listeners.size() == 1) {
            give(listeners.front());
            return {listeners.front(), 1};
        }
        if (!isQueued(waiting))
            return {noIndex, listeners.size()};
        const std::size_t all = listeners.size();
        listeners.erase(
            std::remove_if(listeners.begin(), listeners.end(), [this](quint32 row) { return lengthOf(row) == 0; }),
            listeners.end());
        // As good as any other order, and stays the same.
        std::sort(listeners.begin(), listeners.end(),
            [this](quint32 a, quint32 b) { return std::pair(ownerOf(a), a) < std::pair(ownerOf(b), b); });
        const auto free = std::find_if(
            listeners.begin(), listeners.end(), [this](quint32 row) { return m_given.value(row) < lengthOf(row); });
        if (free == listeners.end()) // it came after the queues were told
            return {noIndex, all};
        give(*free);
        return {*free, listeners.size()};
    }

private:
    void give(quint32 listener)
    {
        ++m_given[listener];
        if (const quint32 row = under(listener); row != listener)
            ++m_given[row];
    }
    quint32 lengthOf(quint32 row) const
    {
        const Socket &listener = m_snapshot.sockets[row];
        return listener.has(Told::Queues) || listener.has(Told::RecvQueue) ? listener.recvQueue : noIndex;
    }
    quint32 ownerOf(quint32 row) const
    {
        const auto holders = m_snapshot.holdersOf(m_snapshot.sockets[row]);
        return holders.empty() ? noIndex : holders.front().process;
    }

    const Snapshot &m_snapshot;
    QHash<quint32, quint32> m_given, m_under;
};

} // namespace

void linkReceivers(const Snapshot &snapshot, const RowsByProtocol &rows, const OwnAddresses &own, EndLinks &links)
{
    const auto &sockets = snapshot.sockets;
    const std::vector<bool> linked = links.linked(sockets.size());
    std::vector<quint32> senders;
    for (const Protocol protocol : datagrams)
        for (const quint32 row : rows.of(protocol))
            if (const Socket &socket = sockets[row]; socket.state == tcpstate::established && socket.remotePort != 0
                && socket.remote.length != 0 && !linked[row])
                senders.push_back(row);
    if (senders.empty())
        return;
    const BoundSockets bound(snapshot, rows, datagrams, [](const Socket &s) { return s.state == tcpstate::close; });
    if (bound.empty())
        return;
    for (const quint32 row : senders) {
        const Socket &sender = sockets[row];
        if (!own.contain(sender.netns, unmapped(sender.remote)))
            continue;
        for (const quint32 receiver : bound.at(sender, sender.remote, sender.remotePort))
            links.addBoth(row, receiver, true);
    }
}

void findListeners(Snapshot &snapshot, const RowsByProtocol &rows)
{
    std::vector<quint32> waiting;
    for (const Protocol protocol : streams)
        for (const quint32 row : rows.of(protocol))
            if (waitsToBeAccepted(snapshot.sockets[row]))
                waiting.push_back(row);
    if (waiting.empty())
        return;
    const BoundSockets listeners(snapshot, rows, streams, [](const Socket &s) { return s.state == tcpstate::listen; });
    // By what they keep, so that a guess stays the same from snapshot to snapshot while none is accepted. Connections
    // of MPTCP go first, since their subflows wait where they do.
    std::sort(waiting.begin(), waiting.end(), [&](quint32 a, quint32 b) {
        const auto order = [&](quint32 row) {
            const Socket &socket = snapshot.sockets[row];
            return std::tuple(socket.protocol != Protocol::Mptcp, socket.cookie, row);
        };
        return order(a) < order(b);
    });
    Queues queues(snapshot, rows);
    for (const quint32 row : waiting) {
        Socket &socket = snapshot.sockets[row];
        if (socket.partOf != noIndex && snapshot.sockets[socket.partOf].listeners != 0) {
            const Socket &connection = snapshot.sockets[socket.partOf];
            socket.listener = queues.under(connection.listener);
            socket.listeners = connection.listeners;
            continue;
        }
        const auto found = listeners.at(socket, socket.local, socket.localPort);
        if (found.empty())
            continue;
        const auto [listener, candidates] = queues.choose(socket, found);
        socket.listener = listener;
        socket.listeners = static_cast<quint8>(candidates);
    }
}

} // namespace socktree
