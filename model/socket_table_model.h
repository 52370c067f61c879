// SPDX-License-Identifier: GPL-3.0-or-later
// The flat table: an arrangement's rows, every column of the column table. Applied by changes, never by a reset.
#pragma once

#include "model/arrangement.h"
#include "model/column.h"
#include "model/slot_selection.h"

#include <QtCore/QAbstractTableModel>

#include <optional>

namespace socktree {

class SocketTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { ExportRole = Qt::UserRole, SelectedRole, MarkRole, SlotRole };

    explicit SocketTableModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Shows another arrangement: tail insert, layoutChanged with VerticalSortHint, tail remove in that order. Current
    /// index, selection and persistent indexes follow their sockets; bits of dead slots are cleared.
    void apply(const ArrangementPtr &next);
    const ArrangementPtr &arrangement() const { return m_shown; }

    /// The row's socket; row must be valid.
    RowRef rowAt(int row) const;
    quint32 slotAt(int row) const;
    /// -1 if not shown.
    int rowOf(quint32 slot) const;

    const SlotSelection &selection() const { return m_selection; }
    void select(quint32 slot, bool selected);
    /// Rows first..last: sets them; with @p only all others are cleared.
    void selectRows(int first, int last, bool selected, bool only);
    void selectAll();
    void clearSelection();

Q_SIGNALS:
    /// Set of selected sockets is another one, by the user or since some are gone.
    void selectionChanged();

private:
    ArrangementPtr m_shown;
    SlotSelection m_selection;
};

} // namespace socktree
