// SPDX-License-Identifier: GPL-3.0-or-later
// Short words for writing columns, and where their numbers go.
#pragma once

#include "collector/decode/proc_net_layout.h"
#include "collector/decode/table.h"

#include <limits>

namespace socktree::table {

using Put = bool (*)(ProcNetRow &row, quint64 number);

/// Into a member that is an optional number, if it fits there.
template <auto member> bool into(ProcNetRow &row, quint64 number)
{
    using Number = typename std::remove_reference_t<decltype(row.*member)>::value_type;
    if (number > std::numeric_limits<Number>::max())
        return false;
    row.*member = static_cast<Number>(number);
    return true;
}

/// Some kernels print the unsigned number with a sign.
inline bool intoUid(ProcNetRow &row, quint64 number)
{
    const auto value = static_cast<qint64>(number);
    if (value < std::numeric_limits<qint32>::min() || value > std::numeric_limits<quint32>::max())
        return false;
    row.uid = static_cast<quint32>(value);
    return true;
}

constexpr ProcNetColumn column(TextForm form, TextField field, Put put = nullptr)
{
    ProcNetColumn made{field};
    made.form = form;
    made.set = put;
    return made;
}
constexpr ProcNetColumn hex(TextField field, Put put = nullptr)
{
    return column(TextForm::Hex, field, put);
}
constexpr ProcNetColumn decimal(TextField field, Put put = nullptr)
{
    return column(TextForm::Decimal, field, put);
}
constexpr ProcNetColumn withSign(TextField field, Put put = nullptr)
{
    return column(TextForm::Signed, field, put);
}
constexpr ProcNetColumn word(TextField field)
{
    return column(TextForm::Word, field);
}
constexpr ProcNetColumn address(TextForm form, ProcNetAddress ProcNetRow::*member, TextField field)
{
    ProcNetColumn made = column(form, field);
    made.address = member;
    return made;
}
/// The file has ticks of USER_HZ, which is 100 on every machine we run on.
constexpr ProcNetColumn ticks(ProcNetColumn of)
{
    of.scale = 10;
    return of;
}
constexpr ProcNetColumn mayLack(ProcNetColumn of)
{
    of.required = false;
    return of;
}
constexpr ProcNetColumn bitsOf(quint8 shift, quint8 width, ProcNetColumn of)
{
    of.shift = shift;
    of.width = width;
    return of;
}
constexpr ProcNetColumn sameWord(ProcNetColumn of)
{
    of.sameWord = true;
    return of;
}
constexpr ProcNetColumn oneOf(std::span<const ValueName> names, ProcNetColumn of)
{
    of.field.naming = Naming::Enumerators;
    of.field.names = names;
    return of;
}
constexpr ProcNetColumn anyOf(std::span<const ValueName> names, ProcNetColumn of)
{
    of.field.naming = Naming::Flags;
    of.field.names = names;
    return of;
}
constexpr ProcNetColumn except(std::span<const Sentinel> sentinels, ProcNetColumn of)
{
    of.field.sentinels = sentinels;
    return of;
}

} // namespace socktree::table
