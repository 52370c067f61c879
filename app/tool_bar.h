// SPDX-License-Identifier: GPL-3.0-or-later
// Refresh, pause, interval, the filter box, and the quick toggles; what does not fit goes into the bar's own menu.
#pragma once

#include "app/actions.h"
#include "model/filter/toggles.h"

#include <QtWidgets/QToolBar>

#include <chrono>

class QComboBox;
class QToolButton;

namespace socktree {

class FilterBox;

class ToolBar final : public QToolBar
{
    Q_OBJECT
public:
    explicit ToolBar(const Actions &actions, QWidget *parent = nullptr);

    FilterBox *filterBox() const { return m_filter; }
    void setInterval(std::chrono::milliseconds interval);
    void setToggles(const Toggles &toggles);
    /// Empty: the interval can be chosen. Else it cannot, and this plain text says why.
    void holdInterval(const QString &why);

Q_SIGNALS:
    void intervalChosen(std::chrono::milliseconds interval);
    void togglesChosen(const socktree::Toggles &toggles);

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcons();
    QToolButton *buttonOf(Act act) const;
    void step(int by);
    Toggles toggles() const;

    const Actions &m_actions;
    QComboBox *m_interval;
    FilterBox *m_filter;
    bool m_drawsPause = false; ///< the desktop's icon theme has none
};

} // namespace socktree
