// SPDX-License-Identifier: GPL-3.0-or-later
// Writes rows to a file in a worker: at once under a name made of host and time, or where the user says.
#pragma once

#include "model/arrangement.h"
#include "model/export/export.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QThreadPool>

#include <memory>
#include <stop_token>
#include <vector>

class QFileIconProvider;
class QWidget;

namespace socktree {

/// What is written: these sockets of this arrangement's generation in this order, as it shows them, with these columns.
struct ExportRows {
    ArrangementPtr shown;
    std::vector<quint32> slots;
    std::vector<const Column *> columns;
};
/// "socktree-myhost-20261123-233248.csv"; nothing of the host's name can be a folder or hidden file.
QString exportFileName(const HostRecord &host, Format format);

class Exporter final : public QObject
{
    Q_OBJECT
public:
    explicit Exporter(QWidget *window);
    /// Ends what is being written: a file stays as it was, and nobody who does not read is waited for.
    ~Exporter() override;

    Format format() const { return m_format; }
    QString folder() const { return m_folder; }
    void setFormat(Format format) { m_format = format; }
    /// Where the next file goes; empty: the user's documents.
    void setFolder(const QString &folder) { m_folder = folder; }

    /// In the last format into the last folder; never over an existing file.
    void exportNow(ExportRows rows);
    /// Asks for file and format; @p title says which rows.
    void exportAs(ExportRows rows, const QString &title);
    /// A pipe that nobody reads is told as an error at once: a window cannot show that it waits for a shell.
    void write(ExportRows rows, Format format, const QString &path);

Q_SIGNALS:
    /// Plain text for the status bar.
    void said(const QString &message);
    void failed(const QString &message);

private:
    struct Outcome {
        QString path, error;
        std::size_t rows = 0;
    };
    QWidget *m_window;
    std::unique_ptr<QFileIconProvider> m_icons;
    QFutureWatcher<Outcome> m_watcher;
    QThreadPool m_pool;
    std::stop_source m_stop;
    Format m_format = Format::Csv;
    QString m_folder;
};

} // namespace socktree
