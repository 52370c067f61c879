// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree_model.h"

#include "model/mark_name.h"
#include "model/tree_cells.h"
#include "model/tree_namespace_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree {

namespace {

QVariant alignment(const TreeColumn &column)
{
    return QVariant::fromValue(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft));
}

/// What is no process has to say so where its look cannot be seen.
bool isNamespaceName(const TreeNode &node, const TreeColumn &column)
{
    return node.isNamespace() && &column == &treeColumns()[ProcessTreeModel::Name];
}

QVariant nodeData(const Tree &tree, const TreeNode &node, const TreeColumn &column, int role)
{
    switch (role) {
    case Qt::DisplayRole: return column.node(tree, node);
    case Qt::ToolTipRole: return nodeToolTip(tree, node);
    case Qt::AccessibleTextRole: return isNamespaceName(node, column) ? namespaceTitle(tree, node) : QVariant();
    case Qt::AccessibleDescriptionRole: return markName(node.mark);
    case ProcessTreeModel::MarkRole: return static_cast<int>(node.mark);
    case ProcessTreeModel::SlotRole: return noIndex;
    case ProcessTreeModel::NamespaceRole: return node.isNamespace();
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

const TreeNode *ProcessTreeModel::nodeOfRow(quint32 row) const
{
    if (row >= m_rows.size() || m_rows[row].node == noIndex)
        return nullptr;
    return &m_shown->nodes[m_rows[row].node];
}

bool ProcessTreeModel::isLeaf(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() != topLevel && !m_rows[parentRow(index)].isNamespace;
}

quint32 ProcessTreeModel::rowOf(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (index.internalId() == topLevel)
        return m_top[row];
    const quint32 parent = parentRow(index);
    return m_rows[parent].isNamespace ? m_rows[parent].below[row] : parent;
}

QModelIndex ProcessTreeModel::indexOfRow(quint32 row, int column) const
{
    return createIndex(m_rows[row].place, column, idBelow(m_rows[row].parent));
}

QModelIndex ProcessTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? idBelow(rowOf(parent)) : topLevel);
}

QModelIndex ProcessTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == topLevel)
        return {};
    return indexOfRow(parentRow(child));
}

int ProcessTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_top.size());
    if (parent.column() > 0 || isLeaf(parent))
        return 0;
    const Row &row = m_rows[rowOf(parent)];
    return row.isNamespace ? static_cast<int>(row.below.size()) : row.leaves;
}

int ProcessTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

Qt::ItemFlags ProcessTreeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (isLeaf(index))
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

QVariant ProcessTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const TreeNode *node = nodeOfRow(rowOf(index));
    if (!node)
        return {};
    const TreeColumn &column = treeColumns()[static_cast<std::size_t>(index.column())];
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    if (!isLeaf(index))
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
    TreeScope scope;
    for (const QModelIndex &index : selected) {
        const TreeNode *node = nodeOfRow(rowOf(index));
        if (!node)
            continue;
        TreePart part = node->part;
        if (!node->isNamespace() && node->parent == noIndex)
            part.netns = everyNamespace; // nothing tells the user that there are others, and there need not be
        scope.parts.push_back(part);
    }
    std::sort(scope.parts.begin(), scope.parts.end());
    scope.parts.erase(std::unique(scope.parts.begin(), scope.parts.end()), scope.parts.end());
    return scope;
}

quint32 ProcessTreeModel::slotOf(const QModelIndex &index) const
{
    if (!isLeaf(index))
        return noIndex;
    const TreeNode *node = nodeOfRow(parentRow(index));
    if (!node || index.row() >= static_cast<int>(node->listed()))
        return noIndex;
    return m_shown->leaves[node->firstLeaf + static_cast<quint32>(index.row())];
}

TreePart ProcessTreeModel::partOf(const QModelIndex &index) const
{
    const TreeNode *node = nodeOfRow(rowOf(index));
    return node ? node->part : TreePart{};
}

QModelIndex ProcessTreeModel::indexOf(const ProcessKey &process) const
{
    return indexOf(socktree::partOf(process));
}

QModelIndex ProcessTreeModel::indexOf(const TreePart &part) const
{
    for (quint32 row = 0; row < m_rows.size(); ++row)
        if (const TreeNode *node = nodeOfRow(row); node && node->part.kind == part.kind
            && node->part.process == part.process && (part.netns == everyNamespace || node->part.netns == part.netns))
            return indexOfRow(row);
    return {};
}

QModelIndexList ProcessTreeModel::indexesOf(const TreeScope &scope) const
{
    QModelIndexList all;
    const ScopeTest test(scope);
    for (quint32 row = 0; row < m_rows.size(); ++row)
        if (const TreeNode *node = nodeOfRow(row); node && test.names(node->part))
            all.append(indexOfRow(row));
    return all;
}

QModelIndexList ProcessTreeModel::nodes() const
{
    QModelIndexList all;
    for (quint32 row = 0; row < m_rows.size(); ++row)
        all.append(indexOfRow(row));
    return all;
}

QModelIndex ProcessTreeModel::indexOfSocket(quint32 slot) const
{
    for (quint32 row = 0; m_shown && row < m_rows.size(); ++row) {
        const TreeNode *node = nodeOfRow(row);
        if (!node)
            continue;
        const auto leaves = m_shown->leavesOf(*node);
        const auto found = std::find(leaves.begin(), leaves.end(), slot);
        if (found == leaves.end())
            continue;
        const auto leaf = static_cast<quint32>(found - leaves.begin());
        return leaf < node->listed() ? createIndex(static_cast<int>(leaf), 0, idBelow(row)) : indexOfRow(row);
    }
    return {};
}

} // namespace socktree
