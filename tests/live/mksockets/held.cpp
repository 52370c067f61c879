// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/held.h"

#include "tests/live/mksockets/asked.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace mksockets {

int must(int result, const char *call)
{
    if (result < 0) {
        std::perror(call);
        std::exit(1);
    }
    return result;
}

int able(int result, const char *call)
{
    if (result < 0)
        throw Cannot{std::string(call) + ": " + std::strerror(errno)};
    return result;
}

std::string hex(std::span<const unsigned char> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string member(std::string_view name, std::string_view value)
{
    return ",\"" + std::string(name) + "\":\"" + std::string(value) + '"';
}

std::string member(std::string_view name, unsigned long long value)
{
    return ",\"" + std::string(name) + "\":" + std::to_string(value);
}

std::string described(const Held &held)
{
    std::string text = "{\"situation\":\"" + held.situation + '"';
    if (!held.role.empty())
        text += member("role", held.role);
    if (held.pid != 0)
        text += member("pid", static_cast<unsigned>(held.pid)) + member("fd", static_cast<unsigned>(held.fd));
    text += held.known;
    if (held.ask >= 0)
        text += askedOf(held.ask);
    return text + '}';
}

} // namespace mksockets
