// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as struct sockaddr_storage, in which SCTP tells them.
#pragma once

#include "collector/decode/attribute.h"

#include <array>
#include <optional>
#include <vector>

namespace socktree {

struct SocketAddress {
    quint8 length = 0;              ///< bytes of address that count: 4 or 16
    std::array<quint8, 16> bytes{}; ///< network byte order; IPv4 has the first four, the others are 0
    quint16 port = 0;
    quint32 scope = 0; ///< of a link-local IPv6 address, the interface
    bool operator==(const SocketAddress &) const = default;
};

/// Nothing if the bytes are too short, or of another family than IPv4 and IPv6.
std::optional<SocketAddress> parseSocketAddress(Bytes storage);
/// Those of an attribute that holds addresses (INET_DIAG_LOCALS, INET_DIAG_PEERS), in order; without those of other
/// families.
std::vector<SocketAddress> addressesOf(const DecodedAttribute &attribute);

} // namespace socktree
