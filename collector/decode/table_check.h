// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing tables with kernel headers while compiling.
#pragma once

#include "collector/decode/table.h"

#include <cstddef>
#include <string_view>

namespace socktree::table {

constexpr bool isAt(std::span<const Field> fields, std::string_view name, std::size_t offset, std::size_t size)
{
    for (const Field &field : fields)
        if (field.name == name)
            return field.offset == offset && sizeOf(field) == size;
    return false;
}

constexpr bool isNumber(std::span<const Attribute> attributes, std::string_view name, int number)
{
    for (const Attribute &attribute : attributes)
        if (attribute.name == name)
            return attribute.number == number;
    return false;
}

constexpr bool isNamed(std::span<const ValueName> names, std::string_view name, quint64 value)
{
    for (const ValueName &line : names)
        if (line.name == name)
            return line.value == value;
    return false;
}

// NOLINTBEGIN(cppcoreguidelines-macro-usage): a member's name is needed as name and as text
#define SOCKTREE_SAME(fields, type, prefix, member)                                                                    \
    static_assert(isAt(fields, #member, offsetof(type, prefix##member), sizeof(type::prefix##member)))
#define SOCKTREE_NUMBER(attributes, constant) static_assert(isNumber(attributes, #constant, constant))
// NOLINTEND(cppcoreguidelines-macro-usage)

} // namespace socktree::table
