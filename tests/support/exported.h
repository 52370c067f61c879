// SPDX-License-Identifier: GPL-3.0-or-later
// What an export writes of all rows, in memory.
#pragma once

#include "model/export/export.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QJsonObject>

#include <vector>

namespace socktree::test {

/// Of every row, ascending.
std::vector<quint32> allSlots(const Generation &generation);
std::vector<const Column *> columnsNamed(const QByteArrayList &ids);
/// "stopped" if it was not written to its end.
QByteArray exported(Format format, const Generation &generation, const QByteArrayList &columnIds = {},
    Reasons reasons = Reasons::Omitted);
/// Warns of what is no JSON.
QJsonObject jsonOf(const Generation &generation);
/// All that can be shown of a snapshot: every row with its columns, holders and attributes, the dumps, the problems.
QByteArray everythingOf(const SnapshotPtr &snapshot);

} // namespace socktree::test
