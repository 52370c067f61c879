// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the keys out of what the kernel sent, before anybody else sees it.
#pragma once

#include <cstddef>
#include <span>

namespace socktree {

/// Zeroes the key bytes of every INET_DIAG_MD5SIG attribute in a datagram of netlink messages. Lengths and key lengths
/// stay, so that the socket is still seen to have keys. Call it right after each receive, and on what is read from a
/// file.
void zeroKeys(std::span<std::byte> datagram);

} // namespace socktree
