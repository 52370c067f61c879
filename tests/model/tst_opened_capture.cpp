// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/capture_writer.h"
#include "collector/capture/live_reader.h"
#include "collector/capture/redacting_sink.h"
#include "collector/capture/tee_sink.h"
#include "collector/snapshot/snapshot_builder.h"
#include "model/column.h"
#include "model/details.h"
#include "model/export/record_capture.h"
#include "model/opened_capture.h"
#include "model/timeline.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/exported.h"
#include "tests/support/fake_kernel.h"
#include "tests/support/message_builder.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/random_capture.h"
#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <linux/inet_diag.h>
#include <netinet/in.h>
#include <sys/stat.h>

#include <random>

using namespace socktree;
using namespace socktree::test;

namespace {

/// A made-up system's records, as its snapshot would have come from.
void writeRecords(const Snapshot &snapshot, Sink &sink)
{
    sink.host(snapshot.host);
    for (std::size_t number = 0; number < snapshot.dumps.size(); ++number) {
        const auto stream = sink.dump(snapshot.dumps[number].scope);
        for (const Socket &socket : snapshot.sockets) {
            if (socket.dump != number || socket.chunk == noIndex)
                continue;
            const Bytes message = snapshot.message(socket);
            const QByteArray bytes = datagram(
                {QByteArray(reinterpret_cast<const char *>(message.data()), qsizetype(message.size()))}, 1, 1);
            stream->datagram(viewOf(bytes));
        }
        stream->ended(snapshot.dumps[number].ending);
    }
    for (quint32 place = 0; place < snapshot.processes.size(); ++place) {
        const Process &process = snapshot.processes[place];
        ProcessRecord record;
        record.pid = process.key.pid;
        record.stat = {Got::Read, 0,
            statText(record.pid,
                {.comm = process.comm, .state = process.state, .startTime = process.key.startTime, .parent = 1})};
        record.comm = {Got::Read, 0, process.comm + '\n'};
        record.cmdline = {Got::Read, 0, process.cmdline};
        record.exe = {Got::Read, 0, process.exe};
        record.descriptorsGot = process.descriptors;
        for (const Socket &socket : snapshot.sockets)
            for (const Holder &holder : snapshot.holdersOf(socket))
                if (holder.process == place)
                    record.descriptors.push_back({holder.tid, holder.fd, socket.inode});
        sink.process(std::move(record));
    }
    sink.processesEnded({});
    for (auto user = snapshot.users.begin(); user != snapshot.users.end(); ++user)
        sink.name({.of = NameRecord::Of::User, .number = user.key(), .name = user.value()});
    sink.finished(snapshot.ended);
}

SnapshotPtr built(const std::function<void(Sink &)> &fill)
{
    SnapshotBuilder builder(true, true);
    fill(builder);
    return builder.take({.file = true});
}

OpenedCapture opened(const QByteArray &file)
{
    QBuffer buffer;
    buffer.setData(file);
    buffer.open(QIODevice::ReadOnly);
    return openCapture(buffer);
}

/// A system of two processes that talk to each other.
class System
{
public:
    System()
    {
        m_kernel.set(AF_INET, IPPROTO_TCP,
            {inetMessage({.local = "192.0.2.1",
                 .localPort = 50000,
                 .remote = "192.0.2.9",
                 .remotePort = 443,
                 .cookie = 1,
                 .uid = 33,
                 .inode = 111}),
                inetMessage({.local = "192.0.2.9",
                    .localPort = 443,
                    .remote = "192.0.2.1",
                    .remotePort = 50000,
                    .cookie = 2,
                    .uid = 33,
                    .inode = 222})});
        for (const auto &[family, protocol] : {std::pair<quint8, quint8>{AF_INET6, IPPROTO_TCP}, {AF_INET, IPPROTO_UDP},
                 {AF_INET6, IPPROTO_UDP}, {AF_UNIX, 0}})
            m_kernel.set(family, protocol, {});
        m_proc.add(42, {.comm = "nginx", .uid = 33, .cmdline = QByteArray("nginx\0secret\0", 13)});
        m_proc.holdSocket(42, 6, 111);
        m_proc.add(43, {.comm = "curl"});
        m_proc.holdSocket(43, 3, 222);
    }
    Sources sources()
    {
        Sources sources = m_proc.sources();
        sources.dial = [this] { return m_kernel.dial(); };
        sources.userName = [](quint32 uid) { return std::optional("user" + QByteArray::number(uid)); };
        sources.host = [] {
            HostRecord host;
            host.name = "elsewhere";
            host.taken = WallTime(std::chrono::hours(400'000));
            host.began = std::chrono::steady_clock::now();
            return host;
        };
        return sources;
    }

private:
    FakeKernel m_kernel;
    ProcFixture m_proc;
};

} // namespace

class TestOpenedCapture : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void aFileGivesTheSnapshotThatItsRecordsGave()
    {
        std::mt19937 random(8);
        SnapshotPtr made;
        for (int step = 0; step < 40; ++step) {
            made = randomSnapshot(random, made, {.failures = step % 2 ? 0.2 : 0.0});
            const auto fill = [&](Sink &sink) { writeRecords(*made, sink); };
            const SnapshotPtr direct = built(fill);
            const OpenedCapture through = opened(written(fill));
            QVERIFY(through.result.complete && through.snapshot->origin.file && !through.snapshot->origin.incomplete);
            QVERIFY(direct->sockets.size() > 80 && direct->holders.size() > 50);
            QCOMPARE(everythingOf(through.snapshot), everythingOf(direct));
            QCOMPARE(through.snapshot->ended - through.snapshot->began, direct->ended - direct->began);
            QVERIFY(through.snapshot->host.taken == direct->host.taken);
        }
    }

