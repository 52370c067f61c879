// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/inet_message.h"

#include "collector/decode/message_walk.h"

#include <sys/socket.h>

#include <QtCore/QtEndian>

namespace socktree {

quint8 InetFixed::addressLength() const
{
    return family == AF_INET6 ? 16 : 4;
}

std::optional<InetFixed> parseInetFixed(Bytes message)
{
    if (message.size() < inetFixedSize)
        return std::nullopt;
    InetFixed fixed;
    fixed.family = *load<quint8>(message, 0);
    if (fixed.family != AF_INET && fixed.family != AF_INET6)
        return std::nullopt;
    fixed.state = *load<quint8>(message, 1);
    fixed.timer = *load<quint8>(message, 2);
    fixed.retrans = *load<quint8>(message, 3);
    fixed.localPort = qFromBigEndian(*load<quint16>(message, 4));
    fixed.remotePort = qFromBigEndian(*load<quint16>(message, 6));
    // The kernel clears what IPv4 leaves of the two addresses; we do not rely on it.
    std::memcpy(fixed.local.data(), message.data() + 8, fixed.addressLength());
    std::memcpy(fixed.remote.data(), message.data() + 24, fixed.addressLength());
    fixed.interface = *load<quint32>(message, 40);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 48)) << 32 | *load<quint32>(message, 44);
    fixed.expires = *load<quint32>(message, 52);
    fixed.receiveQueue = *load<quint32>(message, 56);
    fixed.sendQueue = *load<quint32>(message, 60);
    fixed.uid = *load<quint32>(message, 64);
    fixed.inode = *load<quint32>(message, 68);
    return fixed;
}

bool isAssociation(Bytes message)
{
    if (!parseInetFixed(message))
        return false;
    Bytes rest = message.subspan(inetFixedSize);
    while (const auto attribute = takeAttribute(rest))
        if (attribute->number == inet::Peers)
            return true;
    return false;
}

} // namespace socktree
