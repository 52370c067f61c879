// SPDX-License-Identifier: GPL-3.0-or-later
// What nearly every test includes, read once for all of them: most of the time of a build goes into these. A test still
// includes what it uses.
#pragma once

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>
#include <QtTest/QtTest>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "collector/snapshot/snapshot.h"
#ifdef QT_WIDGETS_LIB
#include <QtWidgets/QtWidgets>
#endif
