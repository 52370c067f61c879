// SPDX-License-Identifier: GPL-3.0-or-later
// A word of the filter that is plain text, looked for wherever a row has some.
#pragma once

#include "model/row_predicate.h"

#include <QtCore/QString>

namespace socktree {

/// prepare() must have seen the row's generation: processes, users and names are asked once each, and not by row.
PredicatePtr textMatcher(const QString &text);

} // namespace socktree
