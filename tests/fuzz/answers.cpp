// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/answers.h"

#include "collector/decode/inet_message.h"
#include "tests/fuzz/fuzz.h"

#include <sys/socket.h>

namespace socktree::fuzz {

constexpr quint16 sockDiagByFamily = 20, legacyTcpReply = 18;

/// Keys lie behind the first 20 of each 100 bytes.
static bool isWithoutKey(Bytes payload)
{
    for (std::size_t i = 0; i < payload.size(); ++i)
        if (i % 100 >= 20 && payload[i] != std::byte(0))
            return false;
    return true;
}

bool mayHaveKeys(const NetlinkMessage &message)
{
    const auto family = load<quint8>(message.payload);
    return (message.type == sockDiagByFamily || message.type == legacyTcpReply) && family
        && (*family == AF_INET || *family == AF_INET6) && message.payload.size() > inetFixedSize;
}

static void requireNoKeysIn(const NetlinkMessage &message)
{
    if (!mayHaveKeys(message))
        return;
    const Bytes cut = walkAttributes(message.payload.subspan(inetFixedSize), [](const RawAttribute &attribute) {
        if (attribute.number == inet::Md5Signatures)
            require(isWithoutKey(attribute.payload), "no key is left");
    });
    const auto length = load<quint16>(cut);
    const auto number = load<quint16>(cut, 2);
    if (length && number && (*number & attributeNumberMask) == inet::Md5Signatures && *length >= attributeHeaderSize)
        require(isWithoutKey(cut.subspan(attributeHeaderSize)), "no key is left of an attribute that was cut");
}

void requireNoKeys(Bytes datagram)
{
    walkMessages(datagram, requireNoKeysIn);
}

} // namespace socktree::fuzz
