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
static void findConnections(Snapshot &snapshot, const EndFacts &facts)
{
    auto &sockets = snapshot.sockets;
    QHash<quint64, quint32> byToken, byInode;
    for (const EndFacts::Token &one : facts.tokens)
        if (sockets[one.row].protocol == Protocol::Mptcp)
            byToken.insert(keyOf(sockets[one.row], one.token), one.row);
    for (quint32 row = 0; row < sockets.size(); ++row)
        if (sockets[row].protocol == Protocol::Mptcp && sockets[row].has(Told::Inode))
            byInode.insert(keyOf(sockets[row], sockets[row].inode), row);
    const auto join = [&](Socket &socket, const QHash<quint64, quint32> &known, quint32 number) {
        const auto found = known.constFind(keyOf(socket, number));
        if (socket.protocol == Protocol::Tcp && found != known.cend())
            socket.partOf = *found;
    };
    if (!byInode.isEmpty())
        for (Socket &socket : sockets)
            if (socket.has(Told::Inode))
                join(socket, byInode, socket.inode);
    for (const EndFacts::Token &one : facts.tokens)
        join(sockets[one.row], byToken, one.token);
}

void joinSubflows(Snapshot &snapshot, const EndFacts &facts, EndLinks &links)
{
    findConnections(snapshot, facts);
    const auto &sockets = snapshot.sockets;
    for (const Socket &subflow : sockets) {
        if (subflow.partOf == noIndex)
            continue;
        for (const Peer &peer : snapshot.peersOf(subflow))
            if (sockets[peer.socket].partOf != noIndex)
                links.add(subflow.partOf, sockets[peer.socket].partOf, peer.inferred);
    }
}

} // namespace socktree
