// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tree_namespace_text.h"

#include "model/namespace_text.h"
#include "model/text.h"
#include "model/tree_namespaces.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace socktree {

namespace {

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Tree", text, comment, n);
}

struct Shown {
    const Snapshot *snapshot;
    const NetNamespace *netns; ///< null: not told
};

Shown shownIn(const Tree &tree, const TreeNode &node)
{
    const Generation &generation = *tree.generation;
    const Snapshot *snapshot = generation.snapshot.get();
    quint16 place = node.netnsIndex;
    if (place == noShortIndex && generation.graveyard) {
        snapshot = generation.graveyard.get();
        place = snapshot->placeOfNamespace(node.part.netns);
    }
    const bool isTold = place != noShortIndex && snapshot->namespaces[place].isTold();
    return {snapshot, isTold ? &snapshot->namespaces[place] : nullptr};
}

} // namespace

QString namespaceLabel(const Tree &tree, const TreeNode &node)
{
    const Shown shown = shownIn(tree, node);
    return shown.netns ? namespaceName(*shown.snapshot, *shown.netns) : tr("Namespace not told");
}

QString namespaceTitle(const Tree &tree, const TreeNode &node)
{
    const Shown shown = shownIn(tree, node);
    return shown.netns ? tr("network namespace %1").arg(namespaceName(*shown.snapshot, *shown.netns))
                       : tr("a network namespace that is not told");
}

QString namespaceToolTip(const Tree &tree, const TreeNode &node)
{
    const auto [snapshot, netns] = shownIn(tree, node);
    if (!netns)
        return tr("Nothing tells which network namespace these are in.");
    QStringList lines{tr("Network namespace %1").arg(namespaceName(*snapshot, *netns))};
    if (const QString link = namespaceLink(*netns); !link.isEmpty() && !lines.front().endsWith(link))
        lines += link;
    if (!netns->mounted.isEmpty())
        lines += tr("Mounted at: %1").arg(visible(netns->mounted));
    if (const QString process = namespaceProcess(*snapshot, *netns); !process.isEmpty())
        lines += tr("A process in it: %1").arg(process);
    lines += reachedNote(*netns);
    if (node.shared)
        lines += tr("%Ln of its sockets are held by several processes", nullptr, static_cast<int>(node.shared));
    return lines.join(QLatin1Char('\n'));
}

} // namespace socktree
