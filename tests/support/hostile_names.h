// SPDX-License-Identifier: GPL-3.0-or-later
// Names that were chosen to hurt: formulas, markup, quotes, newlines, NUL, control and bidi characters, no UTF-8.
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace socktree::test {

/// Raw, as processes and sockets may have them. At least two; the first is a harmless one.
const std::vector<QByteArray> &hostileNames();

} // namespace socktree::test
