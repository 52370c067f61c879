// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/socket_table_model.h"

#include "model/mark_name.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree {

namespace {

int rowsOf(const ArrangementPtr &arrangement)
{
    return arrangement ? static_cast<int>(arrangement->slots.size()) : 0;
}

/// Row of a slot, if it still means the same socket as in @p before; -1 if not.
int rowOfSame(quint32 slot, const Arrangement &before, const Arrangement &next)
{
    if (slot >= next.rowOf.size() || next.rowOf[slot] == noIndex
        || !sameSocket(*next.generation, *before.generation, slot))
        return -1;
    return static_cast<int>(next.rowOf[slot]);
}

/// A word for every cell, also for one that is blank on screen: a blank cannot be heard.
QString spoken(const Column &column, const RowRef &row)
{
    const QString text = cellText(column, row);
    return text.isEmpty() ? explain(column, row) : text;
}

} // namespace

SocketTableModel::SocketTableModel(QObject *parent) : QAbstractTableModel(parent) { }

int SocketTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int SocketTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant SocketTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const quint32 slot = slotAt(index.row());
    if (slot == noIndex)
        return {};
    const RowRef row = rowAt(index.row());
    const Column &column = columns()[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole: return cellText(column, row);
    case Qt::ToolTipRole: return cellToolTip(column, row);
    case Qt::AccessibleTextRole: return spoken(column, row);
    case Qt::AccessibleDescriptionRole: return markName(row.entry().mark);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft));
    case MarkRole: return static_cast<int>(row.entry().mark);
    case SlotRole: return slot;
    default: return {};
    }
}

QVariant SocketTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column &column = columns()[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole: return QCoreApplication::translate("Column", column.title);
    case Qt::ToolTipRole: return columnHelp(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft));
    default: return {};
    }
}

quint32 SocketTableModel::slotAt(int row) const
{
    return row >= 0 && row < rowsOf(m_shown) ? m_shown->slots[static_cast<std::size_t>(row)] : noIndex;
}

int SocketTableModel::rowOf(quint32 slot) const
{
    if (!m_shown || slot >= m_shown->rowOf.size() || m_shown->rowOf[slot] == noIndex)
        return -1;
    return static_cast<int>(m_shown->rowOf[slot]);
}

bool SocketTableModel::apply(const ArrangementPtr &next)
{
    const ArrangementPtr before = m_shown;
    const int rows = rowsOf(next);
    if (nothingMoves(*next)) {
        m_shown = next;
        if (rows) // one wide signal costs a table nothing
            Q_EMIT dataChanged(index(0, 0), index(rows - 1, columnCount() - 1));
        followSelection(before);
        return false;
    }
    // Rows come and go at the end only, one signal each; a table pays for every signal, not for every row. What moved
    // is told by one change of layout in between.
    if (rows > m_rows)
        resize(rows);
    rearrange(next);
    if (rows < m_rows)
        resize(rows);
    followSelection(before);
    return true;
}

bool SocketTableModel::nothingMoves(const Arrangement &next) const
{
    if (!m_shown || m_shown->slots != next.slots)
        return false;
    // A slot that means another socket by now matters only to those who hold on to it.
    const QModelIndexList held = persistentIndexList();
    return std::all_of(held.begin(), held.end(),
        [&](const QModelIndex &index) { return rowOfSame(slotAt(index.row()), *m_shown, next) >= 0; });
}

void SocketTableModel::resize(int rows)
{
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
}

void SocketTableModel::rearrange(const ArrangementPtr &next)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const ArrangementPtr before = std::exchange(m_shown, next);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &old : from) {
        const bool known = before && old.row() < rowsOf(before);
        const int row = known ? rowOfSame(before->slots[static_cast<std::size_t>(old.row())], *before, *next) : -1;
        to.append(row < 0 ? QModelIndex() : createIndex(row, old.column()));
    }
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void SocketTableModel::followSelection(const ArrangementPtr &before)
{
    if (!before || (!m_selection.count() && !m_away.count()))
        return;
    SlotSelection shown, away;
    for (const SlotSelection *each : {&m_selection, &m_away})
        for (const quint32 slot : each->selected())
            if (sameSocket(*before->generation, *m_shown->generation, slot))
                (rowOf(slot) >= 0 ? shown : away).set(slot, true);
    m_away = away;
    if (shown.selected() == m_selection.selected())
        return;
    m_selection = shown;
    Q_EMIT selectionChanged();
}

void SocketTableModel::select(quint32 slot, bool selected)
{
    if (rowOf(slot) < 0 || m_selection.contains(slot) == selected)
        return;
    m_selection.set(slot, selected);
    Q_EMIT selectionChanged();
}

void SocketTableModel::selectRows(int first, int last, bool selected, bool only)
{
    SlotSelection wanted = only ? SlotSelection() : m_selection;
    for (int row = std::max(first, 0); row <= last && row < rowsOf(m_shown); ++row)
        wanted.set(slotAt(row), selected);
    setSelection(wanted);
}

void SocketTableModel::selectAll()
{
    selectRows(0, rowsOf(m_shown) - 1, true, true);
}

void SocketTableModel::clearSelection()
{
    setSelection({});
}

void SocketTableModel::setSelection(const SlotSelection &selection)
{
    m_away.clear();
    SlotSelection shown;
    for (const quint32 slot : selection.selected())
        if (rowOf(slot) >= 0)
            shown.set(slot, true);
    if (shown.count() == m_selection.count() && shown.selected() == m_selection.selected())
        return;
    m_selection = shown;
    Q_EMIT selectionChanged();
}

} // namespace socktree
