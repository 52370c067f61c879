// SPDX-License-Identifier: GPL-3.0-or-later
// What the text "mountinfo" says of namespaces that are kept by a mount, and of how much a proc file system shows.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>
#include <vector>

namespace socktree {

/// A network namespace that a mount keeps: "ip netns" and container runtimes make such.
struct NetnsMount {
    quint64 inode = 0;
    QByteArray path; ///< where it is mounted, raw: the file's escapes are undone
};
/// In the order of the file. One namespace may have several mounts.
std::vector<NetnsMount> netnsMounts(QByteArrayView mountInfo);

enum class HidePid : quint8 { Off, NoAccess, Invisible, Ptraceable, Unknown };

/// What of others' processes a proc file system shows.
struct ProcMount {
    HidePid hidePid = HidePid::Off;
    std::optional<quint32> gid; ///< group that Off holds for
    bool onlyPids = false;      ///< subset=pid: all but the processes is missing, and so are the files of sockets
};
/// The proc file system at @p mountPoint; of several there, the last one, which covers the others. Nothing if none is
/// there.
std::optional<ProcMount> procMountAt(QByteArrayView mountInfo, QByteArrayView mountPoint);

/// The inode in the text of a process's link "ns/net": "net:[4026531833]".
std::optional<quint64> netnsOfLink(QByteArrayView link);

} // namespace socktree
