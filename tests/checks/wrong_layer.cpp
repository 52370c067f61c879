// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtGui/QGuiApplication>

// What a lower layer must not do; only linked by the test that wants to see it refused.
QString platformOfTheScreen();
QString platformOfTheScreen()
{
    return QGuiApplication::platformName();
}
