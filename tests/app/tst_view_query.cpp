// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_query.h"

#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <functional>

using namespace socktree;
using namespace socktree::test;

namespace {
constexpr quint8 established = 1, listening = 10;
using Slots = std::vector<quint32>;
} // namespace

class TestViewQuery : public QObject
{
    Q_OBJECT
    GenerationPtr m_generation;

    /// What the table shows next, the order held still or not.
    static ArrangementPtr ask(Arranger &arranger, const GenerationPtr &generation, const ViewQuery &query, bool frozen)
    {
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        arranger.request(generation, query.makeRequest(frozen));
        return arranged.wait() ? arranger.last().table : nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        SmallWorld world;
        const quint32 first = world.add(process(10, "nginx")), second = world.add(process(20, "firefox"));
        world.add(tcp(listening, "192.0.2.1", 80), {{first, 10, 3}});
        world.add(tcp(established, "192.0.2.1", 40000, "198.51.100.7", 443), {{second, 20, 3}});
        world.add(udp("192.0.2.1", 5353), {{second, 20, 4}});
        m_generation = std::make_shared<const Generation>(world.generation());
    }

    void whatIsAskedAnewIsShownAtOnceThoughTheOrderIsHeld_data()
    {
        QTest::addColumn<std::function<void(ViewQuery &)>>("narrow");
        QTest::addColumn<std::function<void(ViewQuery &)>>("widen");
        using Change = std::function<void(ViewQuery &)>;
        QTest::newRow("filter") << Change([](ViewQuery &query) { query.setFilterText(QStringLiteral("nginx")); })
                                << Change([](ViewQuery &query) { query.setFilterText({}); });
        QTest::newRow("toggles") << Change([](ViewQuery &query) {
            Toggles toggles;
            toggles.state = StateToggle::Listening;
            toggles.udp = false;
            query.setToggles(toggles);
        }) << Change([](ViewQuery &query) { query.setToggles({}); });
        QTest::newRow("scope") << Change([](ViewQuery &query) {
            query.setScope({{partOf(ProcessKey{10, 1000})}});
        }) << Change([](ViewQuery &query) { query.setScope({}); });
    }

    void whatIsAskedAnewIsShownAtOnceThoughTheOrderIsHeld()
    {
        QFETCH(const std::function<void(ViewQuery &)>, narrow);
        QFETCH(const std::function<void(ViewQuery &)>, widen);
        ViewQuery query;
        Arranger arranger;
        narrow(query);
        QCOMPARE(ask(arranger, m_generation, query, false)->slots, Slots{0});
        widen(query);
        const ArrangementPtr wide = ask(arranger, m_generation, query, true);
        QCOMPARE(wide->slots.size(), std::size_t(3));
        QCOMPARE(wide->waiting, 0u);
    }

    void theSameQuestionKeepsTheOrder()
    {
        ViewQuery query;
        Arranger arranger;
        query.setSort("local-port", false);
        QCOMPARE(ask(arranger, m_generation, query, false)->slots, (Slots{0, 2, 1}));
        auto changed = std::make_shared<Generation>(*m_generation);
        changed->number = 2;
        auto snapshot = std::make_shared<Snapshot>(*changed->snapshot);
        snapshot->sockets[0].localPort = 60000;
        changed->snapshot = snapshot;
        query.setFilterText(QStringLiteral("  ")); // asks nothing else
        QCOMPARE(ask(arranger, changed, query, true)->slots, (Slots{0, 2, 1}));
        QCOMPARE(ask(arranger, changed, query, false)->slots, (Slots{2, 1, 0}));
    }

    void aWrongFilterAsksNothing()
    {
        ViewQuery query;
        QSignalSpy changed(&query, &ViewQuery::changed);
        QSignalSpy wrong(&query, &ViewQuery::filterError);
        query.setFilterText(QStringLiteral("nginx"));
        query.setFilterText(QStringLiteral("nginx \"x"));
        QCOMPARE(changed.count(), 1);
        QVERIFY(!wrong.last()[0].toString().isEmpty());
        QCOMPARE(query.filterInForce(), QStringLiteral("nginx"));
    }
};

QTEST_GUILESS_MAIN(TestViewQuery)
#include "tst_view_query.moc"
