// SPDX-License-Identifier: GPL-3.0-or-later
// Saves and opens captures in workers. Asks nobody and shows nothing.
#pragma once

#include "model/generation.h"
#include "model/opened_capture.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <stop_token>
#include <vector>

namespace socktree {

class Refresher;

/// A capture that was opened, as the window shows it.
struct FileShown {
    QString path; ///< "-" is standard input
    GenerationPtr generation;
    std::vector<CaptureFault> faults; ///< the first ones; what else the reading gave, the snapshot's origin has
    quint64 moreFaults = 0;
};

class CaptureFiles final : public QObject
{
    Q_OBJECT
public:
    CaptureFiles(Refresher &refresher, QObject *parent);
    /// Ends what is being read or written; a file that was to be written stays as it was.
    ~CaptureFiles() override;

    /// Captures anew with everything asked, in the refresher's worker. @p remembered may be null: what it remembers
    /// goes along.
    void save(const QString &path, bool redact, const GenerationPtr &remembered);
    /// If another is being opened, that one is forgotten.
    void open(const QString &path);
    /// What is being opened is not wanted any more.
    void forget();

Q_SIGNALS:
    /// Plain text for the status bar.
    void said(const QString &message);
    void saved(const QString &path);
    void saveFailed(const QString &message);
    void opened(const socktree::FileShown &file);
    void openFailed(const QString &message);

private:
    struct Saved {
        QString path, error;
        std::size_t sockets = 0;
    };
    struct Opened {
        FileShown file;
        QString error; ///< empty: it was opened
    };
    void endSave();
    void endOpen();

    Refresher &m_refresher;
    QFutureWatcher<Saved> m_saving;
    QFutureWatcher<Opened> m_reading;
    QThreadPool m_pool;
    std::stop_source m_stop;
    std::stop_source m_stopReading;
    quint64 m_count = 0; ///< of files opened
    bool m_opening = false;
};

} // namespace socktree
