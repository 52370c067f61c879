// SPDX-License-Identifier: GPL-3.0-or-later
// MPTCP: which TCP connections are subflows of which connection, and so where that one ends.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/ends.h"

#include <QtCore/QSet>

namespace socktree {

static quint64 keyOf(const Socket &socket, quint32 number)
{
    return quint64(socket.netns) << 32 | number;
}

/// By token; listeners, which have none, and a connection's first subflow share its inode.
static void findConnections(Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts)
{
    auto &sockets = snapshot.sockets;
    QHash<quint64, quint32> byToken, byInode;
    for (const EndFacts::Token &one : facts.tokens)
        if (sockets[one.row].protocol == Protocol::Mptcp)
            byToken.insert(keyOf(sockets[one.row], one.token), one.row);
    for (const quint32 row : rows.of(Protocol::Mptcp))
        if (sockets[row].has(Told::Inode))
            byInode.insert(keyOf(sockets[row], sockets[row].inode), row);
    const auto join = [&](Socket &socket, const QHash<quint64, quint32> &known, quint32 number) {
        const auto found = known.constFind(keyOf(socket, number));
        if (socket.protocol == Protocol::Tcp && found != known.cend())
            socket.partOf = *found;
    };
    for (const quint32 row : rows.of(Protocol::Tcp))
        if (sockets[row].has(Told::Inode))
            join(sockets[row], byInode, sockets[row].inode);
    for (const EndFacts::Token &one : facts.tokens)
        join(sockets[one.row], byToken, one.token);
}

namespace {

/// Connections that fell back to TCP, for their other end knows no MPTCP: of these the TCP socket is the other end.
class PlainEnds
{
public:
    PlainEnds(const Snapshot &snapshot, const RowsByProtocol &rows) : m_sockets(snapshot.sockets)
    {
        for (const quint32 row : rows.of(Protocol::Tcp))
            if (m_sockets[row].partOf != noIndex)
                ++m_subflows[m_sockets[row].partOf];
        for (const quint32 row : rows.of(Protocol::Mptcp))
            m_ports.insert(portsOf(m_sockets[row]));
    }
    /// Whether @p connection ends at @p end, where its subflow does, and not at one whose subflow that is: a list does
    /// not always tell tokens.
    bool meet(quint32 connection, quint32 end) const
    {
        return m_subflows.value(connection) == 1 && !m_ports.contains(portsOf(m_sockets[end]));
    }

private:
    static quint64 portsOf(const Socket &socket) { return keyOf(socket, socket.localPort << 16 | socket.remotePort); }

    const std::vector<Socket> &m_sockets;
    QHash<quint32, int> m_subflows; ///< of each connection
    QSet<quint64> m_ports;          ///< of all connections
};

} // namespace

void joinSubflows(Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links)
{
    if (rows.of(Protocol::Mptcp).empty())
        return;
    findConnections(snapshot, rows, facts);
    const PlainEnds plain(snapshot, rows);
    std::vector<EndLink> between;
    for (const EndLink &link : links.all()) {
        const quint32 here = snapshot.sockets[link.from].partOf, there = snapshot.sockets[link.to.socket].partOf;
        if (here == noIndex)
            continue;
        if (there != noIndex)
            between.push_back({here, {there, link.to.inferred}, false});
        else if (plain.meet(here, link.to.socket))
            between.push_back({here, link.to, false});
    }
    for (const EndLink &link : between)
        links.add(link.from, link.to.socket, link.to.inferred);
}

} // namespace socktree
