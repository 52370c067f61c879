// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/capture_bytes.h"
#include "tests/support/message_builder.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <netinet/in.h>

#include <cerrno>
#include <limits>
#include <random>

using namespace socktree;
using namespace socktree::test;

namespace {

QByteArray v4(quint64 cookie)
{
    return datagram({inetMessage({.local = "127.0.0.1", .cookie = cookie})}, 123456, 7);
}

QByteArray v6(quint64 cookie)
{
    return datagram({inetMessage({.family = AF_INET6, .local = "::1", .cookie = cookie})}, 123456, 7);
}

QByteArray end(qint32 error = 0)
{
    return done(123456, 7, error);
}

bool is(const RecordedDump &dump, quint8 family, DumpEnd ending, const QByteArray &bytes)
{
    return dump.scope == Scope{.family = family, .protocol = IPPROTO_TCP} && dump.endings.size() == 1
        && dump.endings[0].end == ending && dump.bytes() == bytes;
}

} // namespace

class TestSsDump : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void readsBothPartsAndPartsThemByFamily()
    {
        RecordingSink sink;
        const CaptureReadResult result = read(v4(1) + v4(2) + end() + v6(3) + end(), sink);
        QVERIFY(result.complete && result.format == CaptureFormat::SsDump && !result.owners);
        QCOMPARE(result.records, quint64(3));
        QCOMPARE(sink.dumps.size(), std::size_t(2));
        QVERIFY(is(sink.dumps[0], AF_INET, DumpEnd::Complete, v4(1) + v4(2)));
        QVERIFY(is(sink.dumps[1], AF_INET6, DumpEnd::Complete, v6(3)));
        QVERIFY(sink.processesEnds.empty() && sink.processes.empty() && sink.problems.empty());
        QCOMPARE(sink.hosts.front().name, QByteArray());
        QCOMPARE(sink.finishes, 1);
        QVERIFY(!sink.outOfOrder);
    }

    void aPartWithoutSocketsIsOneToo()
    {
        RecordingSink none, only6, only4;
        QVERIFY(read(end() + end(), none).complete);
        QVERIFY(is(none.dumps.at(0), AF_INET, DumpEnd::Complete, {}));
        QVERIFY(is(none.dumps.at(1), AF_INET6, DumpEnd::Complete, {}));
        QVERIFY(read(v6(1) + end(), only6).complete);
        QCOMPARE(only6.dumps.size(), std::size_t(1));
        QVERIFY(is(only6.dumps[0], AF_INET6, DumpEnd::Complete, v6(1)));
        QVERIFY(read(v4(1) + end() + end(), only4).complete);
        QVERIFY(is(only4.dumps.at(1), AF_INET6, DumpEnd::Complete, {}));
    }

    void tellsWhereItWasCutOff()
    {
        const QByteArray first = v4(1) + v4(2) + end();
        const QByteArray file = first + v6(3) + v6(4) + end();
        for (qsizetype size = 0; size < file.size(); ++size) {
            RecordingSink sink;
            const CaptureReadResult result = read(file.first(size), sink);
            QCOMPARE(sink.finishes, 1);
            QVERIFY(!sink.outOfOrder);
            if (size == first.size()) // as ss -4 writes it
                continue;
            // The payload of DONE is not missed: what says that the list ended is its header.
            QVERIFY2(!result.complete && !result.faults.empty(), QByteArray::number(size));
            for (const RecordedDump &dump : sink.dumps) {
                QCOMPARE(dump.endings.size(), std::size_t(1));
                const bool whole = dump.scope.family == AF_INET && size >= first.size();
                QVERIFY2((dump.endings[0].end == DumpEnd::Complete) == whole, QByteArray::number(size));
            }
            if (size < qsizetype(sizeof(nlmsghdr) + 1)) // no such file is known for what it is
                continue;
            QCOMPARE(result.faults.front().offset, quint64(size));
            QVERIFY(result.faults.front().what.startsWith("the file ends here, "));
        }
    }

    void keepsHowThePartsEnded()
    {
        RecordingSink sink;
        QByteArray interrupted = end();
        interrupted[6] = static_cast<char>(interrupted[6] | NLM_F_DUMP_INTR);
        read(v4(1) + interrupted + end(-ENOENT), sink);
        QVERIFY(is(sink.dumps.at(0), AF_INET, DumpEnd::Interrupted, v4(1)));
        QVERIFY(is(sink.dumps.at(1), AF_INET6, DumpEnd::Unsupported, {}));
        QCOMPARE(sink.dumps[1].endings[0].error, ENOENT);
    }

    void takesNoNumberForAnErrorThatIsNone()
    {
        RecordingSink sink;
        read(v4(1) + end(std::numeric_limits<qint32>::min()) + end(-4096), sink);
        QVERIFY(is(sink.dumps.at(0), AF_INET, DumpEnd::Failed, v4(1)));
        for (const RecordedDump &dump : sink.dumps)
            QCOMPARE(dump.endings[0].error, EBADMSG);
    }

    void hidesKeysAndPassesOverWhatItDoesNotKnow()
    {
        QByteArray element(100, '\0');
        element[0] = AF_INET;
        std::fill(element.begin() + 20, element.end(), 'K');
        const QByteArray keyed = datagram({inetMessage({}).attribute(INET_DIAG_MD5SIG, element).bytes()}, 1, 1);
        const QByteArray other = datagram({unixMessage({})}, 1, 1);
        RecordingSink sink;
        const CaptureReadResult result = read(v4(1) + keyed + other + netlinkMessage(77, 0, 1, 1, {}) + end(), sink);
        QVERIFY(!sink.dumps.at(0).bytes().contains('K'));
        QCOMPARE(sink.dumps[0].bytes().size(), v4(1).size() + keyed.size());
        QCOMPARE(result.skipped, quint64(1));
        QCOMPARE(result.faults.size(), std::size_t(1));
        QCOMPARE(result.faults.front().offset, quint64(v4(1).size() + keyed.size()));
    }

    void readsAnyBytesBehindAMessage()
    {
        std::mt19937 random(4);
        const QByteArray file = v4(1) + end() + v6(3) + end();
        for (int round = 0; round < 5000; ++round) {
            QByteArray bad = file;
            for (unsigned i = 1 + random() % 4; i > 0; --i)
                bad[qsizetype(random() % unsigned(bad.size()))] = static_cast<char>(random());
            RecordingSink sink;
            read(bad, sink);
            QCOMPARE(sink.finishes, 1);
            QVERIFY(!sink.outOfOrder);
            for (const RecordedDump &dump : sink.dumps)
                QCOMPARE(dump.endings.size(), std::size_t(1));
        }
    }
};

QTEST_GUILESS_MAIN(TestSsDump)
#include "tst_ss_dump.moc"
