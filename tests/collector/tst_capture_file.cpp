// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/capture_format.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/message_builder.h"
#include "tests/support/random_capture.h"
#include "tests/support/recording_sink.h"
#include "tests/support/spelled_records.h"
#include "tests/support/warnings.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

#include <linux/inet_diag.h>
#include <netinet/in.h>

#include <thread>

using namespace socktree;
using namespace socktree::capture;
using namespace socktree::test;

namespace {

/// A small capture of which every part can be told.
void writeSmall(Sink &sink)
{
    HostRecord host;
    host.name = "box";
    host.began = SteadyTime(std::chrono::hours(5));
    sink.host(host);
    auto stream = sink.dump({.family = AF_INET, .protocol = IPPROTO_TCP});
    for (quint64 cookie = 1; cookie <= 3; ++cookie) {
        const QByteArray one = datagram({inetMessage({.cookie = cookie, .inode = quint32(cookie)})}, 1, 1);
        stream->datagram(viewOf(one));
    }
    stream->ended({.began = host.began, .ended = host.began + std::chrono::milliseconds(3)});
    ProcessRecord process;
    process.pid = 42;
    process.stat = {Got::Read, 0, "42 (x) S 1"};
    process.descriptors = {{42, 3, 1}};
    sink.process(std::move(process));
    sink.processesEnded({});
    sink.finished(host.began + std::chrono::milliseconds(9));
}

/// What every reading owes its sink, whatever the file was.
bool keepsTheRules(const RecordingSink &sink)
{
    return sink.hosts.size() == 1 && sink.finishes == 1 && !sink.outOfOrder && sink.processesEnds.size() <= 1
        && std::all_of(sink.dumps.begin(), sink.dumps.end(), [](const auto &one) { return one.endings.size() == 1; });
}

QByteArray record(RecordType type, const std::function<void(cbor::Writer &)> &fields, quint64 count)
{
    return cborOf([&](cbor::Writer &out) {
        out.array(count + 1);
        out.number(quint64(type));
        fields(out);
    });
}

QByteArray hostRecord()
{
    return record(
        RecordType::Host, [](cbor::Writer &out) { out.bytes(QByteArray("box")); }, 1);
}

QByteArray numbers(RecordType type, std::initializer_list<quint64> values)
{
    return record(
        type,
        [&](cbor::Writer &out) {
            for (const quint64 value : values)
                out.number(value);
        },
        values.size());
}

QByteArray datagramRecord(quint64 stream, const QByteArray &bytes)
{
    return record(
        RecordType::Datagram,
        [&](cbor::Writer &out) {
            out.number(stream);
            out.bytes(bytes);
        },
        2);
}

QByteArray faultsOf(const CaptureReadResult &result)
{
    QByteArray all;
    for (const CaptureFault &fault : result.faults)
        all += QByteArray::number(fault.offset) + ": " + fault.what + '\n';
    return all;
}

} // namespace

class TestCaptureFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void readsTheSameRecordsThatWereWritten()
    {
        for (unsigned seed = 1; seed <= 60; ++seed) {
            std::mt19937_64 first(seed), second(seed);
            RecordingSink direct, through;
            writeRandomCapture(first, direct);
            const QByteArray file = written([&](Sink &sink) { writeRandomCapture(second, sink); });
            const CaptureReadResult result = read(file, through);
            QVERIFY2(result.complete, faultsOf(result).constData());
            QCOMPARE(result.skipped + result.extraFields, quint64(0));
            QCOMPARE(spelled(through), spelled(direct));
            QVERIFY(keepsTheRules(through));
        }
    }

    void keepsRecordsThatAreLongerThanABlock()
    {
        const RandomCaptureOptions options{.processes = 3, .dumps = 3, .datagrams = 5, .datagramSize = 3 << 20};
        std::mt19937_64 first(1), second(1);
        RecordingSink direct, through;
        writeRandomCapture(first, direct, options);
        const CaptureReadResult result
            = read(written([&](Sink &sink) { writeRandomCapture(second, sink, options); }), through);
        QVERIFY(result.complete);
        QCOMPARE(spelled(through), spelled(direct));
    }

    void takesRecordsFromManyThreads()
    {
        constexpr int perThread = 3000;
        const QByteArray file = written([](Sink &sink) {
            sink.host({});
            std::vector<std::thread> threads;
            for (quint16 protocol = 0; protocol < 4; ++protocol)
                threads.emplace_back([&sink, protocol] {
                    const auto stream = sink.dump({.protocol = protocol});
                    for (quint32 i = 0; i < perThread; ++i)
                        stream->datagram(viewOf(u32(i) + QByteArray(300, char('a' + protocol))));
                    stream->ended({});
                });
            for (std::thread &thread : threads)
                thread.join();
            sink.finished({});
        });
        RecordingSink sink;
        QVERIFY(read(file, sink).complete);
        QCOMPARE(sink.dumps.size(), std::size_t(4));
        for (const RecordedDump &dump : sink.dumps) {
            QCOMPARE(dump.datagrams.size(), std::size_t(perThread));
            for (quint32 i = 0; i < perThread; ++i)
                QCOMPARE(dump.datagrams[i], u32(i) + QByteArray(300, char('a' + dump.scope.protocol)));
        }
    }

    void tellsWhatTheHeaderTells()
    {
        RecordingSink sink;
        const CaptureReadResult result
            = read(written(writeSmall, {.madeBy = "socktree 9.9", .withheld = {"addresses", "names"}}), sink);
        QVERIFY(result.format == CaptureFormat::Socktree);
        QCOMPARE(result.madeBy, QByteArray("socktree 9.9"));
        QCOMPARE(result.withheld, (QList<QByteArray>{"addresses", "names"}));
        QVERIFY(result.owners);
        QCOMPARE(result.records, quint64(9));
    }

    void stopsWhenTheOutputFails()
    {
        for (int allowed = 0; allowed < 3; ++allowed) {
            int calls = 0;
            CaptureWriter writer([&](QByteArrayView) { return calls++ < allowed; }, {});
            writeSmall(writer);
            QVERIFY(!writer.good());
            QCOMPARE(calls, allowed + 1);
        }
    }

    void deliversWhatIsThereOfAFileCutAtAnyByte()
    {
        const QByteArray file = written(writeSmall);
        for (qsizetype size = 0; size < file.size(); ++size) {
            RecordingSink sink;
            const CaptureReadResult result = read(file.first(size), sink);
            QVERIFY2(keepsTheRules(sink), QByteArray::number(size));
            QVERIFY(!result.complete);
            QVERIFY(!result.faults.empty());
            QVERIFY(result.faults.front().offset <= quint64(size));
            QVERIFY(!sink.problems.empty() && sink.problems.front().source == "capture file");
        }
    }

    void endsListsThatWereCutOffAsSuch()
    {
        // Blocks small enough that the cuts fall between them.
        const QByteArray block1
            = captureBlock(hostRecord() + numbers(RecordType::DumpBegan, {1, 0, 2, 6}) + datagramRecord(1, "one"));
        const QByteArray block2 = captureBlock(datagramRecord(1, "two") + numbers(RecordType::DumpEnded, {1, 0})
            + numbers(RecordType::ProcessesEnded, {0}) + numbers(RecordType::Finished, {5}));
        RecordingSink whole, cut, broken;
        read(captureHeader() + block1 + block2, whole);
        QVERIFY(whole.dumps[0].endings[0].end == DumpEnd::Complete);
        QCOMPARE(whole.dumps[0].datagrams.size(), std::size_t(2));

        QVERIFY(!read(captureHeader() + block1, cut).complete);
        QCOMPARE(cut.dumps[0].datagrams.size(), std::size_t(1));
        QVERIFY(cut.dumps[0].endings[0].end == DumpEnd::Truncated);
        QVERIFY(cut.processesEnds.empty());

        // A block in between that cannot be read: what follows is read, and is not whole.
        QByteArray bad = captureBlock(datagramRecord(1, QByteArray(100, 'b')));
        bad.back() = static_cast<char>(bad.back() ^ 1);
        const CaptureReadResult result = read(captureHeader() + block1 + bad + block2, broken);
        QVERIFY(!result.complete);
        QCOMPARE(result.faults.front().offset, quint64(captureHeader().size() + block1.size()));
        QCOMPARE(broken.dumps[0].datagrams.size(), std::size_t(2));
        QVERIFY(broken.dumps[0].endings[0].end == DumpEnd::Truncated);
        QVERIFY(broken.processesEnds[0].got == Got::Broken);
    }

    void whatComesBeforeACutInABlockIsDelivered()
    {
        std::mt19937_64 random(2);
        const QByteArray file
            = written([&](Sink &sink) { writeRandomCapture(random, sink, {.processes = 200, .dumps = 5}); });
        RecordingSink whole, half;
        read(file, whole);
        const CaptureReadResult result = read(file.first(file.size() / 2), half);
        QVERIFY(!result.complete && keepsTheRules(half));
        QVERIFY(half.processes.size() > 50 && half.processes.size() < 150);
        QVERIFY(half.processesEnds.size() == 1 && half.processesEnds[0].got == Got::Broken);
        for (std::size_t i = 0; i < half.processes.size(); ++i)
            QCOMPARE(half.processes[i].stat.bytes, whole.processes[i].stat.bytes);
    }

    void noticesEveryFlippedBit()
    {
        const QByteArray file = written(writeSmall, {.madeBy = "x"});
        RecordingSink right;
        read(file, right);
        const qsizetype header = file.indexOf('\x83', 20); // what it says of itself is not under the checksum
        for (qsizetype i = 0; i < file.size() * 8; ++i) {
            QByteArray bad = file;
            bad[i / 8] = static_cast<char>(bad[i / 8] ^ 1 << i % 8);
            RecordingSink sink;
            const CaptureReadResult result = read(bad, sink);
            QVERIFY(keepsTheRules(sink));
            if (i / 8 >= header)
                QVERIFY2(!result.complete || spelled(sink) == spelled(right), QByteArray::number(i));
        }
    }

    void readsAnyBytesBehindItsHeader()
    {
        std::mt19937_64 random(5);
        for (int round = 0; round < 3000; ++round) {
            QByteArray noise(static_cast<qsizetype>(random() % 200), '\0');
            for (char &byte : noise)
                byte = static_cast<char>(random());
            RecordingSink bare, block;
            read(captureHeader() + noise, bare);
            QVERIFY(keepsTheRules(bare));
            read(captureHeader() + captureBlock(hostRecord() + noise), block);
            QVERIFY(keepsTheRules(block));
        }
    }

    void readsRecordsWithAnythingInThem()
    {
        // Well-formed records of known types with fields of any kind.
        std::mt19937_64 random(6);
        for (int round = 0; round < 5000; ++round) {
            QByteArray records = random() % 4 ? hostRecord() : QByteArray();
            for (int i = 0; i < 6; ++i)
                records += cborOf([&](cbor::Writer &out) {
                    const quint64 fields = random() % 17;
                    out.array(fields + 1);
                    out.number(random() % 14);
                    for (quint64 field = 0; field < fields; ++field) {
                        switch (random() % 6) {
                        case 0: out.bytes(QByteArray(qsizetype(random() % 90), char(random()))); break;
                        case 1: out.integer(static_cast<qint64>(random())); break;
                        case 2: out.array(0); break;
                        case 3: out.null(); break;
                        default: out.number(random() % 4); break;
                        }
                    }
                });
            RecordingSink sink;
            read(captureHeader() + captureBlock(records), sink);
            QVERIFY(keepsTheRules(sink));
        }
    }

    void passesOverWhatCameIntoBeingLater()
    {
        const QByteArray later = cborOf([](cbor::Writer &out) {
            out.array(2);
            out.number(99);
            out.map(1);
            out.text("new");
            out.number(1);
        });
        const QByteArray longer = record(
            RecordType::Problem,
            [](cbor::Writer &out) {
                out.bytes(QByteArray("source"));
                out.bytes(QByteArray("what"));
                out.integer(5);
                out.text("a new field");
                out.array(0);
            },
            5);
        RecordingSink sink;
        const CaptureReadResult result = read(
            captureHeader() + captureBlock(hostRecord() + later + longer + numbers(RecordType::Finished, {5})), sink);
        QCOMPARE(result.skipped, quint64(1));
        QCOMPARE(result.extraFields, quint64(2));
        QCOMPARE(sink.problems.front(), (Problem{"source", "what", 5}));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const QByteArray &file, const char *says) {
            QTest::newRow(name) << file << QByteArray(says);
        };
        const QByteArray header = captureHeader();
        const auto block = [&](const QByteArray &records) { return header + captureBlock(records); };
        const QByteArray at = QByteArray::number(header.size()) + ": ";
        row("empty", {}, "0: the file is empty");
        row("text", "not a capture\n", "0: this is no capture: expected are");
        row("other CBOR", QByteArray::fromHex("d9d9f7a0"), "0: this is CBOR, but no capture of Socktree");
        row("newer", QByteArray(header).replace(QByteArray("version\x01"), QByteArray("version\x02")),
            "0: it has version 2 of the format, and we read version 1 only");
        row("other byte order", QByteArray(header).replace("flittle", "cbig"), "another byte order");
        row("cut off", header, at + "the file ends here, before the capture does, nothing was read before");
        row("huge block", header + cborOf([](cbor::Writer &out) {
            out.array(3);
            out.number(0);
            out.number(quint64(1) << 62);
            out.bytes(QByteArray("x"));
        }),
            at + "a block claims to be longer than any may be");
        row("huge string", header + QByteArray::fromHex("83001903e85bffffffffffffff00"),
            at + "a block claims to be longer than any may be");
        row("string that is not there", header + QByteArray::fromHex("83001903e85a0010000041"),
            QByteArray::number(header.size() + 11)
                + ": the file ends here, in the middle of the block that begins at byte "
                + QByteArray::number(header.size()));
        row("bomb", header + captureBlock(QByteArray(10 << 20, '\0'), 100), at + "a block cannot be decompressed");
        row("less than claimed", header + captureBlock(hostRecord(), 1000), at + "a block cannot be decompressed");
        row("nothing first", block(numbers(RecordType::Finished, {5})), at + "the record of the host is not where");
        row("two hosts", block(hostRecord() + hostRecord()), at + "a second record of the host");
        row("no list", block(hostRecord() + datagramRecord(7, "x")), at + "sockets of a list that was not begun");
        row("no list to end", block(hostRecord() + numbers(RecordType::DumpEnded, {7})), at + "a list of sockets ends");
        row("list begun twice",
            block(hostRecord() + numbers(RecordType::DumpBegan, {1}) + numbers(RecordType::DumpBegan, {1})),
            at + "a list of sockets begins while one of the same number is open");
        row("after the end", block(hostRecord() + numbers(RecordType::Finished, {5}) + datagramRecord(1, "x")),
            at + "a record comes after the end");
        row("process after the last",
            block(hostRecord() + numbers(RecordType::ProcessesEnded, {}) + numbers(RecordType::Process, {1})),
            at + "a process comes after the last");
        row("family of 9 bits", block(hostRecord() + numbers(RecordType::DumpBegan, {1, 0, 256})),
            at + "a record is malformed");
        row("no type", block(QByteArray::fromHex("80")), at + "a record has no type");
        row("no array", block(QByteArray::fromHex("05")), at + "a record has no type");
        row("no CBOR", block(hostRecord() + QByteArray::fromHex("ff")), at + "the rest of a block is malformed");
        row("other end", header + QByteArray::fromHex("850100000001"), "blocks are missing or were changed");
        const QByteArray whole = written(writeSmall);
        row("more after the end", whole + "x", "there is more after the end");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, says);
        RecordingSink sink;
        const CaptureReadResult result = read(file, sink);
        QVERIFY2(faultsOf(result).contains(says), faultsOf(result).constData());
        QVERIFY(!result.complete && keepsTheRules(sink));
        QVERIFY(sink.problems.front().source == "capture file");
    }

    void takesInNoMoreThanItIsAllowed()
    {
        std::mt19937_64 random(1);
        const QByteArray file
            = written([&](Sink &sink) { writeRandomCapture(random, sink, {.processes = 500, .dumps = 50}); });
        RecordingSink few, dumps;
        const CaptureReadResult bytes = read(file, few, {.bytes = 100'000});
        QVERIFY(!bytes.complete && keepsTheRules(few));
        QVERIFY(faultsOf(bytes).contains("it holds more than we take in"));
        QVERIFY(few.processes.size() < 300);
        const CaptureReadResult lists = read(file, dumps, {.dumps = 20, .faults = 5});
        QVERIFY(!lists.complete && keepsTheRules(dumps));
        QCOMPARE(dumps.dumps.size(), std::size_t(20));
        QCOMPARE(lists.faults.size(), std::size_t(5));
        QVERIFY(lists.moreFaults > 0);
    }

    void hidesKeys()
    {
        QByteArray element(100, '\0');
        element[0] = AF_INET;
        std::fill(element.begin() + 20, element.end(), 'K');
        const QByteArray bytes = datagram({inetMessage({}).attribute(INET_DIAG_MD5SIG, element).bytes()}, 1, 1);
        RecordingSink sink;
        read(captureHeader()
                + captureBlock(hostRecord() + numbers(RecordType::DumpBegan, {1, 0, 2, 6}) + datagramRecord(1, bytes)),
            sink);
        QCOMPARE(sink.dumps[0].datagrams[0].size(), bytes.size());
        QVERIFY(!sink.dumps[0].datagrams[0].contains('K'));
    }

    void timesOfAHostileFileCanBeSubtracted()
    {
        const QByteArray ending = record(
            RecordType::DumpEnded,
            [](cbor::Writer &out) {
                out.number(1);
                out.number(0);
                out.integer(0);
                out.number(0);
                out.integer(std::numeric_limits<qint64>::min());
                out.integer(std::numeric_limits<qint64>::max());
            },
            6);
        RecordingSink sink;
        read(
            captureHeader() + captureBlock(hostRecord() + numbers(RecordType::DumpBegan, {1, 0, 2, 6}) + ending), sink);
        const DumpEnding &told = sink.dumps[0].endings[0];
        QVERIFY(told.ended - told.began > std::chrono::hours(24 * 365 * 100));
    }
};

QTEST_GUILESS_MAIN(TestCaptureFile)
#include "tst_capture_file.moc"
