// SPDX-License-Identifier: GPL-3.0-or-later
// A line of plain text that gives way where the window is narrow, and shows by an ellipsis that it did.
#pragma once

#include <QtWidgets/QLabel>

namespace socktree {

class ElidedLabel final : public QLabel
{
    Q_OBJECT
public:
    ElidedLabel(const char *name, Qt::TextElideMode mode, QWidget *parent);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode;
};

} // namespace socktree
