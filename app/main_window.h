// SPDX-License-Identifier: GPL-3.0-or-later
// The window: builds its parts and connects them.
#pragma once

#include "app/window_parts.h"

#include <QtWidgets/QMainWindow>

class QSettings;

namespace socktree {

class WindowWriter;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// Both must outlive the window.
    MainWindow(Refresher &refresher, QSettings &settings);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void connectQuery();
    void connectRefresh();
    void updateEmptyState();
    void updateIdle();

    WindowParts m_parts;
    WindowWriter *m_writer = nullptr;
    bool m_idle = false;
};

} // namespace socktree
