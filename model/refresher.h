// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the generation fresh: one capture at a time in a worker, then one step of the timeline.
#pragma once

#include "collector/capture/live_reader.h"
#include "model/background.h"
#include "model/generation.h"
#include "model/timeline.h"

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>

namespace socktree {

/// One capture understood: what the command line does once and the refresher again and again. Any thread.
SnapshotPtr takeSnapshot(LiveReader &reader, const Needs &needs, const std::stop_token &stop);

/// From the start of one refresh to the start of the next: the interval, but at least three times what the refresh
/// took, so that a slow system is not kept busy by being watched.
std::chrono::milliseconds startToStart(std::chrono::milliseconds interval, std::chrono::milliseconds took);

/// Lives on the GUI thread; its workers get copies and a shared reader, never this. Nothing happens before the first
/// refresh(); then it goes on by itself.
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
    /// Nothing is under way and nothing is planned: paused, idle or not begun.
    bool resting() const { return !m_running && !m_timer.isActive(); }
    /// What captures ask from the next one on, but for owners. At first everything but descriptorTexts.
    void setNeeds(const Needs &needs) { m_needs = needs; }
    /// How long the very first rows wait for their owners before they are shown without.
    void setPatience(std::chrono::milliseconds patience) { m_patience.setInterval(patience); }
    /// Does this with the reader in the worker, before or after a capture and never beside one. If that takes long,
    /// the next refresh comes late.
    template <typename Work> auto betweenCaptures(Work work) -> QFuture<std::invoke_result_t<Work, LiveReader &>>
    {
        return QtConcurrent::run(&m_pool, [reader = m_reader, work = std::move(work)] {
            giveWay();
            return work(*reader);
        });
    }

public Q_SLOTS:
    /// Captures now, paused or not; if a capture is under way, once more after it.
    void refresh();
    void setInterval(std::chrono::milliseconds interval);
    /// What is under way still arrives. Going on means at once.
    void setPaused(bool paused);
    /// Hidden or minimised: nothing is captured; shown again: at once.
    void setIdle(bool idle);

Q_SIGNALS:
    /// A newer generation is there. The first may lack owners (Snapshot::ownersRead) if reading them takes long.
    void refreshed();

private:
    /// Whether the rows of the first step, which have no owners yet, were shown: decided once, by whoever is first.
    enum class FirstRows : quint8 { Waiting, Shown, Skipped };

    void start();
    void capture(const Needs &needs, const GenerationPtr &before);
    void finished();
    void showFirstRows();
    void show(GenerationPtr generation);
    void schedule();
    std::chrono::milliseconds sinceStart() const { return std::chrono::milliseconds(m_sinceStart.elapsed()); }

    std::shared_ptr<LiveReader> m_reader;
    QThreadPool m_pool;
    QFutureWatcher<GenerationPtr> m_watcher;
    QTimer m_timer;    ///< until the next start
    QTimer m_patience; ///< how long the first rows wait for their owners
    QElapsedTimer m_sinceStart;
    std::stop_source m_stop;
    Needs m_needs{.descriptorTexts = false};
    GenerationPtr m_generation;
    GenerationPtr m_firstRows; ///< of the first step, while its owners are being read
    std::shared_ptr<std::atomic<FirstRows>> m_firstRowsAre;
    Retired m_retired;
    std::chrono::milliseconds m_interval{1000};
    std::chrono::milliseconds m_took{0};
    std::chrono::microseconds m_lastDuration{0};
    bool m_paused = false, m_idle = false, m_again = false, m_running = false;
};

} // namespace socktree
