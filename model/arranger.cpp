// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/arranger.h"

#include <QtConcurrent/QtConcurrentRun>

#include <utility>

namespace socktree {

Arranger::Arranger(QObject *parent) : QObject(parent), m_cancelled(std::make_shared<std::atomic<bool>>(false))
{
    m_pool.setMaxThreadCount(1);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &Arranger::finished);
}

Arranger::~Arranger()
{
    m_cancelled->store(true);
    // Not the future's wait: that would run a task here that no thread has taken yet.
    m_pool.waitForDone();
}

void Arranger::request(const GenerationPtr &generation, const MakeRequest &make)
{
    m_retired.add(std::exchange(m_nextGeneration, generation));
    m_next = make;
    if (m_running)
        m_cancelled->store(true);
    else
        start();
}

void Arranger::start()
{
    m_running = true;
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    const MakeRequest make = std::exchange(m_next, nullptr);
    m_watcher.setFuture(QtConcurrent::run(&m_pool,
        [generation = std::exchange(m_nextGeneration, nullptr), request = make(), before = m_last.table,
            cancelled = m_cancelled, dropped = m_retired.take()]() mutable -> Arranged {
            giveWay();
            dropped.clear();
            const auto matching = match(generation, request.filters, *cancelled);
            if (!matching)
                return {};
            Arranged made;
            made.table = arrange(generation, request, *matching, before, *cancelled);
            if (made.table)
                made.tree = buildTree(generation, request, *matching, *cancelled);
            return made;
        }));
}

void Arranger::finished()
{
    m_running = false;
    Arranged made = m_watcher.future().takeResult();
    if (m_next) {
        m_retired.add(std::move(made.table));
        m_retired.add(std::move(made.tree));
        start();
    } else if (made.table && made.tree) {
        m_retired.add(std::exchange(m_last.table, std::move(made.table)));
        m_retired.add(std::exchange(m_last.tree, std::move(made.tree)));
        Q_EMIT arranged();
    }
}

} // namespace socktree
