// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_mounts.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;

namespace {

const char mountInfo[] = "44 43 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n"
                         "46 44 0:21 / /proc rw,relatime shared:5 - proc proc rw\n"
                         "47 44 0:22 / /sys rw,relatime shared:6 master:1 propagate_from:2 - sysfs sysfs rw\n"
                         "66 44 0:4 net:[4026532178] /run/netns/a\\040b rw shared:7 - nsfs nsfs rw\n"
                         "67 44 0:4 mnt:[4026532179] /run/mnt rw - nsfs nsfs rw\n"
                         "68 44 0:4 net:[4026532180] /run/docker/netns/x\\134\\012\\303\\266 rw - nsfs nsfs rw\n"
                         "69 44 254:0 /net:[5] /tmp/net:[5] rw - ext4 /dev/vda rw\n";

QByteArray withProc(const QByteArray &options)
{
    return mountInfo + ("70 44 0:39 / /tmp/p\\040p rw,relatime - proc proc " + options + "\n");
}

} // namespace

class tst_proc_mounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void findsNamespacesThatAMountKeeps()
    {
        const auto mounts = netnsMounts(mountInfo);
        QCOMPARE(mounts.size(), std::size_t(2));
        QCOMPARE(mounts[0].inode, quint64(4026532178));
        QCOMPARE(mounts[0].path, QByteArray("/run/netns/a b"));
        QCOMPARE(mounts[1].inode, quint64(4026532180));
        QCOMPARE(mounts[1].path, QByteArray("/run/docker/netns/x\\\n\xc3\xb6"));
        QVERIFY(netnsMounts("").empty());
    }

    void leavesOutALineThatMayBeCut()
    {
        const QByteArrayView text(mountInfo);
        for (qsizetype size = 0; size < text.size(); ++size) {
            for (const NetnsMount &mount : netnsMounts(text.first(size)))
                QVERIFY(mount.path.startsWith("/run/netns/a b") || mount.path.endsWith("\xc3\xb6"));
        }
    }

    void leavesEscapesThatAreNone()
    {
        const auto mounts
            = netnsMounts("1 2 0:4 net:[1] /a\\04 rw - nsfs n rw\n1 2 0:4 net:[1] /a\\999\\777 rw - nsfs n rw\n");
        QCOMPARE(mounts.at(0).path, QByteArray("/a\\04"));
        QCOMPARE(mounts.at(1).path, QByteArray("/a\\999\\777"));
    }

    void readsWhatAProcFileSystemShows_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("hidePid");
        QTest::addColumn<int>("gid");
        QTest::addColumn<bool>("onlyPids");
        QTest::newRow("all") << QByteArray("rw") << int(HidePid::Off) << -1 << false;
        QTest::newRow("as 6.18 writes it")
            << QByteArray("rw,gid=100,hidepid=invisible,subset=pid") << int(HidePid::Invisible) << 100 << true;
        QTest::newRow("noaccess") << QByteArray("rw,hidepid=noaccess") << int(HidePid::NoAccess) << -1 << false;
        QTest::newRow("ptraceable") << QByteArray("rw,hidepid=ptraceable") << int(HidePid::Ptraceable) << -1 << false;
        QTest::newRow("as 5.4 writes it") << QByteArray("rw,gid=5,hidepid=2") << int(HidePid::Invisible) << 5 << false;
        QTest::newRow("new to us") << QByteArray("rw,hidepid=other") << int(HidePid::Unknown) << -1 << false;
        QTest::newRow("only begins like it") << QByteArray("rw,hidepids=2,gid=x") << int(HidePid::Off) << -1 << false;
    }
    void readsWhatAProcFileSystemShows()
    {
        QFETCH(QByteArray, options);
        QFETCH(int, hidePid);
        QFETCH(int, gid);
        QFETCH(bool, onlyPids);
        const auto mount = procMountAt(withProc(options), "/tmp/p p");
        QVERIFY(mount);
        QCOMPARE(int(mount->hidePid), hidePid);
        QCOMPARE(mount->gid ? int(*mount->gid) : -1, gid);
        QCOMPARE(mount->onlyPids, onlyPids);
    }

    void takesTheMountThatCoversTheOthers()
    {
        const QByteArray covered = withProc("rw") + withProc("rw,hidepid=1");
        QCOMPARE(procMountAt(covered, "/tmp/p p")->hidePid, HidePid::NoAccess);
        QVERIFY(!procMountAt(covered + "71 44 0:40 / /tmp/p\\040p rw - tmpfs x rw\n", "/tmp/p p"));
        QVERIFY(procMountAt(mountInfo, "/proc"));
        QVERIFY(!procMountAt(mountInfo, "/sys"));
        QVERIFY(!procMountAt(mountInfo, "/nowhere"));
    }

    void readsTheLinkOfANamespace()
    {
        QCOMPARE(netnsOfLink("net:[4026531833]"), std::optional<quint64>(4026531833));
        for (const char *other : {"", "net", "net:[", "net:[]", "net:[1", "net:[1]x", "net:[-1]", "net:[ 1]", "mnt:[1]",
                 "/net:[1]", "net:[18446744073709551616]"})
            QVERIFY2(!netnsOfLink(other), other);
    }
};

QTEST_GUILESS_MAIN(tst_proc_mounts)
#include "tst_proc_mounts.moc"
