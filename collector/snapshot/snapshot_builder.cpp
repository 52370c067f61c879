// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/snapshot_builder.h"

#include "collector/decode/proc_fdinfo.h"
#include "collector/decode/proc_text.h"
#include "collector/snapshot/dump_problems.h"
#include "collector/snapshot/dump_rows.h"
#include "collector/snapshot/ends.h"
#include "collector/snapshot/holders.h"
#include "collector/snapshot/lone_sockets.h"
#include "collector/snapshot/namespace_places.h"
#include "collector/snapshot/read_descriptors.h"
#include "collector/snapshot/read_process.h"
#include "collector/snapshot/service_names.h"
#include "collector/snapshot/sum_problems.h"

#include <QtCore/QMutex>
#include <QtCore/QSet>

#include <algorithm>
#include <numeric>
#include <utility>

namespace socktree {

namespace {

/// A process and the sockets it holds, until all are there and have their places.
struct Held {
    Process process;
    std::vector<Descriptor> descriptors;
    std::vector<DescriptorText> rings;
    std::vector<DescriptorText> texts;
    std::optional<quint64> netns; ///< inode of nsfs
    quint64 netFile = 0;
};

} // namespace

class SnapshotBuilder::Private
{
public:
    void joinDumps();
    void joinProcesses();

    bool keepMessages = true;
    QMutex mutex; ///< over all that follows
    std::shared_ptr<Snapshot> made = std::make_shared<Snapshot>();
    NamespacePlaces namespacePlaces{made->namespaces};
    std::vector<std::shared_ptr<DumpRows>> dumps; ///< in the order they were opened
    std::vector<Held> held;
    std::vector<LoneSocketRecord> lone;
    std::vector<MappedSocketRecord> mapped;
    QHash<qint32, qint32> processOfThread; ///< tid → pid, of threads in another network namespace than their process
    QHash<quint64, quint64> netFiles;      ///< namespace id → NamespaceRecord::netFile
    EndFacts ends;
    bool hasFiles = true; ///< the process file system is there

private:
    static Scope subjectOf(const Scope &scope);
    void relateDumps();
    std::vector<std::size_t> orderOfDumps() const;
    void append(DumpRows &dump, quint16 number, QHash<SocketKey, quint32> &places);
    bool isListedElsewhere(const Socket &socket, const Scope &scope);
    quint16 namespaceOf(const Held &one) const;
    void nameNamespaces();
    void findThreads();
    void addUnreadNamespaces();
    void addProblems();

    QSet<Scope> m_listedByFile;                         ///< subjects of files that have rows
    QSet<std::pair<quint16, quint32>> m_dumpedInodes;   ///< namespace and inode of rows that a dump described
    QSet<std::pair<quint16, quint64>> m_dumpedNetlinks; ///< namespace, and protocol and port id
};

/// What a dump and the file that stands in for it have in common.
Scope SnapshotBuilder::Private::subjectOf(const Scope &scope)
{
    return {.netns = scope.netns, .family = scope.family, .protocol = scope.protocol};
}

/// There are some thirty dumps of each namespace, so none is looked for among all.
void SnapshotBuilder::Private::relateDumps()
{
    QSet<Scope> ended, files;
    for (auto dump = made->dumps.rbegin(); dump != made->dumps.rend(); ++dump) {
        dump->superseded = ended.contains(dump->scope);
        if (dump->ending.end != DumpEnd::Complete)
            continue;
        ended.insert(dump->scope);
        if (!dump->scope.file.isEmpty())
            files.insert(subjectOf(dump->scope));
    }
    for (DumpOutcome &dump : made->dumps)
        dump.stoodInFor = dump.scope.file.isEmpty() && files.contains(subjectOf(dump.scope));
}

/// A file that stands in for a part of a dump, or for one that was refused half-way, lists what the dump listed as
/// well; without their cookies, so nothing else tells that they are the same. The kernel's own netlink sockets have no
/// inode.
bool SnapshotBuilder::Private::isListedElsewhere(const Socket &socket, const Scope &scope)
{
    const bool isNetlink = socket.protocol == Protocol::Netlink;
    const std::pair<quint16, quint32> byInode{socket.netns, socket.inode};
    const std::pair<quint16, quint64> byPort{socket.netns, quint64(socket.number) << 32 | socket.localPort};
    if (!scope.file.isEmpty())
        return socket.inode != 0 ? m_dumpedInodes.contains(byInode) : isNetlink && m_dumpedNetlinks.contains(byPort);
    if (socket.inode != 0)
        m_dumpedInodes.insert(byInode);
    else if (isNetlink)
        m_dumpedNetlinks.insert(byPort);
    return false;
}

void SnapshotBuilder::Private::append(DumpRows &dump, quint16 number, QHash<SocketKey, quint32> &places)
{
    const auto firstName = static_cast<quint32>(made->names.size());
    const auto firstChunk = static_cast<quint32>(made->chunks.size());
    const quint16 netns = namespacePlaces.of(dump.outcome.scope.netns);
    const bool byFileToo = m_listedByFile.contains(subjectOf(dump.outcome.scope));
    std::move(dump.names.begin(), dump.names.end(), std::back_inserter(made->names));
    std::vector<quint16> labels;
    for (const QByteArray &label : dump.labels)
        labels.push_back(placeOfLabel(made->labels, label));
    std::move(dump.chunks.begin(), dump.chunks.end(), std::back_inserter(made->chunks));
    std::vector<quint32> placed; // of each row of this dump
    placed.reserve(dump.sockets.size());
    for (Socket &socket : dump.sockets) {
        socket.dump = number;
        socket.netns = netns;
        if (socket.name != noIndex)
            socket.name += firstName;
        if (socket.label != noShortIndex)
            socket.label = labels[socket.label];
        if (socket.chunk != noIndex)
            socket.chunk += firstChunk;
        if (byFileToo && isListedElsewhere(socket, dump.outcome.scope)) {
            placed.push_back(noIndex);
            continue;
        }
        const SocketKey key = made->keyOf(socket);
        const auto known = places.constFind(key);
        if (known != places.cend()) {
            made->sockets[*known] = socket;
            placed.push_back(*known);
        } else {
            placed.push_back(static_cast<quint32>(made->sockets.size()));
            places.insert(key, static_cast<quint32>(made->sockets.size()));
            made->sockets.push_back(socket);
        }
    }
    ends.add(dump.ends, placed);
}

/// A socket that came twice is as the dump that ended last says: dumps repeat rows, and IPV6_ADDRFORM can move a socket
/// from one to the other between them. Files, which only fill in, come last.
std::vector<std::size_t> SnapshotBuilder::Private::orderOfDumps() const
{
    std::vector<std::size_t> order(dumps.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const DumpOutcome &one = dumps[a]->outcome, &other = dumps[b]->outcome;
        const bool isFile = !one.scope.file.isEmpty(), otherIsFile = !other.scope.file.isEmpty();
        return isFile != otherIsFile ? otherIsFile : one.ending.ended < other.ending.ended;
    });
    return order;
}

