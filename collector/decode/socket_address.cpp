// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/socket_address.h"

#include <QtCore/QtEndian>

#include <sys/socket.h>

namespace socktree {

std::optional<SocketAddress> parseSocketAddress(Bytes storage)
{
    // sockaddr_in: family, port, address. sockaddr_in6: family, port, flow label, address, scope.
    constexpr std::size_t portAt = 2, addressAt = 4, address6At = 8, scopeAt = 24;
    const auto family = load<quint16>(storage);
    const auto port = load<quint16>(storage, portAt);
    const bool isSix = family == AF_INET6;
    const std::size_t at = isSix ? address6At : addressAt;
    SocketAddress address;
    address.length = isSix ? 16 : 4;
    if ((!isSix && family != AF_INET) || !port || storage.size() < at + address.length)
        return std::nullopt;
    address.port = qFromBigEndian(*port);
    std::memcpy(address.bytes.data(), storage.data() + at, address.length);
    if (isSix)
        address.scope = load<quint32>(storage, scopeAt).value_or(0);
    return address;
}

std::vector<SocketAddress> addressesOf(const DecodedAttribute &attribute)
{
    std::vector<SocketAddress> addresses;
    for (const DecodedField &field : attribute.fields)
        if (field.field->type == FieldType::SocketAddress)
            if (const auto address = parseSocketAddress(field.bytes))
                addresses.push_back(*address);
    return addresses;
}

} // namespace socktree
