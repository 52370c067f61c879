// SPDX-License-Identifier: GPL-3.0-or-later
// Holds JSON against a JSON Schema, as far as our own schema goes: it refuses keywords that it does not know.
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QStringList>

namespace socktree::test {

/// What is wrong, each with the place in @p value; at most some twenty. Empty if it is as the schema says. Known are
/// $ref to "#/$defs/…", type, const, enum, anyOf, properties, additionalProperties, propertyNames, required, items,
/// minimum, maximum and pattern; $schema, $comment, title, description and x-… say nothing of values.
QStringList schemaComplaints(const QJsonObject &schema, const QJsonValue &value);

} // namespace socktree::test
