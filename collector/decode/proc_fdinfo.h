// SPDX-License-Identifier: GPL-3.0-or-later
// What the text "fdinfo" of a descriptor says: flags, inode, locks, and the sockets that an io_uring holds.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <optional>
#include <vector>

namespace socktree {

/// The set of lines grows with the kernel and differs with the kind of file, so each fact may be missing.
struct FdInfo {
    std::optional<quint32> flags; ///< of open(), as the machine that wrote it numbers them
    std::optional<quint64> inode; ///< since 5.14
    QList<QByteArray>
        locks; ///< "flock write", "posix read 0-99": kind, mode, range unless it is the whole; last "…": cut
    std::vector<quint64> registeredSockets; ///< io_uring: inodes of sockets that stay open without a descriptor
};

/// The flags of open() by the names that fcntl(2) has for them, in lower case and without O_: how it is open first
/// ("rdwr"), then what is set, then what has no name here as one "0x…". As this machine numbers them.
QList<QByteArray> openFlagNames(quint32 flags);

/// A last line without its newline was cut and is left out.
FdInfo parseFdInfo(QByteArrayView text);

} // namespace socktree
