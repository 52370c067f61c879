// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_pid.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;

namespace {

QByteArray statOf(const QByteArray &comm)
{
    return "4711 (" + comm
        + ") S 1 4712 4713 34816 4711 4194304 500 0 1 0 7 3 0 0 20 0 4 0 987654 12345678 300 18446744073709551615 1 1 "
          "0\n";
}

} // namespace

class tst_proc_pid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsStat()
    {
        const auto stat = parseStat(statOf("bash"));
        QVERIFY(stat);
        QCOMPARE(stat->pid, 4711);
        QCOMPARE(stat->comm, QByteArray("bash"));
        QCOMPARE(stat->state, 'S');
        QCOMPARE(stat->parent, 1);
        QCOMPARE(stat->group, std::optional<qint32>(4712));
        QCOMPARE(stat->session, std::optional<qint32>(4713));
        QCOMPARE(stat->threads, 4);
        QCOMPARE(stat->startTime, quint64(987654));
    }

    void endsTheNameAtTheLastBracket_data()
    {
        QTest::addColumn<QByteArray>("comm");
        QTest::newRow("blank") << QByteArray("tmux: server");
        QTest::newRow("brackets") << QByteArray("(sd-pam)");
        QTest::newRow("like a stat of its own") << QByteArray("x) R 1 2 3 (y");
        QTest::newRow("newlines") << QByteArray("th) R 1\n(x\n");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no UTF-8") << QByteArray("\xff\x01\xfe");
    }
    void endsTheNameAtTheLastBracket()
    {
        QFETCH(QByteArray, comm);
        const auto stat = parseStat(statOf(comm));
        QVERIFY(stat);
        QCOMPARE(stat->comm, comm);
        QCOMPARE(stat->state, 'S');
        QCOMPARE(stat->startTime, quint64(987654));
    }

    void isNothingForAStatThatEndsEarly()
    {
        const QByteArray whole = statOf("bash");
        const qsizetype needed = whole.indexOf("987654") + 7; // the number and the blank that ends it
        for (qsizetype size = 0; size < needed; ++size)
            QVERIFY2(!parseStat(QByteArrayView(whole).first(size)), QByteArray::number(size));
        QVERIFY(parseStat(QByteArrayView(whole).first(needed)));
    }

    void doesWithoutAGroupThatIsNoNumber()
    {
        QByteArray text = statOf("bash");
        const auto stat = parseStat(text.replace("4712", "-").replace("4713", "-"));
        QVERIFY(stat);
        QVERIFY(!stat->group && !stat->session);
        QCOMPARE(stat->startTime, quint64(987654));
    }

    void isNothingForAStatThatIsNone()
    {
        QVERIFY(!parseStat("bash"));
        QVERIFY(!parseStat(")4711 ("));
        QVERIFY(!parseStat("(bash) S 1"));
        QVERIFY(!parseStat("-1 (bash) S 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n"));
    }

    void readsTheEffectiveUser()
    {
        QCOMPARE(effectiveUid("Name:\ta\\nUid:\t7\t7\nUmask:\t0022\nUid:\t1000\t0\t1001\t0\nGid:\t5\t6\t7\t8\n"),
            std::optional<quint32>(0));
        QCOMPARE(effectiveUid("Uid:\t4294967294\t4294967294\t0\t0\n"), std::optional<quint32>(4294967294u));
        for (const char *status : {"", "Seccomp:\t0\n", "Uid:\tnobody\n", "Uid:\t1\t4294967296\t0\t0\n", "Uid"})
            QVERIFY2(!effectiveUid(status), status);
    }

    void takesAContextWithoutWhatEndsIt()
    {
        QCOMPARE(parseContext("unconfined\n"), QByteArray("unconfined"));
        QCOMPARE(parseContext("/usr/sbin/cupsd (enforce)\n"), QByteArray("/usr/sbin/cupsd (enforce)"));
        QCOMPARE(parseContext(QByteArrayView("system_u:system_r:init_t:s0", 28)), // with its NUL
            QByteArray("system_u:system_r:init_t:s0"));
        QCOMPARE(parseContext("_"), QByteArray("_"));
        QCOMPARE(parseContext("\n"), QByteArray());
        QCOMPARE(parseContext(""), QByteArray());
    }

    void stripsOneNewlineFromComm()
    {
        QCOMPARE(parseComm("bash\n"), QByteArray("bash"));
        QCOMPARE(parseComm("evil\n\n"), QByteArray("evil\n"));
        QCOMPARE(parseComm("cut"), QByteArray("cut"));
        QCOMPARE(parseComm("\n"), QByteArray());
        QCOMPARE(parseComm(""), QByteArray());
    }

    void prefersTheCgroupThatSaysMost_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("unified") << QByteArray("0::/system.slice/ssh.service\n")
                                 << QByteArray("/system.slice/ssh.service");
        QTest::newRow("hybrid") << QByteArray(
            "3:cpu,cpuacct:/user.slice\n1:name=systemd:/system.slice/cron.service\n0::/\n")
                                << QByteArray("/system.slice/cron.service");
        QTest::newRow("hybrid, unified named")
            << QByteArray("1:name=systemd:/a.service\n0::/b.service\n") << QByteArray("/b.service");
        QTest::newRow("v1 without systemd")
            << QByteArray("4:memory:/\n3:cpu:/docker/0123\n2:pids:/docker/0123\n") << QByteArray("/docker/0123");
        QTest::newRow("root") << QByteArray("0::/\n") << QByteArray("/");
        QTest::newRow("colons in the path") << QByteArray("0::/a:b:c.scope\n") << QByteArray("/a:b:c.scope");
        QTest::newRow("outside our namespace") << QByteArray("0::/../other.slice\n") << QByteArray("/../other.slice");
        QTest::newRow("no newline") << QByteArray("0::/init.scope") << QByteArray("/init.scope");
        QTest::newRow("deleted") << QByteArray("0::/x.service (deleted)\n") << QByteArray("/x.service (deleted)");
    }
    void prefersTheCgroupThatSaysMost()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, path);
        QCOMPARE(parseCgroup(text), std::optional(path));
    }

    void hasNoCgroupWithoutAPath()
    {
        QVERIFY(!parseCgroup(""));
        QVERIFY(!parseCgroup("nonsense\n"));
        QVERIFY(!parseCgroup("0::\n"));
    }
};

QTEST_GUILESS_MAIN(tst_proc_pid)
#include "tst_proc_pid.moc"
