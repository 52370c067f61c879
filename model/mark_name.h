// SPDX-License-Identifier: GPL-3.0-or-later
// The word for a row's mark, for those who hear the table.
#pragma once

#include "model/generation.h"

#include <QtCore/QString>

namespace socktree {

/// Empty for none.
QString markName(Mark mark);

} // namespace socktree
