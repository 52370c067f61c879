// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/live_reader.h"

#include "collector/capture/cgroup_paths.h"
#include "collector/capture/dump_lane.h"
#include "collector/capture/lone_sockets.h"
#include "collector/capture/mapped_sockets.h"
#include "collector/capture/missing_handlers.h"
#include "collector/capture/namespace_reader.h"
#include "collector/capture/namespaces.h"
#include "collector/capture/proc_file.h"
#include "collector/capture/process_reader.h"
#include "collector/capture/socket_lists.h"

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QFuture>
#include <QtCore/QThreadPool>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace socktree {

/// A source that a test left out cannot tell.
static Sources completed(Sources sources)
{
    if (!sources.dial)
        sources.dial = []() -> Result<std::unique_ptr<DiagSocket>> {
            return tl::make_unexpected(SystemError{ENOSYS, "no way to sock_diag"});
        };
    if (!sources.cpuClock)
        sources.cpuClock = [](qint32) { return std::nullopt; };
    if (!sources.fdCount)
        sources.fdCount = [](qint32) { return std::nullopt; };
    if (!sources.sharesDescriptors)
        sources.sharesDescriptors = [](qint32, qint32) { return std::nullopt; };
    if (!sources.labelsProcesses)
        sources.labelsProcesses = [] { return false; };
    if (!sources.unseenProcesses)
        sources.unseenProcesses = [] { return Unseen::None; };
    if (!sources.userName)
        sources.userName = [](quint32) { return std::nullopt; };
    if (!sources.interfaceName)
        sources.interfaceName = [](quint32) { return std::nullopt; };
    if (!sources.inNamespace)
        sources.inNamespace = [](const NamespaceWay &, const std::function<void(quint64)> &) -> Result<void> {
            return tl::make_unexpected(SystemError{ENOSYS, "no way into namespaces"});
        };
    if (!sources.netnsCookie)
        sources.netnsCookie = [] { return quint64(0); };
    if (!sources.knowsMptcp)
        sources.knowsMptcp = [] { return false; };
    if (!sources.descriptorAttribute)
        sources.descriptorAttribute = [](const std::string &, const char *) { return Text(); };
    if (!sources.askDescriptor)
        sources.askDescriptor = [](qint32, qint32, LoneSocketRecord &) {};
    if (!sources.host)
        sources.host = [] { return HostRecord(); };
    return sources;
}

/// Once per thread of the pool: as far below the program's first thread as every other worker. QThread's priorities do
/// nothing in Linux's normal scheduling class. The thread that called capture() is not ours to slow down, and Qt may
/// let it run a task that it waits for.
static void giveWay(pid_t caller)
{
    thread_local bool done = false;
    if (done || gettid() == caller)
        return;
    done = true;
    const int ofMain = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), std::min(ofMain + 5, 19));
}

class LiveReader::Private
{
public:
    explicit Private(Sources given)
        : sources(completed(std::move(given))), missing(std::make_shared<MissingHandlers>()), tcp(sources, missing),
          others(sources, missing), processes(sources), namespaces(sources), elsewhere(sources, missing),
          loneSockets(sources), mappedSockets(sources), cgroups(sources)
    {
        pool.setMaxThreadCount(2);
    }

    /// A lookup costs some microseconds; what more is missing is told by the next dump.
    static constexpr int mostLookups = 512;

    void begin(Sink &sink, HostRecord host);
    std::optional<bool> lookUp(DumpLane &lane, const std::vector<std::byte> &request, bool staleIsGone);
    void readLoneSockets(const Needs &needs, Sink &sink, const std::stop_token &stop);
    void readMappedSockets(Sink &sink);
    void writeUserNames(const Needs &needs, Sink &sink);
    void writeNames(const Needs &needs, Sink &sink, SteadyTime now);
    void readServices();

    const Sources sources;
    const std::shared_ptr<MissingHandlers> missing;
    DumpLane tcp;
    DumpLane others;
    ProcessReader processes;
    Namespaces namespaces;
    NamespaceReader elsewhere;
    LoneSockets loneSockets;
    MappedSockets mappedSockets;
    CgroupPaths cgroups;
    QByteArray services;
    Problem servicesProblem;
    bool servicesRead = false;
    NamespaceRecord own;
    int lookupsLeft = 0;
    QThreadPool pool;
};

void LiveReader::Private::readServices()
{
    if (servicesRead || sources.servicesFile.empty())
        return;
    servicesRead = true;
    constexpr qsizetype most = 4'194'304;
    const Text text = readText(AT_FDCWD, sources.servicesFile.c_str(), most);
    services = text.bytes;
    if (text.got == Got::Denied || text.got == Got::Broken)
        servicesProblem = {QByteArray::fromStdString(sources.servicesFile), "ports have no names", text.error};
}

void LiveReader::Private::begin(Sink &sink, HostRecord host)
{
    readServices();
    missing->beginRound();
    const auto tcpConnected = tcp.connect();
    const auto othersConnected = others.connect();
    own = {.inode = namespaces.lookHome(), .netFile = namespaces.homeNetFile()};
    own.id = namespaceId(sources, tcpConnected ? tcp : others, own.inode);
    tcp.setNamespace(own.id);
    others.setNamespace(own.id);
    elsewhere.begin(own.id);
    host.netns = own.id;
    host.services = services;
    sink.host(host);
    sink.networkNamespace(own);
    if (!tcpConnected)
        sink.problem({"sock_diag", tcpConnected.error().what, tcpConnected.error().error});
    else if (!othersConnected)
        sink.problem({"sock_diag", othersConnected.error().what, othersConnected.error().error});
    if (!servicesProblem.source.isEmpty())
        sink.problem(servicesProblem);
}

