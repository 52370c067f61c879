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
        const auto result = socketInode({target.constData(), std::size_t(target.size())});
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

    void readsTheTablesOfTheWantedThreadsOncePerTable()
    {
        ProcFixture proc;
        proc.add(10);
        proc.holdSocket(10, 99, 999, "task/10/fd"); // not wanted
        for (const char *shared : {"task/11/fd", "task/12/fd"}) {
            proc.holdSocket(10, 3, 111, shared);
            proc.holdSocket(10, 4, 222, shared);
        }
        proc.holdSocket(10, 3, 333, "task/13/fd"); // a table of its own
        const auto scan = scanThreads(openPath(AT_FDCWD, path(proc, 10)).get(), [](qint32 tid) { return tid != 10; });
        QCOMPARE(scan.got, Got::Read);
        QCOMPARE(scan.sockets.size(), std::size_t(3));
        QByteArray withoutTid;
        for (const Descriptor &found : sorted(scan.sockets)) {
            QVERIFY(found.tid >= 11 && found.tid <= 13);
            withoutTid += QByteArray::number(found.fd) + '=' + QByteArray::number(found.inode) + ' ';
        }
        QCOMPARE(withoutTid, QByteArray("3=111 4=222 3=333 "));
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
