// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_snapshot.h"

#include "tests/support/hostile_names.h"
#include "tests/support/random_messages.h"

#include <sys/socket.h>

#include <netinet/in.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace socktree::test {

namespace {

enum State : quint8 { Established = 1, SynSent = 2, SynRecv = 3, FinWait1 = 4, TimeWait = 6, Close = 7, Listen = 10 };

struct Held {
    ProcessKey process;
    qint32 fd = 0;
};

/// A row without its indexes.
struct Row {
    Socket socket;
    QByteArray name;
    std::vector<Held> holders;
    Counters counters;
    quint64 netns = 0; ///< NetNamespace::id; 0: not told
};

struct Dump {
    quint8 family;
    quint16 protocol;
    Protocol is;
};
constexpr Dump dumpList[] = {
    {AF_INET, IPPROTO_TCP, Protocol::Tcp},
    {AF_INET6, IPPROTO_TCP, Protocol::Tcp},
    {AF_INET, IPPROTO_UDP, Protocol::Udp},
    {AF_INET6, IPPROTO_UDP, Protocol::Udp},
    {AF_UNIX, 0, Protocol::Unix},
};

constexpr SteadyTime firstBegan{std::chrono::hours(1)};

class World
{
public:
    World(std::mt19937 &random, const RandomOptions &options) : m_random(random), m_options(options) { }

    void readFrom(const Snapshot &before)
    {
        for (const Process &process : before.processes)
            m_processes.emplace(process.key.pid, process);
        for (const Socket &socket : before.sockets) {
            Row row{socket, before.nameOf(socket), {}, countersOf(before.message(socket))};
            if (const NetNamespace *netns = before.namespaceOf(socket))
                row.netns = netns->id;
            for (const Holder &holder : before.holdersOf(socket))
                row.holders.push_back({before.processes[holder.process].key, holder.fd});
            m_rows.push_back(std::move(row));
        }
        m_namespaces = before.namespaces;
        m_began = before.began + m_options.step;
        m_taken = before.host.taken + m_options.step;
    }

    void evolve()
    {
        if (m_options.namespaces > 0)
            changeNamespaces();
        endProcesses();
        while (m_processes.size() < m_options.processes)
            beginProcess();
        const auto some = static_cast<std::size_t>(double(m_options.sockets) * m_options.churn) + 1;
        const bool first = m_rows.empty();
        for (std::size_t i = 0; !first && i < some && !m_rows.empty(); ++i)
            m_rows.erase(m_rows.begin() + below(static_cast<int>(m_rows.size())));
        for (std::size_t i = 0; !first && i < some && !m_rows.empty(); ++i)
            change(m_rows[static_cast<std::size_t>(below(static_cast<int>(m_rows.size())))]);
        while (m_rows.size() < m_options.sockets)
            m_rows.push_back(beginSocket());
        for (Row &row : m_rows)
            work(row);
        std::shuffle(m_rows.begin(), m_rows.end(), m_random);
    }

    SnapshotPtr snapshot()
    {
        auto made = std::make_shared<Snapshot>();
        made->host.name = "testhost";
        made->host.kernel = "6.18.0";
        made->host.netns = 1;
        made->host.taken = m_taken;
        made->host.began = m_began;
        made->began = m_began;
        made->ended = m_began + std::chrono::milliseconds(20);
        made->ownersRead = m_options.owners;
        made->processesComplete = m_options.owners;
        made->users = {{0, "root"}, {33, "www-data"}, {1000, hostileNames()[1]}};
        made->interfaces = {{{0, 1}, "lo"}, {{0, 2}, "eth0"}};
        made->cgroups = {{1, "/"}, {77, "/system.slice/nginx.service"}};
        auto services = std::make_shared<ServiceNames>();
        services->insert(serviceKey(443, Protocol::Tcp), "https");
        services->insert(serviceKey(53, Protocol::Udp), "domain");
        made->services = std::move(services);
        made->namespaces = m_namespaces;
        for (const Dump &dump : dumpList) {
            for (const NetNamespace &netns : m_namespaces)
                packDump(*made, dump, netns.id);
            if (m_namespaces.empty())
                packDump(*made, dump, 0);
        }
        if (m_options.owners)
            packOwners(*made);
        return made;
    }

private:
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }
    bool chance(double share) { return std::uniform_real_distribution<double>(0, 1)(m_random) < share; }
    template <typename List> auto &oneOf(List &list)
    {
        return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
    }
    const Process &someProcess() { return std::next(m_processes.begin(), below(int(m_processes.size())))->second; }
    /// Unlike any number before it: made of the time and a count.
    quint32 serial()
    {
        constexpr quint32 inFirst = 1u << 24, inStep = 1u << 14;
        const auto step = static_cast<quint32>((m_began - firstBegan) / std::chrono::milliseconds(100));
        ++m_count;
        Q_ASSERT(m_count < (step == 0 ? inFirst : inStep));
        return step == 0 ? m_count : inFirst + step * inStep + m_count;
    }

