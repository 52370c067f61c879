// SPDX-License-Identifier: GPL-3.0-or-later
// A problem as it is said to people.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QString>

namespace socktree {

/// "process 12, process 13 and 40 more: descriptors could not be read": one line, without the error of the system,
/// which each place spells in its own way.
QString problemText(const Problem &problem);

} // namespace socktree
