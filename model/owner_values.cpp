// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/column_values.h"
#include "model/end_text.h"
#include "model/other_ends.h"
#include "model/owner_text.h"
#include "model/owners.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace socktree::column {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

/// Of whom it is shown with, be it a holder or not.
Why nobodyShown(const RowRef &row)
{
    return ownerOf(row.snapshot(), heldFor(row.snapshot(), row.socket()));
}

/// "firefox +2": the cell stands for one holder and says how many more there are.
QString andMore(const RowRef &row, const QString &first)
{
    const auto held = shownHolders(row.snapshot(), row.socket());
    return held.size() < 2 ? first : first + QStringLiteral(" +%1").arg(held.size() - 1);
}

/// A cell that is not of a holder says so in front, where no narrow column hides it.
QString marked(const RowRef &row, const QString &text)
{
    return markedAs(shownOwner(row)->how, andMore(row, text));
}

/// name[pid]:fd, with the thread where the descriptor is in a table of the thread's own. What separates is escaped in
/// the name, so the text can be taken apart again.
QString holderText(const Snapshot &snapshot, const Holder &holder)
{
    const Process &process = snapshot.processes[holder.process];
    QString text = processName(process);
    text.replace(QLatin1Char(';'), QLatin1String("\\x3b"));
    text.replace(QLatin1Char('['), QLatin1String("\\x5b"));
    text += QLatin1Char('[') + QString::number(process.key.pid);
    if (holder.tid != process.key.pid)
        text += QLatin1Char('/') + QString::number(holder.tid);
    if (holder.mapped)
        return text + QLatin1String("]:mapped");
    return text + QLatin1String("]:") + (holder.registered ? QLatin1String("ring ") : QLatin1String())
        + QString::number(holder.fd);
}

} // namespace

Why noHolder(const RowRef &row)
{
    return ownerOf(row.snapshot(), row.socket());
}

Value process(const RowRef &row)
{
    const auto shown = shownOwner(row);
    return shown ? Value::of(processName(*shown->process)) : Value(nobodyShown(row));
}

Value pid(const RowRef &row)
{
    const auto shown = shownOwner(row);
    return shown ? Value::of(static_cast<quint64>(shown->process->key.pid)) : Value(nobodyShown(row));
}

Value heldProcess(const RowRef &row)
{
    return row.process() ? process(row) : Value(noHolder(row));
}

Value heldPid(const RowRef &row)
{
    return row.process() ? pid(row) : Value(noHolder(row));
}

Value owner(const RowRef &row)
{
    const auto shown = shownOwner(row);
    return shown ? Value::of(QStringLiteral("%1[%2]").arg(processName(*shown->process)).arg(shown->process->key.pid))
                 : Value(whyNoOwner(row.snapshot(), row.socket()));
}

Value ownerHow(const RowRef &row)
{
    const auto shown = shownOwner(row);
    if (!shown)
        return whyNoOwner(row.snapshot(), row.socket());
    switch (shown->how) {
    case ShownOwner::How::Held: break;
    case ShownOwner::How::Listener: return Value::of(QStringLiteral("listener"));
    case ShownOwner::How::OneOfListeners: return Value::of(QStringLiteral("ambiguous"));
    case ShownOwner::How::Was: return Value::of(QStringLiteral("was"));
    }
    return Value::of(QStringLiteral("held"));
}

Value fd(const RowRef &row)
{
    const Holder *first = row.holder();
    if (!first)
        return noHolder(row);
    return first->mapped ? Value::of(QStringLiteral("mapped")) : Value::of(static_cast<quint64>(first->fd));
}

Value heldFd(const RowRef &row)
{
    const Holder *first = row.holder();
    return first && !first->isDirect() ? Value(Why::None) : fd(row);
}

Value fdFlags(const RowRef &row)
{
    const Holder *first = row.holder();
    if (!first)
        return noHolder(row);
    if (!first->isDirect())
        return Why::None;
    if (!first->flags)
        return first->flagsAsked ? Why::NotTold : Why::NotAsked;
    return Value::of(flagsText(*first));
}

Value fdLocks(const RowRef &row)
{
    const Value flags = fdFlags(row);
    if (!flags.present())
        return flags.why;
    const QList<QByteArray> locks = row.snapshot().noteOf(*row.holder()).locks;
    return locks.isEmpty() ? Value(Why::None) : Value::of(visible(locks.join("; ")));
}

