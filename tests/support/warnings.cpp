// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/warnings.h"

#include <QtCore/QMessageLogContext>
#include <QtTest/QTest>

namespace socktree::test {

static QtMessageHandler previous = nullptr;

static void handler(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
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
