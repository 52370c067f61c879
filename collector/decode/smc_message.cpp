// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/smc_message.h"

#include <sys/socket.h>

#include <QtCore/QtEndian>

#include <algorithm>

namespace socktree {

std::optional<SmcFixed> parseSmcFixed(Bytes message)
{
    if (message.size() < smcFixedSize || *load<quint8>(message, 0) != AF_SMC)
        return std::nullopt;
    SmcFixed fixed;
    fixed.state = *load<quint8>(message, 1);
    fixed.shutdown = *load<quint8>(message, 3);
    fixed.localPort = qFromBigEndian(*load<quint16>(message, 4));
    fixed.remotePort = qFromBigEndian(*load<quint16>(message, 6));
    std::memcpy(fixed.local.data(), message.data() + 8, fixed.local.size());
    std::memcpy(fixed.remote.data(), message.data() + 24, fixed.remote.size());
    fixed.interface = *load<quint32>(message, 40);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 48)) << 32 | *load<quint32>(message, 44);
    fixed.uid = *load<quint32>(message, 52);
    fixed.inode = *load<quint64>(message, 56);
    return fixed;
}

quint8 SmcFixed::addressLength() const
{
    const auto isShort = [](const std::array<quint8, 16> &address) {
        return std::all_of(address.begin() + 4, address.end(), [](quint8 byte) { return byte == 0; });
    };
    return isShort(local) && isShort(remote) ? 4 : 16;
}

} // namespace socktree
