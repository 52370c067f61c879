// SPDX-License-Identifier: GPL-3.0-or-later
// socktree --list and --record: one capture, through the same models as the window's or into a file as it is, and what
// is missing told.
#include "app/command_line.h"

#include "collector/snapshot/dump_problems.h"
#include "model/arrangement.h"
#include "model/column.h"
#include "model/export/export.h"
#include "model/export/record_capture.h"
#include "model/filter/word_filter.h"
#include "model/opened_capture.h"
#include "model/owners.h"
#include "model/problem_text.h"
#include "model/refresher.h"
#include "model/text.h"
#include "model/timeline.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>

namespace socktree {

void tell(const QString &message)
{
    const QByteArray bytes = (QLatin1String("socktree: ") + message + QLatin1Char('\n')).toLocal8Bit();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

namespace {

QString withError(const QString &message, int error)
{
    return error ? message + QLatin1String(": ") + QString::fromLocal8Bit(std::strerror(error)) : message;
}

/// The worse of two: what failed outweighs what is incomplete.
Exit worse(Exit a, Exit b)
{
    if (a == Exit::Failed || b == Exit::Failed)
        return Exit::Failed;
    return a == Exit::Done ? b : a;
}

/// A list that this kernel does not have, or that we may not read, is unavailable, which the JSON says, and no failure;
/// but for TCP, UDP and UNIX, and but for what a file stood in for.
Exit exitOf(const DumpOutcome &dump)
{
    switch (dump.ending.end) {
    case DumpEnd::Complete: return dump.damaged ? Exit::Incomplete : Exit::Done;
    case DumpEnd::Interrupted:
    case DumpEnd::Truncated: return Exit::Incomplete;
    case DumpEnd::Unsupported:
    case DumpEnd::Refused:
        if (!isExpected(dump.scope))
            return Exit::Done;
        break;
    case DumpEnd::Failed: break;
    }
    if (!dump.stoodInFor)
        return Exit::Failed;
    // A file is all that a kernel without a handler has; of one that refuses, it is less than there is.
    return dump.ending.end == DumpEnd::Unsupported ? Exit::Done : Exit::Incomplete;
}

Exit exitOf(const Snapshot &snapshot)
{
    if (snapshot.origin.incomplete)
        return Exit::Incomplete;
    const bool tellsNoProcesses = snapshot.origin.file && !snapshot.origin.owners;
    Exit exit = snapshot.processesComplete || tellsNoProcesses ? Exit::Done : Exit::Failed;
    if (snapshot.brokenProcesses)
        exit = worse(exit, Exit::Incomplete);
    for (const DumpOutcome &dump : snapshot.dumps)
        if (!dump.superseded)
            exit = worse(exit, exitOf(dump));
    return exit;
}

QString advice(const Snapshot &snapshot)
{
    return wouldRootSeeMore(snapshot) ? QStringLiteral("; run as root to see all") : QString();
}

void tellWhatIsMissing(const Snapshot &snapshot)
{
    for (const Problem &problem : snapshot.problems)
        tell(withError(problemText(problem), problem.error));
    if (snapshot.unseen == Unseen::HidePid)
        tell(QStringLiteral("the process file system shows our own processes only (hidepid), so owners may be missing")
            + advice(snapshot));
    if (snapshot.unseen == Unseen::OtherNamespaces)
        tell(
            QStringLiteral("processes outside of our namespace of process IDs are not seen, so owners may be missing"));
    const auto unread = std::count_if(snapshot.namespaces.begin(), snapshot.namespaces.end(),
        [](const NetNamespace &netns) { return netns.reached == NamespaceRecord::Reached::Unread; });
    if (unread) {
        const char *what = unread == 1
            ? "%1 network namespace could not be read, so sockets and other ends may be missing"
            : "%1 network namespaces could not be read, so sockets and other ends may be missing";
        tell(QString::fromLatin1(what).arg(unread) + advice(snapshot));
    }
    if (snapshot.deniedProcesses) {
        const char *what = snapshot.deniedProcesses == 1
            ? "%1 process does not let us see its descriptors, so owners may be missing"
            : "%1 processes do not let us see their descriptors, so owners may be missing";
        const QString names = deniedProcesses(snapshot);
        tell(QString::fromLatin1(what).arg(snapshot.deniedProcesses)
            + (names.isEmpty() ? names : QLatin1String(": ") + names) + advice(snapshot));
    }
}

std::vector<const Column *> chosenColumns(const QList<QByteArray> &ids)
{
    std::vector<const Column *> chosen;
    for (const Column &column : columns())
        if (ids.isEmpty() && column.shown)
            chosen.push_back(&column);
    for (const QByteArray &id : ids)
        if (const Column *column = columnById(id))
            chosen.push_back(column);
    return chosen;
}

/// Everything but what only some columns show and takes long.
Needs needsOf(const CommandLine &line)
{
    const auto chosen = chosenColumns(line.columns);
    Needs needs;
    needs.descriptorTexts = formatById(line.format) == Format::Json
        || std::any_of(
            chosen.begin(), chosen.end(), [](const Column *column) { return column->needs == Ask::DescriptorFlags; });
    return needs;
}

/// Of the file or of this system; null: it could not be had, which was told.
SnapshotPtr snapshotOf(const CommandLine &line, const Sources &sources)
{
    if (!line.openFile.isEmpty()) {
        const auto opened = openCapture(line.openFile);
        if (!opened)
            tell(opened.error());
        return opened ? opened->snapshot : nullptr;
    }
    LiveReader reader(sources);
    const std::stop_source neverStopped;
    return takeSnapshot(reader, needsOf(line), neverStopped.get_token());
}

} // namespace

Exit runList(const CommandLine &line, const Sources &sources)
{
    const auto filter = parseFilter(line.filter);
    if (!filter) {
        tell(filter.error().message);
        return Exit::Usage;
    }

    const SnapshotPtr snapshot = snapshotOf(line, sources);
    if (!snapshot)
        return Exit::Failed;
    const GenerationPtr generation = socktree::advance(nullptr, snapshot);
    ViewRequest request;
    if (*filter)
        request.filters.push_back(*filter);
    const std::atomic<bool> cancelled = false;
    const ArrangementPtr arrangement = arrange(generation, request, nullptr, cancelled);

    if (*filter && arrangement->slots.empty() && generation->liveCount > 0)
        tell(QStringLiteral("no socket matches the filter \"%1\"; each word is looked for as text, see the manual")
                 .arg(line.filter));
    const std::vector<const Column *> chosen = chosenColumns(line.columns);
    const auto written = writeTarget(line.output, [&](const Output &output) {
        return exportRows(formatById(line.format).value_or(Format::Csv), {*generation, arrangement->slots}, chosen,
            output, line.why ? Reasons::Told : Reasons::Omitted);
    });
    tellWhatIsMissing(*snapshot);
    if (!written) {
        tell(written.error().message);
        return Exit::Failed;
    }
    return exitOf(*snapshot);
}

Exit runRecord(const CommandLine &line, const Sources &sources)
{
    LiveReader reader(sources);
    RecordOptions options;
    options.redact = line.redact;
    const auto recorded = recordCapture(reader, line.recordFile, options);
    if (!recorded) {
        tell(recorded.error().message);
        return Exit::Failed;
    }
    tellWhatIsMissing(**recorded);
    return exitOf(**recorded);
}

} // namespace socktree
