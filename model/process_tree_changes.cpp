// SPDX-License-Identifier: GPL-3.0-or-later
// How the tree model goes from one tree to the next. At each level rows come and go at the end only, and what moved is
// told by one change of layout in between: a view's cost does not grow with what moved, and every index that somebody
// holds follows its process or socket.
#include "model/process_tree_model.h"
#include "model/tree_cells.h"
#include "model/tree_sameness.h"

#include <QtCore/QHash>

#include <algorithm>
#include <map>

namespace socktree {

namespace {

std::span<const quint32> listedOf(const Tree &tree, std::size_t node)
{
    return tree.leavesOf(tree.nodes[node]).first(tree.nodes[node].listed());
}

} // namespace

/// Where the rows of the shown tree go.
struct ProcessTreeModel::Plan {
    std::vector<int> to;        ///< new row by old row, -1: gone; rows that are inserted come to it
    std::vector<quint32> added; ///< nodes of the next tree that the shown one lacks
    std::vector<quint32> from;  ///< old row by node of the next tree; noIndex: added
    /// What views hold, with its old row in m_rows, since an index alone says no more once the rows are others.
    struct Held {
        QModelIndex index;
        quint32 row;
        bool isLeaf;
    };
    std::vector<Held> held;
};

ProcessTreeModel::Plan ProcessTreeModel::planFor(const Tree &next) const
{
    Plan plan;
    plan.from.resize(next.nodes.size(), noIndex);
    if (m_shown) {
        TreeSameness same(*m_shown, next);
        for (quint32 row = 0; row < m_rows.size(); ++row) {
            const int to = same.take(m_shown->nodes[row].part);
            plan.to.push_back(to);
            if (to >= 0)
                plan.from[static_cast<std::size_t>(to)] = row;
        }
    }
    for (quint32 node = 0; node < plan.from.size(); ++node)
        if (plan.from[node] == noIndex)
            plan.added.push_back(node);
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
    Plan plan = planFor(*next);
    insert(*next, plan);
    rearrange(next, plan);
    removeRest(*next);
    return true;
}

void ProcessTreeModel::insert(const Tree &next, Plan &plan)
{
    const auto before = static_cast<quint32>(m_rows.size());
    std::vector<quint32> top;
    std::map<quint32, std::vector<quint32>> below; // by old row of a namespace that stays
    for (const quint32 node : plan.added) {
        const quint32 above = next.nodes[node].parent;
        if (above == noIndex)
            top.push_back(node);
        else if (plan.from[above] != noIndex)
            below[plan.from[above]].push_back(node);
    }
    insertNodes(next, plan, noIndex, top);
    for (const auto &[parent, nodes] : below)
        insertNodes(next, plan, parent, nodes);
    for (quint32 row = 0; row < before; ++row) {
        if (plan.to[row] < 0 || m_rows[row].isNamespace)
            continue;
        const int wanted = next.nodes[static_cast<std::size_t>(plan.to[row])].rows();
        if (wanted > m_rows[row].leaves) {
            beginInsertRows(indexOfRow(row), m_rows[row].leaves, wanted - 1);
            m_rows[row].leaves = wanted;
            endInsertRows();
        }
    }
}

void ProcessTreeModel::insertNodes(const Tree &next, Plan &plan, quint32 parent, const std::vector<quint32> &nodes)
{
    if (nodes.empty())
        return;
    const auto add = [&](quint32 node, quint32 above) {
        const TreeNode &content = next.nodes[node];
        const auto row = static_cast<quint32>(m_rows.size());
        const auto place = static_cast<int>(childrenOf(above).size());
        m_rows.push_back(
            {noIndex, above, place, content.isNamespace(), content.isNamespace() ? 0 : content.rows(), {}});
        childrenOf(above).push_back(row);
        plan.to.push_back(static_cast<int>(node));
        return row;
    };
    const auto first = static_cast<int>(childrenOf(parent).size());
    beginInsertRows(
        parent == noIndex ? QModelIndex() : indexOfRow(parent), first, first + static_cast<int>(nodes.size()) - 1);
    for (const quint32 node : nodes) {
        const quint32 row = add(node, parent);
        // Of its children those that are somewhere else until now come when all is rearranged.
        for (quint32 child = node + 1; child <= node + next.nodes[node].childCount; ++child)
            if (plan.from[child] == noIndex)
                add(child, row);
    }
    endInsertRows();
}

void ProcessTreeModel::rearrange(const TreePtr &next, Plan &plan)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    for (const QModelIndex &index : persistentIndexList())
        plan.held.push_back({index, rowOf(index), isLeaf(index)});
    std::vector<Row> old = std::exchange(m_rows, {});
    m_rows.resize(next->nodes.size());
    m_top.clear();
    const auto place = [this](quint32 row, quint32 parent) {
        m_rows[row].parent = parent;
        m_rows[row].place = static_cast<int>(childrenOf(parent).size());
        childrenOf(parent).push_back(row);
    };
    for (quint32 node = 0; node < next->nodes.size(); ++node) {
        const TreeNode &content = next->nodes[node];
        m_rows[node].node = node;
        m_rows[node].isNamespace = content.isNamespace();
        m_rows[node].leaves = content.isNamespace() ? 0 : content.rows();
        place(node, content.parent);
    }
    std::vector<quint32> now(old.size()); // row by old row
    for (std::size_t row = 0; row < old.size(); ++row) {
        if (plan.to[row] >= 0) {
            now[row] = static_cast<quint32>(plan.to[row]);
            m_rows[now[row]].leaves = std::max(m_rows[now[row]].leaves, old[row].leaves);
        } else { // its parent came before it
            now[row] = static_cast<quint32>(m_rows.size());
            m_rows.push_back({noIndex, noIndex, 0, old[row].isNamespace, old[row].leaves, {}});
            place(now[row], old[row].parent == noIndex ? noIndex : now[old[row].parent]);
        }
    }
    const TreePtr before = std::exchange(m_shown, next);
    remapPersistent(before.get(), plan);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void ProcessTreeModel::remapPersistent(const Tree *before, const Plan &plan)
{
    QHash<quint32, QHash<quint32, int>> leafRows; // by new row of the node; only of those that are asked for
    const auto leafRow = [&](quint32 parent, quint32 slot) {
        auto found = leafRows.find(parent);
        if (found == leafRows.end()) {
            found = leafRows.insert(parent, {});
            const auto leaves = listedOf(*m_shown, parent);
            for (std::size_t row = 0; row < leaves.size(); ++row)
                found->insert(leaves[row], static_cast<int>(row));
        }
        return found->value(slot, -1);
    };
    const auto leafTarget = [&](const QModelIndex &from, std::size_t oldRow, quint32 newRow) -> QModelIndex {
        if (!before || oldRow >= before->nodes.size())
            return {};
        const auto leaves = listedOf(*before, oldRow);
        const auto inside = static_cast<std::size_t>(from.row());
        int row = -1;
        if (inside < leaves.size()) {
            const quint32 slot = leaves[inside];
            row = leafRow(newRow, slot);
            if (row >= 0 && !sameSocket(*before->generation, *m_shown->generation, slot))
                row = -1;
        } else if (const TreeNode &node = m_shown->nodes[newRow]; node.more() && before->nodes[oldRow].more()) {
            row = static_cast<int>(node.listed());
        }
        return row < 0 ? QModelIndex() : createIndex(row, from.column(), idBelow(newRow));
    };
    QModelIndexList from, to;
    for (const Plan::Held &held : plan.held) {
        const int target = plan.to[held.row];
        from.append(held.index);
        to.append(target < 0  ? QModelIndex()
                : held.isLeaf ? leafTarget(held.index, held.row, static_cast<quint32>(target))
                              : indexOfRow(static_cast<quint32>(target), held.index.column()));
    }
    changePersistentIndexList(from, to);
}

void ProcessTreeModel::removeRest(const Tree &next)
{
    const auto nodes = static_cast<quint32>(next.nodes.size());
    const auto removeFrom = [this](quint32 row, int first, int last) {
        beginRemoveRows(row == noIndex ? QModelIndex() : indexOfRow(row), first, last);
    };
    for (quint32 row = 0; row < nodes; ++row) {
        const int wanted = next.nodes[row].rows();
        const QModelIndex index = indexOfRow(row);
        if (const int has = rowCount(index); has > wanted) {
            removeFrom(row, wanted, has - 1);
            if (m_rows[row].isNamespace)
                m_rows[row].below.resize(static_cast<std::size_t>(wanted));
            else
                m_rows[row].leaves = wanted;
            endRemoveRows();
        }
    }
    const auto wanted = static_cast<std::size_t>(
        std::count_if(next.nodes.begin(), next.nodes.end(), [](const auto &node) { return node.parent == noIndex; }));
    if (m_top.size() > wanted) {
        removeFrom(noIndex, static_cast<int>(wanted), static_cast<int>(m_top.size()) - 1);
        m_top.resize(wanted);
        endRemoveRows();
    }
    m_rows.resize(nodes);
}

bool ProcessTreeModel::sameShape(const Tree &next) const
{
    return m_shown->leaves == next.leaves
        && std::equal(m_shown->nodes.begin(), m_shown->nodes.end(), next.nodes.begin(), next.nodes.end(),
            [](const TreeNode &a, const TreeNode &b) {
                return a.part == b.part && a.parent == b.parent && a.leafCount == b.leafCount;
            })
        && std::all_of(next.leaves.begin(), next.leaves.end(),
            [&](quint32 slot) { return sameSocket(*m_shown->generation, *next.generation, slot); });
}

void ProcessTreeModel::tellChanges(const Tree &before)
{
    // Narrow signals: a tree view looks at every cell of a wide one.
    const Generation &then = *before.generation, &now = *m_shown->generation;
    for (quint32 row = 0; row < m_rows.size(); ++row) {
        const TreeNode &node = m_shown->nodes[row];
        const QModelIndex top = indexOfRow(row);
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
