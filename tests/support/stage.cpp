// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stage.h"

#include "tests/support/message_builder.h"

#include <netinet/in.h>

namespace socktree::test {

Stage::Stage()
{
    tell();
}

void Stage::addProcess(qint32 pid, const QByteArray &comm, quint32 uid)
{
    ProcessPieces pieces;
    pieces.comm = comm;
    pieces.startTime = static_cast<quint64>(pid);
    pieces.uid = uid;
    pieces.cmdline = "/usr/bin/" + comm + QByteArray("\0--serve\0", 9);
    pieces.cgroup = "0::/system.slice/" + comm + ".service\n";
    m_proc.add(pid, pieces);
}

void Stage::removeProcess(qint32 pid)
{
    m_proc.remove(pid);
    std::erase_if(m_holders, [pid](const auto &holder) { return holder.second.first == pid; });
}

void Stage::addDescriptor(qint32 pid, int fd, quint32 inode)
{
    m_proc.holdSocket(pid, fd, inode);
    m_holders.emplace(inode, std::pair(pid, fd));
}

void Stage::addTcp(
    quint32 inode, quint8 state, const char *local, quint16 localPort, const char *remote, quint16 remotePort)
{
    add(inode, IPPROTO_TCP,
        {.state = state, .local = local, .localPort = localPort, .remote = remote, .remotePort = remotePort});
}

void Stage::addUdp(quint32 inode, quint16 localPort)
{
    add(inode, IPPROTO_UDP, {.state = 7, .local = "0.0.0.0", .localPort = localPort, .remote = "0.0.0.0"});
}

void Stage::addConnectedUdp(quint32 inode, const char *local, quint16 localPort, const char *remote, quint16 remotePort)
{
    add(inode, IPPROTO_UDP,
        {.state = 1, .local = local, .localPort = localPort, .remote = remote, .remotePort = remotePort});
}

void Stage::add(quint32 inode, quint8 protocol, InetPieces pieces)
{
    pieces.inode = inode;
    pieces.uid = 1000;
    pieces.cookie = inode + 1000;
    m_sockets[inode] = {protocol, inetMessage(pieces)};
    tell();
}

void Stage::removeSocket(quint32 inode)
{
    m_sockets.erase(inode);
    const auto [first, last] = m_holders.equal_range(inode);
    for (auto each = first; each != last; ++each)
        m_proc.release(each->second.first, each->second.second);
    m_holders.erase(first, last);
    tell();
}

void Stage::tell()
{
    std::map<quint8, std::vector<QByteArray>> messages{{IPPROTO_TCP, {}}, {IPPROTO_UDP, {}}};
    for (const auto &[inode, row] : m_sockets)
        messages[row.protocol].push_back(row.message);
    for (const quint8 family : {quint8(AF_INET), quint8(AF_INET6)}) {
        for (auto &[protocol, all] : messages)
            m_kernel.set(family, protocol, family == AF_INET ? all : std::vector<QByteArray>());
    }
    m_kernel.set(AF_UNIX, 0, {});
}

Sources Stage::sources()
{
    Sources sources = m_proc.sources();
    sources.dial = [this] { return m_kernel.dial(); };
    sources.userName = [](quint32 uid) -> std::optional<QByteArray> {
        return uid == 1000 ? std::optional<QByteArray>("me") : std::nullopt;
    };
    sources.host = [] {
        HostRecord host;
        host.name = "stage";
        host.kernel = "6.1.0";
        host.euid = 1000;
        host.netns = 3;
        host.began = SteadyTime::clock::now();
        host.taken = WallTime(std::chrono::seconds(1790000000));
        return host;
    };
    return sources;
}

} // namespace socktree::test
