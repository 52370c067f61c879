// SPDX-License-Identifier: GPL-3.0-or-later
// The status bar: counts that filter when clicked, how long a scan takes, and badges for what is hidden or failed.
#pragma once

#include "model/arrangement.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <chrono>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace socktree {

/// "9 ms every 1 s"
QString scanText(std::chrono::microseconds took, std::chrono::milliseconds interval);

class StatusCounts final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusCounts(QWidget *parent = nullptr);

    void show(const ArrangementPtr &arrangement);
    void showScan(std::chrono::microseconds took, std::chrono::milliseconds interval, bool paused);
    /// Said only of more than one row: one is seen.
    void showSelected(quint32 rows);
    /// In the place of the counts, for a while.
    void say(const QString &message);
    QString message() const;

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void allAsked();
    void establishedAsked();
    void listeningAsked();
    void timeWaitAsked();
    void closeWaitAsked();
    void waitingAsked();
    void pausedAsked();
    void hiddenAsked();
    void problemsAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Part {
        QWidget *widget;
        int importance; ///< the least important ones go first where the window is narrow
        bool wanted = true;
    };
    QToolButton *add(const char *name, int importance, const QString &tip);
    void want(QWidget *widget, bool wanted);
    void fit();

    std::vector<Part> m_parts;
    QHBoxLayout *m_row;
    QLabel *m_message;
    QTimer m_messageTime;
    QToolButton *m_shown, *m_listening, *m_established, *m_timeWait, *m_closeWait, *m_waiting;
    QLabel *m_selected;
    QLabel *m_root;
    QToolButton *m_paused, *m_problems, *m_hidden;
    QLabel *m_scan;
};

} // namespace socktree
