// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/refresh_chain.h"

#include "app/process_panel.h"
#include "app/socket_view.h"
#include "app/view_query.h"
#include "model/refresher.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QThreadPool>

#include <utility>

namespace socktree {

RefreshChain::RefreshChain(
    Refresher &refresher, ViewQuery &query, SocketView &table, ProcessPanel &tree, QObject *parent)
    : QObject(parent), m_refresher(refresher), m_query(query), m_table(table), m_tree(tree)
{
    connect(&refresher, &Refresher::refreshed, this, &RefreshChain::refreshed);
    connect(&query, &ViewQuery::changed, this, &RefreshChain::arrangeNow);
    connect(&m_arranger, &Arranger::arranged, this, &RefreshChain::arranged);

    connect(&table, &SocketView::currentSocketChanged, this, [this](quint32 slot) {
        if (!m_applying && slot != m_wanted)
            m_wanted = noIndex;
    });

    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, [this] {
        if (std::exchange(m_treeDue, false)) {
            m_tree.apply(m_shown.tree);
            m_turn.start();
        } else {
            Q_EMIT settled();
            // Freeing a big generation takes milliseconds; not on this thread.
            QThreadPool::globalInstance()->start([old = std::exchange(m_old, {})]() mutable { old.clear(); });
        }
    });
    m_handsGone.setInterval(250);
    connect(&m_handsGone, &QTimer::timeout, this, [this] {
        if (!m_table.interacting())
            arrangeNow();
    });
}

RefreshChain::~RefreshChain() = default;

const GenerationPtr &RefreshChain::generation() const
{
    return m_capture ? m_capture : m_refresher.generation();
}

void RefreshChain::showInstead(const GenerationPtr &capture)
{
    if (m_capture == capture)
        return;
    m_capture = capture; // who shows the one before frees it
    m_wanted = noIndex;
    m_ownersKnown = generation() && generation()->snapshot->ownersRead;
    arrangeNow();
}

void RefreshChain::refreshed()
{
    if (m_capture)
        return; // one that was under way
    // The first rows may come before their owners do; with the owners the order is made anew, whatever the hands do.
    const bool ownersBefore = std::exchange(m_ownersKnown, m_refresher.generation()->snapshot->ownersRead);
    arrange(m_table.interacting() && ownersBefore);
}

void RefreshChain::arrangeNow()
{
    arrange(false);
}

void RefreshChain::arrange(bool frozen)
{
    if (frozen)
        m_handsGone.start();
    else
        m_handsGone.stop();
    if (generation())
        m_arranger.request(generation(), m_query.makeRequest(frozen));
}

void RefreshChain::arranged()
{
    m_old.push_back(std::exchange(m_shown, m_arranger.last()));
    {
        const QScopedValueRollback<bool> guard(m_applying, true);
        m_table.apply(m_shown.table);
    }
    if (const quint32 wanted = std::exchange(m_wanted, noIndex); wanted != noIndex)
        m_table.goTo(wanted);
    m_treeDue = true;
    m_turn.start();
    Q_EMIT tableShown();
}

void RefreshChain::goTo(quint32 slot)
{
    m_table.goTo(slot);
    m_wanted = slot;
}

} // namespace socktree
