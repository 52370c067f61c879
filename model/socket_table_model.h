// SPDX-License-Identifier: GPL-3.0-or-later
// The flat table: an arrangement's rows, every column of the column table. Applied by changes, never by a reset.
#pragma once

#include "model/arrangement.h"
#include "model/column.h"
#include "model/slot_selection.h"

#include <QtCore/QAbstractTableModel>

namespace socktree {

class SocketTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { MarkRole = Qt::UserRole, SlotRole };

    explicit SocketTableModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Shows another arrangement: tail insert, layoutChanged with VerticalSortHint, tail remove in that order. Current
    /// index, selection and persistent indexes follow their sockets. What the filter takes out of sight is selected
    /// again when it comes back, unless another selection was made meanwhile.
    /// Returns whether any row came, went or moved.
    bool apply(const ArrangementPtr &next);
    const ArrangementPtr &arrangement() const { return m_shown; }

    /// The row's socket; slotAt(row) must not be noIndex.
    RowRef rowAt(int row) const
    {
        return {*m_shown->generation, m_shown->slots[static_cast<std::size_t>(row)], &m_shown->request.scope};
    }
    /// noIndex if there is no such row.
    quint32 slotAt(int row) const;
    /// -1 if not shown.
    int rowOf(quint32 slot) const;

    const SlotSelection &selection() const { return m_selection; }
    void select(quint32 slot, bool selected);
    /// Rows first..last: sets them; with @p only all others are cleared.
    void selectRows(int first, int last, bool selected, bool only);
    void selectAll();
    void clearSelection();
    /// Slots that are not shown are left out.
    void setSelection(const SlotSelection &selection);

Q_SIGNALS:
    /// Set of selected sockets is another one, by the user or since some are gone.
    void selectionChanged();

private:
    bool nothingMoves(const Arrangement &next) const;
    void resize(int rows);
    void rearrange(const ArrangementPtr &next);
    void followSelection(const ArrangementPtr &before);

    ArrangementPtr m_shown;
    int m_rows = 0; ///< as told to the views; differs from the arrangement's only between two signals
    SlotSelection m_selection;
    SlotSelection m_away; ///< selected when they went out of sight
};

} // namespace socktree
