// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the netlink messages in a received buffer, by copy and never past its end.
#pragma once

#include <QtCore/qglobal.h>
#include <linux/netlink.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>

namespace socktree {

/// One message's header, and where the message lies in the buffer it was found in.
struct Frame {
    nlmsghdr header;
    std::size_t size;    ///< header and payload, without the padding that follows
    std::size_t advance; ///< to the next message, or to the end of the buffer
};

/// Rounds up to the four bytes that netlink aligns messages and attributes to.
constexpr std::size_t netlinkAligned(std::size_t size)
{
    return (size + 3) & ~std::size_t(3);
}

/// The message at the start of @p bytes, or nothing if it is not whole.
inline std::optional<Frame> frameAt(std::span<const std::byte> bytes)
{
    Frame frame;
    if (bytes.size() < sizeof frame.header)
        return std::nullopt;
    std::memcpy(&frame.header, bytes.data(), sizeof frame.header);
    frame.size = frame.header.nlmsg_len;
    if (frame.size < sizeof frame.header || frame.size > bytes.size())
        return std::nullopt;
    frame.advance = std::min(netlinkAligned(frame.size), bytes.size());
    return frame;
}

/// The number at @p offset of @p bytes in host byte order, or nothing if it is not whole.
template <typename T> std::optional<T> numberAt(std::span<const std::byte> bytes, std::size_t offset)
{
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

/// What NLMSG_DONE and NLMSG_ERROR begin with. The kernel says errors as negative numbers; what is none of its numbers
/// is EBADMSG.
inline int errnoIn(std::span<const std::byte> payload, int ifNone)
{
    const auto said = numberAt<qint32>(payload, 0);
    return !said ? ifNone : *said >= 0 ? 0 : *said < -4095 ? EBADMSG : -*said;
}

} // namespace socktree
