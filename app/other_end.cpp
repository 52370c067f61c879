// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/other_end.h"

#include "app/actions.h"
#include "app/plain_text.h"
#include "app/process_panel.h"
#include "app/refresh_chain.h"
#include "app/socket_panel.h"
#include "app/status_counts.h"
#include "app/view_query.h"
#include "model/filter/word_filter.h"
#include "model/missing_end.h"
#include "model/other_ends.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>

#include <algorithm>
#include <utility>

namespace socktree {

/// Other ends that are rows, with their slots.
static std::vector<std::pair<quint32, const Peer *>> endsOf(const RowRef &row)
{
    std::vector<std::pair<quint32, const Peer *>> ends;
    for (const Peer &peer : row.snapshot().peersOf(row.socket()))
        if (const quint32 slot = slotOf(row.generation(), row.snapshot(), peer.socket); slot != noIndex)
            ends.emplace_back(slot, &peer);
    return ends;
}

/// Whether there is one, without a list of all: a listener may have thousands, and each refresh asks.
static bool hasEnd(const RowRef &row)
{
    const auto peers = row.snapshot().peersOf(row.socket());
    return std::any_of(peers.begin(), peers.end(),
        [&row](const Peer &peer) { return slotOf(row.generation(), row.snapshot(), peer.socket) != noIndex; });
}

static bool letsThrough(const PredicatePtr &filter, const RowRef &row)
{
    if (!filter)
        return true;
    filter->prepare(row.generation());
    return filter->matches(row);
}

OtherEnd::OtherEnd(const WindowParts &parts)
    : QObject(parts.window), m_parts(parts), m_tree(parts.tree), m_table(parts.table),
      m_action((*parts.actions)[Act::GoToOtherEnd]), m_toolTip(m_action->toolTip())
{
    connect(m_action, &QAction::triggered, this, &OtherEnd::go);
    connect(m_parts.table->view(), &SocketView::currentSocketChanged, this, &OtherEnd::update);
    connect(m_parts.tree->view()->selectionModel(), &QItemSelectionModel::currentChanged, this, &OtherEnd::update);
    connect(m_parts.chain, &RefreshChain::settled, this, [this] {
        selectInTree();
        update();
    });
    connect(qApp, &QApplication::focusChanged, this, &OtherEnd::update);
    update();
}

OtherEnd::~OtherEnd() = default;

std::optional<RowRef> OtherEnd::source() const
{
    if (!m_parts.tree->isAncestorOf(m_parts.window->focusWidget()))
        return m_parts.table->currentRow();
    const TreePtr &tree = m_parts.tree->model()->tree();
    const quint32 slot = m_parts.tree->view()->currentSlot();
    return tree && slot != noIndex ? std::optional(RowRef(*tree->generation, slot)) : std::nullopt;
}

void OtherEnd::update()
{
    if (!m_tree || !m_table)
        return;
    const auto row = source();
    const bool any = row && hasEnd(*row);
    m_action->setEnabled(any);
    if (any)
        m_action->setToolTip(m_toolTip);
    else if (!row)
        m_action->setToolTip(tr("Choose a socket first."));
    else if (row->socket().peerCount)
        m_action->setToolTip(tr("Its other end is gone."));
    else
        m_action->setToolTip(plainToolTip(whyNoOtherEnd(*row)));
}

void OtherEnd::go()
{
    const auto row = source();
    if (!row)
        return;
    const bool inTree = m_parts.tree->isAncestorOf(m_parts.window->focusWidget());
    const auto ends = endsOf(*row);
    if (ends.size() == 1)
        goTo(ends.front().first, inTree);
    if (ends.size() < 2)
        return;
    constexpr std::size_t most = 30; // more are told by the tooltip of the column
    auto *menu = new QMenu(m_parts.window);
    menu->setObjectName(QStringLiteral("other-ends"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (std::size_t i = 0; i < std::min(ends.size(), most); ++i) {
        const SlotOwner owner = ownerOf(row->generation(), ends[i].first);
        QAction *end = menu->addAction(plainLabel(peerText(*row, *ends[i].second)));
        connect(end, &QAction::triggered, this, [this, owner, inTree] {
            const GenerationPtr &now = m_parts.chain->shown().table->generation;
            if (isThere(*now, owner)) // it may have gone while the menu was open
                goTo(owner.slot, inTree);
        });
    }
    if (ends.size() > most)
        menu->addAction(tr("%1 more").arg(ends.size() - most))->setEnabled(false);
    m_parts.table->view()->holdWhileOpen(menu);
    QAbstractItemView *const view
        = inTree ? static_cast<QAbstractItemView *>(m_parts.tree->view()) : m_parts.table->view();
    menu->popup(view->viewport()->mapToGlobal(view->visualRect(view->currentIndex()).center()));
}

void OtherEnd::goTo(quint32 slot, bool inTree)
{
    const GenerationPtr generation = m_parts.chain->shown().table->generation;
    if (ownerOf(*generation, slot) == SlotOwner())
        return;
    const QStringList widened = widenFor(RowRef(*generation, slot), inTree);
    if (widened.isEmpty() && m_parts.table->view()->sockets().rowOf(slot) < 0)
        m_parts.chain->arrangeNow(); // it waits for the user's hands
    m_parts.chain->goTo(slot);
    if (!widened.isEmpty())
        m_parts.status->say(tr("To show the other end, %1.").arg(widened.join(tr(" and "))));
    if (!inTree)
        return;
    m_forTree = ownerOf(*generation, slot);
    selectInTree();
}

QStringList OtherEnd::widenFor(const RowRef &row, bool inTree)
{
    QStringList said;
    const auto words = parseFilter(m_parts.query->filterInForce());
    if (words && !letsThrough(*words, row)) {
        m_parts.query->setFilterText({});
        said += tr("the filter was cleared");
    }
    if (!letsThrough(togglePredicate(m_parts.query->toggles()), row)) {
        m_parts.query->setToggles({});
        said += tr("sockets of all kinds and states are shown");
    }
    if (!contains(m_parts.query->scope(), row)) {
        m_parts.tree->showAll();
        said += inTree ? tr("the selection in the tree went to it") : tr("sockets of all processes are shown");
    }
    return said;
}

void OtherEnd::selectInTree()
{
    if (m_forTree == SlotOwner())
        return;
    const TreePtr &tree = m_parts.tree->model()->tree();
    if (!tree || !isThere(*tree->generation, m_forTree)) {
        m_forTree = {};
        return;
    }
    if (m_parts.tree->selectSocket(m_forTree.slot))
        m_forTree = {};
}

} // namespace socktree
