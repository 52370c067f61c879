// SPDX-License-Identifier: GPL-3.0-or-later
// Capture files in memory: written, read, and put together by hand where no writer would write them so.
#pragma once

#include "collector/capture/capture_reader.h"
#include "collector/capture/capture_writer.h"
#include "collector/capture/cbor.h"

#include <functional>

namespace socktree::test {

/// The file of what @p capture puts into a sink.
QByteArray written(const std::function<void(Sink &)> &capture, const CaptureHeader &header = {});
CaptureReadResult read(const QByteArray &file, Sink &sink, const CaptureLimits &limits = {});

/// CBOR that @p make writes.
QByteArray cborOf(const std::function<void(cbor::Writer &)> &make);
/// A header that is as it should be.
QByteArray captureHeader();
/// A block item of these records; @p claimed: the size it says it has, if not the true one.
QByteArray captureBlock(const QByteArray &records, std::optional<quint64> claimed = {});
/// Every block's bytes decompressed, one after another, and the header before them. For looking for what shall not be
/// there.
QByteArray decompressed(const QByteArray &file);

} // namespace socktree::test
