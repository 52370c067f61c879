// SPDX-License-Identifier: GPL-3.0-or-later
// Why a connected socket has no other end among those that were read, as far as addresses tell, and what may hide it.
//
// Nothing tells the addresses of interfaces, so an address is known to be of a namespace only if a socket there is
// bound to it. The other end of a connection is a socket with both addresses, so if every list was read and has none,
// it is no socket of this machine. Who takes datagrams need not have the address: where somebody is bound to the port
// at any address, in whichever namespace, it stays open whether these go to him or to another machine.
#include "collector/snapshot/end_links.h"
#include "collector/snapshot/list_coverage.h"
#include "collector/snapshot/own_addresses.h"

#include <QtCore/QSet>

namespace socktree {

namespace {

/// Ports at which datagrams to any address of the host are taken, of every namespace.
class WildcardPorts
{
public:
    WildcardPorts(const Snapshot &snapshot, const RowsByProtocol &rows)
    {
        for (const Protocol protocol : {Protocol::Udp, Protocol::UdpLite})
            for (const quint32 row : rows.of(protocol))
                add(snapshot.sockets[row]);
    }
    bool take(const Socket &sender) const
    {
        return m_ports.contains(keyOf(sender.protocol, sender.remotePort, unmapped(sender.remote).length));
    }

private:
    static quint64 keyOf(Protocol protocol, quint32 port, quint8 length)
    {
        return quint64(port) << 16 | quint64(length) << 8 | quint64(protocol);
    }
    void add(const Socket &socket)
    {
        if (socket.localPort == 0 || socket.remotePort != 0 || socket.local.length == 0 || !socket.local.isAny())
            return;
        m_ports.insert(keyOf(socket.protocol, socket.localPort, socket.local.length));
        if (socket.local.length == 16 && !(socket.has(Told::V6Only) && socket.v6Only))
            m_ports.insert(keyOf(socket.protocol, socket.localPort, 4));
    }

    QSet<quint64> m_ports;
};

bool isOwnNode(const Socket &socket)
{
    constexpr quint32 localCid = 1;
    return socket.remote.node() == socket.local.node()
        || (socket.protocol == Protocol::Vsock && socket.remote.node() == localCid);
}

NoEnd missingEnd(const Socket &socket, const OwnAddresses &own, const WildcardPorts &wildcards)
{
    if (socket.remote.isNode())
        return isOwnNode(socket) ? NoEnd::Nothing : NoEnd::OtherHost;
    const Address remote = unmapped(socket.remote);
    if (own.contain(socket.netns, remote))
        return NoEnd::Nothing;
    if (own.containAnywhere(remote))
        return NoEnd::OtherNamespace;
    return wildcards.take(socket) ? NoEnd::MaybeHere : NoEnd::OtherHost;
}

Unread unreadFor(const Socket &socket, const ListCoverage &lists)
{
    const bool elsewhere = mayEndElsewhere(socket);
    if (elsewhere && lists.lacksNamespaces())
        return Unread::Namespace;
    const bool whole = lists.isWholeAround(socket) && (!elsewhere || lists.isWholeEverywhere(socket.protocol));
    return whole ? Unread::Nothing : Unread::List;
}

} // namespace

void explainMissing(Snapshot &snapshot, const RowsByProtocol &rows, const EndLinks &links, const OwnAddresses &own)
{
    const WildcardPorts wildcards(snapshot, rows);
    for (Socket &socket : snapshot.sockets)
        if (socket.peerCount == 0 && socket.remotePort != 0 && socket.remote.length != 0)
            socket.noEnd = missingEnd(socket, own, wildcards);
    for (const quint32 row : links.undecided()) {
        Socket &socket = snapshot.sockets[row];
        socket.noEnd = NoEnd::Several;
        if (socket.partOf != noIndex && snapshot.sockets[socket.partOf].peerCount == 0)
            snapshot.sockets[socket.partOf].noEnd = NoEnd::Several;
    }
    const ListCoverage lists(snapshot);
    for (Socket &socket : snapshot.sockets)
        if (socket.peerCount == 0)
            socket.unread = unreadFor(socket, lists);
}

} // namespace socktree