Value socketContext(const RowRef &row)
{
    const Value flags = fdFlags(row);
    if (!flags.present())
        return flags.why;
    const DescriptorNote note = row.snapshot().noteOf(*row.holder());
    switch (note.labelGot) {
    case Got::Read: return note.label.isEmpty() ? Value(Why::None) : Value::of(visible(note.label));
    case Got::Denied: return Why::Denied;
    case Got::Withheld: return Why::Withheld;
    default: return Why::NotTold;
    }
}

Value holders(const RowRef &row)
{
    QStringList all;
    for (const Holder &holder : row.snapshot().holdersOf(row.socket()))
        all += holderText(row.snapshot(), holder);
    return all.isEmpty() ? Value(noHolder(row)) : Value::of(all.join(QLatin1Char(';')));
}

QString showProcess(const RowRef &row)
{
    return marked(row, shownName(*shownOwner(row)->process));
}

QString showPid(const RowRef &row)
{
    return marked(row, QString::number(shownOwner(row)->process->key.pid));
}

QString showFd(const RowRef &row)
{
    const Holder &first = *row.holder();
    const QString number = first.mapped ? QStringLiteral("mapped") : QString::number(first.fd);
    return andMore(row, first.registered ? QStringLiteral("ring ") + number : number);
}

/// Of a row that is shown with a process that does not hold it.
static QString notHeldNote(const RowRef &row, const ShownOwner &shown)
{
    const QString process = nameAndPid(*shown.process);
    if (shown.how == ShownOwner::How::Was)
        return tr("It was held by %1, who closed it; the kernel keeps the connection by itself.").arg(process);
    const Socket &listener = row.snapshot().sockets[row.socket().listener];
    if (shown.how == ShownOwner::How::OneOfListeners)
        return severalListeners(row.socket())
            + tr(" %1, who holds that at %2, is a guess.").arg(process, localEnd(row.snapshot(), listener));
    return tr("Inferred: it waits to be accepted, in the queue of the listener at %1, which %2 holds.")
        .arg(localEnd(row.snapshot(), listener), process);
}

QString ownerNote(const RowRef &row)
{
    const Snapshot &snapshot = row.snapshot();
    const auto owner = shownOwner(row);
    if (!owner)
        return whyNobodyShown(snapshot, row.socket());
    if (owner->how != ShownOwner::How::Held)
        return notHeldNote(row, *owner);
    constexpr int shown = 20;
    QStringList lines;
    const auto held = snapshot.holdersOf(row.socket());
    for (std::size_t i = 0; i < held.size() && i < shown; ++i)
        lines += holderText(snapshot, held[i]);
    if (held.size() > shown)
        lines += tr("and %1 more").arg(held.size() - shown);
    if (std::any_of(held.begin(), held.end(), [](const Holder &one) { return one.registered; }))
        lines += tr("ring: registered with io_uring, the descriptor is that of the ring.");
    if (std::any_of(held.begin(), held.end(), [](const Holder &one) { return one.mapped; }))
        lines += tr("mapped: its ring is in the process's memory, its descriptor was closed.");
    return lines.join(QLatin1Char('\n'));
}

QString fdFlagsNote(const RowRef &row)
{
    const Holder *first = row.holder();
    if (!first)
        return ownerNote(row);
    if (!first->isDirect())
        return tr("No descriptor of the socket itself is left.");
    if (first->flags)
        return {};
    return first->flagsAsked ? tr("The descriptor could not be asked, or was another socket's by then.")
                             : tr("Descriptors are asked while this column is shown, or the details of their socket.");
}

QString fdLocksNote(const RowRef &row)
{
    const Value locks = fdLocks(row);
    return !locks.present() && locks.why != Why::None ? fdFlagsNote(row) : QString();
}

QString socketContextNote(const RowRef &row)
{
    const Holder *first = row.holder();
    if (!first || !first->isDirect() || !first->flags)
        return fdFlagsNote(row);
    const DescriptorNote note = row.snapshot().noteOf(*first);
    switch (note.labelGot) {
    case Got::Read: return note.label.isEmpty() ? tr("No security module of this kernel labels sockets.") : QString();
    case Got::Denied: return tr("The security module does not let us see it.");
    case Got::Withheld: return tr("Withheld by whoever saved the capture.");
    default: return tr("The socket was not asked for it, or it could not be read.");
    }
}

} // namespace socktree::column
