// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/seen_numbers.h"

#include "collector/capture/frames.h"

#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/smc_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <linux/vm_sockets_diag.h>
#include <linux/xdp_diag.h>
#include <sys/socket.h>

namespace socktree {

static constexpr std::size_t inetInterface = offsetof(inet_diag_msg, id) + offsetof(inet_diag_sockid, idiag_if);
static constexpr std::size_t inetUser = offsetof(inet_diag_msg, idiag_uid);
static constexpr std::size_t inetInode = offsetof(inet_diag_msg, idiag_inode);
static_assert(inetInterface == 40 && inetUser == 64 && inetInode == 68);
static constexpr quint16 unixUser = 7; // UNIX_DIAG_UID, Linux 5.3

void SeenNumbers::add(const SeenNumbers &other)
{
    users.insert(other.users.begin(), other.users.end());
    interfaces.insert(other.interfaces.begin(), other.interfaces.end());
    inodes.insert(inodes.end(), other.inodes.begin(), other.inodes.end());
    mappable.insert(other.mappable.begin(), other.mappable.end());
}

void NumberNotingSink::datagram(std::span<const std::byte> bytes)
{
    ++m_datagrams;
    m_next.datagram(bytes);
    while (const auto frame = frameAt(bytes)) {
        if (frame->header.nlmsg_type == SOCK_DIAG_BY_FAMILY)
            note(bytes.subspan(sizeof(nlmsghdr), frame->size - sizeof(nlmsghdr)));
        bytes = bytes.subspan(frame->advance);
    }
}

/// Calls @p visit with the number and payload of each attribute.
template <typename Visit> static void forEachAttribute(std::span<const std::byte> attributes, Visit visit)
{
    while (true) {
        const auto length = numberAt<quint16>(attributes, 0);
        const auto type = numberAt<quint16>(attributes, 2);
        if (!length || !type || *length < 4 || *length > attributes.size())
            return;
        visit(*type, attributes.subspan(4, *length - 4u));
        attributes = attributes.subspan(std::min(netlinkAligned(*length), attributes.size()));
    }
}

void NumberNotingSink::noteInode(std::span<const std::byte> message, std::size_t offset)
{
    if (const auto inode = numberAt<quint32>(message, offset); inode.value_or(0) != 0)
        m_seen.inodes.push_back(*inode);
}

void NumberNotingSink::noteMappable(std::span<const std::byte> message, std::size_t offset)
{
    noteInode(message, offset);
    if (const auto inode = numberAt<quint32>(message, offset); inode.value_or(0) != 0)
        m_seen.mappable.insert(*inode);
}

void NumberNotingSink::noteInet(std::span<const std::byte> message)
{
    noteInode(message, inetInode);
    if (const auto user = numberAt<quint32>(message, inetUser))
        m_seen.users.insert(*user);
    if (const auto interface = numberAt<quint32>(message, inetInterface); interface.value_or(0) != 0)
        m_seen.interfaces.insert(*interface);
}

/// Users and interfaces as attributes: their numbers, and the offset of the number in them.
void NumberNotingSink::noteAttributes(std::span<const std::byte> attributes, int user, int interface)
{
    forEachAttribute(attributes, [&](quint16 number, std::span<const std::byte> payload) {
        const auto value = numberAt<quint32>(payload, 0);
        if (value && number == user)
            m_seen.users.insert(*value);
        if (value && number == interface && *value != 0)
            m_seen.interfaces.insert(*value);
    });
}

void NumberNotingSink::note(std::span<const std::byte> message)
{
    constexpr int none = -1;
    switch (message.empty() ? AF_UNSPEC : std::to_integer<int>(message[0])) {
    case AF_INET:
    case AF_INET6: noteInet(message); return;
    case AF_UNIX:
        noteInode(message, offsetof(unix_diag_msg, udiag_ino));
        if (message.size() >= sizeof(unix_diag_msg))
            noteAttributes(message.subspan(sizeof(unix_diag_msg)), unixUser, none);
        return;
    case AF_PACKET:
        noteMappable(message, offsetof(packet_diag_msg, pdiag_ino));
        if (message.size() >= sizeof(packet_diag_msg))
            noteAttributes(message.subspan(sizeof(packet_diag_msg)), PACKET_DIAG_UID, PACKET_DIAG_INFO);
        return;
    case AF_NETLINK: noteInode(message, offsetof(netlink_diag_msg, ndiag_ino)); return;
    case AF_VSOCK: noteInode(message, offsetof(vsock_diag_msg, vdiag_ino)); return;
    case AF_XDP:
        noteMappable(message, offsetof(xdp_diag_msg, xdiag_ino));
        if (message.size() >= sizeof(xdp_diag_msg))
            noteAttributes(message.subspan(sizeof(xdp_diag_msg)), XDP_DIAG_UID, XDP_DIAG_INFO);
        return;
    case AF_SMC: noteInode(message, offsetof(smc_diag_msg, diag_inode)); return;
    default: return;
    }
}

} // namespace socktree
