// SPDX-License-Identifier: GPL-3.0-or-later
// How the tree model goes from one tree to the next. At each level rows come and go at the end only, and what moved is
// told by one change of layout in between: a view's cost does not grow with what moved, and every index that somebody
// holds follows its process or socket.
#include "model/process_tree_model.h"
#include "model/tree_cells.h"

#include <QtCore/QHash>

#include <algorithm>

namespace socktree {

namespace {

std::span<const quint32> listedOf(const Tree &tree, std::size_t row)
{
    return tree.leavesOf(tree.nodes[row]).first(tree.nodes[row].listed());
}

} // namespace

/// Where the rows of the shown tree go.
struct ProcessTreeModel::Plan {
    std::vector<int> to;        ///< new row by old row, -1: gone
    std::vector<quint32> added; ///< nodes of the next tree that the shown one lacks
};

ProcessTreeModel::Plan ProcessTreeModel::planFor(const Tree &next) const
{
    QHash<NodeKey, int> rowOf;
    for (std::size_t row = 0; row < next.nodes.size(); ++row)
        rowOf.insert(socktree::keyOf(next.nodes[row]), static_cast<int>(row));
    Plan plan;
    std::vector<bool> known(next.nodes.size());
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const int to = rowOf.value(socktree::keyOf(m_shown->nodes[row]), -1);
        plan.to.push_back(to);
        if (to >= 0)
            known[static_cast<std::size_t>(to)] = true;
    }
    for (std::size_t row = 0; row < known.size(); ++row)
        if (!known[row])
            plan.added.push_back(static_cast<quint32>(row));
    return plan;
}

bool ProcessTreeModel::apply(const TreePtr &next)
{
    if (m_shown && sameShape(*next)) {
        const TreePtr before = std::exchange(m_shown, next);
        tellChanges(*before);
        return false;
    }
    // Whatever is there only in between has a place and no content.
    const Plan plan = planFor(*next);
    insert(*next, plan);
    rearrange(next, plan);
    removeRest(*next);
    return true;
}

void ProcessTreeModel::insert(const Tree &next, const Plan &plan)
{
    const std::size_t before = m_rows.size();
    if (!plan.added.empty()) {
        beginInsertRows({}, static_cast<int>(before), static_cast<int>(before + plan.added.size()) - 1);
        for (const quint32 node : plan.added)
            m_rows.push_back({noIndex, next.nodes[node].rows()});
        endInsertRows();
    }
    for (std::size_t row = 0; row < before; ++row) {
        if (plan.to[row] < 0)
            continue;
        const int wanted = next.nodes[static_cast<std::size_t>(plan.to[row])].rows();
        if (wanted > m_rows[row].leaves) {
            beginInsertRows(index(static_cast<int>(row), 0), m_rows[row].leaves, wanted - 1);
            m_rows[row].leaves = wanted;
            endInsertRows();
        }
    }
}

