// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/state_counts.h"

#include "model/arrangement.h"
#include "model/filter/toggles.h"
#include "tests/support/random_walk.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

class TestStateCounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void eachIsWhatItsToggleShows()
    {
        RandomWalk walk(5, {.churn = 0.1});
        quint32 seen[4] = {};
        for (int step = 0; step < 30; ++step) {
            const GenerationPtr generation = walk.next();
            const StateCounts counts = countStates(*generation);
            const auto shown = [&generation](StateToggle state) {
                Toggles toggles;
                toggles.state = state;
                return match(generation, {togglePredicate(toggles)}, never())->live;
            };
            QCOMPARE(counts.listening, shown(StateToggle::Listening));
            QCOMPARE(counts.established, shown(StateToggle::Established));
            QCOMPARE(counts.timeWait, shown(StateToggle::TimeWait));
            QCOMPARE(counts.closeWait, shown(StateToggle::CloseWait));
            const quint32 all[] = {counts.listening, counts.established, counts.timeWait, counts.closeWait};
            for (std::size_t i = 0; i < std::size(all); ++i)
                seen[i] += all[i];
        }
        for (const quint32 number : seen)
            QVERIFY(number > 0); // else this tests nothing
    }
};

QTEST_GUILESS_MAIN(TestStateCounts)
#include "tst_state_counts.moc"
