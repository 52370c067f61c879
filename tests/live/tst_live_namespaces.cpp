// SPDX-License-Identifier: GPL-3.0-or-later
// Network namespaces of this kernel: read however they can be reached, and let go of.
#include "collector/capture/live_reader.h"
#include "collector/snapshot/snapshot_builder.h"
#include "tests/support/warnings.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <thread>

using namespace socktree;

namespace {

SnapshotPtr snapshotBy(LiveReader &reader)
{
    const Needs needs;
    SnapshotBuilder builder(needs.messages, needs.owners);
    reader.capture(needs, builder, {});
    return builder.take();
}

/// A UDP socket bound to any address and a port of the kernel's choice, and the port.
int boundSocket(quint16 &port)
{
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    socklen_t length = sizeof address;
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr *>(&address), length) != 0
        || getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return -1;
    port = ntohs(address.sin_port);
    return fd;
}

const Socket *rowOf(const Snapshot &snapshot, quint16 port)
{
    for (const Socket &row : snapshot.sockets)
        if (row.protocol == Protocol::Udp && row.localPort == port)
            return &row;
    return nullptr;
}

bool ip(const QString &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ip"), QProcess::splitCommand(arguments));
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

/// A child that makes a socket in a namespace of its own, tells its port, and sleeps until this is gone.
class Child
{
public:
    /// @p flags as for unshare(2).
    explicit Child(int flags)
    {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            return;
        m_pid = fork();
        if (m_pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (unshare(flags) != 0 || boundSocket(port) < 0)
                port = 0;
            if (::write(ends[1], &port, sizeof port) != sizeof port)
                _exit(1);
            for (;;)
                pause();
        }
        close(ends[1]);
        if (read(ends[0], &port, sizeof port) != sizeof port)
            port = 0;
        close(ends[0]);
    }
    ~Child()
    {
        if (m_pid > 0) {
            kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
        }
    }
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;
    pid_t pid() const { return m_pid; }
    quint16 port = 0; ///< 0: it could not be made

private:
    pid_t m_pid = -1;
};

/// How far it got; what comes after Done is what was not as it must be.
enum class Step : int { Done, NoNamespace, NoUser, NoRow, NotFromAFile, HasACookie, Entered, OfAnother, NoError, Held };

/// Of a namespace in another user namespace, which only its owner may enter.
Step readFilesAsAnOrdinaryUser()
{
    constexpr unsigned nobody = 65534;
    if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0))
        return Step::NoUser;
    if (prctl(PR_SET_DUMPABLE, 1) != 0) // or our children's files were not ours to read
        return Step::NoUser;
    const Child child(CLONE_NEWUSER | CLONE_NEWNET);
    if (child.port == 0)
        return Step::NoNamespace;
    LiveReader reader(systemSources());
    const SnapshotPtr snapshot = snapshotBy(reader);
    const Socket *row = rowOf(*snapshot, child.port);
    if (!row)
        return Step::NoRow;
    if (snapshot->sourceOf(*row) != Source::ProcNet)
        return Step::NotFromAFile;
    if (row->cookie != 0)
        return Step::HasACookie;
    const NetNamespace *netns = snapshot->namespaceOf(*row);
    if (netns->reached != NamespaceRecord::Reached::ByProcess)
        return Step::Entered;
    if (netns->pid != child.pid())
        return Step::OfAnother;
    if (netns->error == 0)
        return Step::NoError;
    return snapshot->holdersOf(*row).size() == 1 ? Step::Done : Step::Held;
}

Step inAChild(Step (*work)())
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(static_cast<int>(work()));
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return Step::NoUser;
    return static_cast<Step>(WEXITSTATUS(status));
}

bool write(const char *file, const QByteArray &text)
{
    QFile out(QString::fromLatin1(file));
    return out.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && out.write(text) == text.size();
}

/// Of the mount namespace that this thread is in alone. Only a mount point can be made private, and the root of a
/// chroot is none: setns(2) into one's own namespace leads to the root of everything, from where one comes back by a
/// descriptor.
bool keepMountsToOurselves()
{
    const int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    const int own = open("/proc/thread-self/ns/mnt", O_RDONLY | O_CLOEXEC);
    const bool kept = setns(own, CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
        && fchdir(root) == 0 && chroot(".") == 0;
    close(own);
    close(root);
    return kept;
}

bool becomeRootOfOwnUsers()
{
    const QByteArray uid = QByteArray::number(geteuid()), gid = QByteArray::number(getegid());
    return unshare(CLONE_NEWUSER) == 0 && write("/proc/self/setgroups", "deny")
        && write("/proc/self/uid_map", "0 " + uid + " 1") && write("/proc/self/gid_map", "0 " + gid + " 1");
}

} // namespace

#define NEED_A_WORLD_OF_OUR_OWN()                                                                                      \
    if (!m_hasWorld)                                                                                                   \
    QSKIP("no user namespaces for ordinary users here")