void SnapshotBuilder::Private::joinDumps()
{
    std::size_t rows = 0;
    for (const auto &dump : dumps) {
        made->dumps.push_back(dump->outcome);
        rows += dump->sockets.size();
        if (!dump->outcome.scope.file.isEmpty() && !dump->sockets.empty())
            m_listedByFile.insert(subjectOf(dump->outcome.scope));
    }
    relateDumps();
    QHash<SocketKey, quint32> places;
    places.reserve(static_cast<qsizetype>(rows));
    made->sockets.reserve(rows);
    for (const std::size_t number : orderOfDumps())
        if (!made->dumps[number].superseded) // its rows say nothing that the repetition does not say better
            append(*dumps[number], static_cast<quint16>(number), places);
    addProblems();
}

void SnapshotBuilder::Private::addProblems()
{
    for (const std::size_t number : orderOfDumps()) {
        if (made->dumps[number].superseded)
            continue;
        for (Problem &problem : problemsOf(made->dumps[number])) {
            const auto &told = made->problems; // the repetition may have failed in the same way
            if (std::find(told.begin(), told.end(), problem) == told.end())
                made->problems.push_back(std::move(problem));
        }
    }
    made->unavailable = unavailableOf(made->dumps, hasFiles);
}

quint16 SnapshotBuilder::Private::namespaceOf(const Held &one) const
{
    const auto &all = made->namespaces;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool same = one.netns ? all[i].inode != 0 && all[i].inode == *one.netns
                                    : one.netFile != 0 && one.netFile == netFiles.value(all[i].id);
        if (same)
            return static_cast<quint16>(i);
    }
    return noShortIndex;
}

/// ip-netns(8) mounts them by name in one folder; a container's process tells whose it is.
void SnapshotBuilder::Private::nameNamespaces()
{
    for (NetNamespace &netns : made->namespaces) {
        for (const char *folder : {"/run/netns/", "/var/run/netns/"})
            if (netns.mounted.startsWith(folder))
                netns.name = netns.mounted.mid(static_cast<qsizetype>(qstrlen(folder)));
        if (!netns.name.isEmpty() || netns.reached == NamespaceRecord::Reached::Home)
            continue;
        if (const Process *process = made->findProcess(netns.pid); process && process->unit.contains(':'))
            netns.name = process->unit;
    }
}

/// A namespace that no process as a whole is in is told with a thread: people know the process that it is of.
void SnapshotBuilder::Private::findThreads()
{
    for (NetNamespace &netns : made->namespaces) {
        const qint32 process = made->findProcess(netns.pid) ? 0 : processOfThread.value(netns.pid);
        if (process != 0)
            netns.tid = std::exchange(netns.pid, process);
    }
}

