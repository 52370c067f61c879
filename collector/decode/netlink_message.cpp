// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/netlink_message.h"

#include <sys/socket.h>

namespace socktree {

std::optional<NetlinkFixed> parseNetlinkFixed(Bytes message)
{
    if (message.size() < netlinkFixedSize || *load<quint8>(message, 0) != AF_NETLINK)
        return std::nullopt;
    NetlinkFixed fixed;
    fixed.type = *load<quint8>(message, 1);
    fixed.protocol = *load<quint8>(message, 2);
    fixed.state = *load<quint8>(message, 3);
    fixed.port = *load<quint32>(message, 4);
    fixed.remotePort = *load<quint32>(message, 8);
    fixed.inode = *load<quint32>(message, 16);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 24)) << 32 | *load<quint32>(message, 20);
    return fixed;
}

} // namespace socktree
