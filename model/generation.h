// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown at one time: the newest snapshot, a slot for every socket for life, and what only memory knows.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QHash>

#include <memory>
#include <vector>

namespace socktree {

enum class Mark : quint8 { None, New, Changed, Closed };

/// What a slot holds. A slot belongs to one socket for life and is used again only when no shown row can mean the old
/// one.
struct Entry {
    SocketKey key;
    quint32 index = noIndex; ///< in Generation::snapshot, or in Generation::graveyard if buried; noIndex: slot is free
    quint64 born = 0;        ///< number of the generation that gave the slot to this socket
    bool buried = false;     ///< its socket is in the graveyard: closed, or kept as it was since its dump failed
    Mark mark = Mark::None;
    quint8 missed = 0; ///< complete dumps of its scope in a row that did not have it
    WallTime firstSeen;
    bool remembered = false; ///< firstSeen is what an earlier watch knew, and a capture tells
    SteadyTime markedAt;
    SteadyTime dumpedAt;            ///< time of the dump its counters are from
    quint64 received = 0, sent = 0; ///< counters the rates are made of; hasCounters
    double receiveRate = -1;        ///< bytes/s; < 0: not yet or does not apply
    double sendRate = -1;
    bool hasCounters = false;
    bool live() const { return index != noIndex && mark != Mark::Closed; }
    bool used() const { return index != noIndex; }
};

/// Immutable once made; shared between threads.
struct Generation {
    quint64 number = 0;
    SnapshotPtr snapshot;
    SnapshotPtr graveyard;      ///< rows that the snapshot lacks: closed ones still shown, and those of failed dumps
    std::vector<Entry> entries; ///< by slot
    QHash<SocketKey, quint32> slotOf;
    QHash<quint32, Process> formerOwners; ///< by slot: who held what the kernel now keeps alone
    std::vector<quint32> freeSlots;       ///< the longest free first
    quint32 liveCount = 0;                ///< entries that are live()
};
using GenerationPtr = std::shared_ptr<const Generation>;

/// Whether a slot means the same socket in both: slots are used again, and generations may be skipped in between.
inline bool sameSocket(const Generation &a, const Generation &b, quint32 slot)
{
    return slot < a.entries.size() && slot < b.entries.size() && a.entries[slot].used() && b.entries[slot].used()
        && a.entries[slot].born == b.entries[slot].born;
}

/// One socket by its slot and when it got it: what to keep of a socket between generations. Its key can change, and its
/// slot can be another's one day.
struct SlotOwner {
    quint32 slot = noIndex;
    quint64 born = 0;
    bool operator==(const SlotOwner &) const = default;
};
/// Of no socket if the slot is free.
inline SlotOwner ownerOf(const Generation &generation, quint32 slot)
{
    const bool used = slot < generation.entries.size() && generation.entries[slot].used();
    return used ? SlotOwner{slot, generation.entries[slot].born} : SlotOwner();
}
/// Whether it still has its slot.
inline bool isThere(const Generation &generation, const SlotOwner &owner)
{
    return owner.slot != noIndex && ownerOf(generation, owner.slot) == owner;
}

struct TreeScope;

/// One row of a generation: what columns, filter and export ask their questions of. Cheap to copy; the generation must
/// outlive it, and so must what it is seen under: the parts of the tree that were chosen, or null.
class RowRef
{
public:
    RowRef(const Generation &generation, quint32 slot, const TreeScope *under = nullptr)
        : m_generation(&generation), m_slot(slot), m_under(under)
    {
    }
    quint32 slot() const { return m_slot; }
    const Generation &generation() const { return *m_generation; }
    const Entry &entry() const { return m_generation->entries[m_slot]; }
    const Snapshot &snapshot() const { return entry().buried ? *m_generation->graveyard : *m_generation->snapshot; }
    const Socket &socket() const { return snapshot().sockets[entry().index]; }
    const TreeScope *under() const { return m_under; }
    /// The one of its holders that it is shown with, or null.
    const Holder *holder() const;
    /// Its process, or null.
    const Process *process() const;

private:
    const Generation *m_generation;
    quint32 m_slot;
    const TreeScope *m_under;
};

} // namespace socktree
