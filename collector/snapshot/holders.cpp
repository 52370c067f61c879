// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/holders.h"

#include <algorithm>
#include <tuple>

namespace socktree {

namespace {

auto order(const HeldInode &held)
{
    return std::tuple(held.inode, held.holder.process, held.holder.tid, held.holder.fd, held.holder.registered);
}

struct Group {
    quint32 first = 0;
    quint32 count = 0;
    bool described = false;
};

} // namespace

void joinHolders(Snapshot &snapshot, std::vector<HeldInode> held)
{
    // Processes ascend by pid, so by their index as well.
    std::sort(held.begin(), held.end(), [](const HeldInode &a, const HeldInode &b) { return order(a) < order(b); });
    held.erase(std::unique(held.begin(), held.end(),
                   [](const HeldInode &a, const HeldInode &b) { return order(a) == order(b); }),
        held.end());

    QHash<quint32, Group> groups;
    groups.reserve(static_cast<qsizetype>(held.size()));
    snapshot.holders.reserve(held.size());
    for (const HeldInode &one : held) {
        Group &group = groups[one.inode];
        if (group.count == 0)
            group.first = static_cast<quint32>(snapshot.holders.size());
        ++group.count;
        snapshot.holders.push_back(one.holder);
    }

    for (Socket &socket : snapshot.sockets) {
        const auto group = socket.has(Told::Inode) ? groups.find(socket.inode) : groups.end();
        if (group == groups.end())
            continue;
        socket.firstHolder = group->first;
        socket.holderCount = group->count;
        group->described = true;
    }

    for (const HeldInode &one : held) {
        Group &group = groups[one.inode];
        if (group.described)
            continue;
        group.described = true;
        Socket socket;
        socket.inode = one.inode;
        socket.tell(Told::Inode);
        socket.firstHolder = group.first;
        socket.holderCount = group.count;
        snapshot.sockets.push_back(socket);
    }
}

} // namespace socktree
