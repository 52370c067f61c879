// SPDX-License-Identifier: GPL-3.0-or-later
// Rows taken out of their snapshots, with everything their indexes point to copied and renumbered.
#include "collector/snapshot/snapshot.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace socktree {

namespace {

class Gathering
{
public:
    explicit Gathering(const Snapshot &newest) : m_made(std::make_shared<Snapshot>())
    {
        m_made->host = newest.host;
        m_made->began = newest.began;
        m_made->ended = newest.ended;
        m_made->users = newest.users;
        m_made->interfaces = newest.interfaces;
        m_made->namespaces = newest.namespaces;
        m_made->unavailable = newest.unavailable;
        m_made->unseen = newest.unseen;
        m_made->cgroups = newest.cgroups;
        m_made->services = newest.services;
        m_made->origin = newest.origin;
        m_made->ownersRead = newest.ownersRead;
        m_made->deniedProcesses = newest.deniedProcesses;
        m_made->brokenProcesses = newest.brokenProcesses;
        m_made->vanishedProcesses = newest.vanishedProcesses;
        m_made->processesComplete = newest.processesComplete;
    }

    void take(const SocketOf &row)
    {
        const Snapshot &from = *row.snapshot;
        const Socket &socket = from.sockets[row.index];
        Socket copy = socket;
        takeName(from, socket, copy);
        takeLabel(from, socket, copy);
        takeMessage(from, socket, copy);
        takeDump(from, socket, copy);
        copy.netns = namespaceHere(from, socket.netns);
        takeHolders(from, socket, copy);
        copy.firstPeer = copy.peerCount = 0;
        copy.listener = copy.partOf = noIndex;
        if (socket.has(Told::Uid))
            keep(m_made->users, from.users, socket.uid);
        if (const QByteArray name = from.interfaceOf(socket); !name.isEmpty()) {
            const quint64 netns = copy.netns < m_made->namespaces.size() ? m_made->namespaces[copy.netns].id : 0;
            m_made->interfaces.insert({netns, socket.interface}, name);
        }
        if (socket.has(Told::Cgroup))
            keep(m_made->cgroups, from.cgroups, socket.cgroupId);
        m_places.try_emplace(Origin(&from, row.index), static_cast<quint32>(m_made->sockets.size()));
        m_made->sockets.push_back(copy);
        m_origins.push_back(row);
    }

    /// Rows have their places now, and other ends may be among them.
    void takeEnds(std::span<const SocketOf> rows)
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Snapshot &from = *rows[i].snapshot;
            const Socket &socket = from.sockets[rows[i].index];
            const auto first = static_cast<quint32>(m_made->peers.size());
            for (const Peer &peer : from.peersOf(socket))
                m_made->peers.push_back({placeOf({&from, peer.socket}), peer.inferred});
            Socket &copy = m_made->sockets[i];
            copy.firstPeer = first;
            copy.peerCount = socket.peerCount;
        }
        // Other ends as well have a listener, whose process stands for theirs.
        for (std::size_t i = 0; i < m_made->sockets.size(); ++i) {
            const SocketOf origin = m_origins[i];
            const Socket &socket = origin.snapshot->sockets[origin.index];
            const auto placed = [&](quint32 end) { return end == noIndex ? noIndex : placeOf({origin.snapshot, end}); };
            const quint32 listener = placed(socket.listener);
            const quint32 partOf = placed(socket.partOf);
            m_made->sockets[i].listener = listener;
            m_made->sockets[i].partOf = partOf;
        }
    }

    SnapshotPtr finish(std::size_t rows)
    {
        m_made->extras = static_cast<quint32>(m_made->sockets.size() - rows);
        sortProcesses();
        return std::move(m_made);
    }

