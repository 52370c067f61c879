// SPDX-License-Identifier: GPL-3.0-or-later
// The tree on the left: processes and groups, with their sockets as leaves, below their network namespaces if there
// are several.
#pragma once

#include "model/process_tree.h"

#include <QtCore/QAbstractItemModel>

namespace socktree {

class ProcessTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Sockets, Pid, User, Listening, Established, RecvRate, SendRate, UnitName, ColumnCount };
    /// ShortTextRole: of a leaf, where its name does not fit. NamespaceRole: whether it is one.
    enum Role { MarkRole = Qt::UserRole, SlotRole, ShortTextRole, NamespaceRole };

    explicit ProcessTreeModel(QObject *parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Another tree by changes: expansion, selection and scroll stay with processes and sockets that are still there.
    /// Returns whether any row came, went or moved.
    bool apply(const TreePtr &next);
    const TreePtr &tree() const { return m_shown; }

    /// What the table shall show for these selected indexes (a leaf stands for its process).
    TreeScope scopeFor(const QModelIndexList &selected) const;
    /// The leaf's slot, or noIndex for a node.
    quint32 slotOf(const QModelIndex &index) const;
    bool isLeaf(const QModelIndex &index) const;
    /// Of a node; a leaf answers for its own.
    TreePart partOf(const QModelIndex &index) const;
    /// The first of a process, whatever namespace it is in.
    QModelIndex indexOf(const ProcessKey &process) const;
    /// Exactly this part; the first of them if it is of everyNamespace.
    QModelIndex indexOf(const TreePart &part) const;
    /// All nodes that the scope names, in the tree's order.
    QModelIndexList indexesOf(const TreeScope &scope) const;
    /// All nodes, in the tree's order.
    QModelIndexList nodes() const;
    /// Of the first leaf that is this socket; of its process or group if that leaf is only counted.
    QModelIndex indexOfSocket(quint32 slot) const;

private:
    /// A node as told to the views. Between two trees row i is node i of the tree that is shown.
    struct Row {
        quint32 node = noIndex;   ///< in the shown tree; noIndex: not there yet, or about to go
        quint32 parent = noIndex; ///< in m_rows, where it comes first
        int place = 0;            ///< among its parent's children, or in the top level
        bool isNamespace = false;
        int leaves = 0;             ///< with the row that counts what is left out
        std::vector<quint32> below; ///< of a namespace: its nodes, in m_rows
    };
    struct Plan;

    /// Indexes of the top level have 0 as their internal id, all others their parent's place in m_rows and one.
    static constexpr quintptr topLevel = 0;
    static constexpr quintptr idBelow(quint32 row) { return row == noIndex ? topLevel : quintptr(row) + 1; }
    /// In m_rows; noIndex at the top level.
    static quint32 parentRow(const QModelIndex &index)
    {
        return index.internalId() == topLevel ? noIndex : static_cast<quint32>(index.internalId() - 1);
    }
    /// In m_rows: of the node, or of the leaf's node.
    quint32 rowOf(const QModelIndex &index) const;
    QModelIndex indexOfRow(quint32 row, int column = 0) const;
    std::vector<quint32> &childrenOf(quint32 parent) { return parent == noIndex ? m_top : m_rows[parent].below; }
    /// Null while the row has no content.
    const TreeNode *nodeOfRow(quint32 row) const;

    bool sameShape(const Tree &next) const;
    void tellChanges(const Tree &before);
    Plan planFor(const Tree &next) const;
    void insert(const Tree &next, Plan &plan);
    void insertNodes(const Tree &next, Plan &plan, quint32 parent, const std::vector<quint32> &nodes);
    void rearrange(const TreePtr &next, Plan &plan);
    void remapPersistent(const Tree *before, const Plan &plan);
    void removeRest(const Tree &next);

    TreePtr m_shown;
    std::vector<Row> m_rows;
    std::vector<quint32> m_top; ///< of the top level, in m_rows
};

} // namespace socktree
