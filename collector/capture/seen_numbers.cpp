// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/seen_numbers.h"

#include "collector/capture/frames.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

namespace socktree {

static constexpr std::size_t inetInterface = offsetof(inet_diag_msg, id) + offsetof(inet_diag_sockid, idiag_if);
static constexpr std::size_t inetUser = offsetof(inet_diag_msg, idiag_uid);
static_assert(inetInterface == 40 && inetUser == 64);
static constexpr quint16 unixUser = 7; // UNIX_DIAG_UID, Linux 5.3

void SeenNumbers::add(const SeenNumbers &other)
{
    users.insert(other.users.begin(), other.users.end());
    interfaces.insert(other.interfaces.begin(), other.interfaces.end());
}

void NumberNotingSink::datagram(std::span<const std::byte> bytes)
{
    m_next.datagram(bytes);
    while (const auto frame = frameAt(bytes)) {
        if (frame->header.nlmsg_type == SOCK_DIAG_BY_FAMILY)
            note(bytes.subspan(sizeof(nlmsghdr), frame->size - sizeof(nlmsghdr)));
        bytes = bytes.subspan(frame->advance);
    }
}

void NumberNotingSink::note(std::span<const std::byte> message)
{
    const int family = message.empty() ? AF_UNSPEC : std::to_integer<int>(message[0]);
    if (family == AF_INET || family == AF_INET6) {
        if (const auto user = numberAt<quint32>(message, inetUser))
            m_seen.users.insert(*user);
        if (const auto interface = numberAt<quint32>(message, inetInterface); interface.value_or(0) != 0)
            m_seen.interfaces.insert(*interface);
    }
    if (family != AF_UNIX || message.size() < sizeof(unix_diag_msg))
        return;
    auto attributes = message.subspan(sizeof(unix_diag_msg));
    while (true) {
        const auto length = numberAt<quint16>(attributes, 0);
        const auto type = numberAt<quint16>(attributes, 2);
        if (!length || !type || *length < 4 || *length > attributes.size())
            return;
        if (const auto user = numberAt<quint32>(attributes, 4); *type == unixUser && user && *length >= 8)
            m_seen.users.insert(*user);
        attributes = attributes.subspan(std::min(netlinkAligned(*length), attributes.size()));
    }
}

} // namespace socktree
