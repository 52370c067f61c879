// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/descriptor_scan.h"
#include "collector/capture/proc_file.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

#include <fcntl.h>

using namespace socktree;
using namespace socktree::test;

class TestDescriptorScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void readsTheNumberOfASocket_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("isSocket");
        QTest::addColumn<quint64>("inode");
        QTest::newRow("a socket") << QByteArray("socket:[123]") << true << quint64(123);
        QTest::newRow("the largest") << QByteArray("socket:[18446744073709551615]") << true << quint64(-1);
        QTest::newRow("too large") << QByteArray("socket:[18446744073709551616]") << false << quint64(0);
        QTest::newRow("no number") << QByteArray("socket:[]") << false << quint64(0);
        QTest::newRow("not only a number") << QByteArray("socket:[12x]") << false << quint64(0);
        QTest::newRow("negative") << QByteArray("socket:[-1]") << false << quint64(0);
        QTest::newRow("cut off") << QByteArray("socket:[12") << false << quint64(0);
        QTest::newRow("the beginning") << QByteArray("socket:[") << false << quint64(0);
        QTest::newRow("nothing") << QByteArray() << false << quint64(0);
        QTest::newRow("a pipe") << QByteArray("pipe:[123]") << false << quint64(0);
        QTest::newRow("a file that wants to be one") << QByteArray("/tmp/socket:[123]") << false << quint64(0);
        QTest::newRow("more behind it") << QByteArray("socket:[123] (deleted)") << false << quint64(0);
    }

    void readsTheNumberOfASocket()
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, isSocket);
        QFETCH(quint64, inode);
        const auto result = linkInode("socket", target);
        QCOMPARE(result.has_value(), isSocket);
        QCOMPARE(result.value_or(0), inode);
    }

    void findsTheSocketsAmongDescriptors()
    {
        ProcFixture proc;
        proc.add(10);
        proc.hold(10, 0, "/dev/null");
        proc.holdSocket(10, 3, 111);
        proc.hold(10, 4, "anon_inode:[eventpoll]");
        proc.hold(10, 5, "pipe:[111]");
        proc.hold(10, 6, "/" + QByteArray(3000, 'x') + "/socket:[9]");
        proc.holdSocket(10, 1048575, 4294967295);
        const auto scan = scanDescriptors(openPath(AT_FDCWD, path(proc, 10)).get(), 10);
        QCOMPARE(scan.got, Got::Read);
        QCOMPARE(scan.denied, 0u);
        QCOMPARE(text(scan), QByteArray("10:3=111 10:1048575=4294967295"));
    }

    void keepsDuplicatesOfOneSocket()
    {
        ProcFixture proc;
        proc.add(10);
        proc.holdSocket(10, 3, 111);
        proc.holdSocket(10, 4, 111);
        QCOMPARE(text(scanDescriptors(openPath(AT_FDCWD, path(proc, 10)).get(), 10)), QByteArray("10:3=111 10:4=111"));
    }

    void passesOverNamesThatAreNoDescriptors()
    {
        ProcFixture proc;
        proc.add(10);
        proc.write(10, "fd/notes", "x");
        proc.write(10, "fd/12a", "x");
        proc.write(10, "fd/-1", "x");
        proc.write(10, "fd/99999999999", "x");
        const auto scan = scanDescriptors(openPath(AT_FDCWD, path(proc, 10)).get(), 10);
        QCOMPARE(scan.got, Got::Read);
        QVERIFY(scan.sockets.empty());
    }

    void saysWhyThereIsNoTable()
    {
        ProcFixture proc;
        proc.add(10);
        QVERIFY(QDir(proc.folder(10) + QStringLiteral("/fd")).removeRecursively());
        const FileDescriptor process = openPath(AT_FDCWD, path(proc, 10));
        QCOMPARE(scanDescriptors(process.get(), 10).got, Got::Gone);
        proc.write(10, "fd", "no folder");
        const auto broken = scanDescriptors(process.get(), 10);
        QCOMPARE(broken.got, Got::Broken);
        QCOMPARE(broken.error, ENOTDIR);
    }

    void readsEveryOtherTableOfAProcessOnce_data()
    {
        QTest::addColumn<QList<int>>("tables"); // of the threads 10, 11, 12 and 13; empty: that cannot be told
        QTest::addColumn<int>("first");         // 0: it is dead
        QTest::addColumn<QByteArray>("expected");
        const QByteArray once = "3=111 4=222 3=333 ", twice = "3=111 3=111 4=222 4=222 3=333 ";
        QTest::newRow("two threads with one table") << QList<int>{0, 1, 1, 2} << 10 << once;
        QTest::newRow("two tables that are alike") << QList<int>{0, 1, 2, 3} << 10 << twice;
        QTest::newRow("alike, and nobody can tell") << QList<int>{} << 10 << once;
        QTest::newRow("one is the first thread's") << QList<int>{0, 1, 1, 0} << 10 << QByteArray("3=111 4=222 ");
        QTest::newRow("the first thread is dead") << QList<int>{0, 1, 1, 2} << 0 << once + "99=999 ";
    }
    void readsEveryOtherTableOfAProcessOnce()
    {
        QFETCH(QList<int>, tables);
        QFETCH(int, first);
        ProcFixture proc;
        proc.add(10);
        proc.holdSocket(10, 99, 999, "task/10/fd");
        for (const char *alike : {"task/11/fd", "task/12/fd"}) {
            proc.holdSocket(10, 3, 111, alike);
            proc.holdSocket(10, 4, 222, alike);
        }
        proc.holdSocket(10, 3, 333, "task/13/fd");
        const auto shares = [&](qint32 tid, qint32 other) {
            return tables.isEmpty() ? std::nullopt : std::optional(tables[tid - 10] == tables[other - 10]);
        };
        const auto scan = scanOtherTables(openPath(AT_FDCWD, path(proc, 10)).get(),
            first ? std::optional(first) : std::nullopt, {{10, 99, 999}}, shares);
        QCOMPARE(scan.got, Got::Read);
        QByteArray withoutTid;
        for (const Descriptor &found : sorted(scan.sockets))
            withoutTid += QByteArray::number(found.fd) + '=' + QByteArray::number(found.inode) + ' ';
        QTEST(withoutTid, "expected");
    }

private:
    static std::vector<Descriptor> sorted(std::vector<Descriptor> sockets)
    {
        std::sort(sockets.begin(), sockets.end(), [](const Descriptor &a, const Descriptor &b) {
            return a.inode < b.inode || (a.inode == b.inode && a.fd < b.fd);
        });
        return sockets;
    }

    static QByteArray text(const DescriptorScan &scan)
    {
        QByteArrayList parts;
        for (const Descriptor &found : sorted(scan.sockets))
            parts.append(QByteArray::number(found.tid) + ':' + QByteArray::number(found.fd) + '='
                + QByteArray::number(found.inode));
        return parts.join(' ');
    }

    // Used within one full expression.
    const char *path(const ProcFixture &proc, qint32 pid)
    {
        m_path = proc.folder(pid).toUtf8();
        return m_path.constData();
    }
    QByteArray m_path;
};

QTEST_GUILESS_MAIN(TestDescriptorScan)
#include "tst_descriptor_scan.moc"
