// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/record_capture.h"

#include "collector/capture/capture_writer.h"
#include "collector/capture/redacting_sink.h"
#include "collector/capture/tee_sink.h"
#include "collector/snapshot/snapshot_builder.h"

namespace socktree {

namespace {

/// Adds what is remembered before the end.
class RememberingSink final : public TeeSink
{
public:
    RememberingSink(Sink &shown, Sink &saved, const std::vector<RememberedRecord> &remembered)
        : TeeSink(shown, saved), m_saved(saved), m_remembered(remembered)
    {
    }
    void finished(SteadyTime ended) override
    {
        for (const RememberedRecord &record : m_remembered)
            m_saved.remembered(record);
        TeeSink::finished(ended);
    }

private:
    Sink &m_saved;
    const std::vector<RememberedRecord> &m_remembered;
};

} // namespace

tl::expected<SnapshotPtr, ExportError> recordCapture(
    LiveReader &reader, const QString &path, const RecordOptions &options, const Waiting &waiting)
{
    SnapshotPtr snapshot;
    const auto written = writeTarget(
        path,
        [&](const Output &output) {
            CaptureHeader header;
            header.madeBy = "socktree " SOCKTREE_VERSION;
            if (options.redact)
                header.withheld = RedactingSink::withheld();
            CaptureWriter writer(output, header);
            RedactingSink redacting(writer);
            SnapshotBuilder builder(true, true);
            Sink &saved = options.redact ? static_cast<Sink &>(redacting) : writer;
            RememberingSink both(builder, saved, options.remembered);
            reader.capture(Needs(), both, waiting.stop);
            snapshot = builder.take();
            return writer.good() && !waiting.stop.stop_requested();
        },
        waiting, Readers::OwnerOnly);
    if (!written)
        return tl::unexpected(written.error());
    return snapshot;
}

} // namespace socktree
