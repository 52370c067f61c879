// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/stat_glance.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

using namespace socktree;
using namespace socktree::test;

class TestStatGlance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void findsItsFieldsBehindAnyName_data()
    {
        QTest::addColumn<QByteArray>("comm");
        QTest::newRow("plain") << QByteArray("bash");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a stat of its own") << QByteArray(") R 1\n(x)");
        QTest::newRow("blanks") << QByteArray("a b  c ");
        QTest::newRow("parentheses") << QByteArray("((sd-pam))");
        QTest::newRow("no UTF-8") << QByteArray("\xff\xfe\x80");
    }

    void findsItsFieldsBehindAnyName()
    {
        QFETCH(QByteArray, comm);
        const auto glance = glanceAtStat(
            statText(17, {.comm = comm, .state = 'D', .flags = 64, .threads = 5, .startTime = 987654321}));
        QVERIFY(glance);
        QCOMPARE(glance->state, 'D');
        QCOMPARE(glance->flags, 64u);
        QCOMPARE(glance->threads, 5);
        QCOMPARE(glance->startTime, quint64(987654321));
    }

    void refusesWhatIsCutOff()
    {
        const QByteArray whole = statText(17, {.startTime = 55});
        const qsizetype enough = whole.indexOf(" 55 ") + 3;
        for (qsizetype size = 0; size < enough - 2; ++size)
            QVERIFY2(!glanceAtStat(whole.left(size)), qPrintable(QString::number(size)));
        QVERIFY(glanceAtStat(whole.left(enough)));
    }

    void tellsTheDeadFromTheLiving()
    {
        QVERIFY(!glanceAtStat(statText(1, {.state = 'S', .threads = 4}))->isDead());
        const auto zombie = glanceAtStat(statText(1, {.state = 'Z', .threads = 1}));
        QVERIFY(zombie->isDead() && !zombie->isDeadLeader());
        QVERIFY(glanceAtStat(statText(1, {.state = 'Z', .threads = 2}))->isDeadLeader());
        QVERIFY(!glanceAtStat(statText(1, {.state = 'R', .threads = 2}))->isDeadLeader());
    }

    void knowsKernelThreads()
    {
        QVERIFY(glanceAtStat(statText(2, {.flags = 0x208040}))->isKernelThread());
        QVERIFY(!glanceAtStat(statText(2, {.flags = 0x400040}))->isKernelThread());
    }

    void readsTheEffectiveUser()
    {
        QCOMPARE(effectiveUser("Name:\tx\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\n"), std::optional(2u));
        QCOMPARE(effectiveUser("Name:\tx\nUid:\t0\t4294967294\t0\t0\n"), std::optional(4294967294u));
    }

    void isNotFooledByANameThatLooksLikeAUser()
    {
        QCOMPARE(effectiveUser(statusText(9, {.comm = "\nUid:\t0\t0\t0", .uid = 1000})), std::optional(1000u));
    }

    void hasNoUserWhereNoneIsTold_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no line") << QByteArray("Name:\tx\nGid:\t1\t2\t3\t4\n");
        QTest::newRow("one number") << QByteArray("Name:\tx\nUid:\t1");
        QTest::newRow("no number") << QByteArray("Name:\tx\nUid:\t1\tnobody\n");
        QTest::newRow("too large") << QByteArray("Name:\tx\nUid:\t1\t4294967296\n");
    }

    void hasNoUserWhereNoneIsTold()
    {
        QFETCH(QByteArray, status);
        QVERIFY(!effectiveUser(status));
    }
};

QTEST_GUILESS_MAIN(TestStatGlance)
#include "tst_stat_glance.moc"