    void changeNamespaces()
    {
        if (m_namespaces.empty())
            m_namespaces.push_back({.id = 1, .inode = 4026531840});
        if (m_namespaces.size() > 1 && chance(0.15)) {
            const auto gone = m_namespaces.begin() + 1 + below(static_cast<int>(m_namespaces.size()) - 1);
            std::erase_if(m_rows, [&](const Row &row) { return row.netns == gone->id; });
            m_namespaces.erase(gone);
        }
        if (static_cast<int>(m_namespaces.size()) < m_options.namespaces && chance(0.15)) {
            NetNamespace netns{.id = serial() + 1000, .inode = serial()};
            netns.reached = NamespaceRecord::Reached::Entered;
            netns.name = chance(0.5) ? oneOf(hostileNames()) : QByteArray();
            m_namespaces.push_back(netns);
        }
    }

    void endProcesses()
    {
        if (m_processes.empty() || !chance(0.3))
            return;
        const ProcessKey gone = someProcess().key;
        m_processes.erase(gone.pid);
        m_lastGone = gone.pid;
        for (Row &row : m_rows)
            std::erase_if(row.holders, [&](const Held &held) { return held.process == gone; });
        // A descriptor's inode is known for as long as somebody holds it.
        std::erase_if(m_rows, [](const Row &row) { return row.socket.family == 0 && row.holders.empty(); });
    }

    void beginProcess()
    {
        Process process;
        const bool pidComesBack = m_lastGone != 0 && chance(0.5);
        process.key.pid = pidComesBack ? m_lastGone : 100 + below(30000);
        if (m_processes.contains(process.key.pid))
            return;
        process.key.startTime = serial();
        process.contextGot = chance(0.1) ? Got::Denied : Got::Read;
        if (process.contextGot == Got::Read && chance(0.5))
            process.context = oneOf(hostileNames());
        process.parent = 1;
        process.group = chance(0.1) ? 0 : process.key.pid;
        process.session = 1;
        process.comm = chance(0.4) ? oneOf(hostileNames()) : QByteArray("worker");
        process.comm.truncate(15);
        process.cmdline = chance(0.2) ? QByteArray() : "/usr/bin/" + process.comm + '\0' + oneOf(hostileNames()) + '\0';
        process.exe = chance(0.3) ? QByteArray() : QByteArray("/usr/bin/program");
        process.cgroup = chance(0.5) ? "/system.slice/nginx.service" : "/user.slice";
        process.unit = process.cgroup.startsWith("/system") ? "nginx.service" : "";
        static constexpr quint32 uids[] = {0, 33, 1000, 65534};
        if (!chance(0.05))
            process.uid = oneOf(uids);
        static constexpr char states[] = {'R', 'S', 'S', 'S', 'Z'};
        process.state = oneOf(states);
        const bool othersLetUsLook = std::any_of(m_processes.begin(), m_processes.end(),
            [](const auto &other) { return other.second.descriptors == Got::Read; });
        process.descriptors = othersLetUsLook && chance(0.1) ? Got::Denied : Got::Read;
        m_processes.emplace(process.key.pid, process);
    }

    /// One that lets us look: of the others we would not know.
    Held someHolder()
    {
        const Process *process = &someProcess();
        while (process->descriptors != Got::Read)
            process = &someProcess();
        return {process->key, 3 + static_cast<qint32>(serial() % 16384u)};
    }

