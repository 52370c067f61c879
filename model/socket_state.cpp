// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/socket_state.h"

#include "collector/decode/tcp_state.h"

namespace socktree {

bool isListening(const Socket &socket)
{
    // No association of SCTP has such a number, nor has a family with one of its own.
    return socket.has(Told::State) && socket.state == tcpstate::listen;
}

bool isUnconnected(const Socket &socket)
{
    const bool isTcp = socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp;
    return isTcp && socket.has(Told::State) && socket.state == tcpstate::close;
}

bool isEstablished(const Socket &socket)
{
    constexpr quint8 establishedAssociation = 3;
    return socket.has(Told::State)
        && socket.state == (socket.association ? establishedAssociation : tcpstate::established);
}

bool countsConnections(const Socket &socket)
{
    // Endpoints of SCTP say no more in any state.
    return isListening(socket) || (socket.protocol == Protocol::Sctp && !socket.association);
}

} // namespace socktree
