// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/message_walk.h"

#include <algorithm>

namespace socktree {

namespace {

/// The last item of a block may come without the padding that aligns a next one.
Bytes after(Bytes rest, std::size_t length)
{
    return rest.subspan(std::min(netlinkAligned(length), rest.size()));
}

} // namespace

std::optional<NetlinkMessage> takeMessage(Bytes &rest)
{
    const auto length = load<quint32>(rest, 0);
    if (!length || *length < netlinkHeaderSize || *length > rest.size())
        return std::nullopt;
    NetlinkMessage message;
    message.type = *load<quint16>(rest, 4);
    message.flags = *load<quint16>(rest, 6);
    message.sequence = *load<quint32>(rest, 8);
    message.port = *load<quint32>(rest, 12);
    message.payload = rest.subspan(netlinkHeaderSize, *length - netlinkHeaderSize);
    rest = after(rest, *length);
    return message;
}

std::optional<RawAttribute> takeAttribute(Bytes &rest)
{
    const auto length = load<quint16>(rest, 0);
    const auto type = load<quint16>(rest, 2);
    if (!type || *length < attributeHeaderSize || *length > rest.size())
        return std::nullopt;
    RawAttribute attribute;
    attribute.number = *type & attributeNumberMask;
    attribute.payload = rest.subspan(attributeHeaderSize, *length - attributeHeaderSize);
    rest = after(rest, *length);
    return attribute;
}

} // namespace socktree
