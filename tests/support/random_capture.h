// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up records of every kind with every field at every edge, for what carries them without understanding them.
#pragma once

#include "collector/capture/record.h"

#include <random>

namespace socktree::test {

struct RandomCaptureOptions {
    int processes = 20;
    int dumps = 6;
    int datagrams = 10;     ///< at most, of a dump
    int datagramSize = 600; ///< at most
};

/// Writes a whole capture that keeps the rules of a sink, its streams interleaved. The same random state and options
/// give the same records.
void writeRandomCapture(std::mt19937_64 &random, Sink &sink, const RandomCaptureOptions &options = {});

} // namespace socktree::test
