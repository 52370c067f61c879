// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/socket_view_accessible.h"

#include "app/socket_view.h"

#include <QtCore/QPointer>
#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>
#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace socktree {

namespace {

/// A cell of a row, or of the header if it has no socket. It stays the same column's and socket's.
class Cell final : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    Cell(SocketView &view, const Column &column, quint32 slot) : m_view(&view), m_column(column), m_slot(slot)
    {
        if (slot != noIndex)
            m_born = generation().entries[slot].born;
    }

    bool isHeader() const { return m_slot == noIndex; }
    bool isValid() const override { return m_view && columnIndex() >= 0 && (isHeader() || rowIndex() >= 0); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return isHeader() ? QAccessible::ColumnHeader : QAccessible::Cell; }
    void setText(QAccessible::Text, const QString &) override { }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        switch (kind) {
        case QAccessible::Name:
            return isHeader() ? header(Qt::DisplayRole) : index().data(Qt::AccessibleTextRole).toString();
        case QAccessible::Description:
            return isHeader() ? header(Qt::ToolTipRole) : index().data(Qt::AccessibleDescriptionRole).toString();
        case QAccessible::Help: return isHeader() ? QString() : index().data(Qt::ToolTipRole).toString();
        default: return {};
        }
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        if (!isHeader())
            return m_view->visualRect(index()).translated(m_view->viewport()->mapToGlobal(QPoint()));
        const QHeaderView *header = m_view->horizontalHeader();
        const QPoint at(header->sectionViewportPosition(logicalColumn()), 0);
        return {header->viewport()->mapToGlobal(at), QSize(header->sectionSize(logicalColumn()), header->height())};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        if (state.invalid || isHeader())
            return state;
        state.selectable = state.multiSelectable = state.focusable = true;
        state.readOnly = true;
        state.selected = isSelected();
        state.focused = m_view->hasFocus() && m_view->currentIndex() == index();
        state.offscreen = !m_view->viewport()->rect().intersects(m_view->visualRect(index()));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this) : nullptr;
    }

    bool isSelected() const override { return isValid() && m_view->sockets().selection().contains(m_slot); }
    QList<QAccessibleInterface *> columnHeaderCells() const override;
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override
    {
        const auto shown = m_view->shownColumns();
        const auto found = std::find(shown.begin(), shown.end(), &m_column);
        return found == shown.end() ? -1 : static_cast<int>(found - shown.begin());
    }
    int rowIndex() const override
    {
        const int row = m_view->sockets().rowOf(m_slot);
        return row >= 0 && generation().entries[m_slot].born == m_born ? row : -1;
    }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    const Generation &generation() const { return *m_view->sockets().arrangement()->generation; }
    int logicalColumn() const { return static_cast<int>(&m_column - columns().data()); }
    QModelIndex index() const { return m_view->sockets().index(rowIndex(), logicalColumn()); }
    QString header(Qt::ItemDataRole role) const
    {
        return m_view->sockets().headerData(logicalColumn(), Qt::Horizontal, role).toString();
    }

    QPointer<SocketView> m_view;
    const Column &m_column;
    quint32 m_slot;
    quint64 m_born = 0;
};

