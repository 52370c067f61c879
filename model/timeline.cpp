// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/timeline.h"

#include "model/coverage.h"
#include "model/rates.h"
#include "model/remembered.h"
#include "model/row_changes.h"
#include "model/row_source.h"
#include "model/shown_owner.h"

#include <QtCore/QSet>

#include <algorithm>

namespace socktree {

namespace {

bool onlyByDescriptor(const Socket &socket)
{
    return socket.dump == noShortIndex && socket.cookie == 0;
}

SocketKey descriptorKey(quint32 inode)
{
    SocketKey key;
    key.inode = inode;
    return key;
}

/// One step: every row of the snapshot finds its slot, then every slot that found no row is judged.
class Step
{
public:
    Step(const GenerationPtr &before, const SnapshotPtr &snapshot, const TimelineOptions &options)
        : m_before(before), m_now(*snapshot), m_options(options), m_coverage(*snapshot),
          m_coverageBefore(before ? *before->snapshot : Snapshot()), m_made(std::make_shared<Generation>())
    {
        m_made->snapshot = snapshot;
        m_made->number = before ? before->number + 1 : options.firstNumber;
        if (!before)
            return;
        m_made->entries = before->entries;
        m_made->slotOf = before->slotOf;
        m_made->freeSlots = before->freeSlots;
        m_made->formerOwners = before->formerOwners;
    }

    GenerationPtr run()
    {
        findSlots();
        judgeMissing();
        placeNewcomers();
        bury();
        if (!m_before)
            recall(*m_made);
        for (const Entry &entry : m_made->entries)
            m_made->liveCount += entry.live() ? 1 : 0;
        return std::move(m_made);
    }

private:
    Entry &entry(quint32 slot) { return m_made->entries[slot]; }
    RowRef rowBefore(quint32 slot) const { return RowRef(*m_before, slot); }
    bool over(const Entry &e, std::chrono::milliseconds keep) const { return m_now.ended - e.markedAt >= keep; }

    void findSlots()
    {
        m_found.resize(m_made->entries.size());
        for (quint32 index = 0; index < m_now.sockets.size(); ++index) {
            const Socket &socket = m_now.sockets[index];
            const SocketKey key = m_now.keyOf(socket);
            if (onlyByDescriptor(socket))
                m_onlyByDescriptor.insert(socket.inode);
            if (const auto slot = slotOf(key)) {
                goOn(*slot, index);
            } else if (const auto descriptorSlot = slotOfDescriptor(socket)) {
                m_made->slotOf.remove(entry(*descriptorSlot).key);
                m_made->slotOf.insert(key, *descriptorSlot);
                entry(*descriptorSlot).key = key;
                goOn(*descriptorSlot, index);
            } else {
                m_newcomers.push_back(index);
            }
        }
    }

    std::optional<quint32> slotOf(const SocketKey &key) const
    {
        if (!m_before)
            return std::nullopt;
        const auto found = m_before->slotOf.constFind(key);
        return found == m_before->slotOf.cend() || m_found[*found] ? std::nullopt : std::optional(*found);
    }

    /// The slot of the row that until now only a descriptor named, if this is its socket.
    std::optional<quint32> slotOfDescriptor(const Socket &socket) const
    {
        if (onlyByDescriptor(socket) || !socket.has(Told::Inode))
            return std::nullopt;
        return slotOf(descriptorKey(socket.inode));
    }

    void goOn(quint32 slot, quint32 index)
    {
        m_found[slot] = true;
        Entry &e = entry(slot);
        if (e.mark == Mark::Closed || over(e, m_options.keepMarks))
            e.mark = Mark::None;
        const RowRef old = rowBefore(slot);
        const bool compareHolders = m_coverage.coversDescriptors() && m_coverageBefore.coversDescriptors();
        if (e.mark != Mark::New && differ(old.snapshot(), old.socket(), m_now, m_now.sockets[index], compareHolders))
            mark(e, Mark::Changed);
        rememberOwner(slot, old, m_now.sockets[index]);
        e.index = index;
        e.buried = false;
        e.missed = 0;
        updateRates(e, m_now, m_now.sockets[index]);
    }

