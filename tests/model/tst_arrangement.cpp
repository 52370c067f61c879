// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/arrangement.h"

#include "model/column.h"
#include "model/owner_group.h"
#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QCollator>
#include <QtTest/QTest>

#include <algorithm>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, timeWait = 6, listening = 10;

GenerationPtr shared(const SmallWorld &world)
{
    return std::make_shared<const Generation>(world.generation());
}

std::vector<quint32> arranged(const GenerationPtr &generation, const ViewRequest &request = {})
{
    return arrange(generation, request, nullptr, never())->slots;
}

ViewRequest by(const char *column, bool descending = false)
{
    return {.sortColumn = column, .descending = descending};
}

using Slots = std::vector<quint32>;

/// Reads as an oracle: typed values compared pair by pair, without keys.
int compared(const Value &a, const Value &b)
{
    const auto sign = [](auto order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
    const bool aText = std::holds_alternative<QString>(a.data), bText = std::holds_alternative<QString>(b.data);
    if (aText != bText)
        return aText ? 1 : -1; // a path comes after addresses
    if (const auto *text = std::get_if<QString>(&a.data)) {
        QCollator collator{QLocale(QLocale::English)};
        collator.setNumericMode(true);
        return sign(collator.compare(*text, std::get<QString>(b.data)));
    }
    if (const auto *address = std::get_if<Address>(&a.data)) {
        const Address one = unmapped(*address), other = unmapped(std::get<Address>(b.data));
        if (one.length != other.length)
            return sign(int(one.length) - int(other.length));
        return sign(std::memcmp(one.bytes.data(), other.bytes.data(), one.length));
    }
    return std::visit(
        [&](const auto &left) {
            using T = std::decay_t<decltype(left)>;
            if constexpr (std::is_arithmetic_v<T>)
                return left < std::get<T>(b.data) ? -1 : left > std::get<T>(b.data) ? 1 : 0;
            return 0;
        },
        a.data);
}

/// What stands in the place of a column that says nothing, or the same, of two rows.
auto endsOf(const Socket &socket)
{
    const Address local = unmapped(socket.local), remote = unmapped(socket.remote);
    return std::tuple(
        local.length, local.bytes, socket.localPort, remote.length, remote.bytes, socket.remotePort, socket.inode);
}

/// Sorted by the column, missing last, ties by both ends and then by slot; or what is wrong.
QByteArray misplaced(const Arrangement &arrangement, const Column &column, bool descending)
{
    for (std::size_t i = 1; i < arrangement.slots.size(); ++i) {
        const quint32 above = arrangement.slots[i - 1], below = arrangement.slots[i];
        const Value a = column.value(RowRef(*arrangement.generation, above));
        const Value b = column.value(RowRef(*arrangement.generation, below));
        if (!a.present() && b.present())
            return "a missing value stands above a present one";
        int order = a.present() && b.present() ? compared(a, b) : 0;
        if (order == 0 && a.present() && b.present() && column.thenBy) {
            const Column &next = *columnById(column.thenBy);
            order = compared(
                next.value(RowRef(*arrangement.generation, above)), next.value(RowRef(*arrangement.generation, below)));
        }
        const auto endsAbove = std::tuple(endsOf(RowRef(*arrangement.generation, above).socket()), above);
        const auto endsBelow = std::tuple(endsOf(RowRef(*arrangement.generation, below).socket()), below);
        if (order == 0 && endsAbove > endsBelow && a.present() == b.present())
            return "equal rows are not in the order of their ends";
        if (descending ? order < 0 : order > 0)
            return QByteArray(column.id) + ": " + exportText(column, RowRef(*arrangement.generation, above)).toUtf8()
                + " stands above " + exportText(column, RowRef(*arrangement.generation, below)).toUtf8();
    }
    return {};
}

} // namespace

