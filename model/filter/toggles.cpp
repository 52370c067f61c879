// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/toggles.h"

#include "collector/decode/tcp_state.h"
#include "model/socket_state.h"

#include <sys/socket.h>

namespace socktree {

namespace {

bool staysOnLoopback(const Socket &socket)
{
    return socket.local.isLoopback() && (socket.remote.isLoopback() || socket.remote.isAny());
}

/// Whether others can come to it: it listens, or takes datagrams from everybody.
bool listens(const Socket &socket)
{
    if (!socket.has(Told::State))
        return false;
    if (isListening(socket))
        return true;
    if (socket.state != tcpstate::close)
        return false;
    return socket.protocol == Protocol::Udp || socket.protocol == Protocol::UdpLite
        || (socket.protocol == Protocol::Unix && socket.type == SOCK_DGRAM && socket.has(Told::Name));
}

/// The others use TCP's numbers, too, but have no such states.
bool isTcpIn(quint8 state, const Socket &socket)
{
    return (socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp) && socket.has(Told::State)
        && socket.state == state;
}

class TogglePredicate final : public RowPredicate
{
public:
    explicit TogglePredicate(const Toggles &toggles) : m_toggles(toggles) { }

    bool matches(const RowRef &row) const override
    {
        const Socket &socket = row.socket();
        return protocolIsOn(socket) && familyIsOn(socket) && stateIsOn(socket)
            && (m_toggles.loopback || !staysOnLoopback(socket));
    }

private:
    bool protocolIsOn(const Socket &socket) const
    {
        switch (socket.protocol) {
        case Protocol::Tcp:
        case Protocol::Mptcp: return m_toggles.tcp;
        case Protocol::Udp:
        case Protocol::UdpLite: return m_toggles.udp;
        case Protocol::Unix: return m_toggles.unix_;
        default: break;
        }
        return m_toggles.other;
    }
    bool familyIsOn(const Socket &socket) const
    {
        return (socket.family != AF_INET || m_toggles.ipv4) && (socket.family != AF_INET6 || m_toggles.ipv6);
    }
    bool stateIsOn(const Socket &socket) const
    {
        switch (m_toggles.state) {
        case StateToggle::All: return true;
        case StateToggle::Established: return isEstablished(socket);
        case StateToggle::Listening: return listens(socket);
        case StateToggle::TimeWait: return isTcpIn(tcpstate::timeWait, socket);
        case StateToggle::CloseWait: return isTcpIn(tcpstate::closeWait, socket);
        }
        return true;
    }

    Toggles m_toggles;
};

} // namespace

PredicatePtr togglePredicate(const Toggles &toggles)
{
    if (toggles == Toggles())
        return nullptr;
    return std::make_shared<TogglePredicate>(toggles);
}

} // namespace socktree
