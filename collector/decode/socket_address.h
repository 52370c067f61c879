// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as struct sockaddr of a family: as SCTP tells them, and as getsockname(2) and getpeername(2) write them.
#pragma once

#include "collector/decode/bytes.h"

#include <QtCore/QByteArray>

#include <array>
#include <optional>
#include <vector>

namespace socktree {

struct SocketAddress {
    std::array<quint8, 16> bytes{}; ///< network byte order; IPv4 has the first four, the others are 0
    quint8 length = 0;              ///< bytes of address that count: 4 or 16; 0 of families without internet addresses
    quint32 port = 0;               ///< netlink: the port id
    std::optional<quint32> node;    ///< vsock only: the CID
    quint32 scope = 0;              ///< of a link-local IPv6 address, the interface
    bool operator==(const SocketAddress &) const = default;
};

/// Nothing if the bytes are too short, or of another family than IPv4, IPv6, vsock and netlink.
std::optional<SocketAddress> parseSocketAddress(Bytes sockaddr);
/// Those of an array of struct sockaddr_storage (INET_DIAG_LOCALS, INET_DIAG_PEERS), in order; without those of other
/// families.
std::vector<SocketAddress> addressesIn(Bytes array);

/// The raw name in a struct sockaddr_un: a path up to its NUL; an abstract name whole, its leading NUL included; empty
/// if it has none. Nothing if it is of another family.
std::optional<QByteArray> unixNameOfAddress(Bytes sockaddr);

} // namespace socktree
