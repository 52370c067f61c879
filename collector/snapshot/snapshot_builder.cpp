// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/snapshot_builder.h"

#include "collector/decode/message_walk.h"
#include "collector/snapshot/dump_problems.h"
#include "collector/snapshot/holders.h"
#include "collector/snapshot/read_process.h"
#include "collector/snapshot/read_socket.h"
#include "collector/snapshot/service_names.h"

#include <linux/netlink.h>

#include <QtCore/QMutex>

#include <algorithm>
#include <numeric>

namespace socktree {

namespace {

/// What came of one dump.
struct DumpRows {
    DumpOutcome outcome;
    std::vector<Socket> sockets; ///< name and chunk count within this dump
    std::vector<QByteArray> names;
    std::vector<QByteArray> chunks;
};

/// Decodes for itself alone; what came of it is handed over, under the builder's lock, when the dump has ended.
class Stream final : public DumpSink
{
public:
    Stream(std::shared_ptr<DumpRows> result, QMutex &mutex, bool keepMessages)
        : m_result(std::move(result)), m_mutex(mutex), m_keep(keepMessages)
    {
        m_rows.outcome = m_result->outcome;
    }

    void datagram(Bytes bytes) override
    {
        const std::size_t before = m_rows.sockets.size();
        const Bytes rest = walkMessages(bytes, [&](const NetlinkMessage &message) {
            if (message.type >= NLMSG_MIN_TYPE) // below are the dump's end and errors, which the reader has read
                take(bytes, message.payload);
        });
        m_rows.outcome.damaged += rest.empty() ? 0 : 1;
        if (m_keep && m_rows.sockets.size() > before)
            m_rows.chunks.emplace_back(
                reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    }

    void ended(const DumpEnding &ending) override
    {
        m_rows.outcome.ending = ending;
        m_rows.outcome.rows = static_cast<quint32>(m_rows.sockets.size());
        const QMutexLocker lock(&m_mutex);
        *m_result = std::move(m_rows);
    }

private:
    void take(Bytes datagram, Bytes message)
    {
        auto row = readSocket(message, m_rows.outcome.scope.protocol);
        if (!row) {
            ++m_rows.outcome.damaged;
            return;
        }
        m_rows.outcome.damaged += row->damaged ? 1 : 0;
        Socket &socket = row->socket;
        if (socket.has(Told::Name))
            socket.name = intern(row->name);
        if (m_keep) {
            socket.chunk = static_cast<quint32>(m_rows.chunks.size());
            socket.offset = static_cast<quint32>(message.data() - datagram.data());
            socket.length = static_cast<quint32>(message.size());
        }
        m_rows.sockets.push_back(socket);
    }

    /// Sockets that were accepted repeat their listener's name.
    quint32 intern(const QByteArray &name)
    {
        const auto known = m_nameIndexes.constFind(name);
        if (known != m_nameIndexes.cend())
            return *known;
        const auto index = static_cast<quint32>(m_rows.names.size());
        m_rows.names.push_back(name);
        m_nameIndexes.insert(name, index);
        return index;
    }

    DumpRows m_rows;
    std::shared_ptr<DumpRows> m_result;
    QMutex &m_mutex;
    QHash<QByteArray, quint32> m_nameIndexes;
    bool m_keep;
};

/// A process and the sockets it holds, until all are there and have their places.
struct Held {
    Process process;
    std::vector<Descriptor> descriptors;
};

} // namespace

class SnapshotBuilder::Private
{
public:
    void joinDumps();
    void joinProcesses();
    quint16 placeOfNamespace(quint64 id);

