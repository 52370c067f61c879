// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/background.h"

#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <thread>

using namespace socktree;

class TestBackground : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { socktree::test::failOnWarnings(); }

    void whatSomebodyStillHasIsNotHandedOut()
    {
        Retired retired;
        auto shown = std::make_shared<int>(1);
        retired.add(shown);
        QVERIFY(retired.take().empty());
        shown.reset();
        QCOMPARE(retired.take().size(), std::size_t(1));
        QVERIFY(retired.take().empty());
    }

    void nothingIsFreedBeforeItIsTaken()
    {
        Retired retired;
        std::thread::id freedBy;
        retired.add(std::shared_ptr<int>(new int(1), [&](int *value) {
            freedBy = std::this_thread::get_id();
            delete value;
        }));
        QCOMPARE(freedBy, std::thread::id());
        std::thread worker([dropped = retired.take()]() mutable { dropped.clear(); });
        const std::thread::id id = worker.get_id();
        worker.join();
        QCOMPARE(freedBy, id);
    }

    void nullIsNothingToFree()
    {
        Retired retired;
        retired.add(std::shared_ptr<int>());
        QVERIFY(retired.take().empty());
    }

    void aWorkerGivesWayOnceAndTheMainThreadKeepsItsPriority()
    {
        const int before = getpriority(PRIO_PROCESS, 0);
        int first = 0, second = 0;
        std::thread([&] {
            giveWay();
            first = getpriority(PRIO_PROCESS, id_t(gettid()));
            giveWay();
            second = getpriority(PRIO_PROCESS, id_t(gettid()));
        }).join();
        QCOMPARE(first, std::min(before + 5, 19));
        QCOMPARE(second, first);
        QCOMPARE(getpriority(PRIO_PROCESS, 0), before);
    }
};

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_background.moc"
