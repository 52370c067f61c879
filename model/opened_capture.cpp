// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/opened_capture.h"

#include "collector/capture/stoppable_file.h"
#include "collector/snapshot/snapshot_builder.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OpenedCapture", text);
}

auto cannotOpen(const QString &path, const QString &why)
{
    return tl::unexpected(tr("Cannot open %1: %2").arg(visible(path.toUtf8()), why));
}

} // namespace

OpenedCapture openCapture(QIODevice &device, const CaptureLimits &limits)
{
    OpenedCapture opened;
    SnapshotBuilder builder(true, true);
    opened.result = readCapture(device, builder, limits);
    const CaptureReadResult &result = opened.result;
    opened.snapshot = builder.take({.file = true,
        .incomplete = !result.complete,
        .owners = result.owners,
        .socketsOnly = result.format == CaptureFormat::SsDump,
        .madeBy = result.madeBy,
        .withheld = result.withheld});
    return opened;
}

tl::expected<OpenedCapture, QString> openCapture(
    const QString &path, const CaptureLimits &limits, const std::stop_token &stop)
{
    StoppableFile file(stop);
    if (!file.openPath(path))
        return cannotOpen(path, file.errorString());
    OpenedCapture opened = openCapture(file, limits);
    if (opened.result.format == CaptureFormat::None)
        return cannotOpen(path, textsOf(opened.result.faults).join(QLatin1String("; ")));
    return opened;
}

QStringList textsOf(const std::vector<CaptureFault> &faults)
{
    QStringList all;
    for (const CaptureFault &fault : faults)
        all += tr("at byte %1: %2").arg(fault.offset).arg(visible(fault.what));
    return all;
}

} // namespace socktree
