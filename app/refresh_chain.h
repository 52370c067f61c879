// SPDX-License-Identifier: GPL-3.0-or-later
// From the refresher through the arranger to table, tree and details: each widget in its own turn of the event loop.
#pragma once

#include "model/arranger.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <vector>

namespace socktree {

class ProcessPanel;
class Refresher;
class SocketView;
class ViewQuery;

class RefreshChain final : public QObject
{
    Q_OBJECT
public:
    RefreshChain(
        Refresher &refresher, ViewQuery &query, SocketView &table, ProcessPanel &tree, QObject *parent = nullptr);
    ~RefreshChain() override;

    /// What table and tree show.
    const Arranged &shown() const { return m_shown; }
    /// What is to be shown: that of the capture, if one is shown, else the newest. Null: nothing has been read yet.
    const GenerationPtr &generation() const;
    /// Shows this and nothing else, until null: then again what the refresher has. Its number must be no other's.
    void showInstead(const GenerationPtr &capture);
    /// Rows that waited for the user's hands may come now.
    void arrangeNow();
    /// True while the table is given its rows: what it tells of itself then is not the user's doing.
    bool applying() const { return m_applying; }
    /// Makes the socket current now, and once more when the rows asked for are there, unless the user moved on.
    void goTo(quint32 slot);

Q_SIGNALS:
    void tableShown();
    /// Table and tree are as shown() says; in a turn of its own.
    void settled();

private:
    void refreshed();
    void arrange(bool frozen);
    void arranged();

    Refresher &m_refresher;
    ViewQuery &m_query;
    SocketView &m_table;
    ProcessPanel &m_tree;
    Arranger m_arranger;
    Arranged m_shown;
    GenerationPtr m_capture;     ///< of a file, in place of the refresher's
    QTimer m_turn;               ///< the next turn of the event loop
    QTimer m_handsGone;          ///< looks whether frozen rows may move again
    std::vector<Arranged> m_old; ///< until nothing here shows them
    quint32 m_wanted = noIndex;
    bool m_applying = false;
    bool m_treeDue = false;
    bool m_ownersKnown = false;
};

} // namespace socktree
