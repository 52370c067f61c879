// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/details.h"

#include "model/column.h"
#include "model/end_details.h"
#include "model/end_text.h"
#include "model/kernel_details.h"
#include "model/owners.h"
#include "model/place_details.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree {

namespace {

/// What Socktree says of the socket, before what the kernel says in its own words.
constexpr const char *socketLines[] = {"protocol", "family", "type", "state", "local-address", "local-port",
    "remote-address", "remote-port", "interface", "recv-q", "send-q", "receive-rate", "send-rate", "timer", "user",
    "uid", "inode", "cookie", "mark", "unit", "cgroup", "memory", "netns", "source", "first-seen"};

QString tr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

DetailLine lineOf(const Column &column, const RowRef &row)
{
    QString meaning = columnHelp(column);
    if (const QString note = column.note ? column.note(row) : QString(); !note.isEmpty())
        meaning += QLatin1Char('\n') + note;
    else if (const Value value = column.value(row); !value.present())
        meaning += QLatin1Char('\n') + explain(column, row);
    return {QCoreApplication::translate("Column", column.title), exactText(column, row), meaning, column.id};
}

/// The number that a family has beside its protocol, which no column shows by itself.
void addNumber(DetailGroup &group, const RowRef &row)
{
    const Socket &socket = row.socket();
    const QString text = numberText(row.snapshot(), socket);
    if (text.isEmpty())
        return;
    const QString meaning
        = QString::number(socket.number) + QStringLiteral(", 0x") + QString::number(socket.number, 16);
    if (socket.protocol == Protocol::Raw)
        group.lines.push_back({tr("IP protocol"), text, meaning, "number"});
    else if (socket.protocol == Protocol::Packet)
        group.lines.push_back({tr("Ethertype"), text, meaning, "number"});
    else
        group.lines.push_back({tr("Netlink protocol"), text, meaning, "number"});
}

DetailGroup socketGroup(const RowRef &row)
{
    DetailGroup group{tr("Socket"), {}};
    if (row.entry().mark == Mark::Closed)
        group.lines.push_back({tr("Closed"), tr("yes"), tr("It is gone; these are its last values."), "closed"});
    addNumber(group, row);
    for (const char *id : socketLines) {
        const Column &column = *columnById(id);
        DetailLine line = lineOf(column, row);
        if (!line.value.isEmpty()) // not blank: it is there, or it says why it is not
            group.lines.push_back(std::move(line));
    }
    return group;
}

QString processTitle(const Process &process)
{
    return QStringLiteral("%1[%2]").arg(shownName(process), QString::number(process.key.pid));
}

DetailGroup holdersGroup(const RowRef &row)
{
    DetailGroup group{tr("Holders"), {}};
    const Snapshot &snapshot = row.snapshot();
    for (const Holder &holder : snapshot.holdersOf(row.socket())) {
        const Process &process = snapshot.processes[holder.process];
        QString value = tr("fd %1").arg(holder.fd);
        if (holder.tid != process.key.pid)
            value = tr("fd %1 of thread %2").arg(holder.fd).arg(holder.tid);
        QString meaning = commandLine(process);
        if (const QString flags = flagsText(holder); !flags.isEmpty()) {
            value += QLatin1String(": ") + flags;
            meaning += QLatin1Char('\n') + tr("Flags as fcntl(2) told at the refresh; they can change at any time");
        }
        const DescriptorNote note = snapshot.noteOf(holder);
        if (!note.locks.isEmpty())
            value += tr("; locked: %1").arg(visible(note.locks.join("; ")));
        if (!note.label.isEmpty())
            value += tr("; label of the socket: %1").arg(visible(note.label));
        if (holder.registered)
            value = tr("ring %1 (registered with io_uring)").arg(holder.fd);
        if (holder.mapped)
            value = tr("mapped (its ring; its descriptor was closed)");
        group.lines.push_back({processTitle(process), value, meaning, "holders"});
    }
    if (group.lines.empty()) {
        const Column &process = *columnById("process");
        const QString word = wordFor(ownerOf(snapshot, row.socket()));
        group.lines.push_back({QCoreApplication::translate("Column", process.title), word.isEmpty() ? tr("none") : word,
            process.note(row), process.id});
        if (const auto owner = shownOwner(row); owner && owner->how == ShownOwner::How::Was)
            group.lines.push_back(
                {tr("Former owner"), processTitle(*owner->process), process.note(row), "former-owner"});
    }
    return group;
}

DetailGroup processGroup(const Snapshot &snapshot, const Process &process)
{
    DetailGroup group{tr("Process %1").arg(processTitle(process)), {}};
    const auto add = [&](const char *id, const QString &name, const QString &value, const QString &meaning) {
        if (!value.isEmpty())
            group.lines.push_back({name, value, meaning, id});
    };
    add("process.command-line", tr("Command line"), commandLine(process),
        tr("Program and arguments, as the process has them now"));
    add("process.executable", tr("Executable"), visible(process.exe), tr("The file that is run"));
    if (process.uid)
        add("process.user", tr("User"), userName(snapshot, *process.uid), tr("Effective user of the process"));
    const auto addPid = [&](const char *id, const QString &name, std::optional<qint32> pid, const QString &meaning) {
        const Process *other = pid ? snapshot.findProcess(*pid) : nullptr;
        if (pid && *pid != 0)
            add(id, name, other ? processTitle(*other) : QString::number(*pid), meaning);
    };
    addPid("process.parent", tr("Parent"), process.parent, tr("The process that started it, or took it over"));
    addPid("process.group", tr("Process group"), process.group,
        tr("Who leads its process group: what a shell runs as one job, and signals reach at once"));
    addPid("process.session", tr("Session"), process.session,
        tr("Who leads its session: the process groups of one login or service"));
    add("process.context", tr("Security context"),
        process.contextGot == Got::Denied ? wordFor(Why::Denied) : visible(process.context),
        tr("Label that a security module gave it: SELinux, AppArmor or Smack"));
    add("process.unit", tr("Unit"), visible(process.unit), tr("systemd unit or container"));
    add("process.cgroup", tr("Cgroup"), visible(process.cgroup), tr("Control group"));
    return group;
}

/// A group for each process: that of the title, then in the order of the holders; a crowd's first ones stand for it,
/// since all are named above.
void addProcesses(std::vector<DetailGroup> &groups, const RowRef &row)
{
    constexpr std::size_t most = 8;
    const Snapshot &snapshot = row.snapshot();
    std::vector<quint32> shown;
    const auto add = [&](const Holder &holder) {
        if (shown.size() == most || std::find(shown.begin(), shown.end(), holder.process) != shown.end())
            return;
        shown.push_back(holder.process);
        groups.push_back(processGroup(snapshot, snapshot.processes[holder.process]));
    };
    if (const Holder *first = row.holder())
        add(*first);
    for (const Holder &holder : snapshot.holdersOf(row.socket()))
        add(holder);
}

} // namespace

std::vector<DetailGroup> detailsOf(const RowRef &row)
{
    std::vector<DetailGroup> groups{socketGroup(row), holdersGroup(row)};
    addEnds(groups, row);
    addProcesses(groups, row);
    addNamespace(groups, row);
    addDescriptor(groups, row);
    addTextLine(groups, row);
    addKernelDetails(groups, row);
    return groups;
}

QString detailsText(const std::vector<DetailGroup> &groups)
{
    QString text;
    for (const DetailGroup &group : groups) {
        if (!text.isEmpty())
            text += QLatin1Char('\n');
        text += group.title + QLatin1Char('\n');
        for (const DetailLine &line : group.lines)
            text += QLatin1String("  ") + line.name + QLatin1String(": ") + line.value + QLatin1Char('\n');
    }
    return text;
}

} // namespace socktree
