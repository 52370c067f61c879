// SPDX-License-Identifier: GPL-3.0-or-later
// Capture files, raw, and as hostile records within a file that is well made.
// Input: a byte for the kind, then the file's bytes; or pieces, each a block's records before they are compressed.
#include "tests/fuzz/captures.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/capture_bytes.h"

using namespace socktree;
using namespace socktree::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr int mostBlocks = 8;
    Input input(data, size);
    const bool isRaw = input.byte() % 4 == 0;
    QByteArray file = isRaw ? copyOf(input.rest()) : test::captureHeader();
    for (int i = 0; i < mostBlocks && !input.atEnd(); ++i)
        file += test::captureBlock(copyOf(input.piece()));
    checkCapture(file);
    return 0;
}
