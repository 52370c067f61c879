// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/remembered.h"

#include <limits>

namespace socktree {

static bool canBeNamed(const SocketKey &key)
{
    return key.ends == 0 && (key.cookie || key.inode) && key.inode <= std::numeric_limits<quint32>::max()
        && key.family <= std::numeric_limits<quint8>::max();
}

std::vector<RememberedRecord> rememberedOf(const Generation &generation)
{
    std::vector<RememberedRecord> all;
    all.reserve(generation.liveCount);
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
        const Entry &entry = generation.entries[slot];
        if (!entry.live() || !canBeNamed(entry.key))
            continue;
        RememberedRecord record;
        record.cookie = entry.key.cookie;
        record.netns = entry.key.netns;
        record.inode = entry.key.inode;
        record.family = static_cast<quint8>(entry.key.family);
        record.protocol = entry.key.protocol;
        record.firstSeen = entry.firstSeen;
        if (const auto owner = generation.formerOwners.constFind(slot); owner != generation.formerOwners.cend()) {
            record.pid = owner->key.pid;
            record.startTime = owner->key.startTime;
            record.comm = owner->comm;
        }
        all.push_back(std::move(record));
    }
    return all;
}

void recall(Generation &made)
{
    for (const RememberedRecord &record : made.snapshot->remembered) {
        SocketKey key;
        key.cookie = record.cookie;
        if (!key.cookie) {
            key.netns = record.netns;
            key.inode = record.inode;
            key.family = record.family;
            key.protocol = record.protocol;
        }
        const auto slot = made.slotOf.constFind(key);
        if (slot == made.slotOf.cend())
            continue;
        Entry &entry = made.entries[*slot];
        if (record.firstSeen != WallTime()) {
            entry.firstSeen = record.firstSeen;
            entry.remembered = true;
        }
        if (record.pid <= 0 || made.snapshot->sockets[entry.index].holderCount)
            continue;
        Process owner;
        owner.key = {record.pid, record.startTime};
        owner.comm = record.comm;
        made.formerOwners.insert(*slot, owner);
    }
}

} // namespace socktree
