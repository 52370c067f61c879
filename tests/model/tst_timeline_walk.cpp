// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline over hundreds of random snapshots: what must hold after every step, whatever happened.
#include "model/timeline.h"

#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <algorithm>

using namespace socktree;
using namespace socktree::test;

namespace {

QSet<SocketKey> keysOf(const Snapshot &snapshot)
{
    QSet<SocketKey> keys;
    for (const Socket &socket : snapshot.sockets)
        keys.insert(snapshot.keyOf(socket));
    return keys;
}

bool allComplete(const Snapshot &snapshot)
{
    return std::all_of(snapshot.dumps.begin(), snapshot.dumps.end(),
        [](const DumpOutcome &dump) { return dump.ending.end == DumpEnd::Complete; });
}

/// Every entry is what it says, and every index finds its way back.
QByteArray broken(const Generation &generation)
{
    quint32 live = 0, used = 0, unused = 0;
    QSet<quint32> shown;
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
        const Entry &entry = generation.entries[slot];
        if (!entry.used()) {
            ++unused;
            continue;
        }
        ++used;
        live += entry.live() ? 1 : 0;
        const RowRef row(generation, slot);
        if (entry.index >= row.snapshot().sockets.size())
            return "an index points nowhere";
        if (row.snapshot().keyOf(row.socket()) != entry.key)
            return "a slot shows another socket";
        if (generation.slotOf.value(entry.key, noIndex) != slot)
            return "a key does not find its slot";
        if (!entry.buried && shown.contains(entry.index))
            return "a row has two slots";
        if (!entry.buried)
            shown.insert(entry.index);
        if (entry.mark == Mark::Closed && !entry.buried)
            return "a closed row is in the snapshot";
        for (const Holder &holder : row.snapshot().holdersOf(row.socket()))
            if (holder.process >= row.snapshot().processes.size())
                return "a holder points nowhere";
    }
    if (generation.slotOf.size() != qsizetype(used))
        return "a key without a slot";
    if (generation.freeSlots.size() != unused)
        return "a free slot is lost";
    for (const quint32 slot : generation.freeSlots)
        if (generation.entries[slot].used())
            return "a used slot counts as free";
    return generation.liveCount == live ? "" : "the live rows are counted wrong";
}

} // namespace

class TestTimelineWalk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void everyStepIsSound_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<double>("failures");
        QTest::addColumn<double>("churn");
        QTest::newRow("calm") << 1u << 0.0 << 0.01;
        QTest::newRow("busy") << 2u << 0.0 << 0.3;
        QTest::newRow("failing") << 3u << 0.15 << 0.08;
    }
    void everyStepIsSound()
    {
        QFETCH(unsigned, seed);
        QFETCH(double, failures);
        QFETCH(double, churn);
        std::mt19937 random(seed);
        const RandomOptions options{.churn = churn, .failures = failures};
        SnapshotPtr snapshot;
        GenerationPtr before;
        for (int step = 0; step < 200; ++step) {
            snapshot = randomSnapshot(random, snapshot, options);
            const GenerationPtr now = socktree::advance(before, snapshot);
            QCOMPARE(broken(*now), QByteArray());
            QCOMPARE(now->number, quint64(step + 1));
            for (quint32 slot = 0; before && slot < before->entries.size(); ++slot) {
                const Entry &old = before->entries[slot], &entry = now->entries[slot];
                if (!old.used() || !entry.used())
                    continue;
                const bool described = old.key.cookie == 0 && entry.key.cookie != 0;
                QVERIFY2(old.key == entry.key || described, "a slot changed its socket without a generation between");
                QCOMPARE(entry.born, old.born);
                QCOMPARE(entry.firstSeen, old.firstSeen);
            }
            before = now;
        }
        // Slots are used again: there are not many more than were needed at once.
        QVERIFY2(before->entries.size() < 700, qPrintable(QString::number(before->entries.size())));
    }

    void liveRowsAreThoseOfTheSnapshotAndClosedOnesStayTheirTime()
    {
        std::mt19937 random(4);
        SnapshotPtr snapshot;
        GenerationPtr now;
        QHash<SocketKey, SteadyTime> closed;
        QSet<SocketKey> before;
        for (int step = 0; step < 200; ++step) {
            snapshot = randomSnapshot(random, snapshot, {.step = std::chrono::milliseconds(700)});
            const bool first = !now;
            now = socktree::advance(now, snapshot);
            const QSet<SocketKey> keys = keysOf(*snapshot);
            for (const SocketKey &gone : before - keys)
                closed.insert(gone, snapshot->ended);
            closed.removeIf(
                [&](const auto &item) { return snapshot->ended - item.value() >= std::chrono::seconds(5); });
            for (const Entry &entry : now->entries) {
                if (!entry.used())
                    continue;
                QCOMPARE(entry.live(), keys.contains(entry.key));
                QCOMPARE(entry.mark == Mark::Closed, closed.contains(entry.key));
                QCOMPARE(entry.mark == Mark::New && entry.markedAt == snapshot->ended,
                    !first && keys.contains(entry.key) && !before.contains(entry.key));
            }
            QCOMPARE(now->liveCount, quint32(keys.size()));
            QCOMPARE(now->slotOf.size(), keys.size() + closed.size());
            before = keys;
        }
    }

    void failedDumpsCloseNothing()
    {
        std::mt19937 random(5);
        SnapshotPtr snapshot;
        GenerationPtr now;
        int failed = 0;
        for (int step = 0; step < 200; ++step) {
            snapshot = randomSnapshot(random, snapshot, {.failures = 0.1});
            const GenerationPtr before = now;
            now = socktree::advance(before, snapshot);
            if (!before || allComplete(*snapshot))
                continue;
            ++failed;
            for (const Entry &entry : before->entries) {
                if (!entry.live())
                    continue;
                const RowRef old(*before, before->slotOf.value(entry.key));
                const Socket &socket = old.socket();
                if (socket.family == 0)
                    continue;
                const auto &dump
                    = *std::find_if(snapshot->dumps.begin(), snapshot->dumps.end(), [&](const DumpOutcome &outcome) {
                          return outcome.scope == old.snapshot().dumps[socket.dump].scope;
                      });
                if (dump.ending.end == DumpEnd::Complete)
                    continue;
                QVERIFY(now->entries[before->slotOf.value(entry.key)].live());
                QVERIFY(now->slotOf.contains(entry.key));
            }
        }
        QVERIFY(failed > 30);
    }

    void theSameStepsGiveTheSameGeneration()
    {
        const auto walk = [] {
            std::mt19937 random(6);
            SnapshotPtr snapshot;
            GenerationPtr now;
            for (int step = 0; step < 20; ++step) {
                snapshot = randomSnapshot(random, snapshot);
                now = socktree::advance(now, snapshot);
            }
            return now;
        };
        const GenerationPtr one = walk(), other = walk();
        QCOMPARE(one->freeSlots, other->freeSlots);
        QCOMPARE(one->slotOf, other->slotOf);
    }
};

QTEST_GUILESS_MAIN(TestTimelineWalk)
#include "tst_timeline_walk.moc"
