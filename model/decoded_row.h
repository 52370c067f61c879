// SPDX-License-Identifier: GPL-3.0-or-later
// A row's verbatim message decoded whole: what details and JSON both show.
#pragma once

#include "collector/decode/attribute.h"
#include "model/generation.h"

namespace socktree {

/// Empty if the message was not kept. Views point into the row's snapshot.
DecodedMessage decodedMessageOf(const RowRef &row);

/// The bytes in hexadecimal, without blanks; at most @p most of them.
QString hexText(Bytes bytes, std::size_t most = std::size_t(-1));

} // namespace socktree
