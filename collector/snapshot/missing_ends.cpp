// SPDX-License-Identifier: GPL-3.0-or-later
// Why a connected socket has no other end among those that were read, as far as addresses tell.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/own_addresses.h"

namespace socktree {

static bool isOwnNode(const Socket &socket)
{
    constexpr quint32 localCid = 1;
    return socket.remote.node() == socket.local.node()
        || (socket.protocol == Protocol::Vsock && socket.remote.node() == localCid);
}

static NoEnd missingEnd(const Socket &socket, const OwnAddresses &own)
{
    if (socket.remote.isNode())
        return isOwnNode(socket) ? NoEnd::Nothing : NoEnd::OtherHost;
    const Address remote = unmapped(socket.remote);
    if (own.contain(socket.netns, remote))
        return NoEnd::Nothing;
    return own.containAnywhere(remote) ? NoEnd::OtherNamespace : NoEnd::OtherHost;
}

void explainMissing(Snapshot &snapshot, const EndLinks &links, const OwnAddresses &own)
{
    for (Socket &socket : snapshot.sockets)
        if (socket.peerCount == 0 && socket.remotePort != 0 && socket.remote.length != 0)
            socket.noEnd = missingEnd(socket, own);
    for (const quint32 row : links.undecided()) {
        Socket &socket = snapshot.sockets[row];
        socket.noEnd = NoEnd::Several;
        if (socket.partOf != noIndex && snapshot.sockets[socket.partOf].peerCount == 0)
            snapshot.sockets[socket.partOf].noEnd = NoEnd::Several;
    }
}

} // namespace socktree
