// SPDX-License-Identifier: GPL-3.0-or-later
// What an ordinary user is told, and a program in each kind of cage: by the real program on this kernel.
#include "tests/support/listed.h"
#include "tests/support/live_programs.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QScopeGuard>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <functional>

using namespace socktree::test;

namespace {

constexpr unsigned nobody = 65534;

struct Listing {
    int status = -1;
    QJsonObject json;
    QByteArray errors;
    QList<QJsonObject> rows(const char *protocol) const
    {
        QList<QJsonObject> found;
        for (const QJsonValue &row : json[u"sockets"].toArray())
            if (row[u"protocol"].toString() == QLatin1String(protocol))
                found += row.toObject();
        return found;
    }
};

/// The list of a process that @p cage was called in first. It may only do what is safe between fork and exec.
Listing listIn(const std::function<void()> &cage)
{
    Listing listing;
    // Who may not enter the folder that the program is in may run it all the same, once it is open.
    const int fd = ::open(QFile::encodeName(socktreeProgram()).constData(), O_PATH); // NOLINT(android-cloexec-open)
    if (fd < 0)
        return listing;
    const auto closed = qScopeGuard([fd] { ::close(fd); });
    QProcess process;
    process.setChildProcessModifier(cage);
    process.start(QStringLiteral("/proc/self/fd/%1").arg(fd),
        {QStringLiteral("--list"), QStringLiteral("--format"), QStringLiteral("json")});
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return listing;
    listing.status = process.exitCode();
    listing.errors = process.readAllStandardError();
    listing.json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    return listing;
}

void becomeNobody()
{
    if (geteuid() != 0)
        return;
    if (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0)
        _exit(99);
}

/// socket(AF_NETLINK, …) fails with EACCES, as a sandbox has it.
void refuseNetlink()
{
    const sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog filter{};
    filter.len = std::size(program);
    filter.filter = const_cast<sock_filter *>(program);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
        _exit(99);
}

/// The row of a socket of mksockets, by its inode.
QJsonObject rowOf(const Listing &listing, const QJsonObject &told)
{
    for (const QJsonValue &row : listing.json[u"sockets"].toArray())
        if (row[u"inode"] == told[u"inode"])
            return row.toObject();
    return {};
}

QString why(const QJsonObject &row, const char *column)
{
    return row[u"why"].toObject()[QLatin1String(column)].toString();
}

} // namespace

