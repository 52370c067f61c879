// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details_model.h"

#include "app/plain_text.h"

#include <QtGui/QFont>

#include <algorithm>

namespace socktree {

// A group's index has this id, a line's the id of its group.
static constexpr quintptr groupId = 0;

DetailsModel::DetailsModel(QObject *parent) : QAbstractItemModel(parent) { }

int DetailsModel::rowOf(quintptr id) const
{
    return static_cast<int>(std::find(m_ids.begin(), m_ids.end(), id) - m_ids.begin());
}

QModelIndex DetailsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? m_ids[static_cast<std::size_t>(parent.row())] : groupId);
}

QModelIndex DetailsModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == groupId)
        return {};
    return createIndex(rowOf(child.internalId()), 0, groupId);
}

int DetailsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != groupId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].lines.size());
}

int DetailsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant DetailsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == groupId) {
        if (index.column() == Name && role == Qt::DisplayRole)
            return m_groups[static_cast<std::size_t>(index.row())].title;
        if (index.column() == Name && role == Qt::FontRole) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    }
    const DetailLine &line
        = m_groups[static_cast<std::size_t>(rowOf(index.internalId()))].lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Name: return line.name;
        case Value: return line.value;
        default: return line.meaning.section(u'\n', 0, 0);
        }
    case Qt::ToolTipRole:
        if (index.column() == Value)
            return plainToolTip(line.meaning.isEmpty() ? line.value : line.value + u'\n' + line.meaning);
        return plainToolTip(line.meaning);
    default: return {};
    }
}

QVariant DetailsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case Value: return tr("Value");
    case Meaning: return tr("Meaning");
    default: return {};
    }
}

Qt::ItemFlags DetailsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.internalId() == groupId ? all : all | Qt::ItemNeverHasChildren;
}

static bool same(const DetailLine &a, const DetailLine &b)
{
    return a.id == b.id && a.name == b.name;
}

static bool same(const DetailGroup &a, const DetailGroup &b)
{
    return a.title == b.title;
}

/// Makes @p shown the list @p next with the fewest calls: what is no longer there goes, what is new comes in its place,
/// the rest is handed to @p update. Both keep the order of the tables they are made of, so nothing ever needs to move.
template <typename T, typename Remove, typename Insert, typename Update>
static void follow(std::vector<T> &shown, std::vector<T> next, Remove remove, Insert insert, Update update)
{
    std::size_t row = 0;
    for (std::size_t n = 0; n < next.size(); ++n) {
        const auto from = shown.begin() + static_cast<std::ptrdiff_t>(row);
        const auto found = std::find_if(from, shown.end(), [&](const T &item) { return same(item, next[n]); });
        if (found == shown.end()) {
            insert(row, std::move(next[n]));
        } else {
            if (found != from)
                remove(row, static_cast<std::size_t>(found - from));
            update(row, std::move(next[n]));
        }
        ++row;
    }
    if (row < shown.size())
        remove(row, shown.size() - row);
}

void DetailsModel::show(std::vector<DetailGroup> next)
{
    follow(
        m_groups, std::move(next),
        [this](std::size_t row, std::size_t count) {
            beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row + count) - 1);
            const auto first = m_groups.begin() + static_cast<std::ptrdiff_t>(row);
            m_groups.erase(first, first + static_cast<std::ptrdiff_t>(count));
            const auto firstId = m_ids.begin() + static_cast<std::ptrdiff_t>(row);
            m_ids.erase(firstId, firstId + static_cast<std::ptrdiff_t>(count));
            endRemoveRows();
        },
        [this](std::size_t row, DetailGroup &&group) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_groups.insert(m_groups.begin() + static_cast<std::ptrdiff_t>(row), std::move(group));
            m_ids.insert(m_ids.begin() + static_cast<std::ptrdiff_t>(row), ++m_lastId);
            endInsertRows();
        },
        [this](std::size_t row, DetailGroup &&group) { showLines(static_cast<int>(row), std::move(group.lines)); });
}

void DetailsModel::showLines(int group, std::vector<DetailLine> next)
{
    std::vector<DetailLine> &lines = m_groups[static_cast<std::size_t>(group)].lines;
    const QModelIndex parent = index(group, 0);
    follow(
        lines, std::move(next),
        [&](std::size_t row, std::size_t count) {
            beginRemoveRows(parent, static_cast<int>(row), static_cast<int>(row + count) - 1);
            const auto first = lines.begin() + static_cast<std::ptrdiff_t>(row);
            lines.erase(first, first + static_cast<std::ptrdiff_t>(count));
            endRemoveRows();
        },
        [&](std::size_t row, DetailLine &&line) {
            beginInsertRows(parent, static_cast<int>(row), static_cast<int>(row));
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(row), std::move(line));
            endInsertRows();
        },
        [&](std::size_t row, DetailLine &&line) {
            DetailLine &old = lines[row];
            if (old.value == line.value && old.meaning == line.meaning)
                return;
            old = std::move(line);
            const int at = static_cast<int>(row);
            Q_EMIT dataChanged(index(at, Value, parent), index(at, Meaning, parent));
        });
}

} // namespace socktree
