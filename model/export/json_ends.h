// SPDX-License-Identifier: GPL-3.0-or-later
// What JSON says of a socket's other ends, listener, connection and former owner, each as an object.
#pragma once

#include "model/generation.h"

namespace socktree {

class JsonWriter;

/// As members of the socket's object; what there is none of is not written.
void writeEnds(JsonWriter &json, const RowRef &row);

} // namespace socktree
