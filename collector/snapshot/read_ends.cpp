// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_ends.h"

#include "collector/decode/message_walk.h"
#include "collector/decode/socket_address.h"

namespace socktree {

namespace {

constexpr std::size_t mptcpTokenOffset = 12;
constexpr quint16 ulpMptcp = 3, subflowTokenLocal = 2;

/// The attribute of this number in a nest; empty if there is none.
Bytes attributeIn(Bytes nest, quint16 number)
{
    Bytes found;
    walkAttributes(nest, [&](const RawAttribute &attribute) {
        if (attribute.number == number)
            found = attribute.payload;
    });
    return found;
}

std::optional<quint32> tokenOf(const SocketRow &row)
{
    switch (row.socket.protocol) {
    case Protocol::Mptcp: return load<quint32>(row.info, mptcpTokenOffset);
    case Protocol::Tcp: return load<quint32>(attributeIn(attributeIn(row.ulp, ulpMptcp), subflowTokenLocal));
    default: return std::nullopt;
    }
}

void takeAddresses(Bytes array, bool remote, quint32 index, EndFacts &facts)
{
    for (const SocketAddress &address : addressesIn(array))
        if (address.length != 0)
            facts.addresses.push_back({index, {address.bytes, address.length}, remote});
}

} // namespace

void readEnds(const SocketRow &row, quint32 index, EndFacts &facts)
{
    for (std::size_t at = 0; const auto client = load<quint32>(row.clients, at); at += sizeof *client)
        facts.waiting.push_back({index, *client});
    if (const auto token = tokenOf(row); token.value_or(0) != 0)
        facts.tokens.push_back({index, *token});
    takeAddresses(row.locals, false, index, facts);
    takeAddresses(row.peers, true, index, facts);
}

} // namespace socktree
