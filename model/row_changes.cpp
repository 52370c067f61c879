// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/row_changes.h"

#include <algorithm>

namespace socktree {

namespace {

bool holdersDiffer(const Snapshot &before, const Socket &old, const Snapshot &now, const Socket &socket)
{
    const auto a = before.holdersOf(old), b = now.holdersOf(socket);
    return !std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const Holder &x, const Holder &y) {
        return x.fd == y.fd && x.tid == y.tid && before.processes[x.process].key == now.processes[y.process].key;
    });
}

} // namespace

bool differ(const Snapshot &before, const Socket &old, const Snapshot &now, const Socket &socket, bool compareHolders)
{
    if (old.state != socket.state || old.localPort != socket.localPort || old.remotePort != socket.remotePort
        || old.local != socket.local || old.remote != socket.remote)
        return true;
    if (old.protocol != socket.protocol || old.family != socket.family || old.peerInode != socket.peerInode
        || old.has(Told::Peer) != socket.has(Told::Peer) || old.has(Told::Name) != socket.has(Told::Name))
        return true;
    if (socket.has(Told::Name) && before.nameOf(old) != now.nameOf(socket))
        return true;
    return compareHolders && holdersDiffer(before, old, now, socket);
}

} // namespace socktree
