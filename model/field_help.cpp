// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/field_help.h"

#include "collector/decode/state_names.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FieldHelp", text);
}

const char *nameOf(FieldType type)
{
    switch (type) {
    case FieldType::U8: return "u8";
    case FieldType::U16: return "u16";
    case FieldType::U32: return "u32";
    case FieldType::U64: return "u64";
    case FieldType::S32: return "s32";
    case FieldType::Be16: return "be16";
    case FieldType::Be32: return "be32";
    case FieldType::U64LowHigh: return "u32 low, u32 high";
    case FieldType::Chars: return "chars";
    case FieldType::HardwareAddress: return "hardware address";
    case FieldType::SocketAddress: return "sockaddr_storage";
    }
    return "";
}

/// "since Linux 5.4", and what else may follow the meaning.
void addVersions(QStringList &lines, const char *since, const char *until)
{
    if (*since)
        lines += tr("since Linux %1").arg(QLatin1String(since));
    if (*until)
        lines += tr("until Linux %1").arg(QLatin1String(until));
}

void addPrivilege(QStringList &lines, Privilege privilege)
{
    if (const QString needs = privilegeHelp(privilege); !needs.isEmpty())
        lines += needs;
}

} // namespace

const char *nameOf(Unit unit)
{
    switch (unit) {
    case Unit::None: break;
    case Unit::Count: return "count";
    case Unit::Octets: return "bytes";
    case Unit::OctetsPerSecond: return "bytes per second";
    case Unit::Packets: return "packets";
    case Unit::Microseconds: return "microseconds";
    case Unit::Milliseconds: return "milliseconds";
    case Unit::Seconds: return "seconds";
    case Unit::Shift: return "power of two";
    case Unit::Identifier: return "identifier";
    case Unit::Hex: return "bits";
    }
    return "";
}

const char *nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Gauge: return "gauge";
    case Kind::Counter: return "counter";
    case Kind::Setting: return "setting";
    }
    return "";
}

const char *nameOf(Privilege privilege)
{
    switch (privilege) {
    case Privilege::None: break;
    case Privilege::NetAdmin: return "CAP_NET_ADMIN";
    case Privilege::Bpf: return "CAP_BPF";
    }
    return "";
}

const char *nameOf(Payload payload)
{
    switch (payload) {
    case Payload::Struct: return "struct";
    case Payload::Array: return "array";
    case Payload::BitSet: return "bit set";
    case Payload::Text: return "text";
    case Payload::Name: return "name";
    case Payload::Flag: return "flag";
    case Payload::Nest: return "nest";
    case Payload::Secret: return "secret";
    case Payload::Padding: return "padding";
    case Payload::Opaque: return "bytes";
    }
    return "";
}

QString typeText(const Field &field)
{
    QString type = QLatin1String(nameOf(field.type));
    if (field.width == 0)
        return type;
    if (field.width == 1)
        return QStringLiteral("%1, bit %2").arg(type).arg(field.shift);
    return QStringLiteral("%1, bits %2 to %3").arg(type).arg(field.shift).arg(field.shift + field.width - 1);
}

QString privilegeHelp(Privilege privilege)
{
    const QLatin1String name(nameOf(privilege));
    return name.isEmpty() ? QString() : tr("told with %1 only").arg(name);
}

QString statesHelp(quint16 states)
{
    if (states == everyState)
        return {};
    QStringList in, out;
    for (quint8 state = 1; state < 16; ++state)
        if (const char *name = stateNameOf(AF_INET, IPPROTO_TCP, false, state))
            (isAmong(states, state) ? in : out) += QLatin1String(name);
    if (in.size() <= out.size())
        return in.join(QLatin1Char(' '));
    return tr("all but %1").arg(out.join(QLatin1Char(' ')));
}

QString fieldHelp(const Field &field, const Attribute *in)
{
    QStringList lines{QString::fromUtf8(field.meaning)};
    if (in)
        lines += tr("%1 in %2").arg(QLatin1String(field.name), QLatin1String(in->name));
    if (const QLatin1String unit(nameOf(field.unit)); !unit.isEmpty())
        lines += tr("unit: %1").arg(unit);
    addVersions(lines, field.since, field.until);
    if (const QString states = statesHelp(field.states); !states.isEmpty())
        lines += tr("in the states: %1").arg(states);
    if (in)
        addPrivilege(lines, in->needs);
    return lines.join(QLatin1Char('\n'));
}

Field fieldOf(const TextField &column)
{
    Field field{column.id, column.name, 0, FieldType::U64, column.unit, column.kind, column.meaning, column.since};
    field.naming = column.naming;
    field.names = column.names;
    field.sentinels = column.sentinels;
    return field;
}

QString textFieldHelp(const TextField &column)
{
    return fieldHelp(fieldOf(column), nullptr);
}

QString attributeHelp(const Attribute &attribute)
{
    QStringList lines{QString::fromUtf8(attribute.meaning), QLatin1String(attribute.name)};
    addVersions(lines, attribute.since, "");
    addPrivilege(lines, attribute.needs);
    return lines.join(QLatin1Char('\n'));
}

} // namespace socktree
