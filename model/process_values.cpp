// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/column_values.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>

namespace socktree::column {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

/// A pid that the holder's stat tells.
Value toldPid(const RowRef &row, std::optional<qint32> Process::*pid)
{
    const Process *first = row.process();
    if (!first)
        return noHolder(row);
    const std::optional<qint32> told = first->*pid;
    if (!told)
        return Why::NotTold;
    return *told == 0 ? Value(Why::None) : Value::of(static_cast<quint64>(*told));
}

/// The process with a pid that the holder's stat tells, as name[pid].
QString toldNote(const RowRef &row, std::optional<qint32> Process::*pid, const char *none)
{
    const Process *first = row.process();
    if (!first)
        return ownerNote(row);
    const std::optional<qint32> told = first->*pid;
    if (!told)
        return tr("What the process says of itself could not be read.");
    if (*told == 0)
        return tr(none);
    const Process *other = row.snapshot().findProcess(*told);
    return other ? QStringLiteral("%1[%2]").arg(shownName(*other), QString::number(*told)) : QString();
}

} // namespace

Value unit(const RowRef &row)
{
    const auto found = row.snapshot().unitOf(row.socket(), row.process());
    if (!found.unit.isEmpty())
        return Value::of(visible(found.unit));
    const Process *first = row.process();
    if (!first)
        return noHolder(row);
    // A cgroup that names no unit says that there is none; one that could not be read says nothing.
    return first->cgroup.isEmpty() ? Why::NotTold : Why::None;
}

Value processCommandLine(const RowRef &row)
{
    const Process *first = row.process();
    if (!first)
        return noHolder(row);
    const QString text = commandLine(*first);
    if (text.isEmpty())
        return first->commandWithheld ? Why::Withheld : Why::None;
    return Value::of(text);
}

Value context(const RowRef &row)
{
    const Process *first = row.process();
    if (!first)
        return noHolder(row);
    switch (first->contextGot) {
    case Got::Read: break;
    case Got::Denied: return Why::Denied;
    case Got::Withheld: return Why::Withheld;
    default: return Why::NotTold;
    }
    return first->context.isEmpty() ? Value(Why::None) : Value::of(visible(first->context));
}

Value parentProcess(const RowRef &row)
{
    return toldPid(row, &Process::parent);
}

Value processGroup(const RowRef &row)
{
    return toldPid(row, &Process::group);
}

QString contextNote(const RowRef &row)
{
    const Process *first = row.process();
    if (!first)
        return ownerNote(row);
    switch (first->contextGot) {
    case Got::Read: return first->context.isEmpty() ? tr("No security module of this kernel labels it.") : QString();
    case Got::Denied: return tr("The security module does not let us see it.");
    case Got::Withheld: return tr("Withheld by whoever saved the capture.");
    default: return tr("The process was not asked for it, or it could not be read.");
    }
}

QString parentNote(const RowRef &row)
{
    return toldNote(row, &Process::parent,
        QT_TRANSLATE_NOOP(
            "Column", "It has no parent here: the kernel started it, or whoever did is in another namespace of PIDs."));
}

QString groupNote(const RowRef &row)
{
    return toldNote(row, &Process::group,
        QT_TRANSLATE_NOOP("Column",
            "It is in no process group here: it is the kernel's, or the group's leader is in another "
            "namespace of PIDs."));
}

QString unitNote(const RowRef &row)
{
    const auto found = row.snapshot().unitOf(row.socket(), row.process());
    if (!found.unit.isEmpty() && found.createdIn)
        return tr("Created in this unit; the process that holds it now may belong to another.");
    return found.unit.isEmpty() ? ownerNote(row) : QString();
}

} // namespace socktree::column
