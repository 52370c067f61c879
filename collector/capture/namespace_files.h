// SPDX-License-Identifier: GPL-3.0-or-later
// What the process file system says of network namespaces: links like "net:[4026531833]", and where they are mounted.
#pragma once

#include <QtCore/QByteArray>

#include <optional>
#include <vector>

namespace socktree {

/// The number in "net:[number]"; nothing for what is no network namespace.
std::optional<quint64> namespaceInode(const QByteArray &link);

/// A file of nsfs that is a network namespace, mounted so that it outlives its processes.
struct NamespaceMount {
    quint64 inode = 0;
    QByteArray path; ///< in the mount namespace whose mountinfo it was read in
    bool operator==(const NamespaceMount &) const = default;
};
/// Those in a text of /proc/PID/mountinfo (proc(5)).
std::vector<NamespaceMount> namespaceMounts(const QByteArray &mountinfo);

/// Mount points are told with blank, tab, newline and backslash as three octal digits.
QByteArray unescapedMountPoint(const QByteArray &text);

} // namespace socktree
