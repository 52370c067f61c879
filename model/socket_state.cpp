// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/socket_state.h"

namespace socktree {

bool isListening(const Socket &socket)
{
    constexpr quint8 listening = 10; // no association of SCTP has such a number, nor has a family with one of its own
    return socket.has(Told::State) && socket.state == listening;
}

bool isUnconnected(const Socket &socket)
{
    constexpr quint8 closed = 7;
    const bool isTcp = socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp;
    return isTcp && socket.has(Told::State) && socket.state == closed;
}

bool isEstablished(const Socket &socket)
{
    constexpr quint8 established = 1, establishedAssociation = 3;
    return socket.has(Told::State) && socket.state == (socket.association ? establishedAssociation : established);
}

bool countsConnections(const Socket &socket)
{
    // Endpoints of SCTP say no more in any state.
    return isListening(socket) || (socket.protocol == Protocol::Sctp && !socket.association);
}

} // namespace socktree
