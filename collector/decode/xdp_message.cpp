// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/xdp_message.h"

#include <sys/socket.h>

namespace socktree {

std::optional<XdpFixed> parseXdpFixed(Bytes message)
{
    if (message.size() < xdpFixedSize || *load<quint8>(message, 0) != AF_XDP)
        return std::nullopt;
    XdpFixed fixed;
    fixed.type = *load<quint8>(message, 1);
    fixed.inode = *load<quint32>(message, 4);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 12)) << 32 | *load<quint32>(message, 8);
    return fixed;
}

} // namespace socktree
