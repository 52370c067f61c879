// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/vsock_message.h"

#include <sys/socket.h>

namespace socktree {

std::optional<VsockFixed> parseVsockFixed(Bytes message)
{
    if (message.size() < vsockFixedSize || *load<quint8>(message, 0) != AF_VSOCK)
        return std::nullopt;
    VsockFixed fixed;
    fixed.type = *load<quint8>(message, 1);
    fixed.state = *load<quint8>(message, 2);
    fixed.shutdown = *load<quint8>(message, 3);
    fixed.localCid = *load<quint32>(message, 4);
    fixed.localPort = *load<quint32>(message, 8);
    fixed.remoteCid = *load<quint32>(message, 12);
    fixed.remotePort = *load<quint32>(message, 16);
    fixed.inode = *load<quint32>(message, 20);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 28)) << 32 | *load<quint32>(message, 24);
    return fixed;
}

} // namespace socktree
