// SPDX-License-Identifier: GPL-3.0-or-later
// The window: builds its parts and connects them.
#pragma once

#include "app/window_parts.h"

#include <QtWidgets/QMainWindow>

class QSettings;

namespace socktree {

class Captures;
class WindowWriter;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// Both must outlive the window.
    MainWindow(Refresher &refresher, QSettings &settings);
    /// Shows this capture in place of this system, as soon as it is read. "-" is standard input.
    void openCapture(const QString &path);

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
    void updateNeeds();
    void updateTitle();
    void showScan();

    WindowParts m_parts;
    Captures *m_captures = nullptr;
    WindowWriter *m_writer = nullptr;
    bool m_idle = false;
};

} // namespace socktree
