// SPDX-License-Identifier: GPL-3.0-or-later
// Other ends that the kernel names by a number of the socket itself.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/ends.h"

#include <sys/socket.h>

namespace socktree {

namespace {

/// Whether the other end may say of itself that its other end is another: many may send to one.
bool isOneWay(const Socket &socket)
{
    return socket.type == SOCK_DGRAM;
}

/// A dump is no moment: an inode may have become another socket's between two of its rows.
bool contradicts(const Socket &socket, const Socket &peer)
{
    return peer.type != socket.type
        || (!isOneWay(socket) && peer.has(Told::Peer) && peer.peerInode != 0 && peer.peerInode != socket.inode);
}

quint64 portKey(const Socket &socket, quint32 port)
{
    return quint64(socket.netns) << 48 | quint64(socket.number) << 32 | port;
}

} // namespace

void linkUnix(const Snapshot &snapshot, const RowsByProtocol &rows, const EndFacts &facts, EndLinks &links)
{
    const auto &sockets = snapshot.sockets;
    const std::vector<quint32> &all = rows.of(Protocol::Unix);
    if (all.empty())
        return;
    QHash<quint32, quint32> rowOf; // inodes of sockets are the host's, not the namespace's
    rowOf.reserve(static_cast<qsizetype>(all.size()));
    for (const quint32 row : all)
        if (sockets[row].inode != 0)
            rowOf.insert(sockets[row].inode, row);
    const auto peerOf = [&](const Socket &socket) {
        if (socket.inode == 0 || !socket.has(Told::Peer) || socket.peerInode == 0)
            return noIndex;
        const quint32 peer = rowOf.value(socket.peerInode, noIndex);
        return peer == noIndex || contradicts(socket, sockets[peer]) ? noIndex : peer;
    };
    for (const quint32 row : all) {
        const quint32 peer = peerOf(sockets[row]);
        if (peer == noIndex)
            continue;
        // One that is connected to a socket that was not read, or is closed, is not connected to who sends to it.
        const bool elsewhere
            = isOneWay(sockets[peer]) && sockets[peer].has(Told::Peer) && peerOf(sockets[peer]) == noIndex;
        elsewhere ? links.add(row, peer, false) : links.addBoth(row, peer, false);
    }
    for (const EndFacts::Waiting &one : facts.waiting) {
        const auto client = rowOf.constFind(one.client);
        // A client that was accepted since its listener was dumped has a peer of its own.
        if (client != rowOf.cend() && sockets[*client].peerInode == 0)
            links.add(*client, one.listener, false);
    }
}

void linkNetlink(const Snapshot &snapshot, const RowsByProtocol &rows, EndLinks &links)
{
    const auto &sockets = snapshot.sockets;
    QHash<quint64, quint32> rowOf;
    for (const quint32 row : rows.of(Protocol::Netlink))
        if (sockets[row].localPort != 0 && sockets[row].netns != noShortIndex)
            rowOf.insert(portKey(sockets[row], sockets[row].localPort), row);
    const auto peerOf = [&](const Socket &socket) { return rowOf.value(portKey(socket, socket.remotePort), noIndex); };
    for (const quint32 row : rows.of(Protocol::Netlink)) {
        if (sockets[row].remotePort == 0) // 0 is the kernel
            continue;
        const quint32 peer = peerOf(sockets[row]);
        if (peer == noIndex)
            continue;
        const bool elsewhere = sockets[peer].remotePort != 0 && peerOf(sockets[peer]) == noIndex;
        elsewhere ? links.add(row, peer, false) : links.addBoth(row, peer, false);
    }
}

} // namespace socktree
