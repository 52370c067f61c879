// SPDX-License-Identifier: GPL-3.0-or-later
// What socktree --list does with the descriptors and names that a shell hands it.
#include "tests/support/live_programs.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace socktree::test;

class LiveOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }
    void saysThatStandardOutputIsClosed();
    void failsWithEveryStreamClosed();
    void tellsWrongOptionsWithoutStandardError();
    void addsToWhatARedirectionHolds_data();
    void addsToWhatARedirectionHolds();
    void refusesANameThatCannotBeKept();
};

/// Runs a line of shell; $0 is Socktree, $1 the argument.
static Outcome shell(const char *line, const QString &argument = {})
{
    return run(QStringLiteral("sh"), {QStringLiteral("-c"), QString::fromLatin1(line), socktreeProgram(), argument});
}

void LiveOutput::saysThatStandardOutputIsClosed()
{
    const Outcome outcome = shell("exec \"$0\" --list >&-");
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.errors.contains("standard output: it is closed"), outcome.errors.constData());
}

void LiveOutput::failsWithEveryStreamClosed()
{
    // Not one row may go into a socket or an event of our own that took the number.
    QCOMPARE(shell("exec \"$0\" --list <&- >&- 2>&-").status, 1);
    QCOMPARE(shell("exec \"$0\" --list --output /dev/stdout <&- >&- 2>&-").status, 1);
    QCOMPARE(shell("exec \"$0\" --help >&-").status, 1);
}

void LiveOutput::tellsWrongOptionsWithoutStandardError()
{
    QCOMPARE(shell("exec \"$0\" --lst <&- 2>&-").status, 2);
}

void LiveOutput::addsToWhatARedirectionHolds_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("standard output") << QByteArray(
        R"({ echo before; "$0" --list --columns pid --output /dev/stdout; echo after; } > "$1")");
    QTest::newRow("standard error") << QByteArray(
        R"({ echo before >&2; "$0" --list --columns pid --output /dev/stderr; echo after >&2; } 2> "$1")");
    QTest::newRow("a number") << QByteArray(
        R"(exec 7> "$1"; echo before >&7; "$0" --list --columns pid --output /dev/fd/7; echo after >&7)");
    QTest::newRow("appending") << QByteArray(
        R"(echo before > "$1"; "$0" --list --columns pid --output /dev/stdout >> "$1"; echo after >> "$1")");
}

void LiveOutput::addsToWhatARedirectionHolds()
{
    QFETCH(QByteArray, line);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("out")));
    QCOMPARE(shell(line.constData(), file.fileName()).status, 0);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY2(all.startsWith("before\npid\r\n") && all.endsWith("\nafter\n"), all.constData());
}

void LiveOutput::refusesANameThatCannotBeKept()
{
    const QTemporaryDir folder;
    const Outcome outcome
        = shell(R"x(cd "$1" && "$0" --list --output "$(printf 'a\377b')"; echo $?; ls)x", folder.path());
    QCOMPARE(outcome.output, QByteArray("2\n"));
    QVERIFY2(outcome.errors.contains("'a\\xffb' is not UTF-8"), outcome.errors.constData());
}

QTEST_GUILESS_MAIN(LiveOutput)
#include "tst_live_output.moc"
