// SPDX-License-Identifier: GPL-3.0-or-later
// How the list of tables is searched.
#pragma once

#include "collector/decode/attribute.h"

namespace socktree {

/// The family that tables name: AF_INET stands for AF_INET6, too.
quint8 tableFamily(quint8 family);
/// Whether messages of this protocol are read by the table. Of several, the first that does is meant.
bool serves(const AttributeTable &table, quint16 protocol);
/// The table that reads messages of this family, protocol and kind of record, or null.
const AttributeTable *tableOf(quint8 family, quint16 protocol, Record record);

} // namespace socktree
