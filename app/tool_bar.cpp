// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tool_bar.h"

#include "app/filter_box.h"
#include "app/interval.h"

#include <QtCore/QLocale>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace socktree {

namespace {
/// Which action stands for which member: toggles have no other list.
struct Switch {
    Act act;
    bool Toggles::*member;
};
constexpr Switch switches[] = {{Act::Tcp, &Toggles::tcp}, {Act::Udp, &Toggles::udp}, {Act::Unix, &Toggles::unix_},
    {Act::Other, &Toggles::other}, {Act::Ipv4, &Toggles::ipv4}, {Act::Ipv6, &Toggles::ipv6},
    {Act::Loopback, &Toggles::loopback}};
struct StateSwitch {
    Act act;
    StateToggle state;
    bool inBar;
};
constexpr StateSwitch stateSwitches[] = {{Act::AllStates, StateToggle::All, true},
    {Act::Established, StateToggle::Established, true}, {Act::Listening, StateToggle::Listening, true},
    {Act::TimeWait, StateToggle::TimeWait, false}, {Act::CloseWait, StateToggle::CloseWait, false}};
} // namespace

ToolBar::ToolBar(const Actions &actions, QWidget *parent)
    : QToolBar(parent), m_actions(actions), m_interval(new QComboBox(this)), m_filter(new FilterBox(this))
{
    setObjectName(QStringLiteral("toolbar"));
    setWindowTitle(tr("Tool bar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    const int small = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    setIconSize({small, small});

    const auto icon = [this](Act act, QStyle::StandardPixmap fallback) {
        if (m_actions[act]->icon().isNull())
            m_actions[act]->setIcon(style()->standardIcon(fallback, nullptr, this));
    };
    icon(Act::Refresh, QStyle::SP_BrowserReload);
    icon(Act::Pause, QStyle::SP_MediaPause);
    addAction(m_actions[Act::Refresh]);
    addAction(m_actions[Act::Pause]);

    for (const auto each : intervals)
        m_interval->addItem(
            tr("%1 s").arg(QLocale().toString(std::chrono::duration<double>(each).count())), QVariant::fromValue(each));
    m_interval->setAccessibleName(tr("Refresh interval"));
    holdInterval({});
    m_interval->setFocusPolicy(Qt::TabFocus);
    connect(m_interval, &QComboBox::activated, this,
        [this](int index) { Q_EMIT intervalChosen(intervals[static_cast<std::size_t>(index)]); });
    connect(m_actions[Act::Faster], &QAction::triggered, this, [this] { step(-1); });
    connect(m_actions[Act::Slower], &QAction::triggered, this, [this] { step(+1); });
    addWidget(m_interval);
    addSeparator();
    addWidget(m_filter);

    const auto addSwitch = [this](Act act) {
        addAction(m_actions[act]);
        // A frame also when it is off: a bare word does not look like something to press.
        if (auto *button = qobject_cast<QToolButton *>(widgetForAction(m_actions[act])))
            button->setAutoRaise(false);
    };
    for (const StateSwitch &each : stateSwitches) {
        if (each.act == Act::AllStates)
            addSeparator();
        if (each.inBar)
            addSwitch(each.act);
        connect(m_actions[each.act], &QAction::triggered, this, [this] { Q_EMIT togglesChosen(toggles()); });
    }
    for (const Switch &each : switches) {
        if (each.act == Act::Tcp || each.act == Act::Ipv4 || each.act == Act::Loopback)
            addSeparator();
        addSwitch(each.act);
        connect(m_actions[each.act], &QAction::triggered, this, [this] { Q_EMIT togglesChosen(toggles()); });
    }
    setToggles({});
    setInterval(defaultInterval);
}

void ToolBar::setInterval(std::chrono::milliseconds interval)
{
    const auto found = std::find(intervals.begin(), intervals.end(), interval);
    m_interval->setCurrentIndex(found == intervals.end() ? -1 : static_cast<int>(found - intervals.begin()));
}

void ToolBar::holdInterval(const QString &why)
{
    m_interval->setEnabled(why.isEmpty());
    m_interval->setToolTip(why.isEmpty() ? tr("How often the list is refreshed") : why);
}

void ToolBar::step(int by)
{
    const int next = std::clamp(m_interval->currentIndex() + by, 0, m_interval->count() - 1);
    m_interval->setCurrentIndex(next);
    Q_EMIT intervalChosen(intervals[static_cast<std::size_t>(next)]);
}

void ToolBar::setToggles(const Toggles &toggles)
{
    for (const Switch &each : switches)
        m_actions[each.act]->setChecked(toggles.*each.member);
    for (const StateSwitch &each : stateSwitches) {
        if (each.state == toggles.state)
            m_actions[each.act]->setChecked(true);
    }
}

Toggles ToolBar::toggles() const
{
    Toggles toggles;
    for (const Switch &each : switches)
        toggles.*each.member = m_actions[each.act]->isChecked();
    for (const StateSwitch &each : stateSwitches) {
        if (m_actions[each.act]->isChecked())
            toggles.state = each.state;
    }
    return toggles;
}

} // namespace socktree
