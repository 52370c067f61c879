// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_fdinfo.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <fcntl.h>

using namespace socktree;

namespace {

// As Linux 6.18 wrote it, one slot free, then lists that number their lines alike.
const char ioUring[] = "pos:\t0\n"
                       "flags:\t02000002\n"
                       "mnt_id:\t17\n"
                       "ino:\t1351809\n"
                       "SqMask:\t0x3\n"
                       "SQEs:\t1\n"
                       "    0: opcode:READ, fd:3, flags:0, off:0, addr:0x0, rw_flags:0x0, buf_index:0 user_data:0\n"
                       "SqThread:\t-1\n"
                       "UserFiles:\t4\n"
                       "    0: socket:[1351810]\n"
                       "    2: socket:[1351811]\n"
                       "    3: /tmp/socket:[7]\n"
                       "UserBufs:\t1\n"
                       "    1: 0x7f0000000000/4096\n"
                       "    2: socket:[8]\n"
                       "PollList:\n"
                       "NAPI:\tdisabled\n";

} // namespace

class tst_proc_fdinfo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsASocket()
    {
        const auto info = parseFdInfo("pos:\t0\nflags:\t02004002\nmnt_id:\t10\nino:\t1351812\nscm_fds: 2\n");
        QCOMPARE(info.flags, std::optional<quint32>(02004002));
        QCOMPARE(info.inode, std::optional<quint64>(1351812));
        QVERIFY(info.registeredSockets.empty());
    }

    void namesTheFlagsOfAnOpenFile()
    {
        const auto named = [](quint32 flags) { return openFlagNames(flags).join(' '); };
        QCOMPARE(named(O_RDWR | O_NONBLOCK | O_CLOEXEC), QByteArray("rdwr nonblock cloexec"));
        QCOMPARE(named(O_RDWR), QByteArray("rdwr"));
        QCOMPARE(named(O_RDONLY | O_PATH), QByteArray("rdonly path"));
        QCOMPARE(named(O_WRONLY | O_ASYNC | O_APPEND), QByteArray("wronly async append"));
        QCOMPARE(named(O_RDWR | 0x80000000u), QByteArray("rdwr 0x80000000"));
        QCOMPARE(named(O_ACCMODE), QByteArray("0x3")); // no mode of a socket
    }

    // As Linux 6.18 wrote them of sockets
    void readsLocks()
    {
        const auto info = parseFdInfo("pos:\t0\n"
                                      "lock:\t1: FLOCK  ADVISORY  WRITE 31753 00:09:3532973 0 EOF\n"
                                      "lock:\t2: POSIX  ADVISORY  READ 31753 00:09:3532977 0 99\n"
                                      "lock:\t3: OFDLCK ADVISORY  READ -1 00:09:3532977 5 EOF\n"
                                      "lock:\t4: SOMETHING NEW\n"
                                      "lock:\t\n");
        QCOMPARE(
            info.locks, (QList<QByteArray>{"flock write", "posix read 0-99", "ofdlck read 5-eof", "4: SOMETHING NEW"}));
        QVERIFY(parseFdInfo("flags:\t02\nlock:\t1: FLOCK  ADVISORY  WRITE 1 00:09:1 0 EOF").locks.isEmpty()); // cut
        QCOMPARE(parseFdInfo("lock:\t1: FLOCK  ADVISORY  READ 1 00:09:1 0 EOF\nlock:\t2: PO").locks,
            (QList<QByteArray>{"flock read", "…"}));
    }

    void leavesOutWhatIsNotTold()
    {
        const FdInfo old = parseFdInfo("pos:\t0\nflags:\t02\n");
        QCOMPARE(old.flags, std::optional<quint32>(02));
        QVERIFY(!old.inode);
        for (const char *text : {"scm_fds: 0\n", "", "nonsense\n"})
            QVERIFY(!parseFdInfo(text).flags);
    }

    void findsTheSocketsOfAnIoUring()
    {
        QCOMPARE(parseFdInfo(ioUring).registeredSockets, (std::vector<quint64>{1351810, 1351811}));
    }

    void believesNoNumberThatMayBeCut()
    {
        const QByteArrayView text(ioUring);
        for (qsizetype size = 0; size < text.size(); ++size) {
            const FdInfo info = parseFdInfo(text.first(size));
            QVERIFY(!info.inode || *info.inode == 1351809);
            for (const quint64 inode : info.registeredSockets)
                QVERIFY(inode == 1351810 || inode == 1351811);
        }
    }

    void takesNoNumberThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("not octal") << QByteArray("flags:\t08\n");
        QTest::newRow("too large") << QByteArray("flags:\t077777777777777\n");
        QTest::newRow("negative") << QByteArray("ino:\t-1\n");
        QTest::newRow("larger than any") << QByteArray("ino:\t18446744073709551616\n");
        QTest::newRow("no slot") << QByteArray("UserFiles:\tx\n x: socket:[1]\n");
        QTest::newRow("no inode") << QByteArray("UserFiles:\tx\n 1: socket:[]\n");
        QTest::newRow("more than a link") << QByteArray("UserFiles:\tx\n 1: socket:[1] (deleted)\n");
    }
    void takesNoNumberThatIsNone()
    {
        QFETCH(QByteArray, line);
        const FdInfo info = parseFdInfo(line);
        QVERIFY(!info.flags && !info.inode && info.registeredSockets.empty());
    }
};

QTEST_GUILESS_MAIN(tst_proc_fdinfo)
#include "tst_proc_fdinfo.moc"
