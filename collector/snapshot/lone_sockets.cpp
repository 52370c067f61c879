// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/lone_sockets.h"

#include "collector/decode/sock_proto_name.h"
#include "collector/decode/socket_address.h"
#include "collector/decode/tcp_state.h"
#include "collector/snapshot/protocol_numbers.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace socktree {

namespace {

Protocol protocolOfKind(const SockProto &kind)
{
    const Protocol known = protocolOf(kind.family, kind.protocol.value_or(quint16(0)), kind.type.value_or(quint8(0)));
    return known == Protocol::Unknown ? Protocol::Other : known;
}

std::optional<SockProto> kindOf(const LoneSocketRecord &record)
{
    if (record.got == Got::Read && record.family >= 0)
        return sockProtoOf(record.family, record.type, record.protocol);
    if (record.protoName.got == Got::Read && !record.protoName.bytes.isEmpty())
        return sockProtoOfName(record.protoName.bytes);
    return std::nullopt;
}

Bytes bytesOf(const QByteArray &sockaddr)
{
    return std::as_bytes(std::span(sockaddr.constData(), static_cast<std::size_t>(sockaddr.size())));
}

/// The interface that a link-local address is told with, which is the one the socket is bound to; else 0.
quint32 readEnd(const QByteArray &sockaddr, Address &address, quint32 &port)
{
    const auto told = parseSocketAddress(bytesOf(sockaddr));
    if (!told)
        return 0;
    address = told->node ? Address::ofNode(*told->node) : Address{told->bytes, told->length};
    port = told->port;
    return told->scope;
}

/// The state that whether getpeername(2) answered stands for. A connection of TCP may have one of many, and of those
/// that are not connected only a datagram socket of the internet is sure not to listen.
std::optional<quint8> stateOf(const Socket &socket, const LoneSocketRecord &record)
{
    switch (socket.protocol) {
    case Protocol::Udp:
    case Protocol::UdpLite:
        if (socket.remotePort != 0)
            return tcpstate::established;
        return record.remote.isEmpty() && socket.local.length != 0 ? std::optional(tcpstate::close) : std::nullopt;
    case Protocol::Unix:
        return unixNameOfAddress(bytesOf(record.remote)) ? std::optional(tcpstate::established) : std::nullopt;
    default: return std::nullopt;
    }
}

void readName(Snapshot &snapshot, Socket &socket, const QByteArray &sockaddr)
{
    const auto name = unixNameOfAddress(bytesOf(sockaddr));
    if (socket.protocol != Protocol::Unix || !name || name->isEmpty())
        return;
    socket.name = static_cast<quint32>(snapshot.names.size());
    socket.tell(Told::Name);
    snapshot.names.push_back(*name);
}

void describe(Snapshot &snapshot, NamespacePlaces &places, Socket &socket, const LoneSocketRecord &record)
{
    const auto kind = kindOf(record);
    if (!kind)
        return;
    socket.family = kind->family;
    socket.protocol = protocolOfKind(*kind);
    socket.type = kind->type.value_or(quint8(0));
    socket.number = kind->protocol.value_or(quint16(0));
    if (socket.protocol == Protocol::Other)
        socket.label = placeOfLabel(snapshot.labels, kind->label);
    socket.cookie = record.cookie;
    if (socket.netns == noShortIndex && record.netns != 0)
        socket.netns = places.of(record.netns);
    const quint32 localScope = readEnd(record.local, socket.local, socket.localPort);
    const quint32 remoteScope = readEnd(record.remote, socket.remote, socket.remotePort);
    socket.interface = localScope != 0 ? localScope : remoteScope;
    if (const auto state = stateOf(socket, record)) {
        socket.state = *state;
        socket.tell(Told::State);
    }
    readName(snapshot, socket, record.local);
}

/// Where the kernel refuses sock_diag, the first subflow of an MPTCP connection is in the TCP file under the inode of
/// the connection, which no file lists.
void addConnection(Snapshot &snapshot, NamespacePlaces &places, quint32 subflow, const LoneSocketRecord &record)
{
    const Socket &listed = snapshot.sockets[subflow];
    Socket connection;
    connection.inode = listed.inode;
    connection.tell(Told::Inode);
    connection.firstHolder = listed.firstHolder;
    connection.holderCount = listed.holderCount;
    connection.netns = listed.netns;
    describe(snapshot, places, connection, record);
    snapshot.sockets.push_back(connection);
}

} // namespace

void describeLoneSockets(Snapshot &snapshot, NamespacePlaces &places, const std::vector<LoneSocketRecord> &records)
{
    QHash<quint64, const LoneSocketRecord *> byInode;
    for (const LoneSocketRecord &record : records)
        byInode.insert(record.inode, &record);
    if (byInode.isEmpty())
        return;
    QHash<quint64, quint32> subflows; // of connections that no list has, by inode
    QSet<quint64> connections;
    const auto listed = static_cast<quint32>(snapshot.sockets.size());
    for (quint32 i = 0; i < listed; ++i) {
        Socket &socket = snapshot.sockets[i];
        const LoneSocketRecord *record = byInode.value(socket.inode);
        if (!record)
            continue;
        if (socket.dump == noShortIndex)
            describe(snapshot, places, socket, *record);
        else if (socket.protocol == Protocol::Mptcp)
            connections.insert(socket.inode);
        else if (const auto kind = kindOf(*record);
                 socket.protocol == Protocol::Tcp && kind && protocolOfKind(*kind) == Protocol::Mptcp)
            subflows.insert(socket.inode, i);
    }
    for (auto subflow = subflows.cbegin(); subflow != subflows.cend(); ++subflow)
        if (!connections.contains(subflow.key()))
            addConnection(snapshot, places, subflow.value(), *byInode.value(subflow.key()));
}

} // namespace socktree
