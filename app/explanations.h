// SPDX-License-Identifier: GPL-3.0-or-later
// What a snapshot lacks and why, in words: what badges and their sheets say.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QStringList>

namespace socktree {

/// One sentence for each of the snapshot's problems.
QStringList problemsOf(const Snapshot &snapshot);
/// Every dump was refused, failed or is not supported.
bool nothingCouldBeRead(const Snapshot &snapshot);
/// What is missing, why, and what can be done.
QString explainHiddenOwners(const Snapshot &snapshot);
QString explainProblems(const Snapshot &snapshot);
/// Which lists of sockets this system, or the one of the file, cannot give, and what is read instead.
QString explainUnavailable(const Snapshot &snapshot);

} // namespace socktree
