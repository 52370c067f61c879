// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tree_cells.h"

#include "model/column.h"
#include "model/end_text.h"
#include "model/owner_text.h"
#include "model/shown_owner.h"
#include "model/text.h"
#include "model/tree_namespace_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>

#include <algorithm>

namespace socktree {

namespace {

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Tree", text, comment, n);
}

QString number(quint32 count)
{
    return QLocale().toString(count);
}

/// Nothing rather than a nought in columns where most rows have none.
QString some(quint32 count)
{
    return count ? number(count) : QString();
}

QString rate(double perSecond)
{
    return perSecond < 0 ? QString() : compact(perSecond, Unit::OctetsPerSecond);
}

QString hiddenName(const Snapshot &snapshot)
{
    if (snapshot.ownersRead || !snapshot.origin.file)
        return tr("Owner hidden");
    return snapshot.origin.ownersLost() ? tr("Owner lost") : tr("Owner not recorded");
}

QString nodeName(const Tree &tree, const TreeNode &node)
{
    switch (node.part.kind) {
    case TreeNode::Kind::Namespace: return namespaceLabel(tree, node);
    case TreeNode::Kind::NoProcess: return tr("No process");
    case TreeNode::Kind::Hidden: return hiddenName(*tree.generation->snapshot);
    case TreeNode::Kind::Process: break;
    }
    const Process *process = processOf(tree, node);
    return process ? shownName(*process) : QString();
}

QString nodeSockets(const Tree &, const TreeNode &node)
{
    return number(node.sockets);
}

QString nodePid(const Tree &, const TreeNode &node)
{
    return node.part.kind == TreeNode::Kind::Process ? QString::number(node.part.process.pid) : QString();
}

QString nodeUser(const Tree &tree, const TreeNode &node)
{
    const Process *process = processOf(tree, node);
    if (!process)
        return {};
    return process->uid ? userName(*tree.generation->snapshot, *process->uid) : wordFor(Why::NotTold);
}

QString nodeListening(const Tree &, const TreeNode &node)
{
    return some(node.listening);
}

QString nodeEstablished(const Tree &, const TreeNode &node)
{
    return some(node.established);
}

QString nodeReceives(const Tree &, const TreeNode &node)
{
    return rate(node.receiveRate);
}

QString nodeSends(const Tree &, const TreeNode &node)
{
    return rate(node.sendRate);
}

QString nodeUnit(const Tree &tree, const TreeNode &node)
{
    const Process *process = processOf(tree, node);
    return process ? visible(process->unit) : QString();
}

QString blank(const RowRef &)
{
    return {};
}

QString leafUser(const RowRef &row)
{
    const Socket &socket = row.socket();
    return socket.has(Told::Uid) ? cellText(*columnById("user"), row) : QString();
}

QString leafReceives(const RowRef &row)
{
    return rate(row.entry().receiveRate);
}

QString leafSends(const RowRef &row)
{
    return rate(row.entry().sendRate);
}

constexpr TreeColumn columnsOfTree[] = {
    {QT_TRANSLATE_NOOP("TreeColumn", "Process / socket"),
        QT_TRANSLATE_NOOP("TreeColumn",
            "A process, and below it the sockets it holds and the connections that wait for it to accept them; above "
            "it "
            "its network namespace, if there are several"),
        false, nodeName, leafLabel},
    {QT_TRANSLATE_NOOP("TreeColumn", "Sockets"),
        QT_TRANSLATE_NOOP("TreeColumn",
            "Sockets the process holds, and connections that wait for it to accept them; one held by several counts in "
            "each, and once in its namespace"),
        true, nodeSockets, blank},
    {QT_TRANSLATE_NOOP("TreeColumn", "PID"), QT_TRANSLATE_NOOP("TreeColumn", "Number of the process"), true, nodePid,
        blank},
    {QT_TRANSLATE_NOOP("TreeColumn", "User"),
        QT_TRANSLATE_NOOP("TreeColumn", "User the process runs as; of a socket, the user who owns it"), false, nodeUser,
        leafUser},
    {QT_TRANSLATE_NOOP("TreeColumn", "Listening"), QT_TRANSLATE_NOOP("TreeColumn", "Sockets in the state LISTEN"), true,
        nodeListening, blank},
    {QT_TRANSLATE_NOOP("TreeColumn", "Established"), QT_TRANSLATE_NOOP("TreeColumn", "Sockets in the state ESTAB"),
        true, nodeEstablished, blank},
    {QT_TRANSLATE_NOOP("TreeColumn", "Receives"),
        QT_TRANSLATE_NOOP("TreeColumn", "Bytes received per second, of all sockets whose rate is known"), true,
        nodeReceives, leafReceives},
    {QT_TRANSLATE_NOOP("TreeColumn", "Sends"),
        QT_TRANSLATE_NOOP("TreeColumn", "Bytes sent per second, of all sockets whose rate is known"), true, nodeSends,
        leafSends},
    {QT_TRANSLATE_NOOP("TreeColumn", "Unit"),
        QT_TRANSLATE_NOOP("TreeColumn", "systemd unit or container the process runs in"), false, nodeUnit, blank},
};

/// Without addresses the inode is what tells one socket from the next; so it is spelt as /proc and the filter do.
QString endPoints(const RowRef &row, bool brief)
{
    const Socket &socket = row.socket();
    const Snapshot &snapshot = row.snapshot();
    QString local = localEnd(snapshot, socket);
    if (local.isEmpty())
        local = unixName(snapshot.nameOf(socket));
    if (local.isEmpty() && socket.inode)
        local = QStringLiteral("socket:[%1]").arg(socket.inode);
    const QString remote = remoteEnd(snapshot, socket);
    if (remote.isEmpty())
        return local;
    if (brief && isInternet(socket.protocol) && socket.protocol != Protocol::Raw)
        local = QStringLiteral(":%1").arg(socket.localPort);
    return local + QStringLiteral(" → ") + remote;
}

QString label(const RowRef &row, bool brief)
{
    const Socket &socket = row.socket();
    // Two ends say most of what there is to say; of one that has no other end the state does, and short it is.
    QStringList parts{protocolName(row.snapshot(), socket), stateName(socket), endPoints(row, brief)};
    if (!remoteEnd(row.snapshot(), socket).isEmpty())
        parts.swapItemsAt(1, 2);
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

} // namespace

std::span<const TreeColumn> treeColumns()
{
    return columnsOfTree;
}

const Process *processOf(const Tree &tree, const TreeNode &node)
{
    if (node.part.kind != TreeNode::Kind::Process)
        return nullptr;
    const Generation &generation = *tree.generation;
    if (node.processIndex != noIndex)
        return &generation.snapshot->processes[node.processIndex];
    if (!node.leafCount)
        return nullptr;
    const RowRef row(generation, tree.leaves[node.firstLeaf]);
    for (const Holder &holder : shownHolders(row.snapshot(), row.socket()))
        if (const Process &process = row.snapshot().processes[holder.process]; process.key == node.part.process)
            return &process;
    return nullptr;
}

QString leafLabel(const RowRef &row)
{
    return label(row, false);
}

QString shortLeafLabel(const RowRef &row)
{
    return label(row, true);
}

QString nodeToolTip(const Tree &tree, const TreeNode &node)
{
    const Snapshot &snapshot = *tree.generation->snapshot;
    switch (node.part.kind) {
    case TreeNode::Kind::Namespace: return namespaceToolTip(tree, node);
    case TreeNode::Kind::NoProcess:
        return tr("No process has these open: connections that wait for their end, or kept by the kernel itself.");
    case TreeNode::Kind::Hidden:
        if (QString why = whyOwnersAreUnknown(snapshot); !why.isEmpty())
            return why;
        if (snapshot.unseen != Unseen::None)
            return tr("Some process may hold these, but not all processes are in /proc.");
        return tr("Some process may hold these, but %Ln could not be looked into.", nullptr,
            static_cast<int>(snapshot.deniedProcesses));
    case TreeNode::Kind::Process: break;
    }
    const Process *process = processOf(tree, node);
    if (!process)
        return {};
    QStringList lines;
    const QString command = commandLine(*process);
    lines += command.isEmpty() ? shownName(*process) : command;
    if (!process->exe.isEmpty())
        lines += tr("Program: %1").arg(visible(process->exe));
    if (node.shared)
        lines += tr("%Ln of its sockets are held by other processes, too", nullptr, static_cast<int>(node.shared));
    if (process->descriptors == Got::Denied)
        lines += tr("Some or all of its sockets are hidden from us");
    return lines.join(QLatin1Char('\n'));
}

QString leafToolTip(const RowRef &row)
{
    const Column *holders = columnById("holders");
    const QString held = holders ? cellToolTip(*holders, row) : QString();
    return held.isEmpty() ? leafLabel(row) : leafLabel(row) + QLatin1Char('\n') + held;
}

QString moreLabel(const TreeNode &node)
{
    return tr("%Ln more: shown in the table", nullptr, static_cast<int>(node.more()));
}

bool sameNode(const Tree &beforeTree, const TreeNode &before, const Tree &tree, const TreeNode &node)
{
    const auto all = columnsOfTree;
    return before.mark == node.mark && std::all_of(all, all + std::size(columnsOfTree), [&](const TreeColumn &column) {
        return column.node(beforeTree, before) == column.node(tree, node);
    });
}

bool sameLeaf(const RowRef &before, const RowRef &row)
{
    const Entry &a = before.entry(), &b = row.entry();
    const Socket &then = before.socket(), &now = row.socket();
    // Name, protocol and uid are a socket's for life or come with a mark; these are what a leaf shows that moves.
    return a.mark == b.mark && then.state == now.state && then.localPort == now.localPort
        && then.remotePort == now.remotePort && then.local == now.local && then.remote == now.remote
        && then.told == now.told && then.uid == now.uid && a.receiveRate == b.receiveRate && a.sendRate == b.sendRate;
}

} // namespace socktree
