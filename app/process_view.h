// SPDX-License-Identifier: GPL-3.0-or-later
// The process tree on screen: keeps its top row, its current item and what is expanded through every refresh and
// filter, and says which sockets the table shall show. Names take the width that the other columns leave.
#pragma once

#include "model/process_tree_model.h"

#include <QtCore/QSet>
#include <QtWidgets/QTreeView>

namespace socktree {

class TreeDelegate;

class ProcessView final : public QTreeView
{
    Q_OBJECT
public:
    /// @p model must outlive the view.
    explicit ProcessView(ProcessTreeModel &model, QWidget *parent = nullptr);
    ~ProcessView() override;

    /// Shows another tree. The top row stays at its pixel unless the view is at the very top.
    void apply(const TreePtr &next);
    /// What is selected, as the table shall show it.
    const TreeScope &scope() const { return m_scope; }
    /// Selects these and nothing else; what is not in the tree is left out.
    void setScope(const TreeScope &scope);
    /// Selects also what is named and not yet selected, without making it current.
    void addToSelection(const TreeScope &scope);
    /// All processes; namespaces stay open.
    void collapseProcesses();
    /// Slot of the current leaf, or noIndex.
    quint32 currentSlot() const;
    void setTinted(bool tinted);

Q_SIGNALS:
    /// Another set of processes and groups is selected, by the user or since some are gone.
    void scopeChanged(const socktree::TreeScope &scope);
    /// A socket became current.
    void socketChosen(quint32 slot);
    void menuRequested(const QPoint &globalPos);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &options, const QModelIndex &index) const override;

private:
    void tellScope();
    void fitNames();
    /// Where a socket's text goes: its cell and the empty ones after it.
    QRect spanOf(const QModelIndex &leaf) const;
    void rememberExpanded();
    void expandRemembered();

    ProcessTreeModel &m_processes;
    TreeDelegate *m_delegate;
    TreeScope m_scope;
    QSet<TreePart> m_expanded; ///< also those that the filter hides
    QSet<TreePart> m_shut;     ///< namespaces, which are open unless somebody shuts them
    bool m_applying = false;
    bool m_fitting = false;
};

} // namespace socktree
