// SPDX-License-Identifier: GPL-3.0-or-later
// Goes from a socket to its other end, in the table or in the tree, and widens what is shown if that hides it.
#pragma once

#include "app/window_parts.h"
#include "model/generation.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <optional>

class QAction;

namespace socktree {

class OtherEnd final : public QObject
{
    Q_OBJECT
public:
    /// Connects the action of this name.
    explicit OtherEnd(const WindowParts &parts);
    ~OtherEnd() override;

private:
    /// The socket to go from: that of the tree if it has the focus, else that of the table.
    std::optional<RowRef> source() const;
    /// Offers the action only where there is another end; else its tooltip says why not.
    void update();
    void go();
    void goTo(quint32 slot, bool inTree);
    /// Lets through what hides the row; what had to change, in words. @p inTree: it is going to be selected there.
    QStringList widenFor(const RowRef &row, bool inTree);
    void selectInTree();

    WindowParts m_parts;
    QPointer<ProcessPanel> m_tree; ///< they lose the focus on their way out, after the other is gone
    QPointer<SocketPanel> m_table;
    QAction *m_action;
    QString m_toolTip;
    SlotOwner m_forTree; ///< to be selected there when the rows asked for are
};

} // namespace socktree
