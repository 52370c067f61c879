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
    Snapshot &snapshot() { return m_snapshot; }
    /// Slots are in the order of adding.
    Generation generation() const;

private:
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
/// A descriptor whose inode no dump describes.
Socket unknownSocket(quint32 inode);

} // namespace socktree::test
