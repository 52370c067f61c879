// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/packet_message.h"

#include <sys/socket.h>

namespace socktree {

std::optional<PacketFixed> parsePacketFixed(Bytes message)
{
    if (message.size() < packetFixedSize || *load<quint8>(message, 0) != AF_PACKET)
        return std::nullopt;
    PacketFixed fixed;
    fixed.type = *load<quint8>(message, 1);
    fixed.protocol = *load<quint16>(message, 2);
    fixed.inode = *load<quint32>(message, 4);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 12)) << 32 | *load<quint32>(message, 8);
    return fixed;
}

} // namespace socktree
