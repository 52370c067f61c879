// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/live_reader.h"
#include "tests/support/fake_kernel.h"
#include "tests/support/message_builder.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <linux/netlink.h>
#include <netinet/in.h>

#include <memory>
#include <set>

using namespace socktree;
using namespace socktree::test;

static constexpr quint64 netns = 3; // what the fake kernel's sockets say

class TestLiveReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void writesAWholeCapture()
    {
        System system;
        system.proc.add(42, {.comm = "server"});
        system.proc.holdSocket(42, 3, 111);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);

        QCOMPARE(sink->hosts.size(), std::size_t(1));
        QCOMPARE(sink->hosts[0].name, QByteArray("testhost"));
        QCOMPARE(sink->hosts[0].netns, netns);
        QCOMPARE(sink->finishes, 1);
        QVERIFY(!sink->outOfOrder);
        QVERIFY(sink->problems.empty());

        QCOMPARE(sink->dumps.size(), std::size_t(5));
        const std::pair<quint8, quint8> families[] = {{AF_INET, IPPROTO_TCP}, {AF_INET6, IPPROTO_TCP},
            {AF_INET, IPPROTO_UDP}, {AF_INET6, IPPROTO_UDP}, {AF_UNIX, 0}};
        for (const auto &[family, protocol] : families) {
            const RecordedDump *dump = sink->dumpOf(family, protocol);
            QVERIFY(dump);
            QCOMPARE(dump->scope.netns, netns);
            QCOMPARE(dump->scope.states, 0xffffffffu);
            QCOMPARE(dump->endings.size(), std::size_t(1));
            QCOMPARE(dump->endings[0].end, DumpEnd::Complete);
        }
        QVERIFY(sink->dumpOf(AF_INET, IPPROTO_TCP)->bytes().contains(system.tcpSocket));
        QVERIFY(sink->dumpOf(AF_UNIX, 0)->bytes().contains(system.unixSocket));

        QCOMPARE(sink->processes.size(), std::size_t(1));
        QCOMPARE(sink->processes[0].comm.bytes, QByteArray("server\n"));
        QCOMPARE(sink->processes[0].descriptors.at(0).inode, quint64(111));
        QCOMPARE(sink->processesEnds.size(), std::size_t(1));
        QCOMPARE(sink->processesEnds[0].got, Got::Read);
    }

    void isWholeEachTime()
    {
        System system;
        system.proc.add(42);
        LiveReader reader(system.sources());
        for (int round = 0; round < 40; ++round) {
            const auto sink = capture(reader);
            QCOMPARE(sink->dumps.size(), std::size_t(5));
            QCOMPARE(sink->processes.size(), std::size_t(1));
            QCOMPARE(sink->names.size(), std::size_t(5));
        }
    }

    void asksForWhatIsNeeded()
    {
        System system;
        LiveReader reader(system.sources());
        Needs needs = plain();
        needs.inetExtensions = 0x42;
        needs.unixShow = 0x05;
        capture(reader, needs);
        QCOMPARE(system.kernel.requests().size(), std::size_t(5));
        for (const Asked &asked : system.kernel.requests()) {
            QVERIFY(asked.isDump);
            if (asked.family == AF_UNIX)
                QCOMPARE(asked.bytes.mid(28, 4), u32(0x05));
            else
                QCOMPARE(asked.bytes[18], char(0x42));
        }
        const auto sink = capture(reader, needs);
        QCOMPARE(sink->dumpOf(AF_INET, IPPROTO_UDP)->scope.asked, 0x42u);
        QCOMPARE(sink->dumpOf(AF_UNIX, 0)->scope.asked, 0x05u);
    }

    void keepsItsSocketsAndNeverASequence()
    {
        System system;
        LiveReader reader(system.sources());
        for (int round = 0; round < 5; ++round)
            capture(reader);
        QCOMPARE(system.kernel.dialled(), 2);
        std::set<std::pair<quint32, quint32>> seen;
        for (const Asked &asked : system.kernel.requests())
            QVERIFY(asked.sequence != 0 && seen.insert({asked.port, asked.sequence}).second);
    }

    void leavesProcessesOutIfOwnersAreNotNeeded()
    {
        System system;
        system.proc.add(42, {.uid = 4000});
        LiveReader reader(system.sources());
        Needs needs = plain();
        needs.owners = false;
        const auto sink = capture(reader, needs);
        QVERIFY(sink->processes.empty());
        QVERIFY(sink->processesEnds.empty());
        QVERIFY(!sink->nameOf(NameRecord::Of::User, 4000));
        QCOMPARE(sink->dumps.size(), std::size_t(5));
        QCOMPARE(sink->finishes, 1);
    }

    // Names

    void namesTheUsersOfSocketsAndProcesses()
    {
        System system;
        system.proc.add(42, {.uid = 4000});
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->nameOf(NameRecord::Of::User, 1000), QByteArray("user1000")); // of the TCP socket
        QCOMPARE(sink->nameOf(NameRecord::Of::User, 2000), QByteArray("user2000")); // of the unix socket
        QCOMPARE(sink->nameOf(NameRecord::Of::User, 4000), QByteArray("user4000"));
        QVERIFY(!sink->nameOf(NameRecord::Of::User, 3000)); // the UDP socket's has no name
    }

    void namesTheInterfacesThatSocketsAreBoundTo()
    {
        System system;
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->nameOf(NameRecord::Of::Interface, 7), QByteArray("if7"));
        QVERIFY(!sink->nameOf(NameRecord::Of::Interface, 0));
    }

    void namesControlGroups()
    {
        System system;
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QByteArrayList paths;
        for (const NameRecord &name : sink->names) {
            if (name.of == NameRecord::Of::Cgroup)
                paths.append(name.name);
        }
        std::sort(paths.begin(), paths.end());
        QCOMPARE(paths, (QByteArrayList{"/", "/system.slice"}));
    }

    // Services

    void readsTheServicesOnce()
    {
        System system;
        QFile services(system.folder.filePath(QStringLiteral("services")));
        QVERIFY(services.open(QIODevice::WriteOnly));
        services.write("http 80/tcp\n");
        services.close();
        Sources sources = system.sources();
        sources.servicesFile = services.fileName().toStdString();
        LiveReader reader(sources);
        const auto first = capture(reader);
        QCOMPARE(first->hosts[0].services, QByteArray("http 80/tcp\n"));
        QVERIFY(services.remove());
        const auto second = capture(reader);
        QCOMPARE(second->hosts[0].services.constData(), first->hosts[0].services.constData()); // shared
    }

    void doesWithoutServices()
    {
        System system;
        Sources sources = system.sources();
        sources.servicesFile = "/nowhere/services";
        LiveReader reader(sources);
        const auto sink = capture(reader);
        QVERIFY(sink->hosts[0].services.isEmpty());
        QVERIFY(sink->problems.empty());
    }

    void saysThatServicesCannotBeRead()
    {
        System system;
        Sources sources = system.sources();
        sources.servicesFile = system.folder.path().toStdString(); // a folder
        LiveReader reader(sources);
        const auto sink = capture(reader);
        QCOMPARE(sink->problems.size(), std::size_t(1));
        QCOMPARE(sink->problems[0].error, EISDIR);
    }

    // What goes wrong

    void repeatsADumpThatWasDisturbed_data()
    {
        QTest::addColumn<Kernel>("disturbed");
        QTest::addColumn<DumpEnd>("first");
        QTest::newRow("no buffers") << Kernel([](const Asked &asked) {
            return std::vector<Answer>{{.bytes = datagram({oldSocket()}, asked.sequence, asked.port)},
                {.error = ENOBUFS}, {.bytes = datagram({oldSocket()}, asked.sequence, asked.port)},
                {.bytes = done(asked.sequence, asked.port)}};
        }) << DumpEnd::Interrupted;
        QTest::newRow("truncated") << Kernel([](const Asked &asked) {
            return std::vector<Answer>{
                {.bytes = datagram({oldSocket()}, asked.sequence, asked.port).chopped(2), .truncated = true},
                {.bytes = done(asked.sequence, asked.port)}};
        }) << DumpEnd::Truncated;
        QTest::newRow("inconsistent") << Kernel([](const Asked &asked) {
            return std::vector<Answer>{
                {.bytes = netlinkMessage(20, NLM_F_MULTI | NLM_F_DUMP_INTR, asked.sequence, asked.port, oldSocket())},
                {.bytes = done(asked.sequence, asked.port)}};
        }) << DumpEnd::Interrupted;
    }

    void repeatsADumpThatWasDisturbed()
    {
        QFETCH(Kernel, disturbed);
        QFETCH(DumpEnd, first);
        System system;
        system.kernel.misbehave(AF_INET, IPPROTO_TCP, disturbed, 1);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        const auto streams = streamsOf(*sink, AF_INET, IPPROTO_TCP);
        QCOMPARE(streams.size(), std::size_t(2));
        QVERIFY(streams[0]->scope == streams[1]->scope);
        QCOMPARE(streams[0]->endings.at(0).end, first);
        QCOMPARE(streams[1]->endings.at(0).end, DumpEnd::Complete);
        QCOMPARE(streams[1]->endings.at(0).strangers, 0u); // late answers went with their socket
        QVERIFY(streams[1]->bytes().contains(system.tcpSocket));
        QVERIFY(!streams[1]->bytes().contains(oldSocket()));
        QCOMPARE(sink->dumpOf(AF_INET6, IPPROTO_TCP)->endings.at(0).end, DumpEnd::Complete);
    }

    void repeatsADumpOnceAndNoMore()
    {
        System system;
        system.kernel.misbehave(
            AF_INET, IPPROTO_UDP, [](const Asked &) { return std::vector<Answer>{{.error = ENOBUFS}}; });
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        const auto streams = streamsOf(*sink, AF_INET, IPPROTO_UDP);
        QCOMPARE(streams.size(), std::size_t(2));
        QCOMPARE(streams[1]->endings.at(0).end, DumpEnd::Interrupted);
        QCOMPARE(sink->dumpOf(AF_UNIX, 0)->endings.at(0).end, DumpEnd::Complete);
    }

    void takesANewSocketAfterOneThatDidNotAnswer()
    {
        System system;
        system.kernel.misbehave(
            AF_INET, IPPROTO_TCP, [](const Asked &) { return std::vector<Answer>{}; }, 1);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        const auto streams = streamsOf(*sink, AF_INET, IPPROTO_TCP);
        QCOMPARE(streams.size(), std::size_t(2));
        QCOMPARE(streams[0]->endings.at(0).end, DumpEnd::Failed);
        QCOMPARE(streams[0]->endings.at(0).error, ETIMEDOUT);
        QCOMPARE(streams[1]->scope.file, QByteArray("tcp")); // which this fixture does not have
        QCOMPARE(sink->dumpOf(AF_INET6, IPPROTO_TCP)->endings.at(0).end, DumpEnd::Complete);
        QCOMPARE(system.kernel.dialled(), 3);
    }

    void endsEveryDumpRefusedIfThereIsNoSocket()
    {
        System system;
        system.proc.add(42);
        system.kernel.refuse(EPERM);
        LiveReader reader(system.sources());
        const auto sink = capture(reader);
        QCOMPARE(sink->dumps.size(), std::size_t(10)); // each dump and its file
        for (const RecordedDump &dump : sink->dumps) {
            QCOMPARE(dump.endings.size(), std::size_t(1));
            QVERIFY(dump.datagrams.empty());
            if (!dump.scope.file.isEmpty())
                continue;
            QCOMPARE(dump.endings[0].end, DumpEnd::Refused);
            QCOMPARE(dump.endings[0].error, EPERM);
        }
        QCOMPARE(sink->problems.size(), std::size_t(1));
        QCOMPARE(sink->problems[0].error, EPERM);
        QCOMPARE(sink->processes.size(), std::size_t(1));
        QCOMPARE(sink->finishes, 1);

        system.kernel.refuse(0);
        QCOMPARE(capture(reader)->dumpOf(AF_UNIX, 0)->endings.at(0).end, DumpEnd::Complete);
    }

    void asksForWhatTheKernelDoesNotHaveOnlyNowAndThen()
    {
        System system;
        int asked = 0;
        system.kernel.misbehave(AF_INET6, IPPROTO_UDP, [&](const Asked &request) {
            ++asked;
            return std::vector<Answer>{{.bytes = done(request.sequence, request.port, -ENOENT)}};
        });
        LiveReader reader(system.sources());
        for (int round = 0; round < 61; ++round) {
            const auto sink = capture(reader);
            const auto streams = streamsOf(*sink, AF_INET6, IPPROTO_UDP);
            QCOMPARE(streams.size(), std::size_t(2));
            QCOMPARE(streams[0]->endings.at(0).end, DumpEnd::Unsupported);
            QCOMPARE(streams[0]->endings.at(0).error, ENOENT);
            QCOMPARE(streams[1]->scope.file, QByteArray("udp6"));
        }
        QCOMPARE(asked, 2);
    }

    void standsSourcesThatTellNothing()
    {
        LiveReader reader(Sources{});
        const auto sink = capture(reader);
        QCOMPARE(sink->dumps.size(), std::size_t(10));
        QCOMPARE(sink->problems.at(0).error, ENOSYS);
        QCOMPARE(sink->processesEnds.at(0).got, Got::Gone);
        QCOMPARE(sink->finishes, 1);
    }

    // Stopping

    void stopsBetweenDatagramsAndProcesses()
    {
        System system;
        for (qint32 pid = 1; pid < 10; ++pid)
            system.proc.add(pid);
        std::stop_source stop;
        stop.request_stop();
        LiveReader reader(system.sources());
        RecordingSink sink;
        reader.capture(plain(), sink, stop.get_token());
        for (const RecordedDump &dump : sink.dumps) {
            QCOMPARE(dump.endings.size(), std::size_t(1));
            QCOMPARE(dump.endings[0].end, DumpEnd::Interrupted);
            QCOMPARE(dump.endings[0].error, ECANCELED);
        }
        QVERIFY(sink.processes.empty());
        QCOMPARE(sink.processesEnds.at(0).error, ECANCELED);
        QCOMPARE(sink.hosts.size(), std::size_t(1));
        QCOMPARE(sink.finishes, 1);
        // And the next one is whole again, with sockets that hold no late answers.
        const auto next = capture(reader);
        QCOMPARE(next->processes.size(), std::size_t(9));
        for (const RecordedDump &dump : next->dumps) {
            QCOMPARE(dump.endings[0].end, DumpEnd::Complete);
            QCOMPARE(dump.endings[0].strangers, 0u);
        }
    }

