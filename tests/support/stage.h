// SPDX-License-Identifier: GPL-3.0-or-later
// A whole made-up machine for tests of the whole chain: a kernel, processes, and who holds what.
#pragma once

#include "tests/support/fake_kernel.h"
#include "tests/support/proc_fixture.h"

#include <QtCore/QByteArray>

#include <map>
#include <utility>
#include <vector>

namespace socktree::test {

struct InetPieces;

class Stage
{
public:
    Stage();

    /// A process that runs from now on; its start time is its pid.
    void addProcess(qint32 pid, const QByteArray &comm, quint32 uid = 1000);
    void removeProcess(qint32 pid);
    /// The process holds this inode at this descriptor.
    void addDescriptor(qint32 pid, int fd, quint32 inode);

    /// A TCP socket over IPv4; its cookie is its inode plus 1000. Sockets without a port listen or end nowhere.
    void addTcp(quint32 inode, quint8 state, const char *local, quint16 localPort, const char *remote = "0.0.0.0",
        quint16 remotePort = 0);
    void addUdp(quint32 inode, quint16 localPort);
    void addConnectedUdp(quint32 inode, const char *local, quint16 localPort, const char *remote, quint16 remotePort);
    /// With every descriptor for it.
    void removeSocket(quint32 inode);

    FakeKernel &kernel() { return m_kernel; }
    /// The stage must outlive what uses it.
    Sources sources();

private:
    void add(quint32 inode, quint8 protocol, InetPieces pieces);
    void tell();

    struct Row {
        quint8 protocol;
        QByteArray message;
    };
    ProcFixture m_proc;
    FakeKernel m_kernel;
    std::map<quint32, Row> m_sockets;                         ///< by inode
    std::multimap<quint32, std::pair<qint32, int>> m_holders; ///< pid and fd by inode
};

} // namespace socktree::test
