// SPDX-License-Identifier: GPL-3.0-or-later
// What a cgroup's path says in words people use: the systemd unit, or the container.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace socktree {

/// "ssh.service", "session-3.scope", "user-1000.slice"; "docker:0123456789ab", and with systemd inside the container
/// "docker:0123456789ab/nginx.service". Escapes of systemd (\x2d) are undone, so the bytes are raw and may be hostile.
/// Empty if the path names neither.
QByteArray unitOfCgroup(QByteArrayView cgroupPath);

} // namespace socktree
