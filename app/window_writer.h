// SPDX-License-Identifier: GPL-3.0-or-later
// Writes down how the window is left: when it closes, when the session ends, and a moment after each change, since
// nobody may get to close it.
#pragma once

#include "app/settings.h"
#include "app/window_parts.h"

#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>

namespace socktree {

class WindowWriter final : public QObject
{
    Q_OBJECT
public:
    /// The window has been restored by now. @p settings must outlive it.
    WindowWriter(const WindowParts &parts, QSettings &settings);
    ~WindowWriter() override;
    void writeNow();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectChanges();
    void writeInWorker();

    WindowParts m_parts;
    QSettings &m_settings;
    QTimer m_rest; ///< runs since the last change
    QThreadPool m_pool;
    Preferences m_written;
};

} // namespace socktree
