// SPDX-License-Identifier: GPL-3.0-or-later
// Why a row has no other end. Where it may be in what was not read, or was lost, that is the reason: only what the rows
// that are there prove is told as certain.
#pragma once

#include "model/generation.h"
#include "model/value.h"

#include <QtCore/QString>

namespace socktree {

/// As a reason; of rows without other end.
Why noOtherEnd(const RowRef &row);
/// As a sentence.
QString whyNoOtherEnd(const RowRef &row);

} // namespace socktree