void SnapshotBuilder::Private::addUnreadNamespaces()
{
    for (const NetNamespace &netns : made->namespaces) {
        if (netns.reached != NamespaceRecord::Reached::Unread)
            continue;
        const QByteArray name = netns.name.isEmpty() ? "net:[" + QByteArray::number(netns.inode) + ']' : netns.name;
        made->unavailable.push_back({"network namespace " + name,
            "it may not be entered; it may be one of those that are read through a process"});
    }
}

void SnapshotBuilder::Private::joinProcesses()
{
    std::sort(held.begin(), held.end(), [](const Held &a, const Held &b) { return a.process.key < b.process.key; });
    std::vector<HeldInode> inodes;
    for (Held &one : held) {
        const auto place = static_cast<quint32>(made->processes.size());
        const std::size_t first = inodes.size();
        for (const Descriptor &descriptor : one.descriptors)
            inodes.push_back({static_cast<quint32>(descriptor.inode), {place, descriptor.tid, descriptor.fd}});
        readDescriptors(one.texts, std::span(inodes).subspan(first), *made);
        for (const DescriptorText &ring : one.rings)
            for (const quint64 inode : parseFdInfo(ring.text.bytes).registeredSockets)
                inodes.push_back({static_cast<quint32>(inode), {place, ring.tid, ring.fd, true}});
        one.process.netns = namespaceOf(one);
        made->deniedProcesses += one.process.descriptors == Got::Denied ? 1 : 0;
        made->processes.push_back(std::move(one.process));
    }
    for (const MappedSocketRecord &one : mapped)
        if (const Process *process = made->findProcess(one.pid)) {
            Holder holder{static_cast<quint32>(process - made->processes.data()), one.pid, -1};
            holder.mapped = true;
            inodes.push_back({static_cast<quint32>(one.inode), holder});
        }
    joinHolders(*made, std::move(inodes));
    describeLoneSockets(*made, namespacePlaces, lone);
    for (Socket &socket : made->sockets)
        socket.doubtful = socket.doubtful && socket.holderCount == 0;
    nameNamespaces();
    findThreads(); // a namespace of a thread has not the name of its process
    addUnreadNamespaces();
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
    return readRows(std::move(rows), d->mutex, d->keepMessages);
}

void SnapshotBuilder::process(ProcessRecord &&record)
{
    std::optional<Problem> problem;
    auto process = readProcess(record, problem);
    const QMutexLocker lock(&d->mutex);
    if (problem)
        d->made->problems.push_back(std::move(*problem));
    if (record.stat.got == Got::Broken || record.descriptorsGot == Got::Broken)
        ++d->made->brokenProcesses;
    for (const ThreadNamespace &thread : record.threadNamespaces)
        d->processOfThread.insert(thread.tid, record.pid);
    if (process)
        d->held.push_back({std::move(*process), std::move(record.descriptors), std::move(record.rings),
            std::move(record.descriptorTexts), proctext::inodeOfLink(record.netns.bytes, "net"), record.netFile});
    else
        ++d->made->vanishedProcesses;
}

void SnapshotBuilder::processesEnded(const ProcessesEnd &end)
{
    const QMutexLocker lock(&d->mutex);
    d->made->processesComplete = end.got == Got::Read;
    d->made->vanishedProcesses += end.vanished;
    d->made->unseen = end.unseen;
    d->hasFiles = end.got != Got::Gone;
    if (end.got == Got::Gone) // not there, or empty, as a folder where nothing is mounted
        d->made->problems.push_back({"processes",
            "the process file system lists no process, not even this one: is it mounted? Owners are not known", 0});
    else if (end.got == Got::Broken)
        d->made->problems.push_back(
            {"processes", "their list could not be read to its end: owners may be missing", end.error});
    else if (end.got != Got::Read)
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
    const quint16 place = d->namespacePlaces.of(record.id);
    if (place == noShortIndex)
        return; // its rows say that theirs is not told
    NetNamespace &netns = d->made->namespaces[place];
    netns.inode = record.inode;
    netns.reached = record.reached;
    netns.pid = record.pid;
    netns.mounted = record.mounted;
    netns.error = record.error;
    if (record.netFile != 0)
        d->netFiles.insert(record.id, record.netFile);
}

void SnapshotBuilder::loneSocket(const LoneSocketRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    d->lone.push_back(record);
}

void SnapshotBuilder::mappedSocket(const MappedSocketRecord &record)
{
    const QMutexLocker lock(&d->mutex);
    d->mapped.push_back(record);
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
    d->made->problems = summedUp(std::move(d->made->problems));
    joinEnds(*d->made, d->ends);
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