private:
    using Origin = std::pair<const Snapshot *, quint32>;

    template <typename Number>
    static void keep(QHash<Number, QByteArray> &into, const QHash<Number, QByteArray> &from, Number number)
    {
        const auto found = from.constFind(number);
        if (found != from.cend() && !into.contains(number))
            into.insert(number, *found);
    }

    void takeName(const Snapshot &from, const Socket &socket, Socket &copy)
    {
        copy.name = noIndex;
        if (socket.name >= from.names.size())
            return;
        copy.name = static_cast<quint32>(m_made->names.size());
        m_made->names.push_back(from.names[socket.name]);
    }

    void takeLabel(const Snapshot &from, const Socket &socket, Socket &copy)
    {
        copy.label = noShortIndex;
        if (socket.label >= from.labels.size())
            return;
        copy.label = placeOfLabel(m_made->labels, from.labels[socket.label]);
    }

    quint16 namespaceHere(const Snapshot &from, quint16 netns)
    {
        if (netns >= from.namespaces.size())
            return noShortIndex;
        const NetNamespace &wanted = from.namespaces[netns];
        const quint16 known = m_made->placeOfNamespace(wanted.id);
        if (known != noShortIndex)
            return known;
        m_made->namespaces.push_back(wanted);
        return static_cast<quint16>(m_made->namespaces.size() - 1);
    }

    quint32 placeOf(const SocketOf &end)
    {
        const auto known = m_places.find(Origin(end.snapshot, end.index));
        if (known != m_places.end())
            return known->second;
        take(end);
        return static_cast<quint32>(m_made->sockets.size() - 1);
    }

    // Only the message itself: keeping its whole datagram would hold a hundred rows' bytes for one of them.
    void takeMessage(const Snapshot &from, const Socket &socket, Socket &copy)
    {
        const Bytes message = from.sourceOf(socket) == Source::ProcNet ? from.line(socket) : from.message(socket);
        copy.chunk = noIndex;
        copy.offset = 0;
        copy.length = 0;
        if (message.empty())
            return;
        copy.chunk = static_cast<quint32>(m_made->chunks.size());
        copy.length = static_cast<quint32>(message.size());
        m_made->chunks.emplace_back(
            reinterpret_cast<const char *>(message.data()), static_cast<qsizetype>(message.size()));
    }

    void takeDump(const Snapshot &from, const Socket &socket, Socket &copy)
    {
        if (socket.dump >= from.dumps.size())
            return;
        const auto [place, isNew]
            = m_dumps.try_emplace(Origin(&from, socket.dump), static_cast<quint16>(m_made->dumps.size()));
        if (isNew)
            m_made->dumps.push_back(from.dumps[socket.dump]);
        copy.dump = place->second;
    }

    void takeHolders(const Snapshot &from, const Socket &socket, Socket &copy)
    {
        copy.firstHolder = static_cast<quint32>(m_made->holders.size());
        for (Holder holder : from.holdersOf(socket)) {
            const auto [place, isNew] = m_processes.try_emplace(
                Origin(&from, holder.process), static_cast<quint32>(m_made->processes.size()));
            if (isNew) {
                const Process &process = from.processes[holder.process];
                m_made->processes.push_back(process);
                m_made->processes.back().netns = namespaceHere(from, process.netns);
                if (process.uid)
                    keep(m_made->users, from.users, *process.uid);
            }
            holder.process = place->second;
            if (holder.note < from.descriptorNotes.size()) {
                m_made->descriptorNotes.push_back(from.descriptorNotes[holder.note]);
                holder.note = static_cast<quint32>(m_made->descriptorNotes.size() - 1);
            }
            m_made->holders.push_back(holder);
        }
    }

    // A process whose rows came out of several snapshots is one process again, unless it changed in between.
    void sortProcesses()
    {
        auto &processes = m_made->processes;
        std::vector<quint32> order(processes.size());
        std::iota(order.begin(), order.end(), 0u);
        std::stable_sort(
            order.begin(), order.end(), [&](quint32 a, quint32 b) { return processes[a].key < processes[b].key; });
        std::vector<Process> sorted;
        std::vector<quint32> place(processes.size());
        for (const quint32 old : order) {
            if (sorted.empty() || sorted.back() != processes[old])
                sorted.push_back(processes[old]);
            place[old] = static_cast<quint32>(sorted.size() - 1);
        }
        for (Holder &holder : m_made->holders)
            holder.process = place[holder.process];
        processes = std::move(sorted);
    }

    std::shared_ptr<Snapshot> m_made;
    std::map<Origin, quint16> m_dumps;
    std::map<Origin, quint32> m_processes;
    std::map<Origin, quint32> m_places; ///< of rows and other ends
    std::vector<SocketOf> m_origins;    ///< likewise, by place
};

} // namespace

SnapshotPtr gather(const Snapshot &newest, std::span<const SocketOf> rows)
{
    Gathering gathering(newest);
    for (const SocketOf &row : rows)
        gathering.take(row);
    gathering.takeEnds(rows);
    return gathering.finish(rows.size());
}

} // namespace socktree
