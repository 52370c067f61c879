// SPDX-License-Identifier: GPL-3.0-or-later
// What columns say of the network namespace a socket is in, and of where the row was read.
#include "model/column_values.h"
#include "model/namespace_text.h"
#include "model/row_source.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace socktree::column {

static QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

Value netns(const RowRef &row)
{
    const NetNamespace *netns = row.snapshot().namespaceOf(row.socket());
    return netns && netns->isTold() ? Value::of(namespaceName(row.snapshot(), *netns))
                                    : Value(unrecordedOr(row.snapshot(), Why::NotTold));
}

Value netnsId(const RowRef &row)
{
    const NetNamespace *netns = row.snapshot().namespaceOf(row.socket());
    return netns && netns->id ? Value::of(netns->id) : Value(unrecordedOr(row.snapshot(), Why::NotTold));
}

Value source(const RowRef &row)
{
    return Value::of(QString::fromLatin1(idOf(row.snapshot().sourceOf(row.socket()))));
}

QString netnsNote(const RowRef &row)
{
    const NetNamespace *netns = row.snapshot().namespaceOf(row.socket());
    if (!netns || !netns->isTold())
        return unrecordedOr(row.snapshot(), Why::NotTold) == Why::NotTold
            ? tr("Which network namespace it is in is not told.")
            : QString();
    QStringList lines;
    if (const QString link = namespaceLink(*netns); !link.isEmpty())
        lines += link;
    if (!netns->mounted.isEmpty())
        lines += tr("Mounted at %1").arg(visible(netns->mounted));
    if (const QString process = namespaceProcess(row.snapshot(), *netns); !process.isEmpty())
        lines += tr("Process in it: %1").arg(process);
    lines += reachedNote(*netns);
    return lines.join(QLatin1Char('\n'));
}

QString sourceWhy(const RowRef &row)
{
    const QString note = sourceNote(row);
    return note.isEmpty() ? tr("Told by the kernel by sock_diag, which tells most.") : note;
}

} // namespace socktree::column
