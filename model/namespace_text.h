// SPDX-License-Identifier: GPL-3.0-or-later
// A network namespace in words.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QString>

namespace socktree {

/// Its name; "host" if process 1 is in it, "own" if else the reader is; else "net:[4026531833]", or "of nginx (4711)"
/// where that is not told. One line.
QString namespaceName(const Snapshot &snapshot, const NetNamespace &netns);
/// "net:[4026531833]"; empty if its inode is not told.
QString namespaceLink(const NetNamespace &netns);
/// A process that is in it: "nginx (4711)", or "nginx (4711), thread 4712"; empty if none is known.
QString namespaceProcess(const Snapshot &snapshot, const NetNamespace &netns);
/// "home", "entered", "by-process", "unread": an interface.
const char *idOf(NamespaceRecord::Reached reached);
/// How its sockets were read, as a sentence.
QString reachedNote(const NetNamespace &netns);

} // namespace socktree
