// SPDX-License-Identifier: GPL-3.0-or-later
// The tree on the left: processes and groups, with their sockets as leaves.
#pragma once

#include "model/process_tree.h"

#include <QtCore/QAbstractItemModel>

namespace socktree {

class ProcessTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Sockets, Pid, User, Listening, Established, RecvRate, SendRate, UnitName, ColumnCount };
    /// ShortTextRole: of a leaf, where its name does not fit.
    enum Role { MarkRole = Qt::UserRole, SlotRole, ShortTextRole };

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
    /// The leaf's slot, or noIndex for a process or group.
    quint32 slotOf(const QModelIndex &index) const;
    /// Of a process or group; a leaf answers for its own.
    NodeKey keyOf(const QModelIndex &index) const;
    QModelIndex indexOf(const ProcessKey &process) const;
    QModelIndex indexOf(TreeScope::Group group) const;
    /// Of the first leaf that is this socket; of its process or group if that leaf is only counted.
    QModelIndex indexOfSocket(quint32 slot) const;

private:
    /// A row of the top level as told to the views.
    struct Row {
        quint32 node = noIndex; ///< in the shown tree; noIndex: not there yet, or about to go
        int leaves = 0;         ///< with the row that counts what is left out
    };
    struct Plan;

    /// Top-level rows have 0 as their internal id, leaves their parent's row and one.
    static constexpr quintptr topLevel = 0;
    static int parentRow(const QModelIndex &leaf) { return static_cast<int>(leaf.internalId()) - 1; }

    /// Null while the row has no content.
    const TreeNode *nodeOfRow(int row) const;
    QModelIndex find(TreeNode::Kind kind, const ProcessKey &process) const;
    bool sameShape(const Tree &next) const;
    void tellChanges(const Tree &before);
    Plan planFor(const Tree &next) const;
    void insert(const Tree &next, const Plan &plan);
    void rearrange(const TreePtr &next, const Plan &plan);
    void remapPersistent(const Tree *before, const Plan &plan);
    void removeRest(const Tree &next);

    TreePtr m_shown;
    std::vector<Row> m_rows;
};

} // namespace socktree
