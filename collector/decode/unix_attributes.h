// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of AF_UNIX messages (struct unix_diag_msg, UNIX_DIAG_*).
#pragma once

#include "collector/decode/memory_fields.h"
#include "collector/decode/table.h"
#include "collector/decode/unix_message.h"

namespace socktree::table {

inline constexpr Sentinel noPeer[] = {{0, false, "none: not yet accepted, or closed"}};

// clang-format off
/// The cookie is read by parseUnixFixed.
inline constexpr Field unixFixedFields[] = {
    oneOf(socketTypes, {"unix.type", "type", 1, U8, None, Setting, "type of the socket", ""}),
    oneOf(states, {"unix.state", "state", 2, U8, None, Setting, "state of the socket", ""}),
    {"unix.inode", "ino", 4, U32, Identifier, Setting, "inode of the socket file, by which processes hold it", ""},
};

inline constexpr Field vfsFields[] = {
    {"unix.vfs-inode", "vfs_ino", 0, U32, Identifier, Setting,
        "inode of the file that the socket is bound to, its lowest 32 bits", "3.3"},
    {"unix.vfs-dev", "vfs_dev", 4, U32, Hex, Setting,
        "device of that file as the kernel numbers it: major times 0x100000, plus minor", "3.3"},
};
inline constexpr Field peerField[] = {except(noPeer, {"unix.peer", "peer", 0, U32, Identifier, Setting,
    "inode of the other end", "3.3"})};
inline constexpr Field iconsField[] = {{"unix.icons", "icons", 0, U32, Identifier, Setting,
    "inode of a client that waits for accept", "3.3"}};
inline constexpr Field queueFields[] = {
    {"unix.rqueue", "rqueue", 0, U32, None, Gauge,
        "stream: bytes not yet read; dgram: length of the first datagram; listener: connections waiting for accept",
        "3.3"},
    {"unix.wqueue", "wqueue", 4, U32, None, Gauge,
        "memory of what the other end has not yet read; listener: most that may wait", "3.3"},
};
inline constexpr Field unixShutdownField[] = {anyOf(shutdownFlags, {"unix.shutdown", "shutdown", 0, U8, None, Setting,
    "directions that are shut down", "3.8"})};
inline constexpr Field unixUidField[] = {{"unix.uid", "uid", 0, U32, Identifier, Setting,
    "user who made the socket", "5.3"}};

inline constexpr Attribute unixAttributes[] = {
    {unixdiag::Name, "unix.name", "UNIX_DIAG_NAME",
        "path or abstract name that the socket is bound to; accepted sockets repeat the listener's", "3.3",
        Privilege::None, Payload::Name},
    {unixdiag::Vfs, "unix.vfs", "UNIX_DIAG_VFS", "file that the socket is bound to", "3.3", Privilege::None,
        Payload::Struct, vfsFields},
    {unixdiag::Peer, "unix.peer", "UNIX_DIAG_PEER", "the other end", "3.3", Privilege::None, Payload::Struct,
        peerField},
    {unixdiag::Icons, "unix.icons", "UNIX_DIAG_ICONS", "clients that wait for accept", "3.3", Privilege::None,
        Payload::Array, iconsField, 4},
    {unixdiag::RqLen, "unix.rqlen", "UNIX_DIAG_RQLEN", "queues", "3.3", Privilege::None, Payload::Struct,
        queueFields},
    {unixdiag::MemInfo, "unix.meminfo", "UNIX_DIAG_MEMINFO", "memory the socket takes", "3.3", Privilege::None,
        Payload::Struct, memoryFields},
    {unixdiag::Shutdown, "unix.shutdown", "UNIX_DIAG_SHUTDOWN", "directions that are shut down", "3.8",
        Privilege::None, Payload::Struct, unixShutdownField},
    {unixdiag::Uid, "unix.uid", "UNIX_DIAG_UID", "user who made the socket", "5.3", Privilege::None, Payload::Struct,
        unixUidField},
};
// clang-format on

} // namespace socktree::table
