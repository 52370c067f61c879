// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/secrets.h"

#include "collector/capture/frames.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <algorithm>

namespace socktree {

// struct tcp_diag_md5sig: family, prefix length, key length, address, then the key to the end.
static constexpr std::size_t elementSize = 100;
static constexpr std::size_t keyOffset = 20;
static constexpr quint16 attributeTypeMask = 0x3fff;
static constexpr quint16 legacyTcpReply = 18; // TCPDIAG_GETSOCK
static_assert(sizeof(inet_diag_msg) == 72);

static void zeroKeysOfElements(std::span<std::byte> elements)
{
    for (; elements.size() > keyOffset; elements = elements.subspan(std::min(elementSize, elements.size())))
        std::fill_n(elements.begin() + keyOffset, std::min(elementSize, elements.size()) - keyOffset, std::byte{0});
}

static void zeroKeysOfAttributes(std::span<std::byte> attributes)
{
    while (true) {
        const auto length = numberAt<quint16>(attributes, 0);
        const auto type = numberAt<quint16>(attributes, 2);
        if (!length || !type || *length < 4)
            return;
        // One that claims more than there is may still begin with a key.
        const auto size = std::min<std::size_t>(*length, attributes.size());
        if ((*type & attributeTypeMask) == INET_DIAG_MD5SIG)
            zeroKeysOfElements(attributes.subspan(4, size - 4));
        attributes = attributes.subspan(std::min(netlinkAligned(size), attributes.size()));
    }
}

void zeroKeys(std::span<std::byte> datagram)
{
    while (datagram.size() >= sizeof(nlmsghdr)) {
        nlmsghdr header;
        std::memcpy(&header, datagram.data(), sizeof header);
        if (header.nlmsg_len < sizeof header)
            return;
        // The last message of a truncated datagram is not whole, but its keys are keys.
        const auto size = std::min<std::size_t>(header.nlmsg_len, datagram.size());
        const auto payload = datagram.subspan(sizeof header, size - sizeof header);
        const bool describesSocket = header.nlmsg_type == SOCK_DIAG_BY_FAMILY || header.nlmsg_type == legacyTcpReply;
        if (describesSocket && payload.size() > sizeof(inet_diag_msg)) {
            const auto family = std::to_integer<int>(payload[0]);
            if (family == AF_INET || family == AF_INET6)
                zeroKeysOfAttributes(payload.subspan(sizeof(inet_diag_msg)));
        }
        datagram = datagram.subspan(std::min(netlinkAligned(size), datagram.size()));
    }
}

} // namespace socktree