    bool keepMessages = true;
    QMutex mutex; ///< over all that follows
    std::shared_ptr<Snapshot> made = std::make_shared<Snapshot>();
    std::vector<std::shared_ptr<DumpRows>> dumps; ///< in the order they were opened
    std::vector<Held> held;
    std::vector<LoneSocketRecord> lone;

private:
    bool superseded(std::size_t dump) const;
    void append(DumpRows &dump, quint16 number, QHash<SocketKey, quint32> &places);
};

/// A namespace that nobody told of is one all the same.
quint16 SnapshotBuilder::Private::placeOfNamespace(quint64 id)
{
    auto &known = made->namespaces;
    const auto found = std::find_if(known.begin(), known.end(), [id](const NetNamespace &one) { return one.id == id; });
    const auto place = static_cast<quint16>(found - known.begin());
    if (found == known.end())
        known.push_back({.id = id});
    return place;
}

/// Rows of a dump that was repeated with success say nothing that the repetition does not say better.
bool SnapshotBuilder::Private::superseded(std::size_t dump) const
{
    return std::any_of(dumps.begin() + static_cast<std::ptrdiff_t>(dump) + 1, dumps.end(), [&](const auto &later) {
        return later->outcome.scope == dumps[dump]->outcome.scope && later->outcome.ending.end == DumpEnd::Complete;
    });
}

void SnapshotBuilder::Private::append(DumpRows &dump, quint16 number, QHash<SocketKey, quint32> &places)
{
    const auto firstName = static_cast<quint32>(made->names.size());
    const auto firstChunk = static_cast<quint32>(made->chunks.size());
    const quint16 netns = placeOfNamespace(dump.outcome.scope.netns);
    std::move(dump.names.begin(), dump.names.end(), std::back_inserter(made->names));
    std::move(dump.chunks.begin(), dump.chunks.end(), std::back_inserter(made->chunks));
    for (Socket &socket : dump.sockets) {
        socket.dump = number;
        socket.netns = netns;
        if (socket.name != noIndex)
            socket.name += firstName;
        if (socket.chunk != noIndex)
            socket.chunk += firstChunk;
        const SocketKey key = made->keyOf(socket);
        const auto known = places.constFind(key);
        if (known != places.cend()) {
            made->sockets[*known] = socket;
        } else {
            places.insert(key, static_cast<quint32>(made->sockets.size()));
            made->sockets.push_back(socket);
        }
    }
}

void SnapshotBuilder::Private::joinDumps()
{
    std::size_t rows = 0;
    for (const auto &dump : dumps) {
        made->dumps.push_back(dump->outcome);
        rows += dump->sockets.size();
    }
    // A socket that came twice is as the dump that ended last says: dumps repeat rows, and IPV6_ADDRFORM can move a
    // socket from one to the other between them.
    std::vector<std::size_t> order(dumps.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return dumps[a]->outcome.ending.ended < dumps[b]->outcome.ending.ended; });
    QHash<SocketKey, quint32> places;
    places.reserve(static_cast<qsizetype>(rows));
    made->sockets.reserve(rows);
    for (const std::size_t number : order) {
        DumpRows &dump = *dumps[number];
        if (superseded(number))
            continue;
        append(dump, static_cast<quint16>(number), places);
        for (Problem &problem : problemsOf(dump.outcome)) {
            const auto &told = made->problems; // the repetition may have failed in the same way
            if (std::find(told.begin(), told.end(), problem) == told.end())
                made->problems.push_back(std::move(problem));
        }
    }
}

void SnapshotBuilder::Private::joinProcesses()
{
    std::sort(held.begin(), held.end(), [](const Held &a, const Held &b) { return a.process.key < b.process.key; });
    std::vector<HeldInode> inodes;
    for (Held &one : held) {
        const auto place = static_cast<quint32>(made->processes.size());
        for (const Descriptor &descriptor : one.descriptors)
            inodes.push_back({static_cast<quint32>(descriptor.inode), {place, descriptor.tid, descriptor.fd}});
        made->deniedProcesses += one.process.descriptors == Got::Denied ? 1 : 0;
        made->processes.push_back(std::move(one.process));
    }
    joinHolders(*made, std::move(inodes));
}

SnapshotBuilder::SnapshotBuilder(bool keepMessages, bool owners) : d(std::make_unique<Private>())
{
    d->keepMessages = keepMessages;
    d->made->ownersRead = owners;
}

SnapshotBuilder::~SnapshotBuilder() = default;

void SnapshotBuilder::host(const HostRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    d->made->host = record;
    d->made->began = record.began;
    d->made->services = serviceNames(record.services);
}

std::unique_ptr<DumpSink> SnapshotBuilder::dump(const Scope &scope)
{
    auto rows = std::make_shared<DumpRows>();
    rows->outcome.scope = scope;
    rows->outcome.ending.end = DumpEnd::Interrupted; // until it says how it ended
    const QMutexLocker lock(&d->mutex);
    d->dumps.push_back(rows);
    return std::make_unique<Stream>(std::move(rows), d->mutex, d->keepMessages);
}

void SnapshotBuilder::process(ProcessRecord &&record)
{
    std::optional<Problem> problem;
    auto process = readProcess(record, problem);
    const QMutexLocker lock(&d->mutex);
    if (problem)
        d->made->problems.push_back(std::move(*problem));
    if (process)
        d->held.push_back({std::move(*process), std::move(record.descriptors)});
    else
        ++d->made->vanishedProcesses;
}

void SnapshotBuilder::processesEnded(const ProcessesEnd &end)
{
    const QMutexLocker lock(&d->mutex);
    d->made->processesComplete = end.got == Got::Read;
    d->made->vanishedProcesses += end.vanished;
    d->made->unseen = end.unseen;
    if (end.got != Got::Read)
        d->made->problems.push_back(
            {"processes", "the processes could not be listed: owners are not known", end.error});
}

void SnapshotBuilder::name(const NameRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    switch (record.of) {
    case NameRecord::Of::User: d->made->users.insert(static_cast<quint32>(record.number), record.name); break;
    case NameRecord::Of::Interface:
        d->made->interfaces.insert({record.netns, static_cast<quint32>(record.number)}, record.name);
        break;
    case NameRecord::Of::Cgroup: d->made->cgroups.insert(record.number, record.name); break;
    }
}

void SnapshotBuilder::networkNamespace(const NamespaceRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    NetNamespace &netns = d->made->namespaces[d->placeOfNamespace(record.id)];
    netns.inode = record.inode;
    netns.reached = record.reached;
    netns.pid = record.pid;
    netns.mounted = record.mounted;
    netns.error = record.error;
}

void SnapshotBuilder::loneSocket(const LoneSocketRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    d->lone.push_back(record);
}

void SnapshotBuilder::problem(const Problem &problem)
{
    const QMutexLocker lock(&d->mutex);
    d->made->problems.push_back(problem);
}

void SnapshotBuilder::remembered(const RememberedRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    d->made->remembered.push_back(record);
}

void SnapshotBuilder::finished(SteadyTime ended)
{
    const QMutexLocker lock(&d->mutex);
    d->made->ended = ended;
    d->joinDumps();
    d->joinProcesses();
}

SnapshotPtr SnapshotBuilder::take(Origin origin)
{
    const QMutexLocker lock(&d->mutex);
    if (origin.file)
        d->made->ownersRead = origin.owners;
    d->made->origin = std::move(origin);
    return std::move(d->made);
}

} // namespace socktree