private:
    /// A host with a socket of each kind.
    struct System {
        ProcFixture proc;
        FakeKernel kernel;
        QTemporaryDir folder;
        QByteArray tcpSocket = inetMessage({.state = 10, .localPort = 80, .cookie = 1, .uid = 1000, .inode = 111});
        QByteArray udpSocket = inetMessage({.state = 7, .interface = 7, .cookie = 2, .uid = 3000, .inode = 222});
        QByteArray unixSocket
            = unixMessage({.inode = 333, .cookie = 3}).attribute(0, "/run/x").attribute(7, u32(2000)).bytes();

        System()
        {
            kernel.set(AF_INET, IPPROTO_TCP, {tcpSocket});
            kernel.set(AF_INET6, IPPROTO_TCP, {});
            kernel.set(AF_INET, IPPROTO_UDP, {udpSocket});
            kernel.set(AF_INET6, IPPROTO_UDP, {});
            kernel.set(AF_UNIX, 0, {unixSocket});
            QDir().mkpath(folder.filePath(QStringLiteral("cgroup/system.slice")));
        }

        Sources sources()
        {
            Sources sources = proc.sources();
            sources.cgroupRoot = folder.filePath(QStringLiteral("cgroup")).toStdString();
            sources.dial = [this] { return kernel.dial(); };
            sources.userName = [](quint32 uid) -> std::optional<QByteArray> {
                return uid == 3000 ? std::nullopt : std::optional("user" + QByteArray::number(uid));
            };
            sources.interfaceName
                = [](quint32 index) -> std::optional<QByteArray> { return "if" + QByteArray::number(index); };
            sources.host = [] {
                HostRecord host;
                host.name = "testhost";
                host.began = SteadyTime(std::chrono::seconds(1000));
                return host;
            };
            return sources;
        }
    };

    static QByteArray oldSocket() { return inetMessage({.localPort = 666, .cookie = 666, .uid = 1000}); }

    static std::unique_ptr<RecordingSink> capture(LiveReader &reader, const Needs &needs = plain())
    {
        auto sink = std::make_unique<RecordingSink>();
        reader.capture(needs, *sink, {});
        return sink;
    }

    /// TCP, UDP and UNIX of our own namespace only.
    static Needs plain()
    {
        Needs needs;
        needs.otherFamilies = needs.otherNamespaces = false;
        return needs;
    }

    static std::vector<const RecordedDump *> streamsOf(const RecordingSink &sink, quint8 family, quint8 protocol)
    {
        std::vector<const RecordedDump *> streams;
        for (const RecordedDump &dump : sink.dumps) {
            if (dump.scope.family == family && dump.scope.protocol == protocol)
                streams.push_back(&dump);
        }
        return streams;
    }
};

QTEST_GUILESS_MAIN(TestLiveReader)
#include "tst_live_reader.moc"
