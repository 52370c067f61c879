// SPDX-License-Identifier: GPL-3.0-or-later
// Where the process file system says that network namespaces are mounted.
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace socktree {

/// A file of nsfs that is a network namespace, mounted so that it outlives its processes.
struct NamespaceMount {
    quint64 inode = 0;
    QByteArray path; ///< in the mount namespace whose mountinfo it was read in
    bool operator==(const NamespaceMount &) const = default;
};
/// Those in a text of /proc/PID/mountinfo (proc(5)).
std::vector<NamespaceMount> namespaceMounts(const QByteArray &mountinfo);

} // namespace socktree
