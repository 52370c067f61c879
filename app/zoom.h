// SPDX-License-Identifier: GPL-3.0-or-later
// Larger and smaller text in tree, table and details, by keys and by Ctrl and wheel.
#pragma once

#include <QtCore/QObject>
#include <QtGui/QFont>

#include <vector>

class QAbstractItemView;

namespace socktree {

class Zoom final : public QObject
{
    Q_OBJECT
public:
    static constexpr int smallest = -6, largest = 14;

    explicit Zoom(std::vector<QAbstractItemView *> views, QObject *parent = nullptr);
    int steps() const { return m_steps; }
    /// 0: the desktop's own size; each step is a tenth of it. Column widths grow along.
    void setSteps(int steps);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::vector<QAbstractItemView *> m_views;
    int m_steps = 0;
    int m_wheel = 0; ///< eighths of a degree not yet made a step
};

} // namespace socktree
