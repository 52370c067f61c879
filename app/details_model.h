// SPDX-License-Identifier: GPL-3.0-or-later
// The details of one socket as groups of lines, updated line by line so that scroll, selection and folding stay.
#pragma once

#include "model/details.h"

#include <QtCore/QAbstractItemModel>

namespace socktree {

class DetailsModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Meaning, ColumnCount };

    explicit DetailsModel(QObject *parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void show(std::vector<DetailGroup> next);

private:
    void showLines(int group, std::vector<DetailLine> next);
    int rowOf(quintptr id) const;

    std::vector<DetailGroup> m_groups;
    std::vector<quintptr> m_ids; ///< of the groups: indexes outlive another row of their group
    quintptr m_lastId = 0;
};

} // namespace socktree
