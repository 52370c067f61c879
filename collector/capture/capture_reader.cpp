// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/capture_reader.h"

#include "collector/capture/block_reader.h"
#include "collector/capture/byte_source.h"
#include "collector/capture/replay.h"
#include "collector/capture/ss_dump.h"

namespace socktree {

namespace {

void refuse(Sink &sink, const CaptureLimits &limits, CaptureReadResult &result, const QByteArray &what)
{
    capture::Replay replay(sink, limits, result);
    replay.lost(0, what);
    replay.finish(0);
}

} // namespace

CaptureReadResult readCapture(QIODevice &device, Sink &sink, const CaptureLimits &limits)
{
    CaptureReadResult result;
    ByteSource source(device);
    const auto front = source.peek(ssDumpFront);
    if (isSocktreeCapture(front))
        readBlocks(source, sink, limits, result);
    else if (isSsDump(front))
        readSsDump(source, sink, limits, result);
    else if (front.empty())
        refuse(sink, limits, result,
            source.error().isEmpty() ? QByteArray("the file is empty") : "it cannot be read: " + source.error());
    else
        refuse(sink, limits, result,
            "this is no capture: expected are a file that Socktree recorded, which begins with the bytes d9 d9 f7, or "
            "netlink messages as ss -D writes them");
    return result;
}

} // namespace socktree
