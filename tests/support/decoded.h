// SPDX-License-Identifier: GPL-3.0-or-later
// Looking into decoded messages by id, for tests of tables.
#pragma once

#include "collector/decode/attribute.h"

#include <optional>

namespace socktree::test {

/// The value of the first field with this id, or nothing if it was not decoded.
inline std::optional<quint64> value(const std::vector<DecodedField> &fields, QByteArrayView id)
{
    for (const DecodedField &field : fields)
        if (id == QByteArrayView(field.field->id))
            return field.raw;
    return std::nullopt;
}

/// The first attribute with this id on this level, or null.
inline const DecodedAttribute *named(const std::vector<DecodedAttribute> &attributes, QByteArrayView id)
{
    for (const DecodedAttribute &attribute : attributes)
        if (attribute.attribute && id == QByteArrayView(attribute.attribute->id))
            return &attribute;
    return nullptr;
}

/// The same, found anywhere among a message's attributes, nests included.
inline std::optional<quint64> value(const std::vector<DecodedAttribute> &attributes, QByteArrayView id)
{
    for (const DecodedAttribute &attribute : attributes) {
        if (const auto found = value(attribute.fields, id))
            return found;
        if (const auto found = value(attribute.nested, id))
            return found;
    }
    return std::nullopt;
}

} // namespace socktree::test
