// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree_model.h"

#include "model/mark_name.h"
#include "model/tree_cells.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree {

namespace {

QVariant alignment(const TreeColumn &column)
{
    return QVariant::fromValue(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft));
}

QVariant nodeData(const Tree &tree, const TreeNode &node, const TreeColumn &column, int role)
{
    switch (role) {
    case Qt::DisplayRole: return column.node(tree, node);
    case Qt::ToolTipRole: return nodeToolTip(tree, node);
    case Qt::AccessibleDescriptionRole: return markName(node.mark);
    case ProcessTreeModel::MarkRole: return static_cast<int>(node.mark);
    case ProcessTreeModel::SlotRole: return noIndex;
    default: return {};
    }
}

QVariant leafData(const RowRef &row, const TreeColumn &column, int role)
{
    switch (role) {
    case Qt::DisplayRole: return column.leaf(row);
    case Qt::ToolTipRole: return leafToolTip(row);
    case Qt::AccessibleDescriptionRole: return markName(row.entry().mark);
    case ProcessTreeModel::MarkRole: return static_cast<int>(row.entry().mark);
    case ProcessTreeModel::SlotRole: return row.slot();
    case ProcessTreeModel::ShortTextRole: return shortLeafLabel(row);
    default: return {};
    }
}

} // namespace

ProcessTreeModel::ProcessTreeModel(QObject *parent) : QAbstractItemModel(parent) { }

const TreeNode *ProcessTreeModel::nodeOfRow(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_rows.size())
        return nullptr;
    const quint32 node = m_rows[static_cast<std::size_t>(row)].node;
    return node == noIndex ? nullptr : &m_shown->nodes[node];
}

QModelIndex ProcessTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : topLevel);
}

QModelIndex ProcessTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == topLevel)
        return {};
    return createIndex(parentRow(child), 0, topLevel);
}

int ProcessTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_rows.size());
    if (parent.internalId() != topLevel || parent.column() > 0)
        return 0;
    return m_rows[static_cast<std::size_t>(parent.row())].leaves;
}

int ProcessTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

Qt::ItemFlags ProcessTreeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.internalId() != topLevel)
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

QVariant ProcessTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const bool isLeaf = index.internalId() != topLevel;
    const TreeNode *node = nodeOfRow(isLeaf ? parentRow(index) : index.row());
    if (!node)
        return {};
    const TreeColumn &column = treeColumns()[static_cast<std::size_t>(index.column())];
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    if (!isLeaf)
        return nodeData(*m_shown, *node, column, role);
    const quint32 slot = slotOf(index);
    if (slot != noIndex)
        return leafData(RowRef(*m_shown->generation, slot), column, role);
    const bool isMore = node->more() && index.row() == static_cast<int>(node->listed());
    return isMore && role == Qt::DisplayRole && index.column() == Name ? moreLabel(*node) : QVariant();
}

QVariant ProcessTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const TreeColumn &column = treeColumns()[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole: return QCoreApplication::translate("TreeColumn", column.title);
    case Qt::ToolTipRole: return QCoreApplication::translate("TreeColumn", column.meaning);
    case Qt::TextAlignmentRole: return alignment(column);
    default: return {};
    }
}

TreeScope ProcessTreeModel::scopeFor(const QModelIndexList &selected) const
{
    std::vector<int> rows;
    for (const QModelIndex &index : selected)
        rows.push_back(index.internalId() == topLevel ? index.row() : parentRow(index));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    TreeScope scope;
    for (const int row : rows) {
        const TreeNode *node = nodeOfRow(row);
        if (!node)
            continue;
        switch (node->kind) {
        case TreeNode::Kind::Process: scope.processes.push_back(node->process); break;
        case TreeNode::Kind::NoProcess: scope.groups.push_back(TreeScope::Group::NoProcess); break;
        case TreeNode::Kind::Hidden: scope.groups.push_back(TreeScope::Group::Hidden); break;
        }
    }
    std::sort(scope.processes.begin(), scope.processes.end());
    return scope;
}

quint32 ProcessTreeModel::slotOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == topLevel)
        return noIndex;
    const TreeNode *node = nodeOfRow(parentRow(index));
    if (!node || index.row() >= static_cast<int>(node->listed()))
        return noIndex;
    return m_shown->leaves[node->firstLeaf + static_cast<quint32>(index.row())];
}

NodeKey ProcessTreeModel::keyOf(const QModelIndex &index) const
{
    const TreeNode *node = nodeOfRow(index.internalId() == topLevel ? index.row() : parentRow(index));
    return node ? socktree::keyOf(*node) : NodeKey{};
}

QModelIndex ProcessTreeModel::indexOf(const ProcessKey &process) const
{
    return find(TreeNode::Kind::Process, process);
}

QModelIndex ProcessTreeModel::indexOf(TreeScope::Group group) const
{
    return find(group == TreeScope::Group::Hidden ? TreeNode::Kind::Hidden : TreeNode::Kind::NoProcess, {});
}

QModelIndex ProcessTreeModel::indexOfSocket(quint32 slot) const
{
    for (int row = 0; m_shown && row < static_cast<int>(m_rows.size()); ++row) {
        const TreeNode *node = nodeOfRow(row);
        if (!node)
            continue;
        const auto leaves = m_shown->leavesOf(*node);
        const auto found = std::find(leaves.begin(), leaves.end(), slot);
        if (found == leaves.end())
            continue;
        const auto leaf = static_cast<quint32>(found - leaves.begin());
        return leaf < node->listed() ? index(static_cast<int>(leaf), 0, index(row, 0)) : index(row, 0);
    }
    return {};
}

QModelIndex ProcessTreeModel::find(TreeNode::Kind kind, const ProcessKey &process) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (const TreeNode *node = nodeOfRow(static_cast<int>(row));
            node && node->kind == kind && node->process == process)
            return index(static_cast<int>(row), 0);
    return {};
}

} // namespace socktree