/// The table. Its columns are the visible ones in their order on screen; its children are the header's cells, then the
/// rows'.
class Table final : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit Table(SocketView *view) : QAccessibleWidget(view, QAccessible::Table), m_view(*view) { }
    ~Table() override
    {
        forget([](const Cell *) { return true; });
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    int childCount() const override { return (rowCount() + 1) * columnCount(); }
    QAccessibleInterface *child(int index) const override
    {
        const int width = columnCount();
        if (index < 0 || width == 0 || index >= childCount())
            return nullptr;
        return cell(index / width - 1, index % width);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *cell = dynamic_cast<const Cell *>(child);
        if (!cell || !cell->isValid())
            return -1;
        return (cell->isHeader() ? 0 : cell->rowIndex() + 1) * columnCount() + cell->columnIndex();
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint global(x, y);
        const QHeaderView *header = m_view.horizontalHeader();
        const QPoint inHeader = header->viewport()->mapFromGlobal(global);
        if (header->viewport()->rect().contains(inHeader))
            return cell(-1, position(header->logicalIndexAt(inHeader)));
        const QPoint inRows = m_view.viewport()->mapFromGlobal(global);
        if (!m_view.viewport()->rect().contains(inRows))
            return nullptr;
        const QModelIndex index = m_view.indexAt(inRows);
        return index.isValid() ? cell(index.row(), position(index.column())) : nullptr;
    }
    QAccessibleInterface *focusChild() const override
    {
        const QModelIndex current = m_view.currentIndex();
        return current.isValid() ? cell(current.row(), position(current.column())) : nullptr;
    }

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override { return row < 0 ? nullptr : cell(row, column); }
    int selectedCellCount() const override { return selectedRowCount() * columnCount(); }
    QList<QAccessibleInterface *> selectedCells() const override
    {
        QList<QAccessibleInterface *> cells;
        for (const int row : selectedRows())
            for (int column = 0; column < columnCount(); ++column)
                cells.append(cell(row, column));
        return cells;
    }
    QString columnDescription(int column) const override
    {
        const QAccessibleInterface *header = cell(-1, column);
        return header ? header->text(QAccessible::Name) : QString();
    }
    QString rowDescription(int) const override { return {}; }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return static_cast<int>(m_view.sockets().selection().count()); }
    int columnCount() const override { return static_cast<int>(m_view.shownColumns().size()); }
    int rowCount() const override { return m_view.sockets().rowCount(); }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override
    {
        QList<int> rows;
        for (const quint32 slot : m_view.sockets().selection().selected())
            rows.append(m_view.sockets().rowOf(slot));
        std::sort(rows.begin(), rows.end());
        return rows;
    }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int row) const override
    {
        return m_view.sockets().selection().contains(m_view.sockets().slotAt(row));
    }
    bool selectRow(int row) override { return setRow(row, true); }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int row) override { return setRow(row, false); }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *) override
    {
        // Cells go with their sockets. What a reader asked for long ago goes, too, when there is too much of it.
        constexpr qsizetype most = 20000;
        const bool all = m_cells.size() > most;
        forget([all](const Cell *cell) { return all || !cell->isValid(); });
    }

    QAccessibleInterface *cell(int row, int column) const
    {
        const auto shown = m_view.shownColumns();
        if (column < 0 || static_cast<std::size_t>(column) >= shown.size())
            return nullptr;
        const quint32 slot = row < 0 ? noIndex : m_view.sockets().slotAt(row);
        if (row >= 0 && slot == noIndex)
            return nullptr;
        const Column *line = shown[static_cast<std::size_t>(column)];
        const std::pair key(slot, line);
        if (const auto known = m_cells.constFind(key); known != m_cells.constEnd()) {
            QAccessibleInterface *old = QAccessible::accessibleInterface(*known);
            if (old && old->isValid())
                return old;
            QAccessible::deleteAccessibleInterface(*known);
        }
        auto *made = new Cell(m_view, *line, slot);
        m_cells.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

private:
    int position(int logicalColumn) const
    {
        const auto shown = m_view.shownColumns();
        for (std::size_t i = 0; i < shown.size() && logicalColumn >= 0; ++i)
            if (shown[i] == &columns()[static_cast<std::size_t>(logicalColumn)])
                return static_cast<int>(i);
        return -1;
    }
    bool setRow(int row, bool selected)
    {
        if (m_view.sockets().slotAt(row) == noIndex)
            return false;
        m_view.sockets().selectRows(row, row, selected, false);
        return true;
    }
    template <typename Which> void forget(Which which)
    {
        for (auto it = m_cells.begin(); it != m_cells.end();) {
            const auto *cell = static_cast<Cell *>(QAccessible::accessibleInterface(*it));
            if (cell && !which(cell)) {
                ++it;
                continue;
            }
            QAccessible::deleteAccessibleInterface(*it);
            it = m_cells.erase(it);
        }
    }

    SocketView &m_view;
    mutable QHash<std::pair<quint32, const Column *>, QAccessible::Id> m_cells;
};

QList<QAccessibleInterface *> Cell::columnHeaderCells() const
{
    auto *table = static_cast<Table *>(parent());
    return table && isValid() ? QList{table->cell(-1, columnIndex())} : QList<QAccessibleInterface *>();
}

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<SocketView *>(object);
    return view ? new Table(view) : nullptr;
}

} // namespace

void installSocketViewAccessible()
{
    QAccessible::installFactory(make);
}

void tellFocus(SocketView &view)
{
    if (!QAccessible::isActive() || !view.currentIndex().isValid())
        return;
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(&view);
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(table->indexOfChild(table->focusChild()));
    QAccessible::updateAccessibility(&event);
}

void tellSelected(SocketView &view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&view, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&event);
}

} // namespace socktree
