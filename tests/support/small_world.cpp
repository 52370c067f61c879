// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_world.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree::test {

static bool isSameList(const Scope &a, const Scope &b)
{
    return a.family == b.family && a.protocol == b.protocol && a.file == b.file;
}

SmallWorld::SmallWorld()
{
    m_snapshot.host.name = "testhost";
    m_snapshot.host.kernel = "6.1.0-test";
    m_snapshot.host.taken = WallTime(std::chrono::seconds(1'700'000'000));
    m_snapshot.ownersRead = true;
    m_snapshot.processesComplete = true;
    m_snapshot.users = {{0, "root"}, {1000, "ann"}};
    m_snapshot.interfaces = {{{0, 1}, "lo"}, {{0, 2}, "eth0"}};
    m_snapshot.services = std::make_shared<const ServiceNames>(
        ServiceNames{{serviceKey(443, Protocol::Tcp), "https"}, {serviceKey(53, Protocol::Udp), "domain"}});
    const auto dump = [](quint8 family, quint16 protocol, quint32 asked) {
        DumpOutcome outcome;
        outcome.scope.family = family;
        outcome.scope.protocol = protocol;
        outcome.scope.states = 0xffffffff;
        outcome.scope.asked = asked;
        return outcome;
    };
    m_snapshot.dumps = {dump(AF_INET, IPPROTO_TCP, 0xff), dump(AF_INET6, IPPROTO_TCP, 0xff),
        dump(AF_INET, IPPROTO_UDP, 0xff), dump(AF_INET6, IPPROTO_UDP, 0xff), dump(AF_UNIX, 0, 0x7f)};
}

quint32 SmallWorld::add(const Process &process)
{
    m_snapshot.processes.push_back(process);
    return static_cast<quint32>(m_snapshot.processes.size() - 1);
}

/// What a dump of such sockets is asked for.
static Scope scopeOf(const Socket &socket)
{
    Scope scope;
    scope.family = socket.family;
    scope.states = 0xffffffff;
    scope.asked = socket.protocol == Protocol::Unix ? 0x7f : 0xff;
    switch (socket.protocol) {
    case Protocol::Tcp: scope.protocol = IPPROTO_TCP; break;
    case Protocol::Mptcp: scope.protocol = 262; break;
    case Protocol::Udp: scope.protocol = IPPROTO_UDP; break;
    case Protocol::UdpLite: scope.protocol = IPPROTO_UDPLITE; break;
    case Protocol::Raw: scope.protocol = IPPROTO_RAW; break;
    case Protocol::Sctp: scope.protocol = IPPROTO_SCTP; break;
    case Protocol::Dccp: scope.protocol = IPPROTO_DCCP; break;
    default: break;
    }
    return scope;
}

quint16 SmallWorld::dumpOf(const Scope &scope)
{
    auto &dumps = m_snapshot.dumps;
    const auto found = std::find_if(
        dumps.begin(), dumps.end(), [&](const DumpOutcome &dump) { return isSameList(dump.scope, scope); });
    const auto place = static_cast<quint16>(found - dumps.begin());
    if (found == dumps.end())
        dumps.push_back({scope, {}, 0, 0});
    return place;
}

quint32 SmallWorld::put(Socket socket, const std::vector<Holder> &holders, const QByteArray &bytes)
{
    socket.firstHolder = static_cast<quint32>(m_snapshot.holders.size());
    socket.holderCount = static_cast<quint32>(holders.size());
    m_snapshot.holders.insert(m_snapshot.holders.end(), holders.begin(), holders.end());
    if (!bytes.isEmpty()) {
        socket.chunk = static_cast<quint32>(m_snapshot.chunks.size());
        socket.length = static_cast<quint32>(bytes.size());
        m_snapshot.chunks.push_back(bytes);
    }
    m_snapshot.sockets.push_back(socket);
    return static_cast<quint32>(m_snapshot.sockets.size() - 1);
}

quint32 SmallWorld::add(Socket socket, std::vector<Holder> holders, const QByteArray &message, const QByteArray &name)
{
    if (!name.isEmpty()) {
        socket.name = static_cast<quint32>(m_snapshot.names.size());
        socket.tell(Told::Name);
        m_snapshot.names.push_back(name);
    }
    if (socket.protocol != Protocol::Unknown)
        socket.dump = dumpOf(scopeOf(socket));
    return put(socket, holders, message);
}

quint32 SmallWorld::addLine(Socket socket, const QByteArray &file, const QByteArray &line, std::vector<Holder> holders)
{
    Scope scope = scopeOf(socket);
    scope.asked = 0;
    scope.file = file;
    socket.cookie = 0; // no file tells it
    socket.dump = dumpOf(scope);
    return put(socket, holders, line);
}

quint32 SmallWorld::addLone(Socket socket, std::vector<Holder> holders, const QByteArray &label)
{
    if (!label.isEmpty()) {
        socket.label = static_cast<quint16>(m_snapshot.labels.size());
        m_snapshot.labels.push_back(label);
    }
    return put(socket, holders, {});
}

void SmallWorld::putInOneNamespace()
{
    for (Socket &socket : m_snapshot.sockets)
        socket.netns = 0;
}

quint16 SmallWorld::add(const NetNamespace &netns)
{
    m_snapshot.namespaces.push_back(netns);
    return static_cast<quint16>(m_snapshot.namespaces.size() - 1);
}

Generation SmallWorld::generation() const
{
    Generation generation;
    generation.number = 1;
    generation.snapshot = std::make_shared<const Snapshot>(m_snapshot);
    for (quint32 i = 0; i < m_snapshot.sockets.size(); ++i) {
        Entry entry;
        entry.key = m_snapshot.keyOf(m_snapshot.sockets[i]);
        entry.index = i;
        entry.firstSeen = m_snapshot.host.taken;
        generation.entries.push_back(entry);
        generation.slotOf.insert(entry.key, i);
    }
    generation.liveCount = static_cast<quint32>(m_snapshot.sockets.size());
    return generation;
}

Process process(qint32 pid, const QByteArray &comm, const QByteArray &cmdline, quint32 uid, const QByteArray &unit)
{
    Process process;
    process.key = {pid, static_cast<quint64>(pid) * 100};
    process.comm = comm;
    process.cmdline = cmdline;
    process.uid = uid;
    process.unit = unit;
    process.descriptors = Got::Read;
    process.contextGot = Got::Read;
    return process;
}

Address address(const char *text)
{
    Address address;
    const bool six = std::strchr(text, ':');
    address.length = six ? 16 : 4;
    if (inet_pton(six ? AF_INET6 : AF_INET, text, address.bytes.data()) != 1)
        qFatal("no address: %s", text);
    return address;
}

static Socket internet(Protocol protocol, const char *local, quint16 localPort, const char *remote, quint16 remotePort)
{
    static quint64 cookie = 0x1000;
    Socket socket;
    socket.protocol = protocol;
    socket.cookie = ++cookie;
    socket.local = address(local);
    socket.localPort = localPort;
    socket.remote = address(remote);
    socket.remotePort = remotePort;
    socket.family = socket.local.length == 16 ? AF_INET6 : AF_INET;
    socket.inode = static_cast<quint32>(cookie * 10);
    for (const Told told : {Told::Inode, Told::Uid, Told::Queues, Told::State, Told::Timer})
        socket.tell(told);
    return socket;
}

Socket tcp(quint8 state, const char *local, quint16 localPort, const char *remote, quint16 remotePort)
{
    Socket socket = internet(Protocol::Tcp, local, localPort, remote, remotePort);
    socket.state = state;
    socket.type = SOCK_STREAM;
    return socket;
}

Socket udp(const char *local, quint16 localPort, const char *remote, quint16 remotePort)
{
    Socket socket = internet(Protocol::Udp, local, localPort, remote, remotePort);
    socket.state = remotePort ? 1 : 7;
    socket.type = SOCK_DGRAM;
    return socket;
}

Socket unixSocket(quint8 state)
{
    static quint32 inode = 500;
    Socket socket;
    socket.protocol = Protocol::Unix;
    socket.family = AF_UNIX;
    socket.type = SOCK_STREAM;
    socket.state = state;
    socket.inode = ++inode;
    socket.cookie = 0x900000 + inode;
    for (const Told told : {Told::Inode, Told::Uid, Told::Queues, Told::State})
        socket.tell(told);
    return socket;
}

static Socket numbered(Protocol protocol, quint8 family, quint8 type)
{
    static quint32 inode = 90'000;
    Socket socket;
    socket.protocol = protocol;
    socket.family = family;
    socket.type = type;
    socket.inode = ++inode;
    socket.cookie = 0xa00000 + inode;
    socket.tell(Told::Inode);
    return socket;
}

static void tellState(Socket &socket, quint8 state)
{
    socket.state = state;
    socket.tell(Told::State);
}

Socket raw(quint8 state, const char *local, quint16 ipProtocol)
{
    Socket socket = internet(Protocol::Raw, local, 0, std::strchr(local, ':') ? "::" : "0.0.0.0", 0);
    socket.state = state;
    socket.type = SOCK_RAW;
    socket.number = ipProtocol;
    return socket;
}

Socket sctpAssociation(quint8 state, const char *local, quint16 localPort, const char *remote, quint16 remotePort)
{
    Socket socket = internet(Protocol::Sctp, local, localPort, remote, remotePort);
    socket.state = state;
    socket.association = true;
    return socket;
}

Socket netlink(quint16 protocol, quint32 portId, quint8 state, quint32 remotePortId)
{
    Socket socket = numbered(Protocol::Netlink, AF_NETLINK, SOCK_RAW);
    tellState(socket, state);
    socket.tell(Told::Queues);
    socket.number = protocol;
    socket.localPort = portId;
    socket.remotePort = remotePortId;
    return socket;
}

Socket packet(quint16 etherType, quint32 interface)
{
    Socket socket = numbered(Protocol::Packet, AF_PACKET, SOCK_RAW);
    socket.tell(Told::Queues);
    socket.tell(Told::Uid);
    socket.number = etherType;
    socket.interface = interface;
    return socket;
}

Socket vsock(quint8 state, quint32 cid, quint32 port, quint32 remoteCid, quint32 remotePort)
{
    Socket socket = numbered(Protocol::Vsock, AF_VSOCK, SOCK_STREAM);
    tellState(socket, state);
    socket.local = Address::ofNode(cid);
    socket.localPort = port;
    socket.remote = Address::ofNode(remoteCid);
    socket.remotePort = remotePort;
    return socket;
}

Socket tipc(quint8 state, quint32 node, quint32 port)
{
    Socket socket = numbered(Protocol::Tipc, AF_TIPC, SOCK_RDM);
    tellState(socket, state);
    socket.tell(Told::Queues);
    socket.tell(Told::Uid);
    socket.local = Address::ofNode(node);
    socket.localPort = port;
    return socket;
}

Socket xdp(quint32 interface)
{
    Socket socket = numbered(Protocol::Xdp, 44, SOCK_RAW); // AF_XDP
    socket.tell(Told::Queues);
    socket.tell(Told::Uid);
    socket.interface = interface;
    return socket;
}

Socket otherSocket(quint8 family, quint8 type)
{
    return numbered(Protocol::Other, family, type);
}

Socket unknownSocket(quint32 inode)
{
    Socket socket;
    socket.inode = inode;
    socket.tell(Told::Inode);
    return socket;
}

} // namespace socktree::test
