// SPDX-License-Identifier: GPL-3.0-or-later
// From the command line to a window.
#pragma once

#include "collector/capture/sources.h"

#include <QtCore/QString>

namespace socktree {

/// Runs until the window is closed; the exit code. @p openFile: a capture to show first; empty: this system is shown.
/// Without a display it says so in one line and returns 1.
int runWindow(int &argc, char **argv, const Sources &sources, const QString &openFile);

} // namespace socktree
