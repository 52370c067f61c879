// SPDX-License-Identifier: GPL-3.0-or-later
// What mksockets knows of the sockets it made, asked of the sockets themselves and never of sock_diag or procfs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mksockets {

/// One socket, or one more holder of it.
struct Held {
    std::string situation;
    std::string role;
    std::string known; ///< JSON members that the situation itself vouches for, each with a comma before it
    int pid = 0;       ///< 0: nobody holds it
    int fd = -1;       ///< its number in that process
    int ask = -1;      ///< a descriptor of ours for the same socket, -1 if there is none
};

/// The socket as a JSON object on one line: known, and beside it what getsockname, fstat and getsockopt say now.
std::string described(const Held &held);
/// The members that describe() asks of @p fd, to be kept for a descriptor that is about to be closed.
std::string askedOf(int fd);
/// A member of a JSON object, with a comma before it. The value is plain ASCII.
std::string member(std::string_view name, std::string_view value);
std::string member(std::string_view name, unsigned long long value);
/// Both addresses and ports of a row that is the other end of @p fd.
std::string mirrorOf(int fd);

/// Ends the program with the reason if @p result is negative.
int must(int result, const char *call);

} // namespace mksockets
