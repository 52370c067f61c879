// SPDX-License-Identifier: GPL-3.0-or-later
// A capture beyond its own network namespace, and of sockets that no list has; on a made-up system.
#include "collector/capture/live_reader.h"
#include "tests/support/fake_kernel.h"
#include "tests/support/message_builder.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <netinet/in.h>
#include <unistd.h>

#include <map>
#include <memory>

using namespace socktree;
using namespace socktree::test;

static constexpr quint64 homeInode = 4026531840, blueInode = 4026532001, redInode = 4026532002;
static constexpr quint64 homeCookie = 3, blueCookie = 11, redCookie = 12;

class TestReadNamespaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void readsTheNamespacesOfProcesses()
    {
        System system;
        system.add(42, blueInode);
        system.add(43, homeInode);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(2));
        QCOMPARE(sink->namespaces[0].id, homeCookie);
        QCOMPARE(sink->namespaces[0].inode, homeInode);
        QCOMPARE(sink->namespaces[0].reached, NamespaceRecord::Reached::Home);
        QCOMPARE(sink->namespaces[1].id, blueCookie);
        QCOMPARE(sink->namespaces[1].inode, blueInode);
        QCOMPARE(sink->namespaces[1].pid, 42);
        QCOMPARE(sink->namespaces[1].reached, NamespaceRecord::Reached::Entered);
        QVERIFY(streamOf(*sink, blueCookie)->bytes().contains(system.socket(blueCookie)));
        QVERIFY(streamOf(*sink, homeCookie)->bytes().contains(system.socket(homeCookie)));
        QVERIFY(!sink->outOfOrder);
    }

    void keepsNoSocketInAnotherNamespace()
    {
        System system;
        system.add(42, blueInode);
        LiveReader reader(system.sources());
        for (int round = 0; round < 3; ++round)
            capture(reader);
        QCOMPARE(system.entered[blueInode], 3); // anew each time
        QCOMPARE(*system.open, 2);              // the two of our own
    }

    void readsAMountedOneWithoutAProcess()
    {
        System system;
        system.file("self/mountinfo",
            "30 23 0:25 / /run/netns rw - tmpfs tmpfs rw\n"
            "31 30 0:4 net:["
                + QByteArray::number(redInode) + "] /run/netns/red\\040one rw - nsfs nsfs rw\n");
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(2));
        QCOMPARE(sink->namespaces[1].id, redCookie);
        QCOMPARE(sink->namespaces[1].pid, 0);
        QCOMPARE(sink->namespaces[1].mounted, QByteArray("/run/netns/red one"));
        QVERIFY(streamOf(*sink, redCookie));
    }

    void readsThatOfAThread()
    {
        System system;
        system.add(42, homeInode, 2);
        system.link(42, "task/42/ns/net", homeInode);
        system.link(42, "task/50/ns/net", blueInode);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(2));
        QCOMPARE(sink->namespaces[1].pid, 50);
        QCOMPARE(sink->processes.at(0).threadNamespaces.at(0).tid, 50);
    }

    void readsFilesWhereEnteringIsRefused()
    {
        System system;
        system.refusal = EPERM;
        system.add(42, blueInode);
        const QByteArray line
            = "   0: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 77 1 0\n";
        system.proc.write(42, "net/tcp", "  sl  local_address\n" + line);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(2));
        const NamespaceRecord &blue = sink->namespaces[1];
        QCOMPARE(blue.reached, NamespaceRecord::Reached::ByProcess);
        QCOMPARE(blue.error, EPERM);
        QCOMPARE(blue.id, namespaceIdOf(blueInode));
        const RecordedDump *tcp = fileOf(*sink, blue.id, "tcp");
        QVERIFY(tcp && tcp->bytes().contains(line));
        QCOMPARE(tcp->endings.at(0).end, DumpEnd::Complete);
        QCOMPARE(fileOf(*sink, blue.id, "udp")->endings.at(0).end, DumpEnd::Unsupported);
    }

    void saysOfOneThatNobodyLeadsIntoThatItIsNotRead()
    {
        System system;
        system.refusal = EPERM;
        system.file("self/mountinfo",
            "31 30 0:4 net:[" + QByteArray::number(redInode) + "] /run/netns/red rw - nsfs nsfs rw\n");
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(2));
        const NamespaceRecord &red = sink->namespaces[1];
        QCOMPARE(red.reached, NamespaceRecord::Reached::Unread);
        QCOMPARE(red.error, EPERM);
        QVERIFY(!streamOf(*sink, red.id));
        QVERIFY(!fileOf(*sink, red.id, "tcp"));
    }

    /// A cage may refuse sock_diag and leave other sockets: they know as well where they are.
    void knowsItsNamespaceWithoutSockDiag()
    {
        System system;
        Sources sources = system.sources();
        sources.dial = []() -> Result<std::unique_ptr<DiagSocket>> {
            return tl::make_unexpected(SystemError{EACCES, "socket"});
        };
        sources.netnsCookie = [] { return homeCookie; };
        LiveReader reader(sources);
        QCOMPARE(capture(reader)->namespaces.at(0).id, homeCookie);
    }

    /// Without MPTCP a kernel would answer with TCP sockets.
    void asksForMptcpWhereTheKernelKnowsIt()
    {
        for (const bool files : {true, false}) {
            for (const bool known : {true, false}) {
                System system;
                if (files)
                    system.file(known ? "sys/net/mptcp/enabled" : "sys/net/core", "1\n");
                Sources sources = system.sources();
                sources.knowsMptcp = [&] { return known && !files; };
                LiveReader reader(sources);
                const auto sink = capture(reader);
                const auto dump = std::find_if(sink->dumps.begin(), sink->dumps.end(),
                    [](const RecordedDump &one) { return one.scope.protocol == IPPROTO_MPTCP; });
                QVERIFY(dump != sink->dumps.end());
                const int error = dump->endings.at(0).error;
                QCOMPARE(error == EPROTONOSUPPORT, !known);
            }
        }
    }

    void asksASocketInTheTableOfAThread()
    {
        System system;
        system.add(42, homeInode, 2);
        system.proc.holdSocket(42, 4, 777, "task/50/fd");
        system.proc.ownTables = {50};
        std::vector<qint32> threads;
        Sources sources = system.sources();
        sources.askDescriptor = [&](qint32 tid, qint32 fd, LoneSocketRecord &record) {
            threads.push_back(tid);
            QCOMPARE(fd, 4);
            record.got = Got::Read;
        };
        LiveReader reader(sources);
        QCOMPARE(capture(reader)->loneSockets.size(), std::size_t(1));
        QCOMPARE(threads, (std::vector<qint32>{50}));
    }

    void passesOverOneThatIsGone()
    {
        System system;
        system.refusal = ENOENT;
        system.add(42, blueInode);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(1));
        QVERIFY(sink->problems.empty());
    }

    void takesNoOtherForTheOneItFound()
    {
        System system;
        system.add(42, blueInode);
        system.insteadOf = redInode; // the process ended and its place was taken
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->namespaces.size(), std::size_t(1));
    }

    void asksASocketThatNoListHas()
    {
        System system;
        system.add(42, homeInode);
        system.proc.holdSocket(42, 3, homeCookie); // it is listed
        system.proc.holdSocket(42, 4, 777);
        system.lone[777] = {.family = AF_INET, .type = SOCK_STREAM, .protocol = IPPROTO_TCP, .cookie = 99, .netns = 3};
        LiveReader reader(system.sources());
        for (int round = 0; round < 3; ++round) {
            const auto sink = capture(reader);
            QCOMPARE(sink->loneSockets.size(), std::size_t(1));
            QCOMPARE(sink->loneSockets[0].inode, quint64(777));
            QCOMPARE(sink->loneSockets[0].cookie, quint64(99));
            QCOMPARE(sink->loneSockets[0].protoName.bytes, QByteArray("name of 777"));
        }
        QCOMPARE(system.asked, 1); // the answer is remembered

        system.proc.remove(42);
        system.add(42, homeInode, 1, 2000); // another process with the same number and the same socket
        system.proc.holdSocket(42, 4, 777);
        capture(reader);
        capture(reader);
        QCOMPARE(system.asked, 2);
    }

    void asksAllInTheFirstCaptureSinceItMayBeTheOnlyOne()
    {
        System system;
        system.add(42, homeInode);
        constexpr int many = 600;
        for (int i = 0; i < many; ++i)
            system.proc.holdSocket(42, 10 + i, quint64(10'000 + i));
        LiveReader reader(system.sources());
        QCOMPARE(capture(reader)->loneSockets.size(), std::size_t(many));
        QCOMPARE(system.asked, many);
    }

    void asksLaterWhatMayOnlyBeNew()
    {
        System system;
        system.add(42, homeInode);
        LiveReader reader(system.sources());
        capture(reader);
        system.proc.holdSocket(42, 4, 777);
        system.proc.run(42);
        QVERIFY(capture(reader)->loneSockets.empty());
        QCOMPARE(system.asked, 0);
        QCOMPARE(capture(reader)->loneSockets.size(), std::size_t(1));
        QCOMPARE(system.asked, 1);
    }

    void followsASocketIntoANamespaceThatNothingElseLeadsTo()
    {
        System system;
        system.add(42, homeInode);
        system.proc.holdSocket(42, 4, 777);
        system.lone[777] = {.family = AF_INET, .type = SOCK_DGRAM, .netns = redCookie};
        system.byDescriptor = redInode;
        LiveReader reader(system.sources());
        for (int round = 0; round < 2; ++round) {
            const auto sink = capture(reader);
            QCOMPARE(sink->namespaces.size(), std::size_t(2));
            QCOMPARE(sink->namespaces[1].id, redCookie);
            QCOMPARE(sink->namespaces[1].pid, 0);
            QVERIFY(streamOf(*sink, redCookie));
        }
    }

    void readsTheFilesOfFamiliesThatAreNotDumped()
    {
        System system;
        system.file("thread-self/net/icmp", "title\nline\n");
        system.file("thread-self/net/raw", "title\nraw line\n");
        system.file("thread-self/net/tcp", "title\n");
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(fileOf(*sink, homeCookie, "icmp")->bytes(), QByteArray("title\nline\n"));
        QCOMPARE(fileOf(*sink, homeCookie, "raw")->bytes(), QByteArray("title\nraw line\n")); // no handler
        QVERIFY(!fileOf(*sink, homeCookie, "tcp"));                                           // it was dumped
        QCOMPARE(fileOf(*sink, homeCookie, "raw6")->endings.at(0).end, DumpEnd::Unsupported);
    }

    void readsWhatIsRegisteredWithIoUring()
    {
        System system;
        system.add(42, homeInode);
        system.proc.hold(42, 9, "anon_inode:[io_uring]");
        system.proc.write(42, "fdinfo/9", "pos:\t0\nUserFiles:\t1\n    0: socket:[555]\n");
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->processes.at(0).rings.size(), std::size_t(1));
        QCOMPARE(sink->processes.at(0).rings[0].fd, 9);
        QVERIFY(sink->processes.at(0).rings[0].text.bytes.contains("socket:[555]"));
    }

private:
    /// Counts those that are open.
    class Counted final : public DiagSocket
    {
    public:
        Counted(std::unique_ptr<DiagSocket> socket, std::shared_ptr<int> open)
            : m_socket(std::move(socket)), m_open(std::move(open))
        {
            ++*m_open;
        }
        ~Counted() override { --*m_open; }
        Result<void> send(std::span<const std::byte> request) override { return m_socket->send(request); }
        Result<Received> receive(std::span<std::byte> buffer) override { return m_socket->receive(buffer); }
        quint32 port() const override { return m_socket->port(); }
        quint64 netnsCookie() const override { return m_socket->netnsCookie(); }

    private:
        std::unique_ptr<DiagSocket> m_socket;
        std::shared_ptr<int> m_open;
    };

    struct System {
        ProcFixture proc;
        std::map<quint64, std::unique_ptr<FakeKernel>> kernels; ///< by cookie
        std::map<quint64, quint64> cookies{{homeInode, homeCookie}, {blueInode, blueCookie}, {redInode, redCookie}};
        std::map<quint64, int> entered; ///< by inode
        std::map<quint64, LoneSocketRecord> lone;
        std::shared_ptr<int> open = std::make_shared<int>(0);
        quint64 inside = homeCookie;
        quint64 insteadOf = 0, byDescriptor = 0;
        int refusal = 0;
        int asked = 0;

        System()
        {
            for (const auto &[inode, cookie] : cookies) {
                auto kernel = std::make_unique<FakeKernel>();
                kernel->set(AF_INET, IPPROTO_TCP, {socket(cookie)});
                kernels.emplace(cookie, std::move(kernel));
            }
            QDir().mkpath(QString::fromStdString(proc.root()) + QStringLiteral("/thread-self/ns"));
            const std::string own = proc.root() + "/thread-self/ns/net";
            if (symlink(("net:[" + std::to_string(homeInode) + "]").c_str(), own.c_str()) != 0)
                qFatal("no link");
            file("self/mountinfo", {});
        }

        static QByteArray socket(quint64 cookie)
        {
            return inetMessage({.state = 10, .localPort = 80, .cookie = 1000 + cookie, .inode = quint32(cookie)});
        }

        /// Outside of all processes.
        void file(const char *path, const QByteArray &bytes) const
        {
            const QString name = QString::fromStdString(proc.root()) + u'/' + QString::fromLatin1(path);
            QDir().mkpath(name.left(name.lastIndexOf(u'/')));
            QFile out(name);
            if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
                qFatal("no file");
        }

        void link(qint32 pid, const char *path, quint64 inode)
        {
            const QString link = proc.folder(pid) + u'/' + QString::fromLatin1(path);
            QDir().mkpath(link.left(link.lastIndexOf(u'/')));
            const QByteArray target = "net:[" + QByteArray::number(inode) + ']';
            if (symlink(target.constData(), link.toUtf8().constData()) != 0)
                qFatal("no link");
        }

        void add(qint32 pid, quint64 netns, qint64 threads = 1, quint64 startTime = 1000)
        {
            proc.add(pid, {.threads = threads, .startTime = startTime});
            link(pid, "ns/net", netns);
        }

        /// The namespace that a way leads to, by the fixture's links and mounts.
        quint64 inodeOf(const NamespaceWay &way) const
        {
            if (way.path.empty())
                return byDescriptor;
            QString path = QString::fromStdString(way.path);
            path.replace(
                QStringLiteral("/50/ns"), QStringLiteral("/42/task/50/ns")); // the kernel knows threads so, too
            const QFileInfo info(path);
            const QString target = info.isSymLink() ? QFile(info.filePath()).symLinkTarget() : QString();
            for (const auto &[inode, cookie] : cookies)
                if (target.contains(QString::number(inode)))
                    return inode;
            return redInode; // mounted
        }

        Sources sources()
        {
            Sources sources = proc.sources();
            sources.cgroupRoot = proc.root() + "/no-cgroup";
            sources.dial = [this]() -> Result<std::unique_ptr<DiagSocket>> {
                FakeKernel *const kernel = kernels.at(inside).get();
                const quint64 cookie = inside;
                return std::make_unique<Counted>(
                    connectTo([kernel](const Asked &request) { return kernel->answer(request); }, 4711, cookie), open);
            };
            sources.inNamespace
                = [this](const NamespaceWay &way, const std::function<void(quint64)> &run) -> Result<void> {
                if (refusal != 0)
                    return tl::make_unexpected(SystemError{refusal, "setns"});
                const quint64 inode = insteadOf ? insteadOf : inodeOf(way);
                ++entered[inode];
                inside = cookies.at(inode);
                run(inode);
                inside = homeCookie;
                return {};
            };
            sources.descriptorAttribute = [](const std::string &path, const char *) {
                return Text{.got = Got::Read, .bytes = path.ends_with("/4") ? "name of 777" : "?"};
            };
            sources.askDescriptor = [this](qint32, qint32, LoneSocketRecord &record) {
                ++asked;
                LoneSocketRecord told = lone[record.inode];
                told.inode = record.inode;
                told.protoName = record.protoName;
                told.got = Got::Read;
                record = told;
            };
            return sources;
        }
    };

    static std::unique_ptr<RecordingSink> capture(LiveReader &reader)
    {
        auto sink = std::make_unique<RecordingSink>();
        reader.capture({}, *sink, {});
        return sink;
    }

    static const RecordedDump *streamOf(const RecordingSink &sink, quint64 netns)
    {
        for (const RecordedDump &dump : sink.dumps)
            if (dump.scope.netns == netns && dump.scope.family == AF_INET && dump.scope.protocol == IPPROTO_TCP)
                return &dump;
        return nullptr;
    }

    static const RecordedDump *fileOf(const RecordingSink &sink, quint64 netns, const char *file)
    {
        for (const RecordedDump &dump : sink.dumps)
            if (dump.scope.netns == netns && dump.scope.file == file)
                return &dump;
        return nullptr;
    }
};

QTEST_GUILESS_MAIN(TestReadNamespaces)
#include "tst_read_namespaces.moc"
