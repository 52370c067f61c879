// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/owners.h"

namespace socktree {

bool isMiniSocket(const Socket &socket)
{
    constexpr quint8 synRecv = 3, finWait2 = 5, timeWait = 6, timerTimeWait = 3;
    return socket.protocol == Protocol::Tcp
        && (socket.state == timeWait || socket.state == synRecv
            || (socket.state == finWait2 && socket.timer == timerTimeWait));
}

Why ownerOf(const Snapshot &snapshot, const Socket &socket)
{
    if (socket.holderCount)
        return Why::Present;
    if (!snapshot.ownersRead)
        return snapshot.origin.file ? Why::NotTold : Why::NotYet;
    if (!socket.has(Told::Inode)) // no struct socket, so no descriptor can lead to it
        return Why::None;
    if (!snapshot.processesComplete)
        return Why::NotTold;
    return snapshot.ownersMayBeHidden() ? Why::Denied : Why::None;
}

} // namespace socktree
