// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells of the process tree say: one line per column, of a node and of a leaf.
#pragma once

#include "model/process_tree.h"

#include <QtCore/QString>
#include <QtCore/QVariant>

#include <span>

namespace socktree {

struct TreeColumn {
    const char *title;   ///< QT_TRANSLATE_NOOP("TreeColumn", …)
    const char *meaning; ///< tooltip of the header; translated in the same context
    bool numeric;        ///< right-aligned
    QString (*node)(const Tree &tree, const TreeNode &node);
    QString (*leaf)(const RowRef &row);
};
/// In the order of ProcessTreeModel::Column.
std::span<const TreeColumn> treeColumns();

/// The node's process as it is, or as it was when its last socket closed; null for a group.
const Process *processOf(const Tree &tree, const TreeNode &node);
/// "tcp 10.0.0.5:5432 → 10.0.0.9:443 ESTAB", "tcp LISTEN 127.0.0.1:80", "unix ESTAB socket:[56789]",
/// "netlink UNCONN route:4711", "packet all:eth0". One line.
QString leafLabel(const RowRef &row);
/// Where that is too long: without the local address, which most of a process's sockets share. "tcp :5432 → …".
QString shortLeafLabel(const RowRef &row);
/// Plain text.
QString nodeToolTip(const Tree &tree, const TreeNode &node);
QString leafToolTip(const RowRef &row);
/// The row that stands for the leaves that are not listed.
QString moreLabel(const TreeNode &node);

/// Whether the cells say the same.
bool sameNode(const Tree &beforeTree, const TreeNode &before, const Tree &tree, const TreeNode &node);
bool sameLeaf(const RowRef &before, const RowRef &row);

} // namespace socktree
