// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/unix_message.h"

#include <sys/socket.h>

namespace socktree {

std::optional<UnixFixed> parseUnixFixed(Bytes message)
{
    if (message.size() < unixFixedSize || *load<quint8>(message, 0) != AF_UNIX)
        return std::nullopt;
    UnixFixed fixed;
    fixed.type = *load<quint8>(message, 1);
    fixed.state = *load<quint8>(message, 2);
    fixed.inode = *load<quint32>(message, 4);
    // Two words, the low one first on every machine.
    fixed.cookie = quint64(*load<quint32>(message, 12)) << 32 | *load<quint32>(message, 8);
    return fixed;
}

QByteArray unixNameOf(Bytes attributePayload)
{
    QByteArray name(reinterpret_cast<const char *>(attributePayload.data()), qsizetype(attributePayload.size()));
    if (name.size() > 1 && name.front() != '\0' && name.back() == '\0')
        name.chop(1);
    return name;
}

} // namespace socktree
