// SPDX-License-Identifier: GPL-3.0-or-later
// Watches what a model tells its views: QAbstractItemModelTester does not see an empty range, nor a reset too many.
#pragma once

#include <QtCore/QAbstractItemModel>
#include <QtCore/QByteArray>

namespace socktree::test {

class RangeWatch : public QObject
{
public:
    explicit RangeWatch(QAbstractItemModel &model);
    /// What is wrong so far; empty: nothing.
    const QByteArray &wrong() const { return m_wrong; }
    int inserts() const { return m_inserts; }
    int removes() const { return m_removes; }
    int layouts() const { return m_layouts; }
    int changes() const { return m_changes; }
    void forget() { m_inserts = m_removes = m_layouts = m_changes = 0; }

private:
    QByteArray m_wrong;
    int m_inserts = 0, m_removes = 0, m_layouts = 0, m_changes = 0;
};

} // namespace socktree::test