    Row beginSocket()
    {
        Row row;
        Socket &socket = row.socket;
        socket.inode = serial();
        socket.tell(Told::Inode);
        if (chance(0.05)) {
            row.holders.push_back(someHolder());
            return row;
        }
        if (!m_namespaces.empty())
            row.netns = chance(0.5) ? m_namespaces.front().id : oneOf(m_namespaces).id;
        const Dump &dump = oneOf(dumpList);
        socket.family = dump.family;
        socket.protocol = dump.is;
        socket.cookie = quint64(socket.inode) * 2654435761u + 1;
        socket.uid = static_cast<quint32>(below(3)) * 500;
        socket.tell(Told::Uid);
        socket.tell(Told::State);
        socket.tell(Told::Queues);
        socket.tell(Told::Shutdown);
        if (!chance(0.1)) // a kernel socket, or its process is hidden
            row.holders.push_back(someHolder());
        while (!row.holders.empty() && chance(0.2))
            row.holders.push_back(someHolder());
        if (dump.family == AF_UNIX)
            beginUnix(row);
        else
            beginInet(row);
        return row;
    }

    void beginUnix(Row &row)
    {
        Socket &socket = row.socket;
        static constexpr quint8 types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
        socket.type = oneOf(types);
        static constexpr quint8 states[] = {Established, Established, Close, Listen};
        socket.state = oneOf(states);
        if (chance(0.5)) {
            socket.tell(Told::Name);
            row.name = chance(0.3) ? QByteArray(1, '\0') + oneOf(hostileNames()) : "/run/" + oneOf(hostileNames());
        }
        if (socket.state == Established) {
            socket.tell(Told::Peer);
            socket.peerInode = chance(0.2) || m_rows.empty() ? 0 : oneOf(m_rows).socket.inode;
        }
    }

    void beginInet(Row &row)
    {
        Socket &socket = row.socket;
        const bool tcp = socket.protocol == Protocol::Tcp;
        socket.type = tcp ? SOCK_STREAM : SOCK_DGRAM;
        static constexpr quint8 states[]
            = {Established, Established, Established, SynSent, SynRecv, Close, Listen, Listen};
        socket.state = tcp ? oneOf(states) : quint8(chance(0.4) ? Established : Close);
        socket.boundInactive = tcp && socket.state == Close;
        socket.local = address(socket.family, socket.state == Listen && chance(0.7));
        socket.localPort = chance(0.2) ? 443 : static_cast<quint16>(1024 + below(60000));
        const bool connected = socket.state != Listen && socket.state != Close;
        socket.remote = address(socket.family, !connected);
        socket.remotePort = connected ? static_cast<quint16>(chance(0.3) ? 443 : 1024 + below(60000)) : quint16(0);
        socket.interface = chance(0.1) ? 2 : 0;
        socket.tell(Told::Cgroup);
        socket.cgroupId = chance(0.5) ? 77 : 4242; // the second is no path we know
        if (chance(0.2)) {
            socket.tell(Told::Mark);
            socket.mark = static_cast<quint32>(below(3));
        }
        if (socket.family == AF_INET6 && !connected) {
            socket.tell(Told::V6Only);
            socket.v6Only = chance(0.5);
        }
        if (tcp)
            socket.tell(Told::Timer);
        if (socket.state == SynRecv)
            loseFile(row);
    }

    Address address(quint8 family, bool any)
    {
        Address made;
        made.length = family == AF_INET ? 4 : 16;
        if (any)
            return made;
        const bool mapped = made.length == 16 && chance(0.3);
        for (quint8 i = 0; i < made.length; ++i)
            made.bytes[i] = static_cast<quint8>(mapped && i < 10 ? 0 : mapped && i < 12 ? 255 : below(256));
        return made;
    }

    /// No file, so no inode, no user and no holder.
    static void loseFile(Row &row)
    {
        row.socket.inode = 0;
        row.socket.uid = 0;
        row.socket.told &= static_cast<quint16>(~(quint16(Told::Inode) | quint16(Told::Uid)));
        row.holders.clear();
    }

    void change(Row &row)
    {
        Socket &socket = row.socket;
        if (socket.protocol == Protocol::Tcp && (socket.state == SynSent || socket.state == SynRecv)) {
            socket.state = Established;
        } else if (socket.protocol == Protocol::Tcp && socket.state == Established && chance(0.5)) {
            socket.state = chance(0.5) ? TimeWait : FinWait1;
            loseFile(row);
            if (socket.state == TimeWait)
                socket.told &= static_cast<quint16>(~(quint16(Told::Shutdown) | quint16(Told::Cgroup)));
        } else if (socket.inode != 0) {
            row.holders.push_back(someHolder());
        }
    }