    void rememberOwner(quint32 slot, const RowRef &old, const Socket &now)
    {
        if (now.holderCount || !outlivesItsProcess(now))
            forgetOwner(slot);
        else if (const Process *process = old.process())
            m_made->formerOwners.insert(slot, *process);
    }

    void forgetOwner(quint32 slot)
    {
        if (m_made->formerOwners.contains(slot)) // or it would be copied for nothing
            m_made->formerOwners.remove(slot);
    }

    void mark(Entry &e, Mark as)
    {
        if (m_options.keepMarks.count() <= 0)
            return;
        e.mark = as;
        e.markedAt = m_now.ended;
    }

    void judgeMissing()
    {
        for (quint32 slot = 0; slot < m_found.size(); ++slot) {
            Entry &e = entry(slot);
            if (m_found[slot] || !e.used())
                continue;
            if (e.mark == Mark::Closed)
                over(e, m_options.keepClosed) ? release(slot) : keep(slot);
            else
                judge(slot);
        }
    }

    void judge(quint32 slot)
    {
        Entry &e = entry(slot);
        const RowRef row = rowBefore(slot);
        const Socket &socket = row.socket();
        if (onlyByDescriptor(socket)) {
            if (isDescribed(socket.inode))
                release(slot); // it goes on as the row that describes it
            else
                descriptorMayBeHidden(row) ? keepAlive(slot) : close(slot);
            return;
        }
        const Scope *scope = scopeOf(row);
        if (!scope || !(m_coverage.covers(*scope) || m_coverage.isGone(scope->netns))) {
            keepAlive(slot);
            return;
        }
        const auto there = m_options.isThere ? m_options.isThere(socket) : std::optional(false);
        const bool stillHeld = socket.has(Told::Inode) && m_onlyByDescriptor.contains(socket.inode);
        const bool sureAtOnce = there == std::optional(false) && socket.protocol != Protocol::Unknown && !stillHeld;
        if (there != std::optional(true) && (sureAtOnce || e.missed > 0)) {
            close(slot);
        } else {
            e.missed = there == std::optional(true) ? 0 : 1;
            keepAlive(slot);
        }
    }

    bool descriptorMayBeHidden(const RowRef &row) const
    {
        if (!m_coverage.coversDescriptors())
            return true;
        const auto holders = row.snapshot().holdersOf(row.socket());
        return std::any_of(holders.begin(), holders.end(), [&](const Holder &holder) {
            const ProcessKey &key = row.snapshot().processes[holder.process].key;
            const Process *process = m_now.findProcess(key.pid);
            return process && process->key == key && process->descriptors != Got::Read
                && process->descriptors != Got::Gone;
        });
    }

    bool isDescribed(quint32 inode)
    {
        if (!m_describedKnown) {
            for (const Socket &socket : m_now.sockets)
                if (!onlyByDescriptor(socket) && socket.has(Told::Inode))
                    m_described.insert(socket.inode);
            m_describedKnown = true;
        }
        return m_described.contains(inode);
    }

    void keep(quint32 slot)
    {
        const RowRef row = rowBefore(slot);
        m_buried.push_back(slot);
        m_graves.push_back({&row.snapshot(), row.entry().index});
        entry(slot).buried = true;
    }

    void keepAlive(quint32 slot)
    {
        Entry &e = entry(slot);
        if (over(e, m_options.keepMarks))
            e.mark = Mark::None;
        const Socket &socket = rowBefore(slot).socket();
        if (socket.has(Told::Inode))
            m_keptInodes.insert(socket.inode);
        keep(slot);
    }

