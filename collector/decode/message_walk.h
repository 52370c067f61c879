// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the messages in a netlink datagram and the attributes in a message, without copying and never past the end.
#pragma once

#include "collector/decode/bytes.h"

#include <concepts>
#include <type_traits>
#include <utility>

namespace socktree {

/// One message of a datagram. The payload points into the datagram: keep its bytes alive.
struct NetlinkMessage {
    quint16 type = 0;
    quint16 flags = 0;
    quint32 sequence = 0;
    quint32 port = 0; ///< nlmsg_pid: the port the message is meant for
    Bytes payload;
};

/// One attribute as it was sent, its number without the flag bits.
struct RawAttribute {
    quint16 number = 0;
    Bytes payload;
};

constexpr std::size_t netlinkHeaderSize = 16;
constexpr std::size_t attributeHeaderSize = 4;
constexpr quint16 attributeNumberMask = 0x3fff; ///< the two bits above say "nested" and "network byte order"

/// Messages and attributes begin at multiples of four.
constexpr std::size_t netlinkAligned(std::size_t size)
{
    return (size + 3) & ~std::size_t(3);
}

/// Takes the first message off @p rest; nothing, and @p rest as it was, if no whole one is there.
std::optional<NetlinkMessage> takeMessage(Bytes &rest);
/// Takes the first attribute off @p rest; nothing, and @p rest as it was, if no whole one is there.
std::optional<RawAttribute> takeAttribute(Bytes &rest);

template <typename Visit, typename Item> bool visitOne(Visit &visit, const Item &item)
{
    if constexpr (std::same_as<std::invoke_result_t<Visit &, const Item &>, bool>) {
        return visit(item);
    } else {
        visit(item);
        return true;
    }
}

/// Calls @p visit(const NetlinkMessage &) for each message; one that returns false ends the walk. Returns what was not
/// visited: empty if every byte belonged to a whole message.
template <typename Visit> Bytes walkMessages(Bytes datagram, Visit &&visit)
{
    while (const auto message = takeMessage(datagram))
        if (!visitOne(visit, *message))
            break;
    return datagram;
}

/// Calls @p visit(const RawAttribute &) for each attribute; one that returns false ends the walk. Returns what was not
/// visited: empty if every byte belonged to a whole attribute.
template <typename Visit> Bytes walkAttributes(Bytes attributes, Visit &&visit)
{
    while (const auto attribute = takeAttribute(attributes))
        if (!visitOne(visit, *attribute))
            break;
    return attributes;
}

} // namespace socktree
