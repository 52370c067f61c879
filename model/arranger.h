// SPDX-License-Identifier: GPL-3.0-or-later
// Arranges in a worker: the latest request wins, an older one is cancelled. Tree and table come of the same generation.
#pragma once

#include "model/arrangement.h"
#include "model/background.h"
#include "model/process_tree.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace socktree {

struct Arranged {
    ArrangementPtr table;
    TreePtr tree;
};

/// Lives on the GUI thread.
class Arranger final : public QObject
{
    Q_OBJECT
public:
    explicit Arranger(QObject *parent = nullptr);
    ~Arranger() override;
    /// Makes the predicates of one request afresh: prepare() writes to them, so no two runs may share them.
    using MakeRequest = std::function<ViewRequest()>;
    /// @p make is called on this thread when the work begins: once, or not at all if a later request comes before.
    void request(const GenerationPtr &generation, const MakeRequest &make);
    const Arranged &last() const { return m_last; }

Q_SIGNALS:
    void arranged();

private:
    void start();
    void finished();

    QThreadPool m_pool;
    QFutureWatcher<Arranged> m_watcher;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    GenerationPtr m_nextGeneration;
    MakeRequest m_next;
    Arranged m_last;
    Retired m_retired;
    bool m_running = false;
};

} // namespace socktree
