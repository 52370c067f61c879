// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of every snapshot and of every text that is made of its rows.
#pragma once

#include "collector/snapshot/snapshot.h"

namespace socktree::fuzz {

/// The inverse of visible(); nothing if the text is none that visible() makes.
std::optional<QByteArray> bytesOfVisible(const QString &text);
/// visible() is one line, and @p bytes can be had back of it.
void checkVisible(const QByteArray &bytes);

/// No key twice, every index within what it counts in, no row lost on its way into a table, the details, JSON and CSV,
/// and nothing in their texts that breaks a line.
void checkRows(const SnapshotPtr &snapshot);

} // namespace socktree::fuzz
