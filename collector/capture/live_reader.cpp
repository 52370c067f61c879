// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/live_reader.h"
