// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capture_files.h"

#include "model/export/record_capture.h"
#include "model/refresher.h"
#include "model/remembered.h"
#include "model/timeline.h"

#include <QtCore/QDir>

namespace socktree {

CaptureFiles::CaptureFiles(Refresher &refresher, QObject *parent) : QObject(parent), m_refresher(refresher)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_saving, &QFutureWatcherBase::finished, this, &CaptureFiles::endSave);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &CaptureFiles::endOpen);
}

CaptureFiles::~CaptureFiles()
{
    m_stop.request_stop(); // the refresher waits for its worker
    m_stopReading.request_stop();
    m_pool.waitForDone();
}

void CaptureFiles::save(const QString &path, bool redact, const GenerationPtr &remembered)
{
    if (m_saving.isRunning()) {
        Q_EMIT said(tr("The capture before is still being saved."));
        return;
    }
    Q_EMIT said(tr("Saving a capture…"));
    m_saving.setFuture(
        m_refresher.betweenCaptures([path, redact, remembered, stop = m_stop.get_token()](LiveReader &reader) {
            RecordOptions options;
            options.redact = redact;
            if (remembered)
                options.remembered = rememberedOf(*remembered);
            const auto recorded = recordCapture(reader, path, options, {.forReader = false, .stop = stop});
            return recorded ? Saved{path, {}, (*recorded)->sockets.size()} : Saved{path, recorded.error().message, 0};
        }));
}

void CaptureFiles::endSave()
{
    const Saved outcome = m_saving.result();
    if (!outcome.error.isEmpty()) {
        Q_EMIT said({}); // no longer being saved
        Q_EMIT saveFailed(outcome.error);
        return;
    }
    Q_EMIT saved(outcome.path);
    Q_EMIT said(tr(outcome.sockets == 1 ? "Capture of %Ln socket saved to %1" : "Capture of %Ln sockets saved to %1",
        nullptr, static_cast<int>(outcome.sockets))
                    .arg(QDir::toNativeSeparators(outcome.path)));
}

void CaptureFiles::open(const QString &path)
{
    forget();
    m_stopReading = std::stop_source();
    m_opening = true;
    Q_EMIT said(tr("Opening a capture…"));
    // Numbers that neither the running system's generations nor another file's have: sockets are told apart by them.
    constexpr int roomForGenerations = 40;
    const quint64 number = ++m_count << roomForGenerations;
    m_reading.setFuture(QtConcurrent::run(&m_pool, [path, number, stop = m_stopReading.get_token()] {
        giveWay();
        Opened outcome;
        outcome.file.path = path;
        auto read = openCapture(path, {}, stop);
        if (!read) {
            outcome.error = read.error();
            return outcome;
        }
        outcome.file.generation = socktree::advance(nullptr, read->snapshot, {.firstNumber = number});
        outcome.file.faults = std::move(read->result.faults);
        outcome.file.moreFaults = read->result.moreFaults;
        return outcome;
    }));
}

void CaptureFiles::forget()
{
    m_stopReading.request_stop();
    m_opening = false;
}

void CaptureFiles::endOpen()
{
    if (!m_opening)
        return; // forgotten
    m_opening = false;
    const Opened outcome = m_reading.future().takeResult();
    Q_EMIT said({});
    if (outcome.error.isEmpty())
        Q_EMIT opened(outcome.file);
    else
        Q_EMIT openFailed(outcome.error);
}

} // namespace socktree
