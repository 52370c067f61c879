// SPDX-License-Identifier: GPL-3.0-or-later
// What tests build on must itself be true: the made-up system keeps the promises of a real snapshot.
#include "tests/support/hostile_names.h"
#include "tests/support/random_messages.h"
#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

class TestRandomSnapshot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void keepsThePromisesOfASnapshot()
    {
        std::mt19937 random(1);
        SnapshotPtr snapshot;
        for (int step = 0; step < 200; ++step) {
            const RandomOptions options{.failures = step % 3 == 0 ? 0.2 : 0.0};
            const SnapshotPtr next = randomSnapshot(random, snapshot, options);
            QVERIFY(!snapshot || next->ended > snapshot->ended);
            snapshot = next;
            QVERIFY(snapshot->sockets.size() > 80);
            QSet<SocketKey> keys;
            for (const Socket &socket : snapshot->sockets) {
                QVERIFY(!keys.contains(snapshot->keyOf(socket)));
                keys.insert(snapshot->keyOf(socket));
                QVERIFY(socket.family != 0 || socket.holderCount > 0);
                for (const Holder &holder : snapshot->holdersOf(socket))
                    QVERIFY(holder.process < snapshot->processes.size());
                QCOMPARE(socket.has(Told::Name), socket.name != noIndex);
                QCOMPARE(snapshot->message(socket).size(), std::size_t(socket.length));
                QCOMPARE(snapshot->message(socket).empty(), socket.family == 0);
            }
            for (std::size_t i = 1; i < snapshot->processes.size(); ++i)
                QVERIFY(snapshot->processes[i - 1].key.pid < snapshot->processes[i].key.pid);
        }
    }

    void keysNeverComeBack()
    {
        std::mt19937 random(2);
        QSet<SocketKey> gone, before;
        SnapshotPtr snapshot;
        for (int step = 0; step < 200; ++step) {
            snapshot = randomSnapshot(random, snapshot);
            QSet<SocketKey> now;
            for (const Socket &socket : snapshot->sockets)
                now.insert(snapshot->keyOf(socket));
            QVERIFY(!now.intersects(gone));
            gone += before - now;
            before = now;
        }
        QVERIFY(gone.size() > 1000);
    }

    void countersOfTcpGrow()
    {
        std::mt19937 random(3);
        const SnapshotPtr before = randomSnapshot(random, nullptr);
        const SnapshotPtr after = randomSnapshot(random, before, {.churn = 0});
        int grown = 0;
        for (const Socket &socket : after->sockets)
            for (const Socket &old : before->sockets)
                if (socket.cookie != 0 && socket.cookie == old.cookie && socket.protocol == Protocol::Tcp)
                    grown += countersOf(after->message(socket)).received > countersOf(before->message(old)).received;
        QVERIFY(grown > 5);
    }

    void theSameSeedGivesTheSameWorld()
    {
        std::mt19937 one(4), other(4);
        const SnapshotPtr a = randomSnapshot(one, nullptr), b = randomSnapshot(other, nullptr);
        QCOMPARE(a->chunks, b->chunks);
        QCOMPARE(a->processes, b->processes);
        QCOMPARE(a->holders, b->holders);
    }

    void aFirstStepHasNoOwners()
    {
        std::mt19937 random(5);
        const SnapshotPtr snapshot = randomSnapshot(random, nullptr, {.owners = false});
        QVERIFY(!snapshot->ownersRead);
        QVERIFY(snapshot->processes.empty());
        QVERIFY(snapshot->holders.empty());
        QVERIFY(!snapshot->sockets.empty());
    }

    void largeWorldsAreMadeAsWell()
    {
        std::mt19937 random(6);
        const RandomOptions large{.processes = 300, .sockets = 20000, .churn = 0.02};
        const SnapshotPtr first = randomSnapshot(random, nullptr, large);
        QCOMPARE(first->sockets.size(), std::size_t(20000));
        QCOMPARE(randomSnapshot(random, first, large)->sockets.size(), std::size_t(20000));
    }
};

QTEST_GUILESS_MAIN(TestRandomSnapshot)
#include "tst_random_snapshot.moc"
