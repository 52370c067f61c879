// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot put together by hand, socket by socket, and the generation that shows it: for tests of what one row says.
#pragma once

#include "model/generation.h"

#include <vector>

namespace socktree::test {

/// Complete and with everything asked; change snapshot() before generation() for what is not.
class SmallWorld
{
public:
    SmallWorld();
    /// Its index. Add them ascending by pid.
    quint32 add(const Process &process);
    /// Its slot. The socket gets its dump by its protocol.
    quint32 add(
        Socket socket, std::vector<Holder> holders = {}, const QByteArray &message = {}, const QByteArray &name = {});
    /// The same of a row that was read from a line of "net/raw" or the like; its dump is @p file's.
    quint32 addLine(Socket socket, const QByteArray &file, const QByteArray &line, std::vector<Holder> holders = {});
    /// The same of a socket that no list has and a descriptor tells of.
    quint32 addLone(Socket socket, std::vector<Holder> holders = {}, const QByteArray &label = {});
    /// Its place in Snapshot::namespaces.
    quint16 add(const NetNamespace &netns);
    /// Ends meet in one only, so that those who look for them say that it is one.
    void putInOneNamespace();
    Snapshot &snapshot() { return m_snapshot; }
    /// Slots are in the order of adding.
    Generation generation() const;

private:
    quint16 dumpOf(const Scope &scope);
    quint32 put(Socket socket, const std::vector<Holder> &holders, const QByteArray &bytes);

    Snapshot m_snapshot;
};

Process process(
    qint32 pid, const QByteArray &comm, const QByteArray &cmdline = {}, quint32 uid = 0, const QByteArray &unit = {});
/// "192.0.2.1" or "2001:db8::1".
Address address(const char *text);
/// Told: inode, uid, queues, state, timer.
Socket tcp(quint8 state, const char *local, quint16 localPort, const char *remote = "0.0.0.0", quint16 remotePort = 0);
Socket udp(const char *local, quint16 localPort, const char *remote = "0.0.0.0", quint16 remotePort = 0);
/// SOCK_STREAM. Name and peer are told when given to SmallWorld::add and by the caller.
Socket unixSocket(quint8 state);
/// Told: inode, uid, queues, and the state unless its family has none.
Socket raw(quint8 state, const char *local, quint16 ipProtocol);
Socket sctpAssociation(quint8 state, const char *local, quint16 localPort, const char *remote, quint16 remotePort);
Socket netlink(quint16 protocol, quint32 portId, quint8 state = 7, quint32 remotePortId = 0);
Socket packet(quint16 etherType, quint32 interface);
/// Queues and uid are not told.
Socket vsock(quint8 state, quint32 cid, quint32 port, quint32 remoteCid = 0xffffffff, quint32 remotePort = 0xffffffff);
Socket tipc(quint8 state, quint32 node, quint32 port);
Socket xdp(quint32 interface);
/// Told is its inode: of what is not in any list. AF_ALG and such.
Socket otherSocket(quint8 family, quint8 type);
/// A descriptor whose inode no dump describes.
Socket unknownSocket(quint32 inode);

} // namespace socktree::test
