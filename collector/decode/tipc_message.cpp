// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/tipc_message.h"

#include "collector/decode/message_walk.h"

namespace socktree {

namespace {

std::optional<Bytes> find(Bytes attributes, quint16 number)
{
    while (const auto attribute = takeAttribute(attributes))
        if (attribute->number == number)
            return attribute->payload;
    return std::nullopt;
}

template <typename T> std::optional<T> number(std::optional<Bytes> nest, quint16 number)
{
    const auto payload = nest ? find(*nest, number) : std::nullopt;
    return payload ? load<T>(*payload) : std::nullopt;
}

} // namespace

std::optional<TipcSocket> parseTipcSocket(Bytes message)
{
    const auto nest = find(message, tipc::Sock);
    const auto type = number<quint32>(nest, tipc::Type);
    const auto state = number<quint32>(nest, tipc::State);
    const auto inode = number<quint32>(nest, tipc::Inode);
    const auto cookie = number<quint64>(nest, tipc::Cookie);
    if (!type || !state || !inode || !cookie)
        return std::nullopt;
    TipcSocket socket;
    socket.type = quint8(*type);
    socket.state = quint8(*state);
    socket.inode = *inode;
    socket.cookie = *cookie;
    socket.uid = number<quint32>(nest, tipc::Uid);
    socket.node = number<quint32>(nest, tipc::Addr);
    socket.port = number<quint32>(nest, tipc::Ref);
    const auto peer = find(*nest, tipc::Con);
    const auto node = number<quint32>(peer, tipc::ConNode);
    const auto port = number<quint32>(peer, tipc::ConSock);
    if (node && port)
        socket.peer = TipcPeer{*node, *port};
    const auto queues = find(*nest, tipc::Stat);
    socket.receiveQueue = number<quint32>(queues, tipc::StatRcvq);
    socket.sendQueue = number<quint32>(queues, tipc::StatSendq);
    return socket;
}

} // namespace socktree
