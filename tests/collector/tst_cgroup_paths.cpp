// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/cgroup_paths.h"
#include "collector/capture/mountinfo.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/stat.h>

using namespace socktree;
using namespace socktree::test;
using namespace std::chrono_literals;

class TestCgroupPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void findsTheMountOfCgroup2_data()
    {
        QTest::addColumn<QByteArray>("mountinfo");
        QTest::addColumn<bool>("found");
        QTest::addColumn<QByteArray>("mount");
        const QByteArray v1 = "35 31 0:32 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu\n";
        QTest::newRow("unified") << QByteArray("29 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n")
                                 << true << QByteArray("/sys/fs/cgroup");
        QTest::newRow("hybrid") << v1 + "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n"
                                << true << QByteArray("/sys/fs/cgroup/unified");
        QTest::newRow("many optional fields")
            << QByteArray("29 22 0:26 / /cg rw shared:4 master:3 propagate_from:2 - cgroup2 none rw\n") << true
            << QByteArray("/cg");
        QTest::newRow("escaped") << QByteArray("29 22 0:26 / /a\\040b\\134c\\011 rw - cgroup2 cgroup2 rw\n") << true
                                 << QByteArray("/a b\\c\t");
        QTest::newRow("version 1 only") << v1 << false << QByteArray();
        QTest::newRow("a device of that name")
            << QByteArray("29 22 8:1 / /mnt rw - ext4 cgroup2 rw\n") << false << QByteArray();
        QTest::newRow("cut off") << QByteArray("29 22 0:26 / /sys/fs/cgroup rw -") << false << QByteArray();
        QTest::newRow("empty") << QByteArray() << false << QByteArray();
    }

    void findsTheMountOfCgroup2()
    {
        QFETCH(QByteArray, mountinfo);
        QFETCH(bool, found);
        QFETCH(QByteArray, mount);
        const auto result = mountsOfType("cgroup2", mountinfo);
        QCOMPARE(result.size(), std::size_t(found));
        if (found)
            QCOMPARE(result.front().path, mount);
    }

    void namesEveryGroupByItsInode()
    {
        QTemporaryDir folder;
        makeGroups(folder, {"system.slice/ssh.service", "user.slice/user-1000.slice/session 1.scope"});
        CgroupPaths paths(sourcesFor(folder));
        const auto names = written(paths, SteadyTime(1s));
        QCOMPARE(names.size(), 6);
        QCOMPARE(names.value(idOf(folder, "")), QByteArray("/"));
        QCOMPARE(names.value(idOf(folder, "system.slice")), QByteArray("/system.slice"));
        QCOMPARE(names.value(idOf(folder, "system.slice/ssh.service")), QByteArray("/system.slice/ssh.service"));
        QCOMPARE(names.value(idOf(folder, "user.slice/user-1000.slice/session 1.scope")),
            QByteArray("/user.slice/user-1000.slice/session 1.scope"));
    }

    void walksAgainOnlyWhenTheWalkIsOld()
    {
        QTemporaryDir folder;
        makeGroups(folder, {"a"});
        CgroupPaths paths(sourcesFor(folder));
        QCOMPARE(written(paths, SteadyTime(100s)).size(), 2);
        makeGroups(folder, {"b"});
        QCOMPARE(written(paths, SteadyTime(109s)).size(), 2); // whole, though not new
        QCOMPARE(written(paths, SteadyTime(110s)).size(), 3);
    }

    void doesNotFollowLinks()
    {
        QTemporaryDir folder;
        makeGroups(folder, {"a"});
        QVERIFY(QFile::link(folder.path(), folder.filePath(QStringLiteral("cgroup/a/round"))));
        CgroupPaths paths(sourcesFor(folder));
        QCOMPARE(written(paths, SteadyTime(1s)).size(), 2);
    }

    void givesUpWhereTheTreeIsTooDeepAndSaysSo()
    {
        QTemporaryDir folder;
        QByteArray deep = "d";
        for (int depth = 0; depth < 60; ++depth)
            deep += "/d";
        makeGroups(folder, {deep});
        CgroupPaths paths(sourcesFor(folder));
        RecordingSink sink;
        paths.write(sink, SteadyTime(1s));
        QCOMPARE(sink.names.size(), std::size_t(41));
        QCOMPARE(sink.problems.size(), std::size_t(1));
    }

    void findsItsRootInMountinfo()
    {
        QTemporaryDir folder;
        makeGroups(folder, {"a"});
        QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("proc/self"))));
        QFile mountinfo(folder.filePath(QStringLiteral("proc/self/mountinfo")));
        QVERIFY(mountinfo.open(QIODevice::WriteOnly));
        mountinfo.write(
            "29 22 0:26 / " + folder.filePath(QStringLiteral("cgroup")).toUtf8() + " rw - cgroup2 none rw\n");
        mountinfo.close();
        Sources sources;
        sources.procRoot = folder.filePath(QStringLiteral("proc")).toStdString();
        CgroupPaths paths(sources);
        QCOMPARE(written(paths, SteadyTime(1s)).size(), 2);
    }

    void hasNoNamesAndNoProblemWithoutCgroup2()
    {
        QTemporaryDir folder;
        Sources sources;
        sources.procRoot = folder.path().toStdString();
        CgroupPaths paths(sources);
        RecordingSink sink;
        paths.write(sink, SteadyTime(1s));
        QVERIFY(sink.names.empty());
        QVERIFY(sink.problems.empty());
    }

private:
    static void makeGroups(const QTemporaryDir &folder, const QByteArrayList &groups)
    {
        for (const QByteArray &group : groups) {
            const QString path = folder.filePath(QStringLiteral("cgroup/") + QString::fromUtf8(group));
            QVERIFY(QDir().mkpath(path));
            QFile file(path + QStringLiteral("/cgroup.procs"));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
    }

    static Sources sourcesFor(const QTemporaryDir &folder)
    {
        Sources sources;
        sources.cgroupRoot = folder.filePath(QStringLiteral("cgroup")).toStdString();
        return sources;
    }

    static quint64 idOf(const QTemporaryDir &folder, const char *group)
    {
        struct stat told = {};
        stat(qPrintable(folder.filePath(QStringLiteral("cgroup/") + QString::fromUtf8(group))), &told);
        return told.st_ino;
    }

    static QHash<quint64, QByteArray> written(CgroupPaths &paths, SteadyTime now)
    {
        RecordingSink sink;
        paths.write(sink, now);
        QHash<quint64, QByteArray> names;
        for (const NameRecord &name : sink.names)
            names.insert(name.number, name.name);
        return names;
    }
};

QTEST_GUILESS_MAIN(TestCgroupPaths)
#include "tst_cgroup_paths.moc"
