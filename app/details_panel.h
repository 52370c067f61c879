// SPDX-License-Identifier: GPL-3.0-or-later
// Everything known of one socket, below the table. Stays with its socket, also when that is closed.
#pragma once

#include "app/column_layout.h"
#include "model/generation.h"
#include "model/tree_scope.h"

#include <QtCore/QSet>
#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QStackedLayout;
class QTreeView;
class QToolButton;

namespace socktree {

class ColumnKeeper;
class DetailsModel;

class DetailsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsPanel(QWidget *parent = nullptr);

    /// Another socket, as it is seen under what is chosen in the tree; noIndex: none.
    void setSocket(const GenerationPtr &generation, quint32 slot, const TreeScope &under);
    /// The same socket, newer.
    void refresh(const GenerationPtr &generation, const TreeScope &under);

    ColumnKeeper &columnKeeper() const { return *m_columns; }
    /// All are always shown. Empty: as at first.
    void setColumns(ColumnLayout layout);
    /// Titles of the groups that are closed.
    QStringList folded() const;
    void setFolded(const QStringList &titles);
    /// Whether the table shows it: if not, the panel says so, since it keeps its socket.
    void setAmongRows(bool among);
    quint32 slot() const { return m_shown.slot; }
    /// Whether it shows this very socket, as one of the rows.
    bool shows(const Generation &generation, quint32 slot) const;
    /// Of the socket shown; 0: none, or it has none.
    quint32 inode() const { return m_inode; }

    QTreeView *view() const { return m_view; }
    DetailsModel *model() const { return m_model; }
    /// What the clipboard gets: the selected lines, or everything if none is.
    QString selectedText() const;
    QString allText() const { return m_text; }
    QString title() const;
    /// Whether it is closed; empty while it lives.
    QString state() const;

Q_SIGNALS:
    /// By the user.
    void foldedChanged();

private:
    void show(const GenerationPtr &generation, const std::optional<quint32> &slot, const TreeScope &under);
    void tellState();
    void unfold();

    DetailsModel *m_model;
    QTreeView *m_view;
    ColumnKeeper *m_columns;
    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_nothing;
    QToolButton *m_copy;
    QStackedLayout *m_pages;
    SlotOwner m_shown;
    quint32 m_inode = 0;
    bool m_closed = false;
    bool m_amongRows = true;
    QString m_text;
    QSet<QString> m_folded; ///< titles of groups the user closed
};

} // namespace socktree
