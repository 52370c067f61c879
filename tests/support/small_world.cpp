// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_world.h"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree::test {

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

quint32 SmallWorld::add(Socket socket, std::vector<Holder> holders, const QByteArray &message, const QByteArray &name)
{
    socket.firstHolder = static_cast<quint32>(m_snapshot.holders.size());
    socket.holderCount = static_cast<quint32>(holders.size());
    m_snapshot.holders.insert(m_snapshot.holders.end(), holders.begin(), holders.end());
    if (!message.isEmpty()) {
        socket.chunk = static_cast<quint32>(m_snapshot.chunks.size());
        socket.length = static_cast<quint32>(message.size());
        m_snapshot.chunks.push_back(message);
    }
    if (!name.isEmpty()) {
        socket.name = static_cast<quint32>(m_snapshot.names.size());
        socket.tell(Told::Name);
        m_snapshot.names.push_back(name);
    }
    const quint16 six = socket.family == AF_INET6 ? 1 : 0;
    if (socket.protocol == Protocol::Tcp)
        socket.dump = six;
    else if (socket.protocol == Protocol::Udp)
        socket.dump = static_cast<quint16>(2 + six);
    else if (socket.protocol == Protocol::Unix)
        socket.dump = 4;
    m_snapshot.sockets.push_back(socket);
    return static_cast<quint32>(m_snapshot.sockets.size() - 1);
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

Socket unknownSocket(quint32 inode)
{
    Socket socket;
    socket.inode = inode;
    socket.tell(Told::Inode);
    return socket;
}

} // namespace socktree::test
