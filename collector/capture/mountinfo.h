// SPDX-License-Identifier: GPL-3.0-or-later
// What /proc/PID/mountinfo says is mounted (proc(5)).
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace socktree {

struct MountedFile {
    QByteArray root; ///< what of the file system is mounted, as it is written: "/", of nsfs "net:[4026531833]"
    QByteArray path; ///< where, in the mount namespace whose mountinfo it was read in
};
/// Those of a file system of this type, in order.
std::vector<MountedFile> mountsOfType(QByteArrayView type, const QByteArray &mountinfo);

/// Mount points are told with blank, tab, newline and backslash as three octal digits.
QByteArray unescapedMountPoint(const QByteArray &text);

} // namespace socktree