class LivePrivileges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void tellsAnOrdinaryUserAllButOwnersAndMarks()
    {
        Mksockets made({QStringLiteral("tcp-idle")});
        const QList<QJsonObject> told = made.told();
        const Listing listing = listIn(becomeNobody);
        QCOMPARE(listing.status, 0);
        for (const QJsonObject &one : told) {
            const QJsonObject row = rowOf(listing, one);
            QCOMPARE(row[u"protocol"].toString(), QStringLiteral("tcp"));
            QVERIFY(row[u"attributes"].toObject().contains(QLatin1String("tcp.rtt")));
            QVERIFY(row[u"attributes"].toObject().contains(QLatin1String("mem.rcvbuf")));
            QVERIFY(row.contains(QLatin1String("cgroup")));
            QCOMPARE(row[u"cookie"], QJsonValue(QLatin1String("0x") + QString::number(cookieOf(row), 16)));
            QCOMPARE(why(row, "mark"), QStringLiteral("denied"));
            QCOMPARE(why(row, "rtt"), QString());
            if (geteuid() == 0) // made by root, seen by another
                QCOMPARE(why(row, "process"), QStringLiteral("denied"));
            else
                QCOMPARE(qint64(row[u"pid"].toInteger()), qint64(one[u"pid"].toInteger()));
        }
        if (geteuid() == 0)
            QVERIFY(listing.json[u"denied-processes"].toInteger() > 0);
    }

    void readsFilesWhereNetlinkIsRefused()
    {
        Mksockets made({QStringLiteral("tcp-idle"), QStringLiteral("udp-bound"), QStringLiteral("unix-pairs")});
        const QList<QJsonObject> told = made.told();
        const Listing listing = listIn(refuseNetlink);
        QCOMPARE(listing.status, 3); // files stood in, which tell less
        QVERIFY2(listing.errors.contains("refused"), listing.errors.constData());
        for (const QJsonObject &one : told) {
            const QJsonObject row = rowOf(listing, one);
            QVERIFY2(!row.isEmpty(), QJsonDocument(one).toJson().constData());
            QCOMPARE(row[u"source"].toString(), QStringLiteral("proc_net"));
            QCOMPARE(row[u"protocol"], one[u"protocol"]);
            QCOMPARE(row[u"state"], one[u"state"]);
            QCOMPARE(qint64(row[u"pid"].toInteger()), qint64(one[u"pid"].toInteger()));
            if (one[u"protocol"].toString() == QLatin1String("unix"))
                continue;
            QCOMPARE(row[u"local-port"], one[u"local-port"]);
            QCOMPARE(row[u"local-address"], one[u"local-address"]);
            QCOMPARE(why(row, "cookie"), QStringLiteral("not-told"));
        }
    }

    /// Its subflows are in the TCP file, which tells nothing of MPTCP.
    void knowsMptcpWhereNetlinkIsRefused()
    {
        Mksockets made({QStringLiteral("mptcp")});
        const QList<QJsonObject> told = made.told();
        if (told.first().contains(u"cannot"))
            QSKIP(qPrintable(told.first()[u"cannot"].toString()));
        const Listing listing = listIn(refuseNetlink);
        for (const QJsonObject &one : told) {
            if (one[u"protocol"].toString() != QLatin1String("mptcp"))
                continue;
            const QList<QJsonObject> rows = listing.rows("mptcp");
            const auto row = std::find_if(
                rows.begin(), rows.end(), [&](const QJsonObject &it) { return it[u"inode"] == one[u"inode"]; });
            QVERIFY2(row != rows.end(), QJsonDocument(one).toJson().constData());
            QCOMPARE((*row)[u"source"].toString(), QStringLiteral("descriptor"));
            QCOMPARE(qint64((*row)[u"pid"].toInteger()), qint64(one[u"pid"].toInteger()));
            QCOMPARE((*row)[u"netns-id"], listing.json[u"netns"]);
        }
    }

    void readsTheNamespaceOfAThreadWithoutPrivilege()
    {
        if (geteuid() != 0)
            QSKIP("a thread in another network namespace takes root");
        Mksockets made({QStringLiteral("netns-thread")});
        const QList<QJsonObject> told = made.told();
        QVERIFY(!told.isEmpty());
        const Listing listing = listIn(becomeNobody);
        int seen = 0;
        for (const QJsonObject &one : told) {
            const QString protocol = one[u"protocol"].toString();
            if (protocol != QLatin1String("tcp") && protocol != QLatin1String("udp"))
                continue;
            const QJsonObject row = rowOf(listing, one);
            QVERIFY2(!row.isEmpty(), QJsonDocument(one).toJson().constData());
            QCOMPARE(row[u"source"].toString(), QStringLiteral("proc_net"));
            QVERIFY(row[u"netns-id"] != listing.json[u"netns"]);
            ++seen;
        }
        QVERIFY(seen > 0);
    }

    void saysThatHidepidHidesOwners()
    {
        if (geteuid() != 0)
            QSKIP("mounting a process file system takes root");
        Mksockets made({QStringLiteral("tcp-idle")});
        const QList<QJsonObject> told = made.told();
        const Listing listing = listIn([] {
            if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
                || mount("proc", "/proc", "proc", 0, "hidepid=2") != 0)
                _exit(98);
            becomeNobody();
        });
        if (listing.status == 98)
            QSKIP("no process file system can be mounted here");
        QCOMPARE(listing.status, 0);
        QCOMPARE(listing.json[u"unseen-processes"].toString(), QStringLiteral("hidepid"));
        QVERIFY2(listing.errors.contains("hidepid"), listing.errors.constData());
        const QJsonObject row = rowOf(listing, told.first());
        QCOMPARE(row[u"protocol"].toString(), QStringLiteral("tcp"));
        QCOMPARE(why(row, "process"), QStringLiteral("denied"));
    }

    void worksInAUserNamespace()
    {
        Mksockets made({QStringLiteral("tcp-idle")});
        const QList<QJsonObject> told = made.told();
        const Listing listing = listIn([] {
            becomeNobody();
            if (unshare(CLONE_NEWUSER) != 0)
                _exit(98);
        });
        if (listing.status == 98)
            QSKIP("no user namespaces for ordinary users here");
        QCOMPARE(listing.status, 0);
        const QJsonObject row = rowOf(listing, told.first());
        QCOMPARE(row[u"protocol"].toString(), QStringLiteral("tcp"));
        QVERIFY(row[u"attributes"].toObject().contains(QLatin1String("tcp.rtt")));
        QCOMPARE(qint64(row[u"uid"].toInteger()), qint64(nobody)); // nobody is mapped in it
        QCOMPARE(why(row, "mark"), QStringLiteral("denied"));
    }

    void worksInAUserAndNetworkNamespaceOfItsOwn()
    {
        Mksockets made({QStringLiteral("tcp-idle")});
        const QList<QJsonObject> told = made.told();
        const Listing listing = listIn([] {
            becomeNobody();
            if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
                _exit(98);
        });
        if (listing.status == 98)
            QSKIP("no user namespaces for ordinary users here");
        QCOMPARE(listing.status, 0);
        // Its own is empty; the one around it is seen through processes' files.
        const QJsonObject row = rowOf(listing, told.first());
        QVERIFY(!row.isEmpty());
        QCOMPARE(row[u"source"].toString(), QStringLiteral("proc_net"));
        QVERIFY(row[u"netns-id"] != listing.json[u"netns"]);
    }
};

QTEST_GUILESS_MAIN(LivePrivileges)
#include "tst_live_privileges.moc"
