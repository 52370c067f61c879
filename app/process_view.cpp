// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process_view.h"

#include "app/header_help.h"
#include "app/header_style.h"
#include "app/tree_delegate.h"
#include "model/tree_namespaces.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace socktree {

ProcessView::ProcessView(ProcessTreeModel &model, QWidget *parent)
    : QTreeView(parent), m_processes(model), m_delegate(new TreeDelegate(this))
{
    setUniformRowHeights(true);
    setModel(&model);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setAllColumnsShowFocus(true);
    setIndentation(14); // what it leaves is the sockets' text
    HeaderStyle::applyTo(*header());
    new HeaderHelp(header());
    header()->setSectionsMovable(true);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(ProcessTreeModel::Name, QHeaderView::Fixed);
    connect(header(), &QHeaderView::sectionResized, this, &ProcessView::fitNames);
}

ProcessView::~ProcessView() = default;

void ProcessView::setTinted(bool tinted)
{
    m_delegate->setTinted(tinted);
    viewport()->update();
}

void ProcessView::resizeEvent(QResizeEvent *event)
{
    fitNames(); // first, or a scroll bar would come for what is too wide and go again
    QTreeView::resizeEvent(event);
}

void ProcessView::fitNames()
{
    // Not QHeaderView's stretching: that would squeeze the names to nothing when many columns are shown.
    if (m_fitting)
        return;
    const QScopedValueRollback<bool> guard(m_fitting, true);
    const int others = header()->length() - columnWidth(ProcessTreeModel::Name);
    const int least = fontMetrics().averageCharWidth() * 16;
    header()->resizeSection(ProcessTreeModel::Name, std::max(least, viewport()->width() - others));
}

QRect ProcessView::spanOf(const QModelIndex &leaf) const
{
    QRect span = visualRect(leaf.siblingAtColumn(ProcessTreeModel::Name));
    for (int visual = header()->visualIndex(ProcessTreeModel::Name) + 1; visual < header()->count(); ++visual) {
        const int column = header()->logicalIndex(visual);
        if (isColumnHidden(column))
            continue;
        if (!leaf.siblingAtColumn(column).data().toString().isEmpty())
            break;
        span.setRight(columnViewportPosition(column) + columnWidth(column) - 1);
    }
    return span;
}

void ProcessView::drawRow(QPainter *painter, const QStyleOptionViewItem &options, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, options, index);
    if (!m_processes.isLeaf(index) || isColumnHidden(ProcessTreeModel::Name))
        return;
    // After all cells of the row, whose grounds would cover it.
    QStyleOptionViewItem whole = options;
    whole.rect = spanOf(index);
    whole.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    m_delegate->paintSpanned(painter, whole, index.siblingAtColumn(ProcessTreeModel::Name));
}

void ProcessView::rememberExpanded()
{
    const auto remember = [](QSet<TreePart> &set, const TreePart &part, bool in) {
        if (in)
            set.insert(part);
        else
            set.remove(part);
    };
    for (const QModelIndex &index : m_processes.nodes()) {
        const TreePart part = m_processes.partOf(index);
        if (part.kind == TreePart::Kind::Namespace)
            remember(m_shut, part, !isExpanded(index));
        else
            remember(m_expanded, part, isExpanded(index));
    }
}

void ProcessView::expandRemembered()
{
    QSet<TreePart> shown;
    for (const QModelIndex &index : m_processes.nodes()) {
        const TreePart part = m_processes.partOf(index);
        shown.insert(part);
        const bool wanted = part.kind == TreePart::Kind::Namespace ? !m_shut.contains(part) : m_expanded.contains(part);
        if (wanted && !isExpanded(index))
            expand(index);
    }
    const Snapshot &snapshot = *m_processes.tree()->generation->snapshot;
    const auto isGone = [&](const TreePart &part) {
        if (shown.contains(part))
            return false;
        if (part.kind == TreePart::Kind::Namespace)
            return snapshot.placeOfNamespace(part.netns) == noShortIndex;
        const Process *process = snapshot.findProcess(part.process.pid);
        return part.kind == TreePart::Kind::Process && !(process && process->key == part.process);
    };
    m_expanded.removeIf(isGone);
    m_shut.removeIf(isGone);
}

void ProcessView::collapseProcesses()
{
    for (const QModelIndex &index : m_processes.nodes())
        if (m_processes.partOf(index).kind != TreePart::Kind::Namespace)
            collapse(index);
}

void ProcessView::apply(const TreePtr &next)
{
    rememberExpanded();
    {
        const QScopedValueRollback<bool> guard(m_applying, true);
        const QPersistentModelIndex current = currentIndex();
        const QPersistentModelIndex currentParent = currentIndex().parent();
        const bool hadCurrent = current.isValid();
        // The top row stays where it is; if it goes, the one below it does.
        std::vector<std::pair<QPersistentModelIndex, int>> seen;
        if (verticalScrollBar()->value() != verticalScrollBar()->minimum())
            for (QModelIndex index = indexAt({0, 0}); index.isValid() && visualRect(index).top() < viewport()->height();
                 index = indexBelow(index))
                seen.emplace_back(index.siblingAtColumn(0), visualRect(index).top());

        const bool moved = m_processes.apply(next);
        if (hadCurrent && !current.isValid() && currentParent.isValid()) {
            setAutoScroll(false); // the user did not move: the view must not, either
            selectionModel()->setCurrentIndex(currentParent, QItemSelectionModel::NoUpdate);
            setAutoScroll(true);
        }
        expandRemembered();
        if (moved) // else only what changed is painted again
            doItemsLayout();
        for (const auto &[index, top] : seen) {
            if (!index.isValid())
                continue;
            verticalScrollBar()->setValue(verticalScrollBar()->value() + visualRect(index).top() - top);
            break;
        }
    }
    tellScope();
}

static QItemSelection selectionOf(const QModelIndexList &indexes)
{
    QItemSelection selection;
    for (const QModelIndex &index : indexes)
        selection.select(index, index);
    return selection;
}

void ProcessView::setScope(const TreeScope &scope)
{
    const QModelIndexList wanted = m_processes.indexesOf(scope);
    if (!wanted.isEmpty())
        selectionModel()->setCurrentIndex(wanted.front(), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selectionOf(wanted), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ProcessView::addToSelection(const TreeScope &scope)
{
    QModelIndexList missing = m_processes.indexesOf(scope);
    missing.removeIf([this](const QModelIndex &index) { return selectionModel()->isSelected(index); });
    if (!missing.isEmpty())
        selectionModel()->select(selectionOf(missing), QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

quint32 ProcessView::currentSlot() const
{
    return m_processes.slotOf(currentIndex());
}

void ProcessView::tellScope()
{
    TreeScope scope = m_processes.scopeFor(selectionModel()->selectedRows());
    if (m_applying || scope == m_scope)
        return;
    m_scope = std::move(scope);
    Q_EMIT scopeChanged(m_scope);
}

void ProcessView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    tellScope();
}

void ProcessView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_applying && currentSlot() != noIndex)
        Q_EMIT socketChosen(currentSlot());
}

void ProcessView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuRequested(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).center()) : event->globalPos());
    event->accept();
}

} // namespace socktree
