// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers with their units: short ones for cells, exact ones for tooltips.
#include "model/text.h"

#include <QtCore/QLocale>
#include <QtCore/QStringList>

#include <cmath>
#include <span>

namespace socktree {

namespace {

QString number(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

/// Three significant digits, without decimals where the value has none.
QString threeDigits(double value)
{
    const double magnitude = std::abs(value);
    if (magnitude >= 100 || value == std::floor(value))
        return number(value, 0);
    return number(value, magnitude >= 10 ? 1 : 2);
}

struct Step {
    double factor;
    const char *name;
};

/// The value in the largest of the steps (ascending) that leaves at least 1 after rounding to three digits.
QString scaled(double value, std::span<const Step> steps)
{
    std::size_t i = 0;
    while (i + 1 < steps.size() && std::abs(value) / steps[i + 1].factor >= 0.9995)
        ++i;
    return threeDigits(value / steps[i].factor) + QLatin1Char(' ') + QString::fromUtf8(steps[i].name);
}

constexpr Step octets[] = {{1, "B"}, {1e3, "kB"}, {1e6, "MB"}, {1e9, "GB"}, {1e12, "TB"}, {1e15, "PB"}, {1e18, "EB"}};
constexpr Step octetsPerSecond[]
    = {{1, "B/s"}, {1e3, "kB/s"}, {1e6, "MB/s"}, {1e9, "GB/s"}, {1e12, "TB/s"}, {1e15, "PB/s"}, {1e18, "EB/s"}};
constexpr Step underASecond[] = {{1, "µs"}, {1e3, "ms"}};

QString duration(double microseconds)
{
    if (std::abs(microseconds) < 999'500)
        return scaled(microseconds, underASecond);
    const double seconds = microseconds / 1e6;
    if (seconds < 59.95)
        return threeDigits(seconds) + QLatin1String(" s");
    const auto whole = static_cast<qint64>(std::llround(seconds));
    const auto two = [](qint64 larger, const char *largerUnit, qint64 smaller, const char *smallerUnit) {
        QString text = QString::number(larger) + QLatin1Char(' ') + QLatin1String(largerUnit);
        if (smaller)
            text += QLatin1Char(' ') + QString::number(smaller) + QLatin1Char(' ') + QLatin1String(smallerUnit);
        return text;
    };
    if (whole < 3600)
        return two(whole / 60, "min", whole % 60, "s");
    if (whole < 86400)
        return two(whole / 3600, "h", whole % 3600 / 60, "min");
    return two(whole / 86400, "d", whole % 86400 / 3600, "h");
}

QString hex(quint64 raw)
{
    return QLatin1String("0x") + QString::number(raw, 16);
}

QString flags(const Field &field, quint64 raw)
{
    QStringList set;
    quint64 unnamed = raw;
    for (const ValueName &flag : field.names) {
        if (flag.value && (raw & flag.value) == flag.value) {
            set += QString::fromUtf8(flag.name);
            unnamed &= ~flag.value;
        }
    }
    if (unnamed)
        set += hex(unnamed);
    return set.isEmpty() ? QStringLiteral("none") : set.join(QLatin1Char(' '));
}

QString enumerator(const Field &field, quint64 raw)
{
    for (const ValueName &name : field.names)
        if (name.value == raw)
            return QString::fromUtf8(name.name);
    return field.unit == Unit::Hex ? hex(raw) : QString::number(raw);
}

} // namespace

QString compact(double value, Unit unit)
{
    if (value == 0 && (unit == Unit::Octets || unit == Unit::OctetsPerSecond))
        return number(0, 0); // most cells of a column of bytes are, and a unit would only blur the others
    switch (unit) {
    case Unit::Octets: return scaled(value, octets);
    case Unit::OctetsPerSecond: return scaled(value, octetsPerSecond);
    case Unit::Microseconds: return duration(value);
    case Unit::Milliseconds: return duration(value * 1e3);
    case Unit::Seconds: return duration(value * 1e6);
    case Unit::Hex: return hex(static_cast<quint64>(value));
    case Unit::Identifier:
    case Unit::Shift: return QString::number(static_cast<qint64>(value));
    case Unit::None:
    case Unit::Count:
    case Unit::Packets: break;
    }
    return value == std::floor(value) ? number(value, 0) : threeDigits(value);
}

QString withUnitName(const QString &digits, Unit unit)
{
    switch (unit) {
    case Unit::Octets: return digits + QLatin1String(" B");
    case Unit::OctetsPerSecond: return digits + QLatin1String(" B/s");
    case Unit::Packets: return digits + QLatin1String(" packets");
    case Unit::Microseconds: return digits + QStringLiteral(" µs");
    case Unit::Milliseconds: return digits + QLatin1String(" ms");
    case Unit::Seconds: return digits + QLatin1String(" s");
    case Unit::None:
    case Unit::Count:
    case Unit::Shift:
    case Unit::Identifier:
    case Unit::Hex: break;
    }
    return digits;
}

QString exact(const Field &field, quint64 raw, std::optional<quint8> state)
{
    if (const Sentinel *sentinel = state ? sentinelOf(field, raw, *state) : sentinelOf(field, raw))
        return QString::fromUtf8(sentinel->text);
    if (field.naming == Naming::Flags)
        return flags(field, raw);
    if (field.naming == Naming::Enumerators)
        return enumerator(field, raw);
    if (field.unit == Unit::Hex)
        return hex(raw);
    if (field.unit == Unit::Identifier)
        return QString::number(raw);
    if (field.type == FieldType::S32)
        return withUnitName(QLocale().toString(static_cast<qint64>(raw)), field.unit);
    return withUnitName(QLocale().toString(static_cast<qulonglong>(raw)), field.unit);
}

QString spelled(const Field &field, quint64 raw, std::optional<quint8> state)
{
    switch (field.unit) {
    case Unit::OctetsPerSecond:
    case Unit::Microseconds:
    case Unit::Milliseconds:
    case Unit::Seconds:
        if (!(state ? sentinelOf(field, raw, *state) : sentinelOf(field, raw)) && field.naming == Naming::Numbers)
            return compact(static_cast<double>(raw), field.unit);
        break;
    default: break;
    }
    return exact(field, raw, state);
}

} // namespace socktree
