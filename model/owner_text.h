// SPDX-License-Identifier: GPL-3.0-or-later
// Why no process is known of a socket, as sentences.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QString>

namespace socktree {

/// Why no owner is known of any socket; empty if the processes were read.
QString whyOwnersAreUnknown(const Snapshot &snapshot);
/// Why nobody is known to hold it, as ownerOf() has it; empty if somebody is.
QString whyNobodyHolds(const Snapshot &snapshot, const Socket &socket);
/// Why there is no shownOwner(): of what waits to be accepted, why nobody is known to hold its listener.
QString whyNobodyShown(const Snapshot &snapshot, const Socket &socket);

} // namespace socktree
