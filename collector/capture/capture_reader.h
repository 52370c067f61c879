// SPDX-License-Identifier: GPL-3.0-or-later
// Reads captures out of files: our own, and what ss -D wrote. Total over any bytes.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <vector>

class QIODevice;

namespace socktree {

/// What is wrong with a file, and where.
struct CaptureFault {
    quint64 offset = 0; ///< in the file, bytes; of what is inside a block, that of the block
    QByteArray what;    ///< plain English, UTF-8
    bool isEnd = false; ///< the file ends there, and lacks what should follow
    bool operator==(const CaptureFault &) const = default;
};

enum class CaptureFormat : quint8 { None, Socktree, SsDump };

struct CaptureReadResult {
    CaptureFormat format = CaptureFormat::None; ///< None: it is no capture that we can read, and faults say why
    bool complete = false;                      ///< all that was written is there and was read
    quint64 records = 0;                        ///< handed on to the sink; of ss -D, messages
    quint64 skipped = 0;                        ///< records of types that came into being after us
    quint64 extraFields = 0;                    ///< at the end of records, likewise
    bool owners = false;                        ///< processes were read when it was taken
    QByteArray madeBy;
    QList<QByteArray> withheld;       ///< what was left out on purpose
    std::vector<CaptureFault> faults; ///< the first ones
    quint64 moreFaults = 0;
};

/// How much of a file is taken in. What goes beyond is left unread, and a fault says so.
struct CaptureLimits {
    /// Bytes of records after decompression, each counted as what it can come to in memory.
    quint64 bytes = quint64(2) << 30;
    quint64 dumps = 20'000;
    quint64 namespaces = 16'384;
    std::size_t faults = 8; ///< kept; of more only the number is
};

/// Replays the capture into @p sink, from this thread alone: host() first, each stream ended once, processesEnded()
/// once if owners were read, finished() last, whatever the file holds. The steady clock's times count from
/// SteadyTime(). Faults are problems of the source "capture file" in the sink as well. A dump or list of processes of
/// which something was lost does not end as complete. Keys of MD5 attributes are zeroed. Takes sequential devices.
CaptureReadResult readCapture(QIODevice &device, Sink &sink, const CaptureLimits &limits = {});

} // namespace socktree
