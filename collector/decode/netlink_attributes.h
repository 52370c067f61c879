// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of AF_NETLINK messages (struct netlink_diag_msg, NETLINK_DIAG_*).
#pragma once

#include "collector/decode/memory_fields.h"
#include "collector/decode/netlink_message.h"
#include "collector/decode/states.h"
#include "collector/decode/table.h"

#include <array>

namespace socktree::table {

inline constexpr ValueName netlinkProtocols[] = {
    {0, "route"},
    {2, "usersock"},
    {4, "sock-diag"},
    {5, "nflog"},
    {6, "xfrm"},
    {7, "selinux"},
    {8, "iscsi"},
    {9, "audit"},
    {10, "fib-lookup"},
    {11, "connector"},
    {12, "netfilter"},
    {13, "ip6-fw"},
    {15, "kobject-uevent"},
    {16, "generic"},
    {18, "scsi-transport"},
    {19, "ecryptfs"},
    {20, "rdma"},
    {21, "crypto"},
    {22, "smc"},
};
inline constexpr ValueName netlinkFlags[] = {
    {0x01, "cb-running"},
    {0x02, "pktinfo"},
    {0x04, "broadcast-error"},
    {0x08, "no-enobufs"},
    {0x10, "listen-all-nsid"},
    {0x20, "cap-ack"},
};
inline constexpr Sentinel kernelPort[] = {{0, false, "kernel"}};
inline constexpr Sentinel noGroup[] = {{0, false, "none"}};

// clang-format off
/// The cookie is read by parseNetlinkFixed.
inline constexpr Field netlinkFixedFields[] = {
    oneOf(socketTypes, {"netlink.type", "type", 1, U8, None, Setting, "type of the socket", ""}),
    oneOf(netlinkProtocols, {"netlink.protocol", "protocol", 2, U8, None, Setting,
        "part of the kernel that it talks to", ""}),
    oneOf(netlinkStates, {"netlink.state", "state", 3, U8, None, Setting, "state of the socket", ""}),
    except(kernelPort, {"netlink.portid", "portid", 4, U32, Identifier, Setting,
        "its address; often the pid of who made it, but any number may be", ""}),
    except(kernelPort, {"netlink.dst-portid", "dst_portid", 8, U32, Identifier, Setting,
        "address it is connected to", ""}),
    except(noGroup, {"netlink.dst-group", "dst_group", 12, U32, Identifier, Setting,
        "group it is connected to", ""}),
    except(noInode, {"netlink.inode", "ino", 16, U32, Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}),
};

inline constexpr Field groupsField[] = {{"netlink.groups", "groups", 0, U32, Identifier, Setting,
    "a group whose messages it gets", "3.10"}};
constexpr std::array<Field, 4> netlinkRing(std::array<const char *, 4> ids)
{
    return {{
        {ids[0], "block_size", 0, U32, Octets, Setting, "size of a block", "3.10"},
        {ids[1], "block_nr", 4, U32, Count, Setting, "number of blocks", "3.10"},
        {ids[2], "frame_size", 8, U32, Octets, Setting, "size of a frame", "3.10"},
        {ids[3], "frame_nr", 12, U32, Count, Setting, "number of frames", "3.10"},
    }};
}
inline constexpr auto netlinkRxRing = netlinkRing({"netlink.rx-block-size", "netlink.rx-block-nr",
    "netlink.rx-frame-size", "netlink.rx-frame-nr"});
inline constexpr auto netlinkTxRing = netlinkRing({"netlink.tx-block-size", "netlink.tx-block-nr",
    "netlink.tx-frame-size", "netlink.tx-frame-nr"});
inline constexpr Field netlinkFlagsField[] = {anyOf(netlinkFlags, {"netlink.flags", "flags", 0, U32, None, Setting,
    "options set on the socket, and whether a dump is under way", "4.12"})};

inline constexpr Attribute netlinkAttributes[] = {
    record(netlinkdiag::MemInfo, "netlink.meminfo", "NETLINK_DIAG_MEMINFO", "memory the socket takes", "3.10",
        memoryFields),
    {netlinkdiag::Groups, "netlink.groups", "NETLINK_DIAG_GROUPS", "groups whose messages it gets", "3.10",
        Privilege::None, Payload::BitSet, groupsField, 4},
    record(netlinkdiag::RxRing, "netlink.rx-ring", "NETLINK_DIAG_RX_RING",
        "shared memory for messages received; no kernel since 4.6 has it", "3.10", netlinkRxRing),
    record(netlinkdiag::TxRing, "netlink.tx-ring", "NETLINK_DIAG_TX_RING",
        "shared memory for messages to send; no kernel since 4.6 has it", "3.10", netlinkTxRing),
    record(netlinkdiag::Flags, "netlink.flags", "NETLINK_DIAG_FLAGS", "options set on the socket", "4.12",
        netlinkFlagsField),
};
// clang-format on

} // namespace socktree::table