class TestArrangement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void putsInetBeforeUnixThenProcessPidProtocolAndPort()
    {
        SmallWorld world;
        const quint32 bob = world.add(process(10, "bob"));
        const quint32 ada = world.add(process(20, "ada2"));
        const quint32 ada10 = world.add(process(30, "ada10"));
        const quint32 adaToo = world.add(process(40, "ada2"));
        const quint32 unknown = world.add(unknownSocket(5), {{ada, 20, 9}});
        const quint32 unixAda = world.add(unixSocket(listening), {{ada, 20, 3}});
        const quint32 nobody = world.add(tcp(timeWait, "127.0.0.1", 1, "127.0.0.1", 2));
        const quint32 bobs = world.add(tcp(listening, "127.0.0.1", 22), {{bob, 10, 3}});
        const quint32 udpAda = world.add(udp("127.0.0.1", 53), {{ada, 20, 4}});
        const quint32 tcp443 = world.add(tcp(listening, "127.0.0.1", 443), {{ada, 20, 5}});
        const quint32 tcp80 = world.add(tcp(listening, "127.0.0.1", 80), {{ada, 20, 6}});
        const quint32 second = world.add(tcp(listening, "127.0.0.1", 1), {{adaToo, 40, 6}});
        const quint32 ten = world.add(tcp(listening, "127.0.0.1", 1), {{ada10, 30, 6}});
        QCOMPARE(arranged(shared(world)), (Slots{tcp80, tcp443, udpAda, second, ten, bobs, nobody, unixAda, unknown}));
        // Its direction is fixed: it is what a third click goes back to.
        QCOMPARE(arranged(shared(world), {.descending = true}), arranged(shared(world)));
    }

    void sortsPortsAsNumbersAndPutsMissingOnesLastBothWays()
    {
        SmallWorld world;
        const quint32 none = world.add(unixSocket(established));
        const quint32 high = world.add(tcp(listening, "0.0.0.0", 10000));
        const quint32 low = world.add(tcp(listening, "0.0.0.0", 9));
        const quint32 tie = world.add(tcp(listening, "0.0.0.0", 9));
        QCOMPARE(arranged(shared(world), by("local-port")), (Slots{low, tie, high, none}));
        QCOMPARE(arranged(shared(world), by("local-port", true)), (Slots{high, low, tie, none}));
    }

    void sortsAddressesByTheirNumbersWhicheverClothesTheyWear()
    {
        SmallWorld world;
        const quint32 six = world.add(tcp(established, "2001:db8::1", 1, "2001:db8::2", 2));
        const quint32 ten = world.add(tcp(established, "10.0.0.1", 1, "10.0.0.1", 2));
        const quint32 mapped = world.add(tcp(established, "::ffff:9.0.0.1", 1, "::ffff:9.0.0.1", 2));
        const quint32 nine = world.add(tcp(established, "9.0.0.2", 1, "9.0.0.2", 2));
        const quint32 low = world.add(tcp(established, "2001:db8::1", 1, "::2", 2));
        QCOMPARE(arranged(shared(world), by("remote-address")), (Slots{mapped, nine, ten, low, six}));
    }

    void keepsAnUnknownColumnInTheDefaultOrder()
    {
        SmallWorld world;
        world.add(unixSocket(listening));
        world.add(udp("127.0.0.1", 1));
        QCOMPARE(arranged(shared(world), by("no-such-column")), arranged(shared(world)));
    }

    void showsWhatAnyHolderOfTheScopeHas()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        const quint32 b = world.add(process(2, "b"));
        const quint32 both = world.add(tcp(listening, "0.0.0.0", 1), {{a, 1, 3}, {b, 2, 3}});
        world.add(tcp(listening, "0.0.0.0", 2), {{a, 1, 4}});
        const quint32 onlyB = world.add(tcp(listening, "0.0.0.0", 3), {{b, 2, 5}});
        const ProcessKey key = world.snapshot().processes[b].key;
        const auto arrangement = arrange(shared(world), {.scope = {{partOf(key)}}}, nullptr, never());
        QCOMPARE(arrangement->slots, (Slots{both, onlyB}));
        QCOMPARE(arrangement->matching, 3u); // whatever the tree's selection
        QCOMPARE(arrangement->total, 3u);
        const ProcessKey recycled{key.pid, key.startTime + 1};
        QVERIFY(arranged(shared(world), {.scope = {{partOf(recycled)}}}).empty());
    }

    void sortsByTheHoldersThatTheScopeNames()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a")), b = world.add(process(2, "b")), c = world.add(process(3, "c"));
        const quint32 shownAsC = world.add(tcp(listening, "0.0.0.0", 1), {{a, 1, 3}, {c, 3, 3}});
        const quint32 shownAsB = world.add(tcp(listening, "0.0.0.0", 2), {{b, 2, 4}});
        const auto &all = world.snapshot().processes;
        const TreeScope scope{{partOf(all[b].key), partOf(all[c].key)}};
        QCOMPARE(arranged(shared(world)), (Slots{shownAsC, shownAsB}));
        for (const char *column : {"", "process", "pid"}) {
            ViewRequest request = by(column);
            request.scope = scope;
            QCOMPARE(arranged(shared(world), request), (Slots{shownAsB, shownAsC}));
        }
    }

    void keepsProcessesOfOneNameApart()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "nginx")), b = world.add(process(2, "nginx"));
        const quint32 second = world.add(tcp(listening, "127.0.0.1", 1), {{b, 2, 3}});
        const quint32 first = world.add(tcp(listening, "127.0.0.1", 2), {{a, 1, 3}});
        const quint32 third = world.add(tcp(listening, "127.0.0.1", 3), {{b, 2, 4}});
        QCOMPARE(arranged(shared(world), by("process")), (Slots{first, second, third}));
        QCOMPARE(arranged(shared(world), by("process", true)), (Slots{second, third, first}));
    }

    void tellsHiddenOwnersFromNoOwners()
    {
        SmallWorld world;
        Socket without = tcp(timeWait, "127.0.0.1", 1, "127.0.0.1", 2);
        without.told = static_cast<quint16>(without.told & ~static_cast<quint16>(Told::Inode));
        const quint32 waiting = world.add(without);
        const quint32 somebodys = world.add(tcp(established, "127.0.0.1", 1, "127.0.0.1", 2));
        const ViewRequest hidden{.scope = {{partOf(TreePart::Kind::Hidden)}}};
        const ViewRequest none{.scope = {{partOf(TreePart::Kind::NoProcess)}}};

        world.snapshot().deniedProcesses = 2;
        QCOMPARE(arranged(shared(world), hidden), Slots{somebodys});
        QCOMPARE(arranged(shared(world), none), Slots{waiting});

        world.snapshot().deniedProcesses = 0;
        QVERIFY(arranged(shared(world), hidden).empty());
        QCOMPARE(arranged(shared(world), none), (Slots{waiting, somebodys}));

        world.snapshot().ownersRead = false; // nobody has looked yet
        QVERIFY(arranged(shared(world), hidden).empty());
        QVERIFY(arranged(shared(world), none).empty());
    }

    void wantsAllFiltersToMatch()
    {
        SmallWorld world;
        for (quint16 port = 1; port <= 12; ++port)
            world.add(tcp(listening, "0.0.0.0", port));
        ViewRequest request = by("local-port");
        request.filters = {where([](const RowRef &row) { return row.socket().localPort % 2 == 0; }),
            where([](const RowRef &row) { return row.socket().localPort % 3 == 0; })};
        const auto arrangement = arrange(shared(world), request, nullptr, never());
        QCOMPARE(arrangement->slots, (Slots{5, 11}));
        QCOMPARE(arrangement->matching, 2u);
        QCOMPARE(arrangement->total, 12u);
        QVERIFY(arrangement->request.filters.empty());
    }

    void holdsTheOrderWhileFrozenAndCountsWhatWaits()
    {
        Generation first;
        {
            SmallWorld world;
            for (const quint16 port : std::initializer_list<quint16>{30, 20, 10})
                world.add(tcp(listening, "0.0.0.0", port));
            first = world.generation();
        }
        const auto before = arrange(std::make_shared<const Generation>(first), by("local-port"), nullptr, never());
        QCOMPARE(before->slots, (Slots{2, 1, 0}));

        SmallWorld world;
        for (const quint16 port : std::initializer_list<quint16>{30, 99, 10, 5}) // 20 became 99, 5 is new
            world.add(tcp(listening, "0.0.0.0", port));
        Generation second = world.generation();
        second.entries[2].index = noIndex; // 10 is gone
        ViewRequest frozen = by("local-port");
        frozen.frozen = true;
        const auto generation = std::make_shared<const Generation>(second);
        const auto held = arrange(generation, frozen, before, never());
        QCOMPARE(held->slots, (Slots{1, 0}));
        QCOMPARE(held->waiting, 1u);
        QCOMPARE(arrange(generation, frozen, held, never())->waiting, 1u); // it waits on
        const auto thawed = arrange(generation, by("local-port"), held, never());
        QCOMPARE(thawed->slots, (Slots{3, 0, 1}));
        QCOMPARE(thawed->waiting, 0u);
    }

    void makesASocketInAnOldSlotWaitAsAnyNewOne()
    {
        SmallWorld world;
        world.add(tcp(listening, "0.0.0.0", 1));
        Generation generation = world.generation();
        const auto before = arrange(std::make_shared<const Generation>(generation), {}, nullptr, never());
        generation.entries[0].born = generation.entries[0].born + 7;
        const auto held = arrange(std::make_shared<const Generation>(generation), {.frozen = true}, before, never());
        QVERIFY(held->slots.empty());
        QCOMPARE(held->waiting, 1u);
    }

    void answersAnotherQuestionAtOnceThoughFrozen_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<quint64>("query");
        QTest::newRow("another column") << QByteArray("remote-port") << false << quint64(0);
        QTest::newRow("another direction") << QByteArray("local-port") << true << quint64(0);
        QTest::newRow("another filter") << QByteArray("local-port") << false << quint64(1);
    }
    void answersAnotherQuestionAtOnceThoughFrozen()
    {
        QFETCH(QByteArray, column);
        QFETCH(bool, descending);
        QFETCH(quint64, query);
        SmallWorld world;
        world.add(tcp(established, "0.0.0.0", 1, "127.0.0.1", 2));
        world.add(tcp(established, "0.0.0.0", 2, "127.0.0.1", 1));
        const auto generation = shared(world);
        ViewRequest filtered = by("local-port");
        filtered.filters = {where([](const RowRef &row) { return row.slot() == 0; })};
        const auto before = arrange(generation, filtered, nullptr, never());
        const ViewRequest asked{.sortColumn = column, .descending = descending, .frozen = true, .query = query};
        ViewRequest thawed = asked;
        thawed.frozen = false;
        const auto answer = arrange(generation, asked, before, never());
        QCOMPARE(answer->slots, arranged(generation, thawed));
        QCOMPARE(answer->slots.size(), std::size_t(2));
    }

    void givesNothingWhenCancelled()
    {
        SmallWorld world;
        world.add(tcp(listening, "0.0.0.0", 1));
        const std::atomic<bool> cancelled = true;
        QVERIFY(!arrange(shared(world), {}, nullptr, cancelled));
        QVERIFY(!arrange(shared(world), by("pid"), nullptr, cancelled));
    }

    void sortsEveryColumnOfEveryMadeUpSystem()
    {
        RandomWalk walk(42, {.sockets = 60});
        for (int step = 0; step < 12; ++step) {
            const GenerationPtr generation = walk.next();
            for (const Column &column : columns()) {
                for (const bool descending : {false, true}) {
                    const auto arrangement = arrange(generation, by(column.id, descending), nullptr, never());
                    QCOMPARE(misplaced(*arrangement, column, descending), QByteArray());
                    QCOMPARE(arrangement->slots.size(),
                        static_cast<std::size_t>(std::count_if(generation->entries.begin(), generation->entries.end(),
                            [](const Entry &entry) { return entry.used(); })));
                    for (std::size_t row = 0; row < arrangement->slots.size(); ++row)
                        QCOMPARE(arrangement->rowOf[arrangement->slots[row]], quint32(row));
                    QCOMPARE(arrangement->total, generation->liveCount);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestArrangement)
#include "tst_arrangement.moc"
