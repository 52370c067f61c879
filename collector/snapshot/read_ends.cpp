// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_ends.h"

#include "collector/decode/message_walk.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

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

std::optional<Address> addressOf(Bytes socketAddress)
{
    Address address;
    const auto take = [&](std::size_t offset, quint8 length) {
        address.length = length;
        std::memcpy(address.bytes.data(), socketAddress.data() + offset, length);
        return address;
    };
    const auto family = load<sa_family_t>(socketAddress);
    if (family == sa_family_t(AF_INET) && socketAddress.size() >= sizeof(sockaddr_in))
        return take(offsetof(sockaddr_in, sin_addr), 4);
    if (family == sa_family_t(AF_INET6) && socketAddress.size() >= sizeof(sockaddr_in6))
        return take(offsetof(sockaddr_in6, sin6_addr), 16);
    return std::nullopt;
}

void readAddresses(Bytes array, bool remote, quint32 index, EndFacts &facts)
{
    for (; !array.empty(); array = array.subspan(std::min(array.size(), sizeof(sockaddr_storage))))
        if (const auto address = addressOf(array))
            facts.addresses.push_back({index, *address, remote});
}

} // namespace

void readEnds(const SocketRow &row, quint32 index, EndFacts &facts)
{
    for (std::size_t at = 0; const auto client = load<quint32>(row.clients, at); at += sizeof *client)
        facts.waiting.push_back({index, *client});
    if (const auto token = tokenOf(row); token.value_or(0) != 0)
        facts.tokens.push_back({index, *token});
    readAddresses(row.locals, false, index, facts);
    readAddresses(row.peers, true, index, facts);
}

} // namespace socktree
