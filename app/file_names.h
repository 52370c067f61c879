// SPDX-License-Identifier: GPL-3.0-or-later
// What every dialog that asks for a file needs: a folder to begin in, a name to suggest, and icons that open nothing.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QString>
#include <QtWidgets/QFileIconProvider>

#include <memory>

namespace socktree {

/// "myhost-20261123-233248", local time; nothing of the host's name can be a folder or hidden file.
QString hostAndTime(const QByteArray &host, WallTime time);
/// This folder, if it is one, else the user's documents, else their home.
QString usableFolder(const QString &wanted);
/// Looks at names only. Qt's own reads the beginning of every file in a folder to guess its kind, and a file of /proc
/// may make it wait without end.
std::unique_ptr<QFileIconProvider> plainIcons();

} // namespace socktree
