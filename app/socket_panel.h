// SPDX-License-Identifier: GPL-3.0-or-later
// The centre: the table, what is wrong with the filter above it, and what is empty and why over it.
#pragma once

#include "app/empty_state.h"
#include "app/socket_view.h"

#include <QtWidgets/QWidget>

class QLabel;

namespace socktree {

class Actions;
class ColumnMenu;

class SocketPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit SocketPanel(const Actions &actions, QWidget *parent = nullptr);

    SocketView *view() const { return m_view; }
    EmptyState *emptyState() const { return m_empty; }
    void showFilterError(const QString &message);
    QString filterError() const;

    /// What is on screen, in view order, without rows that are closed and only still shown; or of these only the
    /// selected.
    std::vector<quint32> rowsShown() const;
    std::vector<quint32> rowsSelected() const;
    /// The row whose cell is current, or nothing.
    std::optional<RowRef> currentRow() const;
    /// Selected rows (else the current one) as lines of cells with tabs between, raw values.
    QString selectedText() const;

private:
    void popup(const QPoint &at);

    const Actions &m_actions;
    SocketTableModel *m_model;
    SocketView *m_view;
    ColumnMenu *m_columns;
    EmptyState *m_empty;
    QLabel *m_error;
};

} // namespace socktree
