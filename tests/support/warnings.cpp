// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/warnings.h"

#include <QtCore/QMessageLogContext>
#include <QtTest/QTest>

namespace socktree::test {

static QtMessageHandler previous = nullptr;

static void handler(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    // The offscreen platform says this of sizes, stacking and grabs, which it has not.
    if (message.startsWith(QLatin1String("This plugin does not support ")))
        return;
    if (type == QtWarningMsg || type == QtCriticalMsg)
        QTest::qFail(
            qPrintable(QStringLiteral("Qt warning: ") + message), context.file ? context.file : "?", context.line);
    if (previous)
        previous(type, context, message);
}

void failOnWarnings()
{
    previous = qInstallMessageHandler(handler);
}

} // namespace socktree::test
