// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/state_counts.h"

#include "model/arrangement.h"
#include "model/filter/toggles.h"
#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

namespace {
constexpr quint8 established = 1, timeWait = 6, closeWait = 8, listening = 10;
} // namespace

class TestStateCounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void eachIsWhatItsToggleShows()
    {
        SmallWorld world;
        for (const quint8 state : {established, timeWait, timeWait, timeWait, closeWait, closeWait, listening})
            world.add(tcp(state, "192.0.2.1", 80, "192.0.2.2", 50000));
        world.add(udp("0.0.0.0", 5353)); // others can come to it
        world.add(unixSocket(timeWait)); // a number that means nothing here
        Generation closing = world.generation();
        closing.entries[1].mark = Mark::Closed;
        const auto generation = std::make_shared<const Generation>(closing);
        const StateCounts counts = countStates(*generation);
        QVERIFY((counts == StateCounts{.listening = 2, .established = 1, .timeWait = 2, .closeWait = 2}));
        const auto shown = [&generation](StateToggle state) {
            Toggles toggles;
            toggles.state = state;
            return match(generation, {togglePredicate(toggles)}, never())->live;
        };
        QCOMPARE(counts.listening, shown(StateToggle::Listening));
        QCOMPARE(counts.established, shown(StateToggle::Established));
        QCOMPARE(counts.timeWait, shown(StateToggle::TimeWait));
        QCOMPARE(counts.closeWait, shown(StateToggle::CloseWait));
    }

    void countsTheSocketsWhoseOwnerIsHidden()
    {
        SmallWorld world;
        const quint32 server = world.add(process(10, "server"));
        world.add(tcp(listening, "0.0.0.0", 80), {{server, 10, 3}});
        world.add(tcp(listening, "0.0.0.0", 81));
        Socket over = tcp(timeWait, "192.0.2.1", 80, "192.0.2.2", 50000);
        over.told = 0; // nobody can hold it
        world.add(over);
        QCOMPARE(countStates(world.generation()).hidden, 0u);
        world.snapshot().deniedProcesses = 1;
        QCOMPARE(countStates(world.generation()).hidden, 1u);
    }
};

QTEST_GUILESS_MAIN(TestStateCounts)
#include "tst_state_counts.moc"
