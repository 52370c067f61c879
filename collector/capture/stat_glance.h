// SPDX-License-Identifier: GPL-3.0-or-later
// The little that a reader must know of a process to read it rightly; what else its texts say is not its business.
#pragma once

#include <QtCore/QByteArrayView>

#include <optional>

namespace socktree {

/// Out of /proc/PID/stat.
struct StatGlance {
    char state = '?';
    quint32 flags = 0; ///< PF_…
    qint64 threads = 0;
    quint64 startTime = 0; ///< with the pid the process's identity

    /// Lives in the kernel only: has no program, and no table of descriptors to hide.
    bool isKernelThread() const;
    /// The leader has exited and is not reaped, but other threads live on and hold what it held.
    bool isDeadLeader() const { return isDead() && threads > 1; }
    bool isDead() const;
};
/// Nothing if it is no stat text.
std::optional<StatGlance> glanceAtStat(QByteArrayView stat);

/// The effective user of /proc/PID/status.
std::optional<quint32> effectiveUser(QByteArrayView status);

} // namespace socktree
