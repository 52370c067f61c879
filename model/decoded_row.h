// SPDX-License-Identifier: GPL-3.0-or-later
// A row's verbatim message or line decoded whole: what details and JSON both show.
#pragma once

#include "collector/decode/attribute.h"
#include "collector/decode/text_field.h"
#include "model/generation.h"

#include <vector>

namespace socktree {

/// Empty if the message was not kept. Views point into the row's snapshot.
DecodedMessage decodedMessageOf(const RowRef &row);
/// The words of the line that a row of a file was read from; empty if it was not kept, or of a row of no file.
std::vector<DecodedText> decodedLineOf(const RowRef &row);

/// The bytes in hexadecimal, without blanks; at most @p most of them.
QString hexText(Bytes bytes, std::size_t most = std::size_t(-1));

} // namespace socktree
