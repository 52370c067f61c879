// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/range_watch.h"

namespace socktree::test {

RangeWatch::RangeWatch(QAbstractItemModel &model)
{
    const auto range = [this](int first, int last) {
        if (first > last)
            m_wrong = "a signal with an empty range";
    };
    connect(
        &model, &QAbstractItemModel::rowsAboutToBeInserted, this, [=, this](const QModelIndex &, int first, int last) {
            ++m_inserts;
            range(first, last);
        });
    connect(
        &model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [=, this](const QModelIndex &, int first, int last) {
            ++m_removes;
            range(first, last);
        });
    connect(&model, &QAbstractItemModel::layoutChanged, this, [this] { ++m_layouts; });
    connect(&model, &QAbstractItemModel::dataChanged, this, [=, this](const QModelIndex &from, const QModelIndex &to) {
        ++m_changes;
        range(from.row(), to.row());
        range(from.column(), to.column());
    });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_wrong = "a reset"; });
}

} // namespace socktree::test
