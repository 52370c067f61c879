// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/column.h"
#include "model/column_values.h"
#include "model/field_help.h"
#include "model/row_source.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

QString hex(quint64 number)
{
    return QLatin1String("0x") + QString::number(number, 16);
}

/// The alternatives of a value, each spelt by its own rule.
template <typename... Rules> struct Spelling : Rules... {
    using Rules::operator()...;
};
template <typename... Rules> Spelling(Rules...) -> Spelling<Rules...>;

QString short_(const Value &value, Unit unit)
{
    return std::visit(
        Spelling{[](std::monostate) { return QString(); },
            [unit](quint64 number) {
                if (unit == Unit::Hex)
                    return hex(number);
                if (unit == Unit::Identifier)
                    return QString::number(number);
                return compact(static_cast<double>(number), unit);
            },
            [unit](qint64 number) { return compact(static_cast<double>(number), unit); },
            [unit](double number) { return compact(number, unit); }, [](const QString &text) { return text; },
            [](const Address &address) { return addressText(address); }},
        value.data);
}

QString digits(double number, Unit)
{
    return QLocale().toString(number, 'f', 0);
}
QString digits(quint64 number, Unit unit)
{
    if (unit == Unit::Hex)
        return hex(number);
    return unit == Unit::Identifier ? QString::number(number) : QLocale().toString(static_cast<qulonglong>(number));
}
QString digits(qint64 number, Unit)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

/// The whole number and its unit.
QString full(const Value &value, Unit unit)
{
    const auto withUnit = [unit](auto number) { return withUnitName(digits(number, unit), unit); };
    return std::visit(Spelling{[](std::monostate) { return QString(); }, [](const QString &text) { return text; },
                          [](const Address &address) { return addressText(address); }, withUnit},
        value.data);
}

/// For programs; empty if there is no value.
QString raw(const Value &value, Unit unit)
{
    return std::visit(
        Spelling{[](std::monostate) { return QString(); },
            [unit](quint64 number) { return unit == Unit::Hex ? hex(number) : QString::number(number); },
            [](qint64 number) { return QString::number(number); },
            [](double number) { return QString::number(number, 'f', 3); }, [](const QString &text) { return text; },
            [](const Address &address) { return addressText(address); }},
        value.data);
}

QString wholeText(const Column &column, const RowRef &row, const Value &value)
{
    return column.whole ? column.whole(row) : full(value, column.unit);
}

/// The kernel said nothing at all of it, which one cell says and not each of a dozen.
bool isUndescribed(const RowRef &row, Why why)
{
    return why == Why::NotTold && row.snapshot().sourceOf(row.socket()) == Source::Descriptor;
}

QString greyWord(const Column &column, const RowRef &row, Why why)
{
    if (isUndescribed(row, why))
        return column.saysUndescribed ? tr("not described") : QString();
    return column.quiet && column.quiet(row) ? QString() : wordFor(why);
}

} // namespace

QString columnHelp(const Column &column)
{
    const QString needs = privilegeHelp(column.privilege);
    return needs.isEmpty() ? tr(column.meaning) : tr(column.meaning) + QLatin1Char('\n') + needs;
}

const Column *columnById(const QByteArray &id)
{
    const int index = columnIndex(id);
    return index < 0 ? nullptr : &columns()[static_cast<std::size_t>(index)];
}

int columnIndex(const QByteArray &id)
{
    const auto all = columns();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Column &column) { return id == column.id; });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

QString cellText(const Column &column, const RowRef &row)
{
    const Value value = column.value(row);
    if (!value.present())
        return greyWord(column, row, value.why);
    return column.show ? column.show(row) : short_(value, column.unit);
}

QString exactText(const Column &column, const RowRef &row)
{
    const Value value = column.value(row);
    return value.present() ? wholeText(column, row, value) : greyWord(column, row, value.why);
}

QString cellToolTip(const Column &column, const RowRef &row)
{
    const Value value = column.value(row);
    if (!value.present())
        return explain(column, row);
    const QString note = column.note ? column.note(row) : QString();
    const QString text = wholeText(column, row, value);
    return note.isEmpty() ? text : text + QLatin1Char('\n') + note;
}

Value exportValue(const Column &column, const RowRef &row)
{
    return column.exported ? column.exported(row) : column.value(row);
}

QString exportText(const Column &column, const RowRef &row)
{
    return raw(exportValue(column, row), column.unit);
}

QString rawText(const Column &column, const RowRef &row)
{
    return raw(column.value(row), column.unit);
}

QString copyText(const Column &column, const RowRef &row)
{
    const QString raw = exportText(column, row);
    return raw.isEmpty() ? cellText(column, row) : raw;
}

QString explain(const Column &column, const RowRef &row)
{
    const Why why = column.value(row).why;
    QString note = column.note ? column.note(row) : QString();
    if (!note.isEmpty())
        return note;
    if (isUndescribed(row, why) && row.socket().protocol == Protocol::Unknown)
        return column::stateNote(row);
    if (why == Why::Denied && column.privilege != Privilege::None)
        return tr("Not told to us: it takes %1.").arg(QLatin1String(nameOf(column.privilege)));
    if (QString source = sourceNote(row); why == Why::NotTold && !source.isEmpty())
        return source;
    return explain(why);
}

} // namespace socktree
