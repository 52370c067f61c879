// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for keys of TCP-MD5 signatures in what the kernel answered, by another way than they are zeroed.
#pragma once

#include "collector/decode/message_walk.h"

namespace socktree::fuzz {

/// Whether a message of this kind can have an attribute with keys.
bool mayHaveKeys(const NetlinkMessage &message);
/// Ends the run if one is left in a message of the datagram that describes a socket.
void requireNoKeys(Bytes datagram);

} // namespace socktree::fuzz
