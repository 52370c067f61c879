// SPDX-License-Identifier: GPL-3.0-or-later
// What ss -D may have written.
#include "tests/fuzz/captures.h"
#include "tests/fuzz/fuzz.h"

using namespace socktree;
using namespace socktree::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    checkCapture(copyOf(Input(data, size).rest()));
    return 0;
}
