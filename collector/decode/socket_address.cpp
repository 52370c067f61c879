// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/socket_address.h"

#include <QtCore/QtEndian>

#include <sys/socket.h>

#include <algorithm>

namespace socktree {

/// sockaddr_in: family, port, address. sockaddr_in6: family, port, flow label, address, scope.
static std::optional<SocketAddress> parseInternet(bool isSix, Bytes sockaddr)
{
    constexpr std::size_t portAt = 2, addressAt = 4, address6At = 8, scopeAt = 24;
    const std::size_t at = isSix ? address6At : addressAt;
    SocketAddress address;
    address.length = isSix ? 16 : 4;
    if (sockaddr.size() < at + address.length)
        return std::nullopt;
    address.port = qFromBigEndian(*load<quint16>(sockaddr, portAt));
    std::memcpy(address.bytes.data(), sockaddr.data() + at, address.length);
    if (isSix)
        address.scope = load<quint32>(sockaddr, scopeAt).value_or(0);
    return address;
}

/// sockaddr_vm: family, nothing, port, CID. sockaddr_nl: family, nothing, port id, groups.
static std::optional<SocketAddress> parseOther(bool isVsock, Bytes sockaddr)
{
    constexpr std::size_t portAt = 4, cidAt = 8;
    const auto port = load<quint32>(sockaddr, portAt), cid = load<quint32>(sockaddr, cidAt);
    if (!port || (isVsock && !cid))
        return std::nullopt;
    SocketAddress address;
    address.port = *port;
    if (isVsock)
        address.node = cid;
    return address;
}

std::optional<SocketAddress> parseSocketAddress(Bytes sockaddr)
{
    const quint16 family = load<quint16>(sockaddr).value_or(quint16(AF_UNSPEC));
    switch (family) {
    case AF_INET:
    case AF_INET6: return parseInternet(family == AF_INET6, sockaddr);
    case AF_VSOCK:
    case AF_NETLINK: return parseOther(family == AF_VSOCK, sockaddr);
    default: return std::nullopt;
    }
}

std::vector<SocketAddress> addressesIn(Bytes array)
{
    std::vector<SocketAddress> addresses;
    for (; !array.empty(); array = array.subspan(std::min(array.size(), sizeof(sockaddr_storage))))
        if (const auto address = parseSocketAddress(array))
            addresses.push_back(*address);
    return addresses;
}

std::optional<QByteArray> unixNameOfAddress(Bytes sockaddr)
{
    if (load<quint16>(sockaddr) != quint16(AF_UNIX))
        return std::nullopt;
    const Bytes path = sockaddr.subspan(sizeof(quint16));
    const QByteArray name(reinterpret_cast<const char *>(path.data()), static_cast<qsizetype>(path.size()));
    const qsizetype end = name.startsWith('\0') ? -1 : name.indexOf('\0');
    return end < 0 ? name : name.first(end);
}

} // namespace socktree
