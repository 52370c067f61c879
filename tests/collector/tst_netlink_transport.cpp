// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_requests.h"
#include "collector/capture/netlink_transport.h"
#include "tests/support/fake_kernel.h"
#include "tests/support/message_builder.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

using namespace socktree;
using namespace socktree::test;

static constexpr quint32 sequence = 21;
static constexpr quint32 port = 4711;

class TestNetlinkTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void handsOnEveryDatagramOfACompleteDump()
    {
        const QByteArray first = datagram({socket(1), socket(2)}, sequence, port);
        const QByteArray second = datagram({socket(3)}, sequence, port);
        const auto result = dumpFrom({{.bytes = first}, {.bytes = second}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.datagrams, (std::vector<QByteArray>{first, second}));
        QCOMPARE(result.ending.error, 0);
        QCOMPARE(result.ending.strangers, 0u);
        QVERIFY(result.ending.began <= result.ending.ended);
    }

    void takesADoneInTheDatagramOfTheLastSockets()
    {
        const QByteArray sockets = datagram({socket(1), socket(2)}, sequence, port);
        const auto result = dumpFrom({{.bytes = sockets + done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.datagrams, std::vector<QByteArray>{sockets});
    }

    void goesOnWithoutTheMultiFlag()
    {
        const QByteArray first = netlinkMessage(SOCK_DIAG_BY_FAMILY, 0, sequence, port, socket(1));
        const QByteArray second = netlinkMessage(SOCK_DIAG_BY_FAMILY, 0, sequence, port, socket(2));
        const auto result = dumpFrom({{.bytes = first}, {.bytes = second}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.bytes(), first + second);
    }

    void readsWhatDoneSays_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<DumpEnd>("end");
        QTest::addColumn<int>("error");
        QTest::newRow("no handler") << done(sequence, port, -ENOENT) << DumpEnd::Unsupported << ENOENT;
        QTest::newRow("not permitted") << done(sequence, port, -EPERM) << DumpEnd::Refused << EPERM;
        QTest::newRow("no memory") << done(sequence, port, -ENOMEM) << DumpEnd::Failed << ENOMEM;
        QTest::newRow("lost") << done(sequence, port, -ENOBUFS) << DumpEnd::Interrupted << ENOBUFS;
        QTest::newRow("a length, as some handlers say") << done(sequence, port, 124) << DumpEnd::Complete << 0;
        QTest::newRow("nonsense") << done(sequence, port, INT_MIN) << DumpEnd::Failed << EBADMSG;
        QTest::newRow("nothing, as before Linux 4.14")
            << netlinkMessage(NLMSG_DONE, NLM_F_MULTI, sequence, port, {}) << DumpEnd::Complete << 0;
    }

    void readsWhatDoneSays()
    {
        QFETCH(QByteArray, answer);
        QFETCH(DumpEnd, end);
        QFETCH(int, error);
        const auto result = dumpFrom({{.bytes = answer}});
        QCOMPARE(result.end(), end);
        QCOMPARE(result.ending.error, error);
        QVERIFY(result.record.datagrams.empty());
    }

    void readsWhatAnErrorSays_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<DumpEnd>("end");
        QTest::newRow("no handler for the family") << ENOENT << DumpEnd::Unsupported;
        QTest::newRow("not permitted") << EPERM << DumpEnd::Refused;
        QTest::newRow("access") << EACCES << DumpEnd::Refused;
        QTest::newRow("a dump is running") << EBUSY << DumpEnd::Failed;
        QTest::newRow("a request it does not like") << EINVAL << DumpEnd::Failed;
    }

    void readsWhatAnErrorSays()
    {
        QFETCH(int, error);
        QFETCH(DumpEnd, end);
        const auto result = dumpFrom({{.bytes = netlinkError(sequence, port, -error)}});
        QCOMPARE(result.end(), end);
        QCOMPARE(result.ending.error, error);
    }

    void doesNotStopAtAnAcknowledgement()
    {
        const QByteArray sockets = datagram({socket(1)}, sequence, port);
        const auto result = dumpFrom(
            {{.bytes = netlinkError(sequence, port, 0)}, {.bytes = sockets}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.bytes(), sockets);
    }

    void dropsAndCountsWhatAnswersSomebodyElse_data()
    {
        QTest::addColumn<QByteArray>("stranger");
        QTest::newRow("an old dump's socket") << datagram({socket(66)}, sequence - 1, port);
        QTest::newRow("an old dump's end") << done(sequence - 1, port);
        QTest::newRow("an old dump's error") << netlinkError(sequence - 1, port, -EPERM);
        QTest::newRow("another port's socket") << datagram({socket(66)}, sequence, port + 1);
        QTest::newRow("an event") << datagram({socket(66)}, 0, 0);
    }

    void dropsAndCountsWhatAnswersSomebodyElse()
    {
        QFETCH(QByteArray, stranger);
        const QByteArray before = datagram({socket(1)}, sequence, port);
        const QByteArray after = datagram({socket(2), socket(3)}, sequence, port);
        // In one datagram with ours, and in one of its own.
        const auto result
            = dumpFrom({{.bytes = stranger}, {.bytes = before + stranger + after}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.datagrams, (std::vector<QByteArray>{before, after}));
        QCOMPARE(result.ending.strangers, 2u);
    }

    void believesNobodyButTheKernel()
    {
        const QByteArray ours = datagram({socket(1)}, sequence, port);
        const auto result = dumpFrom({{.bytes = datagram({socket(66)}, sequence, port), .senderPort = 99},
            {.bytes = done(sequence, port, -ENOENT), .senderPort = 99},
            {.bytes = QByteArray("rubbish"), .truncated = true, .senderPort = 99}, {.bytes = ours},
            {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.bytes(), ours);
        QCOMPARE(result.ending.strangers, 3u);
    }

    void saysThatADatagramWasTooLongAndKeepsItsWholeMessages()
    {
        const QByteArray whole = datagram({socket(1)}, sequence, port);
        const QByteArray cut = datagram({socket(2)}, sequence, port).left(60);
        const QByteArray later = datagram({socket(3)}, sequence, port);
        const auto result
            = dumpFrom({{.bytes = whole + cut, .truncated = true}, {.bytes = later}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Truncated);
        QCOMPARE(result.record.datagrams, (std::vector<QByteArray>{whole, later}));
    }

    void saysSoEvenIfTheCutFellBetweenTwoMessages()
    {
        const QByteArray whole = datagram({socket(1)}, sequence, port);
        const auto result = dumpFrom({{.bytes = whole, .truncated = true}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Truncated);
    }

    void takesDatagramsAsLongAsItsBufferAndNoLonger()
    {
        const QByteArray fits = netlinkMessage(SOCK_DIAG_BY_FAMILY, 2, sequence, port, QByteArray(65536 - 16, 'x'));
        QCOMPARE(dumpFrom({{.bytes = fits}, {.bytes = done(sequence, port)}}).end(), DumpEnd::Complete);
        const QByteArray longer = netlinkMessage(SOCK_DIAG_BY_FAMILY, 2, sequence, port, QByteArray(65536 - 12, 'x'));
        const auto result = dumpFrom({{.bytes = longer}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Truncated);
        QVERIFY(result.record.datagrams.empty());
    }

    void callsAMessageThatIsNotWholeTruncated_data()
    {
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("less than a header") << QByteArray(15, '\0');
        QTest::newRow("length 0") << QByteArray(40, '\0');
        QTest::newRow("length 15") << u32(15) + QByteArray(40, '\0');
        QTest::newRow("one byte short") << datagram({socket(2)}, sequence, port).chopped(1);
        QTest::newRow("longer than anything") << u32(0xffffffff) + QByteArray(40, '\0');
    }

    void callsAMessageThatIsNotWholeTruncated()
    {
        QFETCH(QByteArray, rest);
        const QByteArray whole = datagram({socket(1)}, sequence, port);
        const auto result = dumpFrom({{.bytes = whole + rest}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Truncated);
        QCOMPARE(result.record.bytes(), whole);
    }

    void recordsThatTheKernelSawTheTableChange()
    {
        const QByteArray sockets
            = netlinkMessage(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI | NLM_F_DUMP_INTR, sequence, port, socket(1));
        const auto result = dumpFrom({{.bytes = sockets}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Interrupted);
        QCOMPARE(result.record.bytes(), sockets);
    }

    void recordsAnOverrun()
    {
        const auto result = dumpFrom(
            {{.bytes = netlinkMessage(NLMSG_OVERRUN, 0, sequence, port, {})}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Interrupted);
    }

    void leavesOutWhatIsNoMessageAtAll()
    {
        const QByteArray sockets = datagram({socket(1)}, sequence, port);
        const auto result = dumpFrom(
            {{.bytes = netlinkMessage(NLMSG_NOOP, 0, sequence, port, {}) + sockets}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.bytes(), sockets);
    }

    void leavesOutControlThatIsNewToUs()
    {
        const QByteArray sockets = datagram({socket(1)}, sequence, port);
        for (const quint16 type : {quint16(0), quint16(5), quint16(NLMSG_MIN_TYPE - 1)}) {
            const auto result = dumpFrom({{.bytes = sockets + netlinkMessage(type, 0, sequence, port, "more")},
                {.bytes = done(sequence, port)}});
            QCOMPARE(result.end(), DumpEnd::Complete);
            QCOMPARE(result.record.bytes(), sockets);
        }
    }

    void endsAtOnceWhenTheKernelRanOutOfBuffers()
    {
        const QByteArray sockets = datagram({socket(1)}, sequence, port);
        const auto result
            = dumpFrom({{.bytes = sockets}, {.error = ENOBUFS}, {.bytes = datagram({socket(2)}, sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Interrupted);
        QCOMPARE(result.ending.error, ENOBUFS);
        QCOMPARE(result.record.bytes(), sockets);
    }

    void receivesAgainAfterASignal()
    {
        const QByteArray sockets = datagram({socket(1)}, sequence, port);
        const auto result
            = dumpFrom({{.error = EINTR}, {.bytes = sockets}, {.error = EINTR}, {.bytes = done(sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Complete);
        QCOMPARE(result.record.bytes(), sockets);
    }

    void failsWhenNothingComes()
    {
        const auto result = dumpFrom({{.bytes = datagram({socket(1)}, sequence, port)}});
        QCOMPARE(result.end(), DumpEnd::Failed);
        QCOMPARE(result.ending.error, ETIMEDOUT);
        QCOMPARE(result.record.datagrams.size(), std::size_t(1));
    }

    void failsWhenNothingCanBeSent()
    {
        struct Deaf final : DiagSocket {
            Result<void> send(std::span<const std::byte>) override
            {
                return tl::make_unexpected(SystemError{ECONNREFUSED, "send"});
            }
            Result<Received> receive(std::span<std::byte>) override { qFatal("nothing was sent"); }
            quint32 port() const override { return 1; }
            quint64 netnsCookie() const override { return 0; }
        } deaf;
        RecordedDump record;
        RecordingDumpSink sink(record);
        const DumpEnding ending = dump(deaf, request(), sink, {});
        QCOMPARE(ending.end, DumpEnd::Failed);
        QCOMPARE(ending.error, ECONNREFUSED);
        QCOMPARE(record.endings.size(), std::size_t(1));
    }

    void stopsBetweenDatagrams()
    {
        struct StopAtFirst final : DumpSink {
            std::stop_source source;
            int datagrams = 0, endings = 0;
            void datagram(std::span<const std::byte>) override
            {
                ++datagrams;
                source.request_stop();
            }
            void ended(const DumpEnding &) override { ++endings; }
        } sink;
        const auto socketToKernel = connectTo([](const Asked &) {
            return std::vector<Answer>{{.bytes = datagram({socket(1)}, sequence, port)},
                {.bytes = datagram({socket(2)}, sequence, port)}, {.bytes = done(sequence, port)}};
        });
        const DumpEnding ending = dump(*socketToKernel, request(), sink, sink.source.get_token());
        QCOMPARE(ending.end, DumpEnd::Interrupted);
        QCOMPARE(ending.error, ECANCELED);
        QCOMPARE(sink.datagrams, 1);
        QCOMPARE(sink.endings, 1);
    }

    void handsNoKeysOn()
    {
        const QByteArray withKey
            = inetMessage({.cookie = 1}).attribute(18, QByteArray(20, 'H') + QByteArray(80, 'K')).bytes();
        const auto result = dumpFrom({{.bytes = datagram({withKey}, sequence, port)}, {.bytes = done(sequence, port)}});
        QVERIFY(result.record.bytes().contains(QByteArray(20, 'H')));
        QVERIFY(!result.record.bytes().contains('K'));
    }

private:
    struct DumpResult {
        RecordedDump record;
        DumpEnding ending;
        DumpEnd end() const { return ending.end; }
    };

    static QByteArray socket(quint64 cookie) { return inetMessage({.cookie = cookie}).bytes(); }

    static std::vector<std::byte> request() { return dumpRequest(inetScope(AF_INET, IPPROTO_TCP, {}), sequence); }

    static DumpResult dumpFrom(std::vector<Answer> answers)
    {
        DumpResult result;
        RecordingDumpSink sink(result.record);
        const auto socketToKernel = connectTo([&](const Asked &) { return answers; }, port);
        result.ending = dump(*socketToKernel, request(), sink, {});
        if (result.record.endings.size() != 1 || result.record.endings[0].end != result.ending.end)
            qWarning("the sink was told %zu endings", result.record.endings.size());
        return result;
    }
};

QTEST_GUILESS_MAIN(TestNetlinkTransport)
#include "tst_netlink_transport.moc"
