// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/captures.h"

#include "collector/capture/capture_writer.h"
#include "collector/snapshot/snapshot_builder.h"
#include "tests/fuzz/answers.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/rows.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/recording_sink.h"
#include "tests/support/spelled_records.h"

namespace socktree::fuzz {

// Small enough that a file which claims to be large is seen to be cut and not to fill the memory.
static CaptureLimits limits()
{
    CaptureLimits small;
    small.bytes = quint64(16) << 20;
    small.dumps = 64;
    small.namespaces = 64;
    return small;
}

static void checkReplay(const test::RecordingSink &sink, const CaptureReadResult &result)
{
    require(sink.hosts.size() == 1 && sink.finishes == 1 && !sink.outOfOrder, "the host comes first, the end last");
    require(sink.processesEnds.size() == (result.owners ? 1U : 0U), "processes end once, if they were read");
    for (const test::RecordedDump &dump : sink.dumps) {
        require(dump.endings.size() == 1, "a stream ends once");
        if (!dump.scope.file.isEmpty())
            continue;
        for (const QByteArray &datagram : dump.datagrams)
            requireNoKeys(std::as_bytes(std::span(datagram.constData(), std::size_t(datagram.size()))));
    }
}

static SnapshotPtr snapshotOf(const QByteArray &file)
{
    SnapshotBuilder builder(true, true);
    test::read(file, builder, limits());
    return builder.take();
}

CaptureReadResult checkCapture(const QByteArray &file)
{
    test::RecordingSink sink;
    const CaptureReadResult result = test::read(file, sink, limits());
    require(result.faults.size() <= limits().faults, "not too many faults are kept");
    for (const CaptureFault &fault : result.faults) {
        require(!fault.what.isEmpty() && isOneLine(QString::fromUtf8(fault.what)), "a fault is one line");
        require(fault.offset <= quint64(file.size()), "a fault is within the file");
    }
    require(!result.complete || result.faults.empty(), "a complete file has no faults");
    require(result.complete || !result.faults.empty(), "what is not complete has a fault");
    require(result.complete || result.format != CaptureFormat::None || result.records == 0,
        "a file that is no capture has no records");
    checkReplay(sink, result);
    checkRows(snapshotOf(file));

    const QByteArray again = test::written([&](Sink &writer) { test::read(file, writer, limits()); });
    test::RecordingSink second;
    const CaptureReadResult rewritten = test::read(again, second, limits());
    require(rewritten.format == CaptureFormat::Socktree, "what is written is a capture");
    // A list of what is written may be longer than the limits that cut it when it was read.
    if (rewritten.complete)
        require(test::spelled(second) == test::spelled(sink), "what is written down again is read as it was");
    return result;
}

} // namespace socktree::fuzz
