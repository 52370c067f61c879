// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/socket.h"

#include <algorithm>

namespace socktree {

const char *nameOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Tcp: return "tcp";
    case Protocol::Udp: return "udp";
    case Protocol::Unix: return "unix";
    case Protocol::Unknown: break;
    }
    return "unknown";
}

bool Address::isAny() const
{
    return std::all_of(bytes.begin(), bytes.begin() + length, [](quint8 b) { return b == 0; });
}

} // namespace socktree
