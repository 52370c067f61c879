// SPDX-License-Identifier: GPL-3.0-or-later
// What the text "fdinfo" of a descriptor says: flags, locks, descriptors under way, and the sockets that an io_uring
// holds.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <optional>
#include <vector>

namespace socktree {

/// A socket that is registered with an io_uring: it stays open without a descriptor.
struct RegisteredSocket {
    quint32 slot = 0;
    quint64 inode = 0;
};

/// The set of lines grows with the kernel and differs with the kind of file, so each fact may be missing.
struct FdInfo {
    std::optional<quint32> flags;  ///< of open(), as the machine that wrote it numbers them
    std::optional<quint64> inode;  ///< since 5.14
    std::optional<quint32> scmFds; ///< unix: descriptors sent to it and not yet received; since 5.6
    QList<QByteArray> locks;       ///< "flock write", "posix read 0-99": kind, mode, range unless it is the whole file
    std::optional<quint32> userFiles; ///< io_uring: slots for registered files, free ones included
    std::vector<RegisteredSocket> registeredSockets;

    /// As this machine numbers the flags; nothing if they are not told.
    std::optional<bool> isNonBlocking() const;
    std::optional<bool> closesOnExec() const;
};

/// The flags of open() by the names that fcntl(2) has for them, in lower case and without O_: how it is open first
/// ("rdwr"), then what is set, then what has no name here as one "0x…". As this machine numbers them.
QList<QByteArray> openFlagNames(quint32 flags);

/// Nothing if not one of these lines is there. A last line without its newline was cut and is left out.
std::optional<FdInfo> parseFdInfo(QByteArrayView text);

} // namespace socktree