    void work(Row &row)
    {
        Socket &socket = row.socket;
        if (socket.family == 0 || socket.state == TimeWait)
            return;
        socket.recvQueue = chance(0.3) ? static_cast<quint32>(below(70000)) : 0;
        socket.sendQueue = chance(0.3) ? static_cast<quint32>(below(70000)) : 0;
        if (socket.state != Established)
            return;
        row.counters.received += static_cast<quint64>(below(1000000));
        row.counters.sent += static_cast<quint64>(below(1000000));
        row.counters.rtt = 100u + static_cast<quint32>(below(50000));
        if (socket.has(Told::Timer)) {
            socket.timer = static_cast<quint8>(below(3));
            socket.expires = socket.timer ? static_cast<quint32>(below(60000)) : 0;
            socket.retrans = chance(0.05) ? 1 : 0;
        }
    }

    void packDump(Snapshot &made, const Dump &dump, quint64 netns)
    {
        DumpOutcome outcome;
        outcome.scope = {netns ? netns : 1, dump.family, dump.protocol, 0x3fff, 0xff};
        outcome.ending.began = m_began;
        outcome.ending.ended = m_began + std::chrono::milliseconds(10);
        const bool fails = chance(m_options.failures);
        outcome.ending.end = fails ? DumpEnd::Interrupted : DumpEnd::Complete;
        for (const Row &row : m_rows)
            if (row.socket.family == dump.family && row.socket.protocol == dump.is && row.netns == netns
                && !(fails && chance(0.5))) {
                packRow(made, row);
                made.sockets.back().dump = static_cast<quint16>(made.dumps.size());
                ++outcome.rows;
            }
        if (fails)
            made.problems.push_back({"sock_diag", "a dump was interrupted", 0});
        made.dumps.push_back(outcome);
    }

    void packRow(Snapshot &made, const Row &row)
    {
        Socket socket = row.socket;
        socket.name = noIndex;
        if (socket.has(Told::Name)) {
            socket.name = static_cast<quint32>(made.names.size());
            made.names.push_back(row.name);
        }
        const auto netns = std::find_if(made.namespaces.begin(), made.namespaces.end(),
            [&](const NetNamespace &one) { return row.netns != 0 && one.id == row.netns; });
        socket.netns
            = netns == made.namespaces.end() ? noShortIndex : static_cast<quint16>(netns - made.namespaces.begin());
        socket.chunk = noIndex;
        socket.offset = 0;
        socket.length = 0;
        if (m_options.messages && socket.family != 0) {
            const QByteArray message = messageFor(socket, row.name, row.counters);
            // As in a datagram: the message is not where the chunk begins.
            socket.chunk = static_cast<quint32>(made.chunks.size());
            socket.offset = 16;
            socket.length = static_cast<quint32>(message.size());
            made.chunks.push_back(QByteArray(16, '\0') + message);
        }
        packHolders(made, row, socket);
        made.sockets.push_back(socket);
    }

    void packHolders(Snapshot &made, const Row &row, Socket &socket)
    {
        socket.firstHolder = static_cast<quint32>(made.holders.size());
        socket.holderCount = 0;
        if (!m_options.owners)
            return;
        std::set<std::pair<qint32, qint32>> held;
        for (const Held &holder : row.holders)
            held.emplace(holder.process.pid, holder.fd);
        for (const auto &[pid, fd] : held) {
            const auto place = std::distance(m_processes.begin(), m_processes.find(pid));
            made.holders.push_back({static_cast<quint32>(place), pid, fd});
        }
        socket.holderCount = static_cast<quint32>(held.size());
    }

    void packOwners(Snapshot &made)
    {
        for (const auto &[pid, process] : m_processes) {
            made.processes.push_back(process);
            made.deniedProcesses += process.descriptors == Got::Denied ? 1 : 0;
        }
        for (const Row &row : m_rows)
            if (row.socket.family == 0)
                packRow(made, row);
    }

    std::mt19937 &m_random;
    RandomOptions m_options;
    std::map<qint32, Process> m_processes;
    std::vector<Row> m_rows;
    std::vector<NetNamespace> m_namespaces;
    SteadyTime m_began{firstBegan};
    WallTime m_taken{std::chrono::hours(24 * 365 * 50)};
    quint32 m_count = 0;
    qint32 m_lastGone = 0;
};

} // namespace

SnapshotPtr randomSnapshot(std::mt19937 &random, const SnapshotPtr &before, const RandomOptions &options)
{
    World world(random, options);
    if (before)
        world.readFrom(*before);
    world.evolve();
    return world.snapshot();
}

} // namespace socktree::test
