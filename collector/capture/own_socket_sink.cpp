// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/own_socket_sink.h"

#include "collector/capture/frames.h"

#include <linux/netlink_diag.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

namespace socktree {

bool OwnSocketSink::isOwn(std::span<const std::byte> message) const
{
    constexpr int sockDiag = 4; // the protocol's number, NETLINK_SOCK_… of linux/netlink.h
    return message.size() >= sizeof(netlink_diag_msg) && std::to_integer<int>(message[0]) == AF_NETLINK
        && std::to_integer<int>(message[offsetof(netlink_diag_msg, ndiag_protocol)]) == sockDiag
        && numberAt<quint32>(message, offsetof(netlink_diag_msg, ndiag_portid)) == m_port;
}

void OwnSocketSink::datagram(std::span<const std::byte> bytes)
{
    std::size_t at = 0, begin = 0;
    while (const auto frame = frameAt(bytes.subspan(at))) {
        const bool own = frame->header.nlmsg_type == SOCK_DIAG_BY_FAMILY
            && isOwn(bytes.subspan(at + sizeof(nlmsghdr), frame->size - sizeof(nlmsghdr)));
        if (own && at > begin)
            m_next.datagram(bytes.subspan(begin, at - begin));
        at += frame->advance;
        if (own)
            begin = at;
    }
    if (begin < bytes.size())
        m_next.datagram(bytes.subspan(begin));
}

} // namespace socktree
