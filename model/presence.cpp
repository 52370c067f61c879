// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/presence.h"

#include "collector/capture/live_reader.h"

#include <QtCore/QtEndian>

#include <netinet/in.h>

#include <cstring>

namespace socktree {

std::optional<bool> isThere(LiveReader &reader, const Socket &socket)
{
    if (socket.cookie == 0 || socket.protocol == Protocol::Unknown)
        return std::nullopt;
    if (socket.netns != 0 && socket.netns != noShortIndex)
        return std::nullopt; // of another namespace than the reader's, which comes first
    if (socket.protocol == Protocol::Unix)
        return reader.isThereUnix(socket.inode, socket.cookie);
    if (socket.protocol != Protocol::Tcp && socket.protocol != Protocol::Udp)
        return std::nullopt;
    if (socket.boundInactive)
        return std::nullopt; // it is in no table that exact lookup searches
    InetLookup wanted;
    wanted.family = socket.family;
    wanted.protocol = socket.protocol == Protocol::Tcp ? IPPROTO_TCP : IPPROTO_UDP;
    std::memcpy(wanted.local.data(), socket.local.bytes.data(), wanted.local.size());
    std::memcpy(wanted.remote.data(), socket.remote.bytes.data(), wanted.remote.size());
    wanted.localPort = qToBigEndian(static_cast<quint16>(socket.localPort));
    wanted.remotePort = qToBigEndian(static_cast<quint16>(socket.remotePort));
    wanted.interface = socket.interface;
    wanted.cookie = socket.cookie;
    return reader.isThere(wanted);
}

} // namespace socktree