void LiveReader::Private::readLoneSockets(const Needs &needs, Sink &sink, const std::stop_token &stop)
{
    std::vector<quint32> described = tcp.seen().inodes;
    for (const auto *more : {&others.seen().inodes, &elsewhere.seen().inodes})
        described.insert(described.end(), more->begin(), more->end());
    loneSockets.read(processes.heldSockets(), std::move(described), sink);
    if (!needs.otherNamespaces)
        return;
    for (const auto &[id, way] : loneSockets.namespacesBut(elsewhere.read()))
        elsewhere.read({.way = way}, needs, sink, stop);
}

void LiveReader::Private::readMappedSockets(Sink &sink)
{
    std::set<quint32> listed = others.seen().mappable;
    listed.insert(elsewhere.seen().mappable.begin(), elsewhere.seen().mappable.end());
    mappedSockets.read(processes.pids(), processes.heldSockets(), listed, sink);
}

void LiveReader::Private::writeUserNames(const Needs &needs, Sink &sink)
{
    std::set<quint32> users = tcp.seen().users;
    for (const auto *more : {&others.seen().users, &elsewhere.seen().users})
        users.insert(more->begin(), more->end());
    if (needs.owners)
        users.insert(processes.users().begin(), processes.users().end());
    for (const quint32 uid : users) {
        if (const auto name = sources.userName(uid))
            sink.name({.of = NameRecord::Of::User, .number = uid, .name = *name});
    }
}

void LiveReader::Private::writeNames(const Needs &needs, Sink &sink, SteadyTime now)
{
    writeUserNames(needs, sink);
    SeenNumbers here;
    here.interfaces = tcp.seen().interfaces;
    here.interfaces.insert(others.seen().interfaces.begin(), others.seen().interfaces.end());
    writeInterfaceNames(sources, here, own.id, sink);
    cgroups.write(sink, now);
}

std::optional<bool> LiveReader::Private::lookUp(DumpLane &lane, const std::vector<std::byte> &request, bool staleIsGone)
{
    const auto found = lane.lookUp(request);
    if (found)
        return true;
    const int error = found.error().error;
    return error == ENOENT || (error == ESTALE && staleIsGone) ? std::optional(false) : std::nullopt;
}

LiveReader::LiveReader(Sources sources) : d(std::make_unique<Private>(std::move(sources))) { }

LiveReader::~LiveReader() = default;

void LiveReader::capture(const Needs &needs, Sink &sink, const std::stop_token &stop)
{
    d->lookupsLeft = Private::mostLookups;
    const HostRecord host = d->sources.host();
    d->begin(sink, host);
    const pid_t caller = gettid();
    const auto inWorker = [&](DumpLane &lane, std::vector<Scope> scopes) {
        return QtConcurrent::run(&d->pool, [&lane, &sink, scopes = std::move(scopes), stop, caller] {
            giveWay(caller);
            lane.run(scopes, sink, stop);
        });
    };
    QFuture<void> tcpRead = inWorker(d->tcp, tcpScopes(needs));
    QFuture<void> othersRead = inWorker(d->others, everyScopeButTcp(needs));
    if (needs.owners)
        d->processes.read(sink, stop, needs);
    if (needs.owners && needs.otherNamespaces && !stop.stop_requested()) {
        for (const FoundNamespace &found : d->namespaces.find(d->processes.namespaces(), d->processes.pids()))
            d->elsewhere.read(found, needs, sink, stop);
        if (!d->namespaces.homeMounted().isEmpty()) { // told again, since others' mounts are only known now
            NamespaceRecord own = d->own;
            own.mounted = d->namespaces.homeMounted();
            sink.networkNamespace(own);
        }
    }
    tcpRead.waitForFinished();
    othersRead.waitForFinished();
    if (needs.owners && !stop.stop_requested())
        d->readLoneSockets(needs, sink, stop);
    if (needs.owners && !stop.stop_requested())
        d->readMappedSockets(sink);
    if (!stop.stop_requested())
        d->writeNames(needs, sink, host.began);
    sink.finished(std::chrono::steady_clock::now());
}

std::optional<bool> LiveReader::isThere(InetLookup socket)
{
    if (d->lookupsLeft-- <= 0)
        return std::nullopt;
    socket.extensions = 0;
    DumpLane &lane = socket.protocol == IPPROTO_TCP ? d->tcp : d->others;
    // Where several sockets share a port without a peer, the kernel looks one of them up, and finds it the wrong one.
    const bool staleIsGone = socket.protocol == IPPROTO_TCP && socket.remotePort != 0;
    return d->lookUp(lane, lookupRequest(socket, lane.nextSequence()), staleIsGone);
}

std::optional<bool> LiveReader::isThereUnix(quint32 inode, quint64 cookie)
{
    if (inode == 0 || d->lookupsLeft-- <= 0)
        return std::nullopt;
    return d->lookUp(d->others, unixLookupRequest(inode, cookie, 0, d->others.nextSequence()), true);
}

} // namespace socktree
