// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/socket_view.h"

#include "app/cell_delegate.h"
#include "app/column_keeper.h"
#include "app/header_help.h"
#include "app/header_style.h"
#include "app/socket_view_accessible.h"

#include <QtCore/QEvent>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <utility>

namespace socktree {

namespace {

/// Row of what stood at @p row of @p before, or of the nearest below or above it that is still shown; -1 if none is.
int nearestSurvivor(const SocketTableModel &model, const Arrangement &before, int row)
{
    const auto surviving = [&](int old) {
        const quint32 slot = before.slots[static_cast<std::size_t>(old)];
        const int now = model.rowOf(slot);
        const Generation &shown = *model.arrangement()->generation;
        return now >= 0 && sameSocket(shown, *before.generation, slot) ? now : -1;
    };
    const int rows = static_cast<int>(before.slots.size());
    for (int old = std::max(row, 0); old < rows; ++old)
        if (const int now = surviving(old); now >= 0)
            return now;
    for (int old = std::min(row, rows) - 1; old >= 0; --old)
        if (const int now = surviving(old); now >= 0)
            return now;
    return -1;
}

} // namespace

SocketView::SocketView(SocketTableModel &model, QWidget *parent)
    : QTableView(parent), m_sockets(model), m_delegate(new CellDelegate(model, this))
{
    installSocketViewAccessible();
    setModel(&model);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    viewport()->setMouseTracking(true);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    HeaderStyle::applyTo(*header);
    new HeaderHelp(header);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setTextElideMode(Qt::ElideRight);
    // A press on a header sorts; it does not select a column.
    disconnect(header, nullptr, this, SLOT(selectColumn(int)));
    connect(header, &QHeaderView::sectionClicked, this, &SocketView::headerClicked);
    connect(&model, &SocketTableModel::selectionChanged, this, [this] {
        viewport()->update();
        tellSelected(*this);
    });
    fitRowHeight();
    QList<QByteArray> ids;
    for (const Column &column : columns())
        ids << column.id;
    m_columns = new ColumnKeeper(header, ids, [this] { return defaultLayout(fontMetrics()); });
    resetColumns();
}

SocketView::~SocketView() = default;

void SocketView::fitRowHeight()
{
    constexpr int air = 4;
    const int height = fontMetrics().height() + air;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

void SocketView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRowHeight();
}

void SocketView::paintEvent(QPaintEvent *event)
{
    m_delegate->setMarkColumn(firstColumn());
    QTableView::paintEvent(event);
}

int SocketView::firstColumn() const
{
    const QHeaderView *header = horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual)
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            return column;
    return -1;
}

void SocketView::setTinted(bool tinted)
{
    m_delegate->setTinted(tinted);
    viewport()->update();
}

void SocketView::resetColumns()
{
    m_columns->apply({});
}

std::vector<const Column *> SocketView::shownColumns() const
{
    return visibleColumns(*horizontalHeader());
}

