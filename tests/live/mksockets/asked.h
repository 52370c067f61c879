// SPDX-License-Identifier: GPL-3.0-or-later
// What a socket says of itself when its owner asks: getsockname, getsockopt, fstat; never sock_diag, never procfs.
#pragma once

#include <string>

namespace mksockets {

/// Who it is, as JSON members: inode, ends, cookie, kinds, namespace. Does not change while nobody touches the socket.
std::string identityOf(int fd);
/// The same, with what may change by itself: options, tcp_info, memory, queues.
std::string askedOf(int fd);
/// Both addresses and ports of a row that is the other end of @p fd.
std::string mirrorOf(int fd);
unsigned long long inodeOf(int fd);
/// Its cookie as a member.
std::string cookieOf(int fd);
/// Members that name the other end, which process @p pid holds by @p fd, a descriptor that must be open here, too.
/// @p inferred: the kernel does not say so itself, and there could be others.
std::string peerIs(int fd, int pid, bool inferred = false);

} // namespace mksockets
