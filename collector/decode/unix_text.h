// SPDX-License-Identifier: GPL-3.0-or-later
// What can be told of a line of the file "unix" by its looks alone.
#pragma once

#include <QtCore/QByteArrayView>

namespace socktree {

/// Octets that the name of an AF_UNIX socket can have, those of newlines within it included.
inline constexpr qsizetype longestUnixName = 108;

/// Digits of the pointer at the start of the line; 0 if it does not begin as the kernel's lines do.
qsizetype pointerWidth(QByteArrayView line);
bool isHiddenPointer(QByteArrayView line);
/// Whether the kernel could have written the line, by every width, constant and rule known of it. A newer kernel may
/// write others; somebody who forges a line may keep to all of them.
bool isAsKernelWrites(QByteArrayView line);

} // namespace socktree
