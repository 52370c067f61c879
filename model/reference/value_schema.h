// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Schemas of single values, out of the lines of the tables.
#pragma once

#include "collector/decode/attribute.h"
#include "collector/decode/proc_net.h"
#include "model/column.h"

#include <QtCore/QJsonObject>
#include <QtCore/QString>

#include <span>

namespace socktree {

/// {"$ref": "#/$defs/<name>"}
QJsonObject schemaRef(const QString &name);
QJsonObject schemaOf(const Column &column);
QJsonObject schemaOf(const Field &field, const Attribute *in);

/// The properties that a message's or nest's decoded content may have, by id. Nests are put into @p defs and referred
/// to.
class ContentSchema
{
public:
    explicit ContentSchema(QJsonObject &defs) : m_defs(defs) { }
    void add(std::span<const Field> fields, const Attribute *in);
    void add(std::span<const Attribute> attributes);
    void add(ProcNetFile file);
    /// An object that may have these properties and no others.
    QJsonObject object() const;

private:
    void add(const QString &id, const QJsonObject &schema);
    void add(const Attribute &attribute);

    QJsonObject &m_defs;
    QJsonObject m_properties;
};

} // namespace socktree
