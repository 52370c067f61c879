// SPDX-License-Identifier: GPL-3.0-or-later
// MPTCP: which TCP connections are subflows of which connection, and so where that one ends.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/ends.h"

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

void joinSubflows(Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links)
{
    if (rows.of(Protocol::Mptcp).empty())
        return;
    findConnections(snapshot, rows, facts);
    std::vector<EndLink> between;
    for (const EndLink &link : links.all()) {
        const quint32 here = snapshot.sockets[link.from].partOf, there = snapshot.sockets[link.to.socket].partOf;
        if (here != noIndex && there != noIndex)
            between.push_back({here, {there, link.to.inferred}});
    }
    for (const EndLink &link : between)
        links.add(link.from, link.to.socket, link.to.inferred);
}

} // namespace socktree
