// SPDX-License-Identifier: GPL-3.0-or-later
// What each action does to the parts of the window.
#pragma once

#include "app/actions.h"
#include "app/window_parts.h"

#include <QtCore/QObject>

#include <vector>

namespace socktree {

class Commands final : public QObject
{
    Q_OBJECT
public:
    explicit Commands(const WindowParts &parts);

private:
    void connectFile();
    void connectEdit();
    void connectView();
    void connectSocket();
    void connectHelp();
    void connectStatus();

    void exportRows(const std::vector<quint32> &slots, const QString &title);
    void copy();
    void leave();
    void showAll();
    void filterByCell(bool exclude);
    void showOnlyProcess();
    void goToDetails();
    void toggleState(Act act);

    WindowParts m_parts;
};

} // namespace socktree
