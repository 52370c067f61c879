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

Address unmapped(const Address &address)
{
    constexpr std::array<quint8, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (address.length != 16 || !std::equal(prefix.begin(), prefix.end(), address.bytes.begin()))
        return address;
    Address plain;
    plain.length = 4;
    std::copy_n(address.bytes.begin() + prefix.size(), 4, plain.bytes.begin());
    return plain;
}

} // namespace socktree
