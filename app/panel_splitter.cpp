// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panel_splitter.h"

#include <QtCore/QEvent>

#include <algorithm>
#include <numeric>

namespace socktree {

void PanelSplitter::addPanel(QWidget *panel)
{
    addWidget(panel);
    panel->installEventFilter(this);
}

QList<int> PanelSplitter::panelSizes() const
{
    QList<int> all = sizes();
    for (int panel = 0; panel < count(); ++panel)
        if (widget(panel)->isHidden())
            all[panel] = m_hiddenSizes.value(panel);
    return isNarrowed(all) && sizes() == m_after ? m_wanted : all;
}

void PanelSplitter::setPanelSizes(const QList<int> &sizes)
{
    setSizes(sizes);
    m_wanted = sizes;
    m_after = this->sizes();
    for (int panel = 0; panel < sizes.size(); ++panel)
        m_hiddenSizes.insert(panel, sizes[panel]);
}

static int sumOf(const QList<int> &sizes)
{
    return std::accumulate(sizes.begin(), sizes.end(), 0);
}

/// By the window, not by the user.
bool PanelSplitter::isNarrowed(const QList<int> &now) const
{
    return m_firstAtMost < 1 && now.size() == 2 && m_wanted.size() == 2 && now[0] > 0 && now[1] > 0 && m_wanted[0] > 0
        && m_wanted[1] > 0 && sumOf(now) < sumOf(m_wanted);
}

void PanelSplitter::resizeEvent(QResizeEvent *event)
{
    if (sizes() != m_after) // dragged since
        m_wanted = sizes();
    QSplitter::resizeEvent(event);
    if (const QList<int> now = sizes(); isNarrowed(now)) {
        const int total = sumOf(now);
        const double share = std::max(m_firstAtMost, double(m_wanted[0]) / sumOf(m_wanted));
        const int first = std::min(m_wanted[0], static_cast<int>(total * share));
        setSizes({first, total - first});
    }
    m_after = sizes();
}

bool PanelSplitter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::HideToParent) {
        const int panel = indexOf(static_cast<QWidget *>(watched));
        // Before the window has been laid out it has no size of its own, but perhaps one it was given.
        if (const int size = sizes().value(panel); size > 0 && isVisible())
            m_hiddenSizes.insert(panel, size);
    }
    return QSplitter::eventFilter(watched, event);
}

} // namespace socktree
