// SPDX-License-Identifier: GPL-3.0-or-later
// The tree on the left: what is selected in it is what the table shows.
#pragma once

#include "app/column_layout.h"
#include "app/process_view.h"

#include <QtWidgets/QWidget>

class QToolButton;

namespace socktree {

class Actions;
class ColumnKeeper;

class ProcessPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ProcessPanel(const Actions &actions, QWidget *parent = nullptr);

    ProcessView *view() const { return m_view; }
    ProcessTreeModel *model() const { return m_model; }
    const TreeScope &scope() const { return m_scope; }

    /// The scope stays as it is, also when what it names is gone from the tree.
    void apply(const TreePtr &tree);
    void showAll();
    /// What is selected of one namespace shall count whatever its namespace: the tree will not tell them apart.
    void widenScope();
    void select(const ProcessKey &process);
    /// Selects its leaf, or where leaves like it are only counted, its process. False if it is not in the tree.
    bool selectSocket(quint32 slot);
    /// Slots of the selected processes' and groups' sockets in the tree's order, each once.
    std::vector<quint32> slotsOfSelection() const;
    /// The selected lines, for the clipboard.
    QString selectedText() const;
    /// "firefox (4711)", "network namespace blue", "3 processes"; empty if everything is shown.
    QString scopeTitle() const;

    ColumnKeeper &columnKeeper() const { return *m_columns; }
    /// Names are always shown. Empty: as at first.
    void setColumns(ColumnLayout layout);

Q_SIGNALS:
    void scopeChanged(const socktree::TreeScope &scope);
    /// A socket in the tree was made current.
    void socketChosen(quint32 slot);

private:
    void headerMenu(const QPoint &at);
    void contextMenu(const QPoint &at);

    const Actions &m_actions;
    ProcessTreeModel *m_model;
    ProcessView *m_view;
    ColumnKeeper *m_columns;
    QToolButton *m_all;
    TreeScope m_scope;
    bool m_applying = false;
};

} // namespace socktree
