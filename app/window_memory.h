// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the window together as it was left, and takes down how it is left.
#pragma once

#include "app/settings.h"
#include "app/window_parts.h"

namespace socktree {

void restoreWindow(const WindowParts &parts, const Preferences &preferences);
Preferences preferencesOf(const WindowParts &parts);
/// Panels, columns, widths, sort and zoom as at the first start. What is filtered stays.
void resetWindow(const WindowParts &parts);

} // namespace socktree