class TestLiveNamespaces : public QObject
{
    Q_OBJECT

public:
    /// Before there is a second thread, which Qt Test makes as well: user namespaces take a process that has one only.
    TestLiveNamespaces()
    {
        m_asAnOrdinaryUser = inAChild(readFilesAsAnOrdinaryUser);
        // An ordinary user is root in a user namespace of his own.
        m_hasWorld = geteuid() == 0 || becomeRootOfOwnUsers();
    }

private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        if (!m_hasWorld)
            return;
        // Gone with this process, and "ip netns" leaves nothing outside of it.
        QVERIFY(unshare(CLONE_NEWNET | CLONE_NEWNS) == 0);
        QVERIFY(keepMountsToOurselves());
        QVERIFY(mount("none", "/run", "tmpfs", 0, nullptr) == 0);
    }

    void readsTheNamespaceOfAProcess()
    {
        NEED_A_WORLD_OF_OUR_OWN();
        const Child child(CLONE_NEWNET);
        QVERIFY(child.port != 0);
        LiveReader reader(systemSources());
        const SnapshotPtr snapshot = snapshotBy(reader);
        const Socket *row = rowOf(*snapshot, child.port);
        QVERIFY(row);
        QVERIFY(row->cookie != 0);
        QVERIFY(row->netns != 0);
        const NetNamespace *netns = snapshot->namespaceOf(*row);
        QCOMPARE(netns->reached, NamespaceRecord::Reached::Entered);
        QCOMPARE(netns->pid, qint32(child.pid()));
        QVERIFY(!snapshot->message(*row).empty());
        QCOMPARE(snapshot->processes[snapshot->holdersOf(*row)[0].process].key.pid, qint32(child.pid()));
        const Process *process = snapshot->findProcess(qint32(child.pid()));
        QCOMPARE(process->netns, row->netns);
        QCOMPARE(snapshot->findProcess(qint32(getpid()))->netns, quint16(0)); // ours is the first
        // The socket that read it is none of the namespace's.
        for (const Socket &other : snapshot->sockets)
            QVERIFY(other.netns != row->netns || other.protocol != Protocol::Netlink || other.localPort == 0);
    }

    void namesAMountedOneAndLetsItGo()
    {
        NEED_A_WORLD_OF_OUR_OWN();
        QVERIFY(ip(QStringLiteral("netns add socktree-test")));
        QVERIFY(ip(QStringLiteral("link add st-here type veth peer name st-there netns socktree-test")));
        quint16 port = 0;
        int fd = -1;
        std::thread([&] {
            const int netns = open("/run/netns/socktree-test", O_RDONLY | O_CLOEXEC);
            if (netns >= 0 && setns(netns, CLONE_NEWNET) == 0)
                fd = boundSocket(port);
            close(netns);
        }).join();
        QVERIFY(fd >= 0);
        LiveReader reader(systemSources());
        for (int round = 0; round < 3; ++round) {
            const SnapshotPtr snapshot = snapshotBy(reader);
            const Socket *row = rowOf(*snapshot, port);
            QVERIFY(row);
            QCOMPARE(snapshot->namespaceOf(*row)->name, QByteArray("socktree-test"));
            QCOMPARE(snapshot->namespaceOf(*row)->mounted, QByteArray("/run/netns/socktree-test"));
        }
        QVERIFY(if_nametoindex("st-here") != 0);
        close(fd);
        QVERIFY(ip(QStringLiteral("netns del socktree-test")));
        // The end of the cable goes with the namespace of its other end, unless somebody keeps that.
        QTRY_VERIFY_WITH_TIMEOUT(if_nametoindex("st-here") == 0, 10'000);
        const SnapshotPtr after = snapshotBy(reader);
        QVERIFY(std::none_of(after->namespaces.begin(), after->namespaces.end(),
            [](const NetNamespace &one) { return one.name == "socktree-test"; }));
    }

    void followsASocketThatAloneKeepsItsNamespace()
    {
        NEED_A_WORLD_OF_OUR_OWN();
        quint16 port = 0;
        int fd = -1;
        std::thread([&] {
            if (unshare(CLONE_NEWNET) == 0)
                fd = boundSocket(port);
        }).join();
        QVERIFY(fd >= 0);
        LiveReader reader(systemSources());
        for (int round = 0; round < 2; ++round) {
            const SnapshotPtr snapshot = snapshotBy(reader);
            const Socket *row = rowOf(*snapshot, port);
            QVERIFY(row);
            QCOMPARE(snapshot->sourceOf(*row), Source::SockDiag);
            const NetNamespace *netns = snapshot->namespaceOf(*row);
            QCOMPARE(netns->reached, NamespaceRecord::Reached::Entered);
            QCOMPARE(netns->pid, 0);
            QVERIFY(netns->inode != 0);
            QCOMPARE(snapshot->holdersOf(*row).size(), std::size_t(1));
        }
        close(fd);
    }

    void readsFilesOfANamespaceThatItMayNotEnter()
    {
        if (m_asAnOrdinaryUser == Step::NoNamespace)
            QSKIP("no user namespaces for ordinary users here");
        QCOMPARE(int(m_asAnOrdinaryUser), int(Step::Done));
    }

    void describesASocketThatWasNeverBound()
    {
        const int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct stat told;
        QVERIFY(fd >= 0 && fstat(fd, &told) == 0);
        LiveReader reader(systemSources());
        const SnapshotPtr snapshot = snapshotBy(reader);
        const auto row = std::find_if(snapshot->sockets.begin(), snapshot->sockets.end(),
            [&](const Socket &one) { return one.inode == told.st_ino; });
        QVERIFY(row != snapshot->sockets.end());
        QCOMPARE(snapshot->sourceOf(*row), Source::Descriptor);
        QCOMPARE(row->protocol, Protocol::Tcp);
        QCOMPARE(row->family, quint8(AF_INET6));
        quint64 cookie = 0;
        socklen_t length = sizeof cookie;
        constexpr int soCookie = 57;
        QVERIFY(getsockopt(fd, SOL_SOCKET, soCookie, &cookie, &length) == 0);
        if (row->cookie != 0) // the right to copy a descriptor, even an own one, can be withheld
            QCOMPARE(row->cookie, cookie);
        close(fd);
    }

private:
    Step m_asAnOrdinaryUser = Step::NoUser;
    bool m_hasWorld = false; ///< a network and mounts of our own, in which we are root
};

int main(int argc, char *argv[])
{
    TestLiveNamespaces test;
    const QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_live_namespaces.moc"
