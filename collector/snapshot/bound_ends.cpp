// SPDX-License-Identifier: GPL-3.0-or-later
// Ends that are found by where they are bound: who receives at an address, who listens there.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/ends.h"

#include <QtCore/QSet>

#include <algorithm>

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
            const bool there = bound.localPort == port && bound.netns == socket.netns
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

/// What a namespace's sockets say of which addresses are its own: wildcards receive nothing sent to another's.
class OwnAddresses
{
public:
    explicit OwnAddresses(const std::vector<Socket> &sockets)
    {
        for (const Socket &socket : sockets)
            if (isInternet(socket.protocol) && socket.local.length != 0 && !socket.local.isAny())
                m_known.insert({socket.netns, unmapped(socket.local).bytes});
    }
    bool contain(quint16 netns, const Address &address) const
    {
        return isLoopback(address) || m_known.contains({netns, address.bytes});
    }

private:
    struct Key {
        quint16 netns;
        std::array<quint8, 16> bytes;
        bool operator==(const Key &) const = default;
        friend std::size_t qHash(const Key &key, std::size_t seed = 0) noexcept
        {
            return qHashBits(key.bytes.data(), key.bytes.size(), seed + key.netns);
        }
    };
    QSet<Key> m_known;
};

/// Not accepted yet: closing it would have moved it on from these states.
bool waitsToBeAccepted(const Socket &socket)
{
    if (socket.has(Told::Inode) || socket.localPort == 0)
        return false;
    return socket.state == establishedState || socket.state == closeWaitState || socket.state == synRecvState
        || socket.state == newSynRecvState;
}

/// Of several that share the port: one in whose queue something waits; else the one of the lowest process.
quint32 likeliest(const Snapshot &snapshot, const std::vector<quint32> &listeners)
{
    const auto rank = [&](quint32 row) {
        const Socket &socket = snapshot.sockets[row];
        const auto holders = snapshot.holdersOf(socket);
        return std::pair(socket.recvQueue == 0, holders.empty() ? noIndex : holders.front().process);
    };
    return *std::min_element(
        listeners.begin(), listeners.end(), [&](quint32 a, quint32 b) { return rank(a) < rank(b); });
}

} // namespace

void linkReceivers(const Snapshot &snapshot, const RowsByProtocol &rows, EndLinks &links)
{
    const auto &sockets = snapshot.sockets;
    const std::vector<bool> linked = links.linked(sockets.size());
    std::vector<quint32> senders;
    for (const Protocol protocol : datagrams)
        for (const quint32 row : rows.of(protocol))
            if (const Socket &socket = sockets[row];
                socket.state == establishedState && socket.remotePort != 0 && socket.remote.length != 0 && !linked[row])
                senders.push_back(row);
    if (senders.empty())
        return;
    const BoundSockets bound(snapshot, rows, datagrams, [](const Socket &s) { return s.state == closeState; });
    if (bound.empty())
        return;
    const OwnAddresses own(sockets);
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
    const BoundSockets listeners(snapshot, rows, streams, [](const Socket &s) { return s.state == listenState; });
    for (const quint32 row : waiting) {
        Socket &socket = snapshot.sockets[row];
        const auto found = listeners.at(socket, socket.local, socket.localPort);
        if (!found.empty())
            socket.listener = likeliest(snapshot, found);
    }
}

} // namespace socktree