    void oneCaptureIsSavedAndShown()
    {
        System system;
        LiveReader reader(system.sources());
        QByteArray file;
        CaptureWriter writer(
            [&](QByteArrayView bytes) {
                file += bytes;
                return true;
            },
            {});
        SnapshotBuilder builder(true, true);
        TeeSink both(builder, writer);
        reader.capture(Needs(), both, {});
        const SnapshotPtr shown = builder.take({.file = true});
        QVERIFY(shown->sockets.size() == 2 && shown->holders.size() == 2);
        QCOMPARE(everythingOf(opened(file).snapshot), everythingOf(shown));
    }

    void recordsAFileThatOnlyItsOwnerReads()
    {
        System system;
        LiveReader reader(system.sources());
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("capture"));
        for (const bool before : {false, true}) {
            if (before) // an older file that others may read
                QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0644), 0);
            RecordOptions options;
            options.remembered = {{.cookie = 1, .pid = 99, .comm = "was"}};
            const auto shown = recordCapture(reader, path, options);
            QVERIFY(shown && (*shown)->sockets.size() == 2 && !(*shown)->origin.file);
            struct stat told = {};
            QCOMPARE(::stat(QFile::encodeName(path).constData(), &told), 0);
            QCOMPARE(told.st_mode & 0777, mode_t(0600));
            const auto again = openCapture(path);
            QVERIFY(again && again->result.complete);
            QCOMPARE(again->snapshot->remembered, options.remembered);
            QCOMPARE(again->snapshot->origin.madeBy, QByteArray("socktree " SOCKTREE_VERSION));
            QCOMPARE(again->snapshot->host.name, QByteArray("elsewhere"));
        }
        const auto failed = recordCapture(reader, folder.filePath(QStringLiteral("no/such/folder")), {});
        QVERIFY(!failed && failed.error().message.contains(QLatin1String("no/such/folder")));
    }

    void whatIsWithheldIsNotTakenForNone()
    {
        System system;
        LiveReader reader(system.sources());
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("capture"));
        RecordOptions options;
        options.redact = true;
        const auto shown = recordCapture(reader, path, options);
        QVERIFY(shown && everythingOf(*shown).contains("secret")); // whoever saves it sees it all the same
        const auto again = openCapture(path);
        QVERIFY(again && again->result.complete);
        QCOMPARE(again->snapshot->origin.withheld, RedactingSink::withheld());
        const QByteArray all = everythingOf(again->snapshot);
        for (const char *secret : {"secret", "192.0.2.", "elsewhere"})
            QVERIFY2(!all.contains(secret), secret);
        const GenerationPtr generation = socktree::advance(nullptr, again->snapshot);
        const Column &command = *columnById("command-line");
        QVERIFY(command.value(RowRef(*generation, 0)).why == Why::Withheld);
        const auto &sockets = again->snapshot->sockets;
        QCOMPARE(sockets.size(), std::size_t(2));
        QVERIFY(sockets[0].local == sockets[1].remote && sockets[1].local == sockets[0].remote);
        QCOMPARE(again->snapshot->holders.size(), std::size_t(2));
    }

    void aDamagedFileIsMarkedAndShownAsFarAsItGoes()
    {
        System system;
        LiveReader reader(system.sources());
        const QByteArray file = written([&](Sink &sink) { reader.capture(Needs(), sink, {}); });
        const OpenedCapture cut = opened(file.chopped(1));
        QVERIFY(!cut.result.complete && cut.snapshot->origin.incomplete);
        QCOMPARE(cut.snapshot->sockets.size(), std::size_t(2));
        QVERIFY(textsOf(cut.result.faults).front().contains(QLatin1String("at byte ")));
        QVERIFY(everythingOf(cut.snapshot).contains("\"incomplete\":true"));
    }

    void recordsOfAnyContentGiveASnapshot()
    {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            std::mt19937_64 random(seed);
            const QByteArray file = written([&](Sink &sink) { writeRandomCapture(random, sink); });
            const OpenedCapture capture = opened(file);
            QVERIFY(capture.result.complete);
            QVERIFY(!everythingOf(capture.snapshot).isEmpty());
        }
    }

    void whatIsNoCaptureIsRefusedByName()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("some.txt"));
        QVERIFY(openCapture(path).error().contains(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("hello");
        file.close();
        const auto refused = openCapture(path);
        QVERIFY(!refused && refused.error().contains(path) && refused.error().contains(QLatin1String("ss -D")));
        QVERIFY(!openCapture(folder.path()));
    }

    void aDumpOfSsHasRowsWithoutOwners()
    {
        const OpenedCapture ss
            = opened(datagram({inetMessage({.state = 10, .localPort = 80, .cookie = 1, .inode = 5})}, 1, 1) + done(1, 1)
                + datagram({inetMessage({.family = AF_INET6, .localPort = 81, .cookie = 2, .inode = 6})}, 1, 1)
                + done(1, 1));
        QVERIFY(ss.result.complete && !ss.snapshot->ownersRead && !ss.snapshot->origin.incomplete);
        QCOMPARE(ss.snapshot->sockets.size(), std::size_t(2));
        QVERIFY(ss.snapshot->problems.empty());
        const GenerationPtr generation = socktree::advance(nullptr, ss.snapshot);
        const Column &process = *columnById("process");
        QVERIFY(process.value(RowRef(*generation, 0)).why == Why::NotRecorded);
        QCOMPARE(process.note(RowRef(*generation, 0)), QStringLiteral("The file tells of no processes."));
    }

    void aDumpOfSsTellsNothingThatItDoesNotKnow()
    {
        const OpenedCapture ss
            = opened(datagram({inetMessage({.state = 10, .localPort = 80, .cookie = 1, .uid = 0, .inode = 5})
                                      .attribute(INET_DIAG_CGROUP_ID, u64(1))},
                         1, 1)
                + done(1, 1) + done(1, 1));
        QVERIFY(ss.result.complete);
        const QJsonObject json = QJsonDocument::fromJson(everythingOf(ss.snapshot)).object();
        for (const char *key :
            {"host", "kernel", "taken", "euid", "netns", "denied-processes", "vanished-processes", "unseen-processes"})
            QVERIFY2(!json.contains(QLatin1String(key)), key);
        QCOMPARE(json[u"owners-read"], QJsonValue(false));
        QCOMPARE(json[u"owners-why"], QJsonValue(QStringLiteral("not-recorded")));
        QCOMPARE(json[u"processes-complete"], QJsonValue(false));
        QCOMPARE(json[u"file"].toObject()[u"kind"].toString(), QStringLiteral("ss-dump"));
        QVERIFY(json[u"namespaces"].toArray().isEmpty());
        const QJsonObject dump = json[u"dumps"].toArray()[0].toObject();
        QVERIFY(!dump.contains(u"netns") && !dump.contains(u"states") && !dump.contains(u"asked"));

        const GenerationPtr generation = socktree::advance(nullptr, ss.snapshot);
        const RowRef row(*generation, 0);
        const QJsonObject socket = json[u"sockets"].toArray()[0].toObject();
        for (const char *id : {"process", "pid", "fd", "user", "unit", "cgroup", "first-seen", "netns", "netns-id"}) {
            const Column &column = *columnById(id);
            QVERIFY2(!socket.contains(QLatin1String(id)), id);
            QCOMPARE(socket[u"why"].toObject()[QLatin1String(id)].toString(), QStringLiteral("not-recorded"));
            QCOMPARE(cellText(column, row), QStringLiteral("not recorded"));
            QVERIFY2(!cellToolTip(column, row).isEmpty(), id);
        }
        QCOMPARE(socket[u"uid"].toInt(-1), 0);
        QCOMPARE(socket[u"why"].toObject()[u"tos"].toString(), QStringLiteral("not-recorded")); // nor what was asked
        for (const DetailGroup &group : detailsOf(row))
            QVERIFY2(group.title != QLatin1String("Network namespace"), "which nothing tells");
    }

    void aCutFileSaysThatNamesAreLost()
    {
        System system;
        LiveReader reader(system.sources());
        const QByteArray file = written([&](Sink &sink) { reader.capture(Needs(), sink, {}); });
        bool anyLost = false, anyTold = false;
        for (qsizetype size = file.size() - 1; size > 0; size -= 5) {
            const OpenedCapture cut = opened(file.first(size));
            const GenerationPtr generation = socktree::advance(nullptr, cut.snapshot);
            for (quint32 slot = 0; slot < generation->entries.size(); ++slot) {
                const RowRef row(*generation, slot);
                if (row.snapshot().sourceOf(row.socket()) == Source::Descriptor)
                    continue; // its list is cut off
                const Value user = columnById("user")->value(row);
                anyTold = anyTold || user.present();
                anyLost = anyLost || user.why == Why::Lost;
                QVERIFY(
                    user.present() ? std::get<QString>(user.data) == QLatin1String("user33") : user.why == Why::Lost);
            }
        }
        QVERIFY(anyLost && anyTold);
    }

    void aCutFileSaysThatOtherEndsAndHoldersAreLost()
    {
        const auto list = [](Sink &sink, quint8 family, quint16 protocol, const QByteArray &message) {
            const auto stream = sink.dump({.netns = 1, .family = family, .protocol = protocol, .states = 0xffffffff});
            const QByteArray bytes = datagram({message}, 1, 1);
            stream->datagram(viewOf(bytes));
            stream->ended({});
        };
        const QByteArray file = written([&](Sink &sink) {
            sink.host({});
            sink.networkNamespace({.id = 1});
            list(sink, AF_PACKET, 0, packetMessage({.inode = 30, .cookie = 3}));
            list(sink, AF_INET, IPPROTO_TCP,
                inetMessage({.local = "127.0.0.1",
                    .localPort = 1000,
                    .remote = "127.0.0.1",
                    .remotePort = 80,
                    .cookie = 1,
                    .inode = 10}));
            list(sink, AF_INET6, IPPROTO_TCP,
                inetMessage({.family = AF_INET6,
                    .local = "::ffff:127.0.0.1",
                    .localPort = 80,
                    .remote = "::ffff:127.0.0.1",
                    .remotePort = 1000,
                    .cookie = 2,
                    .inode = 20}));
            ProcessRecord denied;
            denied.pid = 5;
            denied.stat = {Got::Read, 0, statText(5, {.comm = "secret"})};
            denied.descriptorsGot = Got::Denied;
            ProcessRecord mapping = denied;
            mapping.pid = 6;
            mapping.stat.bytes = statText(6, {.comm = "mapping"});
            mapping.descriptorsGot = Got::Read;
            sink.process(std::move(denied));
            sink.process(std::move(mapping));
            sink.processesEnded({});
            sink.mappedSocket({.pid = 6, .inode = 30});
            sink.finished({});
        });
        QSet<int> ends, holders;
        for (qsizetype size = file.size(); size > 0; --size) {
            const GenerationPtr generation = socktree::advance(nullptr, opened(file.first(size)).snapshot);
            for (quint32 slot = 0; slot < generation->entries.size(); ++slot) {
                const RowRef row(*generation, slot);
                if (row.socket().inode == 10)
                    ends.insert(int(columnById("peer-socket")->value(row).why));
                if (row.socket().inode == 30)
                    holders.insert(int(columnById("process")->value(row).why));
            }
        }
        const QSet<int> both{int(Why::Present), int(Why::Lost)};
        QCOMPARE(ends, both);
        QCOMPARE(holders, both);
    }
};

QTEST_GUILESS_MAIN(TestOpenedCapture)
#include "tst_opened_capture.moc"
