// SPDX-License-Identifier: GPL-3.0-or-later
// What mksockets made and keeps, and how it is told.
#pragma once

#include <span>
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
using All = std::vector<Held>;

/// Thrown by a situation that this machine or this user cannot make.
struct Cannot {
    std::string reason; ///< plain ASCII
};

/// The socket as a JSON object on one line: known, and beside it what getsockname, fstat and getsockopt say now.
std::string described(const Held &held);
/// A member of a JSON object, with a comma before it. The value is plain ASCII.
std::string member(std::string_view name, std::string_view value);
std::string member(std::string_view name, unsigned long long value);
/// Two lower-case digits for each byte.
std::string hex(std::span<const unsigned char> bytes);

/// Ends the program with the reason if @p result is negative: what every machine can do went wrong.
int must(int result, const char *call);
/// Throws Cannot with the reason if @p result is negative: not every kernel has it, or not every user may.
int able(int result, const char *call);

} // namespace mksockets
