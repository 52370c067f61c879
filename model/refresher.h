// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the generation fresh: one capture at a time in a worker, then one step of the timeline.
#pragma once

#include "collector/capture/live_reader.h"
#include "model/generation.h"
#include "model/timeline.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <memory>
#include <stop_token>

namespace socktree {

/// One capture understood: what the command line does once and the refresher again and again. Any thread.
SnapshotPtr takeSnapshot(LiveReader &reader, const Needs &needs, std::stop_token stop);

/// Lives on the GUI thread; its workers get copies and a shared reader, never this.
class Refresher final : public QObject
{
    Q_OBJECT
public:
    explicit Refresher(Sources sources, QObject *parent = nullptr);
    ~Refresher() override;

    const GenerationPtr &generation() const { return m_generation; }
    std::chrono::milliseconds interval() const { return m_interval; }
    bool paused() const { return m_paused; }
    /// How long the last capture took, wall time.
    std::chrono::microseconds lastDuration() const { return m_lastDuration; }

public Q_SLOTS:
    /// Captures now; if a capture is under way, once more after it.
    void refresh();
    void setInterval(std::chrono::milliseconds interval);
    void setPaused(bool paused);
    /// Hidden or minimised: nothing is captured; shown again: at once.
    void setIdle(bool idle);

Q_SIGNALS:
    /// A newer generation is there. The first may lack owners (Snapshot::ownersRead) if reading them takes long.
    void refreshed();
    void started();

private:
    void start();
    void finished();

    std::shared_ptr<LiveReader> m_reader;
    QFutureWatcher<GenerationPtr> m_watcher;
    QTimer m_timer;
    std::stop_source m_stop;
    GenerationPtr m_generation;
    std::chrono::milliseconds m_interval{1000};
    std::chrono::microseconds m_lastDuration{0};
    bool m_paused = false, m_idle = false, m_again = false;
};

} // namespace socktree