void ProcessTreeModel::rearrange(const TreePtr &next, const Plan &plan)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    std::vector<Row> rows(next->nodes.size());
    for (std::size_t node = 0; node < rows.size(); ++node)
        rows[node] = {static_cast<quint32>(node), next->nodes[node].rows()};
    for (std::size_t row = 0; row < plan.to.size(); ++row) {
        if (plan.to[row] < 0) {
            rows.push_back({noIndex, m_rows[row].leaves});
        } else {
            Row &moved = rows[static_cast<std::size_t>(plan.to[row])];
            moved.leaves = std::max(moved.leaves, m_rows[row].leaves);
        }
    }
    const TreePtr before = std::exchange(m_shown, next);
    m_rows.swap(rows);
    remapPersistent(before.get(), plan);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void ProcessTreeModel::remapPersistent(const Tree *before, const Plan &plan)
{
    QHash<int, QHash<quint32, int>> leafRows; // by new parent row; only of parents that are asked for
    const auto leafRow = [&](int parent, quint32 slot) {
        auto found = leafRows.find(parent);
        if (found == leafRows.end()) {
            found = leafRows.insert(parent, {});
            const auto leaves = listedOf(*m_shown, static_cast<std::size_t>(parent));
            for (std::size_t row = 0; row < leaves.size(); ++row)
                found->insert(leaves[row], static_cast<int>(row));
        }
        return found->value(slot, -1);
    };
    const auto target = [&](const QModelIndex &from) -> QModelIndex {
        const bool isLeaf = from.internalId() != topLevel;
        const auto oldRow = static_cast<std::size_t>(isLeaf ? parentRow(from) : from.row());
        if (oldRow >= plan.to.size() || plan.to[oldRow] < 0)
            return {};
        const int newRow = plan.to[oldRow];
        if (!isLeaf)
            return createIndex(newRow, from.column(), topLevel);
        const auto leaves = listedOf(*before, oldRow);
        const auto inside = static_cast<std::size_t>(from.row());
        int row = -1;
        if (inside < leaves.size()) {
            const quint32 slot = leaves[inside];
            row = leafRow(newRow, slot);
            if (row >= 0 && !sameSocket(*before->generation, *m_shown->generation, slot))
                row = -1;
        } else if (const TreeNode &node = m_shown->nodes[static_cast<std::size_t>(newRow)];
                   node.more() && before->nodes[oldRow].more()) {
            row = static_cast<int>(node.listed());
        }
        return row < 0 ? QModelIndex() : createIndex(row, from.column(), static_cast<quintptr>(newRow) + 1);
    };
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &old : from)
        to.append(target(old));
    changePersistentIndexList(from, to);
}

void ProcessTreeModel::removeRest(const Tree &next)
{
    for (std::size_t row = 0; row < next.nodes.size(); ++row) {
        const int wanted = next.nodes[row].rows();
        if (m_rows[row].leaves > wanted) {
            beginRemoveRows(index(static_cast<int>(row), 0), wanted, m_rows[row].leaves - 1);
            m_rows[row].leaves = wanted;
            endRemoveRows();
        }
    }
    if (m_rows.size() > next.nodes.size()) {
        beginRemoveRows({}, static_cast<int>(next.nodes.size()), static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(next.nodes.size());
        endRemoveRows();
    }
}

bool ProcessTreeModel::sameShape(const Tree &next) const
{
    return m_shown->leaves == next.leaves
        && std::equal(m_shown->nodes.begin(), m_shown->nodes.end(), next.nodes.begin(), next.nodes.end(),
            [](const TreeNode &a, const TreeNode &b) {
                return socktree::keyOf(a) == socktree::keyOf(b) && a.leafCount == b.leafCount;
            })
        && std::all_of(next.leaves.begin(), next.leaves.end(),
            [&](quint32 slot) { return sameSocket(*m_shown->generation, *next.generation, slot); });
}

void ProcessTreeModel::tellChanges(const Tree &before)
{
    // Narrow signals: a tree view looks at every cell of a wide one.
    const Generation &then = *before.generation, &now = *m_shown->generation;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const TreeNode &node = m_shown->nodes[row];
        const QModelIndex top = index(static_cast<int>(row), 0);
        if (!sameNode(before, before.nodes[row], *m_shown, node))
            Q_EMIT dataChanged(top, top.siblingAtColumn(ColumnCount - 1));
        int first = -1, last = -1;
        const auto leaves = listedOf(*m_shown, row);
        for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
            if (sameLeaf(RowRef(then, leaves[leaf]), RowRef(now, leaves[leaf])))
                continue;
            last = static_cast<int>(leaf);
            first = first < 0 ? last : first;
        }
        if (node.more() != before.nodes[row].more()) {
            last = static_cast<int>(node.listed());
            first = first < 0 ? last : first;
        }
        if (first >= 0)
            Q_EMIT dataChanged(index(first, 0, top), index(last, ColumnCount - 1, top));
    }
}

} // namespace socktree
