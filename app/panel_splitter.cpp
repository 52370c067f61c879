// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panel_splitter.h"

#include <QtCore/QEvent>

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
    return all;
}

void PanelSplitter::setPanelSizes(const QList<int> &sizes)
{
    setSizes(sizes);
    for (int panel = 0; panel < sizes.size(); ++panel)
        m_hiddenSizes.insert(panel, sizes[panel]);
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
