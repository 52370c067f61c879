// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rates.h"
#include "model/timeline.h"

#include "tests/support/message_builder.h"
#include "tests/support/random_messages.h"
#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

#include <cmath>
#include <cstring>

using namespace socktree;
using namespace socktree::test;
using namespace std::chrono_literals;

namespace {

/// tcp_info of this size with the counters in it that have room.
QByteArray info(qsizetype size, quint64 received, quint64 acked, quint64 sent)
{
    QByteArray bytes(232, '\0');
    std::memcpy(bytes.data() + 120, &acked, 8);
    std::memcpy(bytes.data() + 128, &received, 8);
    std::memcpy(bytes.data() + 200, &sent, 8);
    return bytes.left(size);
}

/// One TCP socket as a dump that ended at this second saw it.
SnapshotPtr seen(std::chrono::milliseconds dumped, const QByteArray &tcpInfo)
{
    auto made = std::make_shared<Snapshot>();
    made->ended = SteadyTime(dumped + 500ms); // the owners' scan took longer
    made->dumps.push_back({{1, AF_INET, IPPROTO_TCP, 0x3fff, 0xff}, {}, 1});
    made->dumps[0].ending.ended = SteadyTime(dumped);
    MessageBuilder message = inetMessage({.cookie = 1});
    if (!tcpInfo.isNull())
        message.attribute(2, tcpInfo);
    made->chunks = {message.bytes()};
    Socket socket;
    socket.cookie = 1;
    socket.family = AF_INET;
    socket.protocol = Protocol::Tcp;
    socket.dump = 0;
    socket.chunk = 0;
    socket.length = quint32(made->chunks[0].size());
    made->sockets.push_back(socket);
    return made;
}

const Entry &only(const GenerationPtr &generation)
{
    return generation->entries.front();
}

} // namespace

class TestRates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void oneDumpGivesNoRate()
    {
        const auto made = socktree::advance(nullptr, seen(1s, info(232, 100, 0, 100)));
        QVERIFY(only(made).hasCounters);
        QVERIFY(only(made).receiveRate < 0);
        QVERIFY(only(made).sendRate < 0);
    }

    void twoDumpsGiveBytesPerSecondOfTheirOwnTimes()
    {
        auto made = socktree::advance(nullptr, seen(1s, info(232, 1000, 7, 5000)));
        made = socktree::advance(made, seen(3s, info(232, 1500, 7, 9000)));
        QCOMPARE(only(made).receiveRate, 250.0);
        QCOMPARE(only(made).sendRate, 2000.0);
        made = socktree::advance(made, seen(3500ms, info(232, 1500, 7, 9001)));
        QCOMPARE(only(made).receiveRate, 0.0);
        QCOMPARE(only(made).sendRate, 2.0);
    }

    void kernelsWithoutBytesSentTellWhatWasAcknowledged()
    {
        auto made = socktree::advance(nullptr, seen(1s, info(192, 0, 10, 999)));
        made = socktree::advance(made, seen(2s, info(192, 0, 30, 999999)));
        QCOMPARE(only(made).sendRate, 20.0);
    }

    void aShortInfoHasNoCountersAndNoRates()
    {
        auto made = socktree::advance(nullptr, seen(1s, info(104, 0, 0, 0)));
        QVERIFY(!only(made).hasCounters);
        made = socktree::advance(made, seen(2s, QByteArray()));
        QVERIFY(!only(made).hasCounters);
        QVERIFY(only(made).receiveRate < 0);
        made = socktree::advance(made, seen(3s, info(232, 50, 0, 50)));
        QVERIFY2(only(made).receiveRate < 0, "the first counters are not a rate from zero");
    }

    void aCounterThatWentDownIsNoRateBelowZero()
    {
        auto made = socktree::advance(nullptr, seen(1s, info(232, 1000, 0, 1000)));
        made = socktree::advance(made, seen(2s, info(232, 10, 0, 2000)));
        QCOMPARE(only(made).receiveRate, 0.0);
        QCOMPARE(only(made).sendRate, 1000.0);
    }

    void counters64BitsWideAreWhole()
    {
        constexpr quint64 large = quint64(1) << 62;
        auto made = socktree::advance(nullptr, seen(1s, info(232, large, 0, 0)));
        made = socktree::advance(made, seen(2s, info(232, large + 77, 0, 0)));
        QCOMPARE(only(made).receiveRate, 77.0);
    }

    void withoutTimeBetweenThereIsNoRateYet()
    {
        auto made = socktree::advance(nullptr, seen(1s, info(232, 1000, 0, 0)));
        made = socktree::advance(made, seen(1s, info(232, 2000, 0, 0)));
        QVERIFY(only(made).receiveRate < 0);
        QCOMPARE(bytesPerSecond(1, 2, -1s), -1.0);
    }

    void ratesOfRandomSnapshotsAreTheDifferencesOfTheirCounters()
    {
        std::mt19937 random(1);
        SnapshotPtr snapshot;
        GenerationPtr now;
        int compared = 0;
        for (int step = 0; step < 50; ++step) {
            const GenerationPtr before = now;
            snapshot = randomSnapshot(random, snapshot, {.step = 500ms});
            now = socktree::advance(before, snapshot);
            for (quint32 slot = 0; before && slot < before->entries.size(); ++slot) {
                if (!now->entries[slot].live() || !before->entries[slot].live()
                    || before->entries[slot].key != now->entries[slot].key)
                    continue;
                const RowRef old(*before, slot), row(*now, slot);
                const auto a = byteCounters(old.snapshot(), old.socket()),
                           b = byteCounters(row.snapshot(), row.socket());
                QCOMPARE(now->entries[slot].receiveRate >= 0, a && b);
                if (!a || !b)
                    continue;
                QCOMPARE(b->received, countersOf(row.snapshot().message(row.socket())).received);
                QVERIFY(std::abs(now->entries[slot].receiveRate - double(b->received - a->received) * 2) < 0.001);
                QVERIFY(std::abs(now->entries[slot].sendRate - double(b->sent - a->sent) * 2) < 0.001);
                ++compared;
            }
        }
        QVERIFY(compared > 500);
    }
};

QTEST_GUILESS_MAIN(TestRates)
#include "tst_rates.moc"
