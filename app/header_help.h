// SPDX-License-Identifier: GPL-3.0-or-later
// Tooltips of column titles in lines of a bearable length; a header by itself shows each as one line.
#pragma once

#include <QtCore/QObject>

class QHeaderView;

namespace socktree {

class HeaderHelp final : public QObject
{
    Q_OBJECT
public:
    /// Belongs to the header.
    explicit HeaderHelp(QHeaderView *header);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QHeaderView *m_header;
};

} // namespace socktree
