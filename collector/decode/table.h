// SPDX-License-Identifier: GPL-3.0-or-later
// Short words for writing tables of fields, and the names and sentinels that several tables share.
#pragma once

#include "collector/decode/attribute.h"

namespace socktree::table {

using enum FieldType;
using enum Unit;
using enum Kind;

/// The field is @p width bits of its type, from bit @p shift up.
constexpr Field bits(quint8 shift, quint8 width, Field field)
{
    field.shift = shift;
    field.width = width;
    return field;
}
constexpr Field oneOf(std::span<const ValueName> names, Field field)
{
    field.naming = Naming::Enumerators;
    field.names = names;
    return field;
}
constexpr Field anyOf(std::span<const ValueName> names, Field field)
{
    field.naming = Naming::Flags;
    field.names = names;
    return field;
}
constexpr Field except(std::span<const Sentinel> sentinels, Field field)
{
    field.sentinels = sentinels;
    return field;
}
constexpr Field until(const char *version, Field field)
{
    field.until = version;
    return field;
}

inline constexpr ValueName yesOrNo[] = {{0, "no"}, {1, "yes"}};
inline constexpr ValueName shutdownFlags[] = {{1, "receive"}, {2, "send"}};

/// One numbering for every family here (include/net/tcp_states.h), spelt as ss does.
inline constexpr ValueName states[] = {
    {1, "ESTAB"},
    {2, "SYN-SENT"},
    {3, "SYN-RECV"},
    {4, "FIN-WAIT-1"},
    {5, "FIN-WAIT-2"},
    {6, "TIME-WAIT"},
    {7, "UNCONN"},
    {8, "CLOSE-WAIT"},
    {9, "LAST-ACK"},
    {10, "LISTEN"},
    {11, "CLOSING"},
    {12, "NEW-SYN-RECV"},
    {13, "BOUND-INACTIVE"},
};

inline constexpr Sentinel notMeasured[] = {{0, false, "not measured"}};

} // namespace socktree::table