void SocketView::setSort(const QByteArray &column, bool descending)
{
    m_sortColumn = column;
    m_descending = descending;
    const int index = column.isEmpty() ? -1 : columnIndex(column);
    horizontalHeader()->setSortIndicatorShown(index >= 0);
    horizontalHeader()->setSortIndicator(index, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void SocketView::headerClicked(int column)
{
    const QByteArray id = columns()[static_cast<std::size_t>(column)].id;
    if (id != m_sortColumn)
        setSort(id, false);
    else if (!m_descending)
        setSort(id, true);
    else
        setSort({}, false);
    Q_EMIT sortRequested(m_sortColumn, m_descending);
}

quint32 SocketView::currentSlot() const
{
    return m_sockets.slotAt(currentIndex().row());
}

const Column *SocketView::currentColumn() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() ? &columns()[static_cast<std::size_t>(current.column())] : nullptr;
}

void SocketView::goTo(quint32 slot)
{
    const int row = m_sockets.rowOf(slot);
    if (row < 0)
        return;
    const QModelIndex current = currentIndex();
    const QModelIndex target = m_sockets.index(row, current.isValid() ? current.column() : firstColumn());
    selectionModel()->setCurrentIndex(target, QItemSelectionModel::NoUpdate);
    choose(row, Qt::NoModifier);
    scrollTo(target);
}

void SocketView::apply(const ArrangementPtr &next)
{
    const QScopedValueRollback<bool> guard(m_applying, true);
    const ArrangementPtr before = m_sockets.arrangement();
    const Anchor anchor = anchorFor(*next);
    forgetTheDead(*next);
    const QPersistentModelIndex current = currentIndex();
    const int row = current.row(), column = current.column();
    const bool moved = m_sockets.apply(next);
    if (row >= 0 && !current.isValid())
        replaceCurrent(row, column, before);
    // The view's own layout would come later and paint a second time. Without need it would paint headers and scroll
    // bars.
    if (moved)
        doItemsLayout();
    if (anchor.row >= 0)
        restore(anchor, before);
    m_applying = false;
    tellCurrent();
    if (std::exchange(m_entered, false))
        chooseCurrent();
}

void SocketView::forgetTheDead(const Arrangement &next)
{
    const ArrangementPtr &before = m_sockets.arrangement();
    if (!before)
        return;
    // Their slots will be others', whom the user never chose.
    const auto dead = [&](quint32 slot) { return !sameSocket(*next.generation, *before->generation, slot); };
    if (m_anchor != noIndex && dead(m_anchor))
        m_anchor = noIndex;
    if (!m_dragBase)
        return;
    for (const quint32 slot : m_dragBase->selected())
        if (dead(slot))
            m_dragBase->set(slot, false);
}

SocketView::Anchor SocketView::anchorFor(const Arrangement &next) const
{
    const ArrangementPtr &shown = m_sockets.arrangement();
    if (!shown || shown->slots.empty() || verticalScrollBar()->value() == verticalScrollBar()->minimum())
        return {};
    const ViewRequest &was = shown->request, &is = next.request;
    // The default order has one direction.
    const bool turned = !is.sortColumn.isEmpty() && was.descending != is.descending;
    if (was.sortColumn != is.sortColumn || turned) {
        // Rows go anywhere now. What the eye can still follow is the current one.
        const int y = rowViewportPosition(currentIndex().row());
        const bool seen = currentIndex().isValid() && y >= 0 && y < viewport()->height();
        return seen ? Anchor{currentIndex().row(), y} : Anchor{};
    }
    const Column *sort = is.sortColumn.isEmpty() ? nullptr : columnById(is.sortColumn);
    if (sort && sort->isVolatile && !is.frozen)
        return {}; // "the fastest first" is about places, not about sockets
    const int top = rowAt(0);
    return top < 0 ? Anchor{} : Anchor{top, rowViewportPosition(top)};
}

void SocketView::restore(const Anchor &anchor, const ArrangementPtr &before)
{
    const int row = nearestSurvivor(m_sockets, *before, anchor.row);
    if (row >= 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + rowViewportPosition(row) - anchor.offset);
}

void SocketView::replaceCurrent(int row, int column, const ArrangementPtr &before)
{
    const int neighbour = nearestSurvivor(m_sockets, *before, row);
    setAutoScroll(false); // the user did not move: the view must not, either
    selectionModel()->setCurrentIndex(
        neighbour < 0 ? QModelIndex() : m_sockets.index(neighbour, column), QItemSelectionModel::NoUpdate);
    setAutoScroll(true);
}

void SocketView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    // Not QTableView's: it tells screen readers of a child numbered as in Qt's own accessible table.
    QAbstractItemView::currentChanged(current, previous); // NOLINT(bugprone-parent-virtual-call)
    tellFocus(*this);
    tellCurrent();
}

void SocketView::tellCurrent()
{
    const quint32 slot = currentSlot();
    if (m_applying || slot == m_current)
        return;
    m_current = slot;
    Q_EMIT currentSocketChanged(slot);
}

} // namespace socktree
