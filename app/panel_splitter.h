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

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QHash<int, int> m_hiddenSizes; ///< by panel
};

} // namespace socktree
