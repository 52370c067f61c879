// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tool_bar.h"

#include "app/filter_box.h"
#include "app/interval.h"
#include "app/toggle_style.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

#include <algorithm>
#include <iterator>

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
    m_drawsPause = m_actions[Act::Pause]->icon().isNull();
    drawIcons();
    addAction(m_actions[Act::Refresh]);
    addAction(m_actions[Act::Pause]);
    if (auto *button = buttonOf(Act::Pause))
        ToggleStyle::applyTo(*button);

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
        if (auto *button = buttonOf(act)) {
            button->setAutoRaise(false);
            ToggleStyle::applyTo(*button);
        }
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

QToolButton *ToolBar::buttonOf(Act act) const
{
    return qobject_cast<QToolButton *>(widgetForAction(m_actions[act]));
}

namespace {

/// Paints into a picture of the icon's size, 1 by 1, in the palette's colour: the style's own are dark whatever the
/// palette.
template <typename Paint> QIcon drawn(const ToolBar &bar, Paint paint)
{
    QPixmap pixmap(bar.iconSize() * bar.devicePixelRatioF());
    pixmap.setDevicePixelRatio(bar.devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(bar.iconSize().width(), bar.iconSize().height());
    paint(painter, bar.palette().color(QPalette::ButtonText));
    return QIcon(pixmap);
}

void paintPause(QPainter &painter, const QColor &color)
{
    for (const double left : {0.22, 0.58})
        painter.fillRect(QRectF(left, 0.15, 0.2, 0.7), color);
}

void paintMore(QPainter &painter, const QColor &color)
{
    painter.setPen(QPen(color, 0.1));
    for (const double left : {0.2, 0.5}) {
        const QPointF corners[] = {{left, 0.3}, {left + 0.25, 0.5}, {left, 0.7}};
        painter.drawPolyline(corners, int(std::size(corners)));
    }
}

} // namespace

void ToolBar::drawIcons()
{
    if (m_drawsPause)
        m_actions[Act::Pause]->setIcon(drawn(*this, paintPause));
    if (auto *more = findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button")))
        more->setIcon(drawn(*this, paintMore));
}

void ToolBar::changeEvent(QEvent *event)
{
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
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
