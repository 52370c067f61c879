// SPDX-License-Identifier: GPL-3.0-or-later
// A capture's records as text, every field of each, so that two captures can be compared and a difference be read.
#pragma once

#include "tests/support/recording_sink.h"

#include <QtCore/QStringList>

namespace socktree::test {

/// One line a record, in the order a sink is promised: streams whole, one after another. Times are relative to the
/// capture's begin.
QStringList spelled(const RecordingSink &sink);

} // namespace socktree::test
