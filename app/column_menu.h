// SPDX-License-Identifier: GPL-3.0-or-later
// The table header's menu and the list to choose columns from.
#pragma once

#include <QtCore/QObject>

namespace socktree {

class SocketView;

class ColumnMenu final : public QObject
{
    Q_OBJECT
public:
    explicit ColumnMenu(SocketView *view);

    /// A small window with every column; what is ticked is shown at once.
    void choose();

private:
    void popup(const QPoint &at);
    void setShown(int logical, bool shown);

    SocketView *m_view;
};

} // namespace socktree
