// SPDX-License-Identifier: GPL-3.0-or-later
// A splitter that knows how large a hidden panel was: QSplitter says 0 of it.
#pragma once

#include <QtCore/QHash>
#include <QtWidgets/QSplitter>

namespace socktree {

class PanelSplitter final : public QSplitter
{
    Q_OBJECT
public:
    using QSplitter::QSplitter;
    void addPanel(QWidget *panel);
    /// One for each panel; of a hidden one what it had.
    QList<int> panelSizes() const;
    /// Hidden ones get theirs when they are shown.
    void setPanelSizes(const QList<int> &sizes);
    /// In a window narrower than the one it got its size in, the first of two panels gives way down to this share of
    /// the whole (or to the share that it was given, if that is more), until there is room again.
    void setFirstPanelAtMost(double share) { m_firstAtMost = share; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isNarrowed(const QList<int> &now) const;

    QHash<int, int> m_hiddenSizes; ///< by panel
    double m_firstAtMost = 1;
    QList<int> m_wanted; ///< as they were given or dragged
    QList<int> m_after;  ///< as the last resizing left them
};

} // namespace socktree
