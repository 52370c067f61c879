// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON Schema of what --list --format json writes, out of the tables that write it.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>

namespace socktree {

/// JSON Schema draft 2020-12.
QJsonObject jsonSchemaObject();
/// The same as text for a file: keys sorted, what is short on one line.
QByteArray jsonSchema();

} // namespace socktree
