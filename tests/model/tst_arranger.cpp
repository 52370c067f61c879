// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/arranger.h"

#include "model/timeline.h"
#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>

using namespace socktree;
using namespace socktree::test;

namespace {

GenerationPtr generationOf(unsigned seed)
{
    std::mt19937 random(seed);
    return socktree::advance(nullptr, randomSnapshot(random, nullptr));
}

/// Lets every row through, but only when it may.
class Held final : public RowPredicate
{
public:
    Held(QSemaphore &may, std::atomic<int> &began) : m_may(may), m_began(began) { }
    void prepare(const Generation &) override
    {
        ++m_began;
        m_may.acquire();
    }
    bool matches(const RowRef &) const override { return true; }

private:
    QSemaphore &m_may;
    std::atomic<int> &m_began;
};

/// Has a share in something for as long as it lives.
class Counted final : public RowPredicate
{
public:
    explicit Counted(std::shared_ptr<int> alive) : m_alive(std::move(alive)) { }
    bool matches(const RowRef &) const override { return *m_alive == 1; }

private:
    std::shared_ptr<int> m_alive;
};

class OnlyProtocol final : public RowPredicate
{
public:
    OnlyProtocol(Protocol protocol, QThread **ranOn) : m_protocol(protocol), m_ranOn(ranOn) { }
    void prepare(const Generation &) override { *m_ranOn = QThread::currentThread(); }
    bool matches(const RowRef &row) const override { return row.socket().protocol == m_protocol; }

private:
    Protocol m_protocol;
    QThread **m_ranOn;
};

} // namespace

class TestArranger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void arrangesTableAndTreeOfOneGeneration()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        const GenerationPtr generation = generationOf(1);
        arranger.request(generation, [] { return ViewRequest(); });
        QVERIFY(!arranger.last().table);
        QTRY_COMPARE(arranged.size(), 1);
        QCOMPARE(arranger.last().table->generation, generation);
        QCOMPARE(arranger.last().tree->generation, generation);
        QCOMPARE(arranger.last().table->slots.size(), std::size_t(generation->liveCount));
    }

    void worksElsewhere()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        QThread *ranOn = nullptr;
        const GenerationPtr generation = generationOf(1);
        arranger.request(generation, [&] {
            ViewRequest request;
            request.filters.push_back(std::make_shared<OnlyProtocol>(Protocol::Udp, &ranOn));
            return request;
        });
        QTRY_COMPARE(arranged.size(), 1);
        QVERIFY(ranOn && ranOn != QThread::currentThread());
        QVERIFY(!arranger.last().table->slots.empty());
        for (const quint32 slot : arranger.last().table->slots)
            QCOMPARE(RowRef(*generation, slot).socket().protocol, Protocol::Udp);
    }

    void asksEachFilterOnceForTableAndTree()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        QSemaphore may(1000);
        std::atomic<int> began = 0;
        arranger.request(generationOf(1), [&] {
            ViewRequest request;
            request.filters.push_back(std::make_shared<Held>(may, began));
            return request;
        });
        QTRY_COMPARE(arranged.size(), 1);
        QVERIFY(!arranger.last().tree->nodes.empty());
        QCOMPARE(int(began), 1);
    }

    void ofRequestsThatComeMeanwhileOnlyTheLastIsMade()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        QSemaphore may;
        std::atomic<int> began = 0;
        const GenerationPtr first = generationOf(1), last = generationOf(2);
        arranger.request(first, [&] {
            ViewRequest request;
            request.filters.push_back(std::make_shared<Held>(may, began));
            return request;
        });
        QTRY_COMPARE(int(began), 1);
        int made = 0;
        for (int i = 0; i < 5; ++i)
            arranger.request(i < 4 ? first : last, [&] {
                ++made;
                return ViewRequest();
            });
        QCOMPARE(made, 0);
        may.release(1000);
        QTRY_COMPARE(arranged.size(), 1);
        QCOMPARE(made, 1);
        QCOMPARE(arranger.last().table->generation, last);
    }

    void theSameGenerationCanBeArrangedAgain()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        const GenerationPtr generation = generationOf(1);
        arranger.request(generation, [] { return ViewRequest(); });
        QTRY_COMPARE(arranged.size(), 1);
        const auto before = arranger.last().table->slots;
        arranger.request(generation, [] {
            ViewRequest request;
            request.sortColumn = "local-port";
            request.descending = true;
            return request;
        });
        QTRY_COMPARE(arranged.size(), 2);
        QCOMPARE(arranger.last().table->generation, generation);
        QVERIFY(arranger.last().table->slots != before);
    }

    void whoeverIsToldMayAskForTheNext()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        const GenerationPtr generation = generationOf(1), next = generationOf(2);
        connect(&arranger, &Arranger::arranged, &arranger, [&] {
            if (arranger.last().table->generation == generation)
                arranger.request(next, [] { return ViewRequest(); });
        });
        arranger.request(generation, [] { return ViewRequest(); });
        QTRY_COMPARE(arranged.size(), 2);
        QCOMPARE(arranger.last().tree->generation, next);
    }

    void destroyedInTheMiddleItWaitsForItsWorker()
    {
        const auto alive = std::make_shared<int>(1);
        for (int i = 0; i < 20; ++i) {
            Arranger arranger;
            arranger.request(generationOf(1), [&] {
                ViewRequest request;
                request.filters.push_back(std::make_shared<Counted>(alive));
                return request;
            });
        }
        QCOMPARE(alive.use_count(), 1L); // no work is left that could refer to what is gone
    }

    void oldArrangementsAreHeldForAWorkerToFree()
    {
        Arranger arranger;
        QSignalSpy arranged(&arranger, &Arranger::arranged);
        const GenerationPtr generation = generationOf(1);
        const auto once = [&](int count) {
            arranger.request(generation, [] { return ViewRequest(); });
            QTRY_COMPARE(arranged.size(), count);
        };
        once(1);
        const std::weak_ptr<const Arrangement> old = arranger.last().table;
        once(2);
        QVERIFY2(!old.expired(), "nobody shows it any more, but it was not freed on this thread");
        once(3);
        once(4);
        QVERIFY(old.expired());
    }
};

QTEST_GUILESS_MAIN(TestArranger)
#include "tst_arranger.moc"