    void close(quint32 slot)
    {
        if (m_options.keepClosed.count() <= 0) {
            release(slot);
            return;
        }
        Entry &e = entry(slot);
        e.mark = Mark::Closed;
        e.markedAt = m_now.ended;
        e.receiveRate = e.sendRate = -1;
        const Socket &socket = rowBefore(slot).socket();
        if (socket.has(Told::Inode))
            m_closedInodes.insert(socket.inode);
        keep(slot);
    }

    void release(quint32 slot)
    {
        // The view may still show this slot's old socket, so newcomers of this step do not get it.
        m_made->slotOf.remove(entry(slot).key);
        entry(slot) = Entry();
        forgetOwner(slot);
        m_released.push_back(slot);
    }

    void placeNewcomers()
    {
        std::size_t taken = 0;
        if (!m_newcomers.empty())
            m_made->slotOf.reserve(
                static_cast<qsizetype>(m_now.sockets.size()) + static_cast<qsizetype>(m_buried.size()));
        for (const quint32 index : m_newcomers) {
            const Socket &socket = m_now.sockets[index];
            if (onlyByDescriptor(socket) && m_keptInodes.contains(socket.inode))
                continue; // the row kept from before shows it
            quint32 slot;
            if (taken < m_made->freeSlots.size()) {
                slot = m_made->freeSlots[taken++];
            } else {
                slot = static_cast<quint32>(m_made->entries.size());
                m_made->entries.emplace_back();
            }
            Entry &e = entry(slot);
            e.key = m_now.keyOf(socket);
            e.index = index;
            e.born = m_made->number;
            e.firstSeen = m_now.host.taken;
            updateRates(e, m_now, socket);
            if (const Mark as = markOf(socket); as != Mark::None)
                mark(e, as);
            m_made->slotOf.insert(e.key, slot);
        }
        auto &free = m_made->freeSlots;
        free.erase(free.begin(), free.begin() + static_cast<std::ptrdiff_t>(taken));
        free.insert(free.end(), m_released.begin(), m_released.end());
    }

    Mark markOf(const Socket &socket) const
    {
        if (!m_before)
            return Mark::None;
        if (!onlyByDescriptor(socket)) {
            const Scope *scope = scopeOf(m_now, socket);
            return scope && m_coverageBefore.covers(*scope) ? Mark::New : Mark::None;
        }
        if (m_closedInodes.contains(socket.inode))
            return Mark::Changed; // no dump describes it any more
        return m_coverageBefore.coversDescriptors() ? Mark::New : Mark::None;
    }

    void bury()
    {
        for (std::size_t i = 0; i < m_buried.size(); ++i)
            entry(m_buried[i]).index = static_cast<quint32>(i);
        const SnapshotPtr &old = m_before ? m_before->graveyard : nullptr;
        bool asBefore = old && m_graves.size() == old->sockets.size() - old->extras;
        for (std::size_t i = 0; asBefore && i < m_graves.size(); ++i)
            asBefore = m_graves[i].snapshot == old.get() && m_graves[i].index == i;
        m_made->graveyard = asBefore ? old : gather(m_now, m_graves);
    }

    const GenerationPtr &m_before;
    const Snapshot &m_now;
    const TimelineOptions m_options;
    const Coverage m_coverage, m_coverageBefore;
    std::shared_ptr<Generation> m_made;
    std::vector<bool> m_found; ///< by slot of the generation before
    std::vector<quint32> m_newcomers, m_released;
    std::vector<quint32> m_buried; ///< slots whose sockets are m_graves
    std::vector<SocketOf> m_graves;
    QSet<quint32> m_onlyByDescriptor, m_keptInodes, m_closedInodes, m_described;
    bool m_describedKnown = false;
};

} // namespace

GenerationPtr advance(const GenerationPtr &before, const SnapshotPtr &snapshot, const TimelineOptions &options)
{
    return Step(before, snapshot, options).run();
}

} // namespace socktree
