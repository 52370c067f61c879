// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/own_addresses.h"

#include "collector/snapshot/end_links.h"

namespace socktree {

OwnAddresses::OwnAddresses(const std::vector<Socket> &sockets)
{
    Key last;
    for (const Socket &socket : sockets) {
        if (!isInternet(socket.protocol) || socket.local.length == 0 || socket.local.isAny())
            continue;
        const Key key{socket.netns, unmapped(socket.local).bytes};
        if (key == last)
            continue; // the connections of one server
        last = key;
        m_known.insert(key);
        m_anywhere.insert({0, key.bytes});
    }
}

bool OwnAddresses::contain(quint16 netns, const Address &address) const
{
    return address.isLoopback() || m_known.contains({netns, address.bytes});
}

bool OwnAddresses::containAnywhere(const Address &address) const
{
    return address.isLoopback() || m_anywhere.contains({0, address.bytes});
}

} // namespace socktree
