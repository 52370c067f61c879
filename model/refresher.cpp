// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/refresher.h"

#include "collector/snapshot/snapshot_builder.h"
#include "model/presence.h"

#include <algorithm>

namespace socktree {

SnapshotPtr takeSnapshot(LiveReader &reader, const Needs &needs, const std::stop_token &stop)
{
    SnapshotBuilder builder(needs.messages, needs.owners);
    reader.capture(needs, builder, stop);
    return builder.take();
}

std::chrono::milliseconds startToStart(std::chrono::milliseconds interval, std::chrono::milliseconds took)
{
    return std::max(interval, 3 * took);
}

Refresher::Refresher(Sources sources, QObject *parent)
    : QObject(parent), m_reader(std::make_shared<LiveReader>(std::move(sources)))
{
    m_pool.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_patience.setSingleShot(true);
    m_patience.setInterval(std::chrono::milliseconds(100));
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &Refresher::finished);
    connect(&m_timer, &QTimer::timeout, this, &Refresher::refresh);
    connect(&m_patience, &QTimer::timeout, this, &Refresher::showFirstRows);
}

Refresher::~Refresher()
{
    m_stop.request_stop();
    // Not the future's wait: that would run a task here that no thread has taken yet.
    m_pool.waitForDone();
}

void Refresher::refresh()
{
    if (m_running)
        m_again = true;
    else
        start();
}

void Refresher::setInterval(std::chrono::milliseconds interval)
{
    m_interval = interval;
    if (m_timer.isActive())
        schedule();
}

void Refresher::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (m_paused)
        m_timer.stop();
    else if (!m_idle)
        refresh();
}

void Refresher::setIdle(bool idle)
{
    if (m_idle == idle)
        return;
    m_idle = idle;
    if (m_idle)
        m_timer.stop();
    else if (!m_paused)
        refresh();
}

void Refresher::start()
{
    m_timer.stop();
    m_again = false;
    m_running = true;
    m_sinceStart.start();
    Needs needs = m_needs;
    needs.owners = m_generation != nullptr;
    capture(needs, m_generation);
}

void Refresher::capture(const Needs &needs, const GenerationPtr &before)
{
    m_watcher.setFuture(QtConcurrent::run(&m_pool,
        [reader = m_reader, needs, before, firstRows = m_firstRowsAre, stop = m_stop.get_token(),
            dropped = m_retired.take()]() mutable -> GenerationPtr {
            giveWay();
            dropped.clear();
            const SnapshotPtr snapshot = takeSnapshot(*reader, needs, stop);
            if (stop.stop_requested())
                return nullptr;
            // Rows that nobody saw are no past: with them as one, what came or went since would be marked.
            auto waiting = FirstRows::Waiting;
            if (firstRows && firstRows->compare_exchange_strong(waiting, FirstRows::Skipped))
                return socktree::advance(nullptr, snapshot);
            return socktree::advance(
                before, snapshot, {.isThere = [&](const Socket &socket) { return isThere(*reader, socket); }});
        }));
}

void Refresher::finished()
{
    GenerationPtr made = m_watcher.future().takeResult();
    if (!made)
        return; // stopped: we are being destroyed
    if (!m_generation && !m_firstRowsAre) {
        // First rows before their owners, who may take long.
        m_firstRows = std::move(made);
        m_firstRowsAre = std::make_shared<std::atomic<FirstRows>>(FirstRows::Waiting);
        m_patience.start();
        capture(m_needs, m_firstRows);
        return;
    }
    m_patience.stop();
    m_firstRowsAre.reset();
    m_retired.add(std::move(m_firstRows));
    m_took = sinceStart();
    m_running = false;
    show(std::move(made));
    if (m_running)
        return; // whoever was told has asked for the next already
    if (m_again)
        start();
    else
        schedule();
}

void Refresher::showFirstRows()
{
    auto waiting = FirstRows::Waiting;
    if (m_firstRowsAre && m_firstRowsAre->compare_exchange_strong(waiting, FirstRows::Shown))
        show(std::move(m_firstRows));
}

void Refresher::show(GenerationPtr generation)
{
    m_retired.add(std::move(m_generation));
    m_generation = std::move(generation);
    m_lastDuration = std::chrono::duration_cast<std::chrono::microseconds>(
        m_generation->snapshot->ended - m_generation->snapshot->began);
    Q_EMIT refreshed();
}

void Refresher::schedule()
{
    if (m_paused || m_idle)
        return;
    const auto wait = startToStart(m_interval, m_took) - sinceStart();
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)));
}

} // namespace socktree
