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
        m_made->cgroups = newest.cgroups;
        m_made->services = newest.services;
        m_made->ownersRead = newest.ownersRead;
        m_made->deniedProcesses = newest.deniedProcesses;
        m_made->vanishedProcesses = newest.vanishedProcesses;
        m_made->processesComplete = newest.processesComplete;
    }

    void take(const Snapshot &from, const Socket &socket)
    {
        Socket copy = socket;
        takeName(from, socket, copy);
        takeMessage(from, socket, copy);
        takeDump(from, socket, copy);
        takeHolders(from, socket, copy);
        if (socket.has(Told::Uid))
            keep(m_made->users, from.users, socket.uid);
        if (socket.interface != 0)
            keep(m_made->interfaces, from.interfaces, socket.interface);
        if (socket.has(Told::Cgroup))
            keep(m_made->cgroups, from.cgroups, socket.cgroupId);
        m_made->sockets.push_back(copy);
    }

    SnapshotPtr finish()
    {
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

    // Only the message itself: keeping its whole datagram would hold a hundred rows' bytes for one of them.
    void takeMessage(const Snapshot &from, const Socket &socket, Socket &copy)
    {
        const Bytes message = from.message(socket);
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
                if (process.uid)
                    keep(m_made->users, from.users, *process.uid);
            }
            holder.process = place->second;
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
};

} // namespace

SnapshotPtr gather(const Snapshot &newest, std::span<const SocketOf> rows)
{
    Gathering gathering(newest);
    for (const SocketOf &row : rows)
        gathering.take(*row.snapshot, row.snapshot->sockets[row.index]);
    return gathering.finish();
}

} // namespace socktree
