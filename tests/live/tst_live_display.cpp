// SPDX-License-Identifier: GPL-3.0-or-later
// The window's program where there is no window to be had.
#include "tests/support/live_programs.h"

#include <QtCore/QProcess>
#include <QtTest/QTest>

using namespace socktree::test;

class LiveDisplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysInOneLineThatThereIsNoDisplay_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("none") << QByteArray() << QString();
        QTest::newRow("one where no server is") << QByteArray("DISPLAY") << QStringLiteral(":64999");
        QTest::newRow("a platform that is not there")
            << QByteArray("QT_QPA_PLATFORM") << QStringLiteral("no-such-platform");
    }
    void saysInOneLineThatThereIsNoDisplay()
    {
        QFETCH(QByteArray, name);
        QFETCH(QString, value);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *other : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_DEBUG_PLUGINS"})
            environment.remove(QLatin1String(other));
        if (!name.isEmpty())
            environment.insert(QString::fromLatin1(name), value);
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(socktreeProgram(), QStringList());
        QVERIFY(program.waitForFinished(60000));
        const QByteArray said = program.readAllStandardError();
        QCOMPARE(program.exitStatus(), QProcess::NormalExit); // not by abort
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(said.count('\n'), 1);
        QVERIFY2(said.contains("--list"), said.constData());
        QVERIFY(program.readAllStandardOutput().isEmpty());
    }
};

QTEST_GUILESS_MAIN(LiveDisplay)
#include "tst_live_display.moc"
