// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of the kernel, and the bytes that ask it.
#pragma once

#include "collector/capture/needs.h"
#include "collector/capture/record.h"

#include <array>
#include <cstddef>
#include <vector>

namespace socktree {

/// A dump of one address family's sockets of one internet protocol in every state, bound but inactive ones (Linux 6.8)
/// included.
Scope inetScope(quint8 family, quint16 protocol, const Needs &needs);
/// Every AF_UNIX socket.
Scope unixScope(const Needs &needs);
/// Every socket of a family that is dumped whole: AF_PACKET, AF_NETLINK, AF_VSOCK, AF_XDP, AF_SMC, AF_TIPC.
Scope familyScope(quint8 family);

/// A netlink message that asks for a dump of @p scope. @p sequence comes back in every answer; 0 is for events.
std::vector<std::byte> dumpRequest(const Scope &scope, quint32 sequence);

/// A TCP or UDP socket as exact lookup finds it. Addresses and ports are in network byte order, an IPv4 address in the
/// first four bytes.
struct InetLookup {
    quint8 family = 0;
    quint8 protocol = 0;
    quint8 extensions = 0; ///< idiag_ext
    std::array<std::byte, 16> local{};
    std::array<std::byte, 16> remote{};
    quint16 localPort = 0;
    quint16 remotePort = 0;
    quint32 interface = 0; ///< must be the socket's own if it is bound to one
    quint64 cookie = 0;    ///< the socket's; with another one the kernel finds a look-alike or nothing
};
/// Asks for this one socket: one answer, or an error that says it is gone. UDP is asked with its ends swapped, since
/// the kernel looks it up as an arriving packet would; in the natural order it silently finds another socket.
std::vector<std::byte> lookupRequest(const InetLookup &socket, quint32 sequence);
/// Asks for the AF_UNIX socket with this inode; ESTALE says that the inode has become another socket's.
std::vector<std::byte> unixLookupRequest(quint32 inode, quint64 cookie, quint32 show, quint32 sequence);

} // namespace socktree
