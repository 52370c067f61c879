// SPDX-License-Identifier: GPL-3.0-or-later
// Everything known of one socket, below the table. Stays with its socket, also when that is closed.
#pragma once

#include "model/generation.h"

#include <QtCore/QSet>
#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QStackedLayout;
class QTreeView;
class QToolButton;

namespace socktree {

class DetailsModel;

class DetailsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsPanel(QWidget *parent = nullptr);

    /// Another socket; noIndex: none.
    void setSocket(const GenerationPtr &generation, quint32 slot);
    /// The same socket, newer.
    void refresh(const GenerationPtr &generation);

    /// Whether the table shows it: if not, the panel says so, since it keeps its socket.
    void setAmongRows(bool among);
    quint32 slot() const { return m_slot; }

    QTreeView *view() const { return m_view; }
    DetailsModel *model() const { return m_model; }
    /// What the clipboard gets: the selected lines, or everything if none is.
    QString selectedText() const;
    QString allText() const { return m_text; }
    QString title() const;

private:
    void show(const GenerationPtr &generation, const std::optional<quint32> &slot);
    void tellState();
    void unfold();

    DetailsModel *m_model;
    QTreeView *m_view;
    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_nothing;
    QToolButton *m_copy;
    QStackedLayout *m_pages;
    std::optional<SocketKey> m_key;
    quint32 m_slot = noIndex;
    bool m_closed = false;
    bool m_amongRows = true;
    QString m_text;
    QSet<QString> m_folded; ///< titles of groups the user closed
};

} // namespace socktree
