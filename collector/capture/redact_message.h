// SPDX-License-Identifier: GPL-3.0-or-later
// Takes addresses and names out of what sock_diag said. Only what is known to hold none, or where it holds them, stays.
#pragma once

#include "collector/capture/pseudonyms.h"

#include <cstddef>
#include <span>
#include <vector>

namespace socktree {

/// The datagram anew, with every message that could be understood. Attributes that are not known, or could hold
/// anything, are not in it. @p family and @p protocol are the dump's; @p dropped counts messages left out.
std::vector<std::byte> redactDatagram(
    std::span<const std::byte> datagram, quint8 family, quint16 protocol, Pseudonyms &pseudonyms, quint64 &dropped);

/// A struct sockaddr of any family as the kernel wrote it; empty where the family's addresses are not known to us.
QByteArray redactSocketAddress(const QByteArray &address, Pseudonyms &pseudonyms);

} // namespace socktree
