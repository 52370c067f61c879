// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter.h"

#include "app/file_names.h"

#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>

namespace socktree {

static QString suffixOf(Format format)
{
    return QString::fromLatin1(idOf(format));
}

static QString filterOf(Format format)
{
    return QStringLiteral("%1 (*.%2)").arg(suffixOf(format).toUpper(), suffixOf(format));
}

/// What the suffix of a file's name says.
static std::optional<Format> formatOf(const QFileInfo &file)
{
    return formatById(file.suffix().toLatin1());
}

QString exportFileName(const HostRecord &host, Format format)
{
    return QStringLiteral("socktree-%1.%2").arg(hostAndTime(host.name, host.taken), suffixOf(format));
}

Exporter::Exporter(QWidget *window) : QObject(window), m_window(window), m_icons(plainIcons())
{
    m_pool.setMaxThreadCount(1);
    connect(&m_watcher, &QFutureWatcher<Outcome>::finished, this, [this] {
        const Outcome outcome = m_watcher.result();
        if (!outcome.error.isEmpty()) {
            Q_EMIT failed(outcome.error);
            return;
        }
        m_folder = QFileInfo(outcome.path).absolutePath(); // only where a file could be written is the next one tried
        Q_EMIT said(tr(outcome.rows == 1 ? "%Ln row written to %1" : "%Ln rows written to %1", nullptr,
            static_cast<int>(outcome.rows))
                        .arg(QDir::toNativeSeparators(outcome.path)));
    });
}

Exporter::~Exporter()
{
    m_stop.request_stop();
    // Not the future's wait: that would run a task here that no thread has taken yet.
    m_pool.waitForDone();
}

void Exporter::exportNow(ExportRows rows)
{
    const QDir folder(usableFolder(m_folder));
    const QFileInfo plain(folder.filePath(exportFileName(rows.shown->generation->snapshot->host, m_format)));
    QString path = plain.filePath();
    for (int again = 2; QFileInfo(path).exists() || QFileInfo(path).isSymLink(); ++again)
        path = folder.filePath(QStringLiteral("%1-%2.%3").arg(plain.completeBaseName()).arg(again).arg(plain.suffix()));
    write(std::move(rows), m_format, path);
}

void Exporter::exportAs(ExportRows rows, const QString &title)
{
    auto *dialog = new QFileDialog(m_window, title, usableFolder(m_folder));
    dialog->setIconProvider(m_icons.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("export"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    QStringList filters;
    for (const FormatName &each : formats())
        filters << filterOf(each.format);
    dialog->setNameFilters(filters);
    dialog->selectNameFilter(filterOf(m_format));
    dialog->setDefaultSuffix(suffixOf(m_format));
    dialog->selectFile(exportFileName(rows.shown->generation->snapshot->host, m_format));
    const auto chosen = [dialog] {
        for (const FormatName &each : formats()) {
            if (dialog->selectedNameFilter() == filterOf(each.format))
                return each.format;
        }
        return Format::Csv;
    };
    // The name follows the format as long as it has the suffix of one.
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, chosen] {
        const QString suffix = suffixOf(chosen());
        dialog->setDefaultSuffix(suffix);
        const QFileInfo file(dialog->selectedFiles().value(0));
        if (formatOf(file))
            dialog->selectFile(file.completeBaseName() + u'.' + suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, rows = std::move(rows), chosen](const QString &path) {
        m_format = formatOf(QFileInfo(path)).value_or(chosen()); // a name that says another than the list is believed
        write(rows, m_format, path);
    });
    dialog->open();
}

void Exporter::write(ExportRows rows, Format format, const QString &path)
{
    if (m_watcher.isRunning()) {
        Q_EMIT said(tr("The export before is still being written."));
        return;
    }
    m_watcher.setFuture(QtConcurrent::run(&m_pool, [rows = std::move(rows), format, path, stop = m_stop.get_token()] {
        const auto writer = [&](const Output &output) {
            return exportRows(format, {*rows.shown->generation, rows.slots, &rows.shown->request.scope}, rows.columns,
                [&](QByteArrayView piece) { return !stop.stop_requested() && output(piece); });
        };
        Outcome outcome{path, {}, rows.slots.size()};
        if (const auto written = writeTarget(path, writer, {.forReader = false, .stop = stop}); !written)
            outcome.error = written.error().message;
        return outcome;
    }));
}

} // namespace socktree
