// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/refresher.h"

#include "tests/support/fake_kernel.h"
#include "tests/support/message_builder.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/warnings.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <netinet/in.h>

#include <atomic>
#include <cerrno>

using namespace socktree;
using namespace socktree::test;
using namespace std::chrono_literals;

namespace {

/// Something that workers run through, and that can be closed to hold them there.
class Gate
{
public:
    void close() { m_closed = true; }
    void open()
    {
        m_closed = false;
        m_semaphore.release(1000);
    }
    void pass()
    {
        ++m_arrived;
        if (m_closed)
            m_semaphore.acquire();
        ++m_passed;
    }
    int arrived() const { return m_arrived; }
    int passed() const { return m_passed; }

private:
    QSemaphore m_semaphore;
    std::atomic<bool> m_closed = false;
    std::atomic<int> m_arrived = 0, m_passed = 0;
};

/// A system of one process with one connection, watched through two gates.
class System
{
public:
    System()
    {
        connection(1);
        proc.add(20);
        proc.holdSocket(20, 3, 100);
    }
    void connection(quint8 state)
    {
        kernel.set(AF_INET, IPPROTO_TCP, {inetMessage({.state = state, .cookie = 1, .inode = 100})});
        kernel.set(AF_INET6, IPPROTO_TCP, {});
        kernel.set(AF_INET, IPPROTO_UDP, {});
        kernel.set(AF_INET6, IPPROTO_UDP, {});
        kernel.set(AF_UNIX, 0, {});
    }
    Sources sources()
    {
        Sources made = proc.sources();
        made.dial = [this] { return kernel.dial(); };
        made.host = [this] {
            captures.pass();
            HostRecord host;
            host.began = std::chrono::steady_clock::now();
            return host;
        };
        made.cpuClock = [this](qint32) -> std::optional<quint64> {
            owners.pass();
            return std::nullopt;
        };
        return made;
    }

    FakeKernel kernel;
    ProcFixture proc;
    Gate captures; ///< at the beginning of each capture
    Gate owners;   ///< at each process
};

/// A refresher that shows nothing before its owners are there.
class Patient
{
public:
    explicit Patient(System &system) : refresher(system.sources()), shown(&refresher, &Refresher::refreshed)
    {
        refresher.setPatience(1h);
        refresher.setInterval(1h);
    }
    Refresher refresher;
    QSignalSpy shown;
};

} // namespace

class TestRefresher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void aSlowRefreshIsGivenTwiceItsTimeToRest()
    {
        QCOMPARE(startToStart(1000ms, 20ms), 1000ms);
        QCOMPARE(startToStart(1000ms, 333ms), 1000ms);
        QCOMPARE(startToStart(1000ms, 400ms), 1200ms);
    }

    void asksDescriptorsForTheirFlagsOnlyWhenTold()
    {
        System system;
        system.proc.write(20, "fdinfo/3", "flags:\t02\n");
        Patient patient(system);
        const auto flags = [&] {
            patient.refresher.refresh();
            const bool arrived = patient.shown.wait();
            return arrived ? patient.refresher.generation()->snapshot->holders.at(0).flags : std::nullopt;
        };
        QCOMPARE(flags(), std::nullopt);
        Needs needs;
        needs.descriptorTexts = false;
        needs.descriptorTextsOf = 100;
        patient.refresher.setNeeds(needs);
        QCOMPARE(flags(), std::optional<quint32>(02));
        QVERIFY(patient.refresher.generation()->snapshot->ownersRead);
    }

    void oneSnapshotForTheCommandLine()
    {
        System system;
        LiveReader reader(system.sources());
        const SnapshotPtr made = takeSnapshot(reader, Needs(), std::stop_token());
        QCOMPARE(made->sockets.size(), std::size_t(1));
        QCOMPARE(made->processes[made->holdersOf(made->sockets[0]).front().process].key.pid, 20);
        QVERIFY(made->problems.empty());
    }

    void nothingHappensBeforeItIsAskedTo()
    {
        System system;
        Patient patient(system);
        QVERIFY(patient.refresher.resting());
        QVERIFY(!patient.refresher.generation());
        QCOMPARE(system.captures.arrived(), 0);
    }

    void theFirstRowsComeWithTheirOwners()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QVERIFY(!patient.refresher.resting());
        QTRY_COMPARE(patient.shown.size(), 1);
        const GenerationPtr made = patient.refresher.generation();
        QCOMPARE(made->number, quint64(1));
        QVERIFY(made->snapshot->ownersRead);
        QCOMPARE(made->liveCount, 1u);
        QCOMPARE(RowRef(*made, 0).process()->key.pid, 20);
        QVERIFY(patient.refresher.lastDuration() > 0us);
    }

    void whatChangedBetweenTheStepsOfTheFirstCaptureIsNotMarked()
    {
        System system;
        Patient patient(system);
        system.owners.close();
        patient.refresher.refresh();
        // The second step has begun when it comes to the processes; its dumps may still be under way.
        QTRY_COMPARE(system.owners.arrived(), 1);
        system.owners.open();
        QTRY_COMPARE(patient.shown.size(), 1);
        QCOMPARE(patient.refresher.generation()->entries[0].mark, Mark::None);
        QCOMPARE(patient.refresher.generation()->entries[0].born, quint64(1));
    }

    void theFirstRowsDoNotWaitForeverForTheirOwners()
    {
        System system;
        Patient patient(system);
        patient.refresher.setPatience(0ms);
        system.owners.close();
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        const GenerationPtr first = patient.refresher.generation();
        QVERIFY(!first->snapshot->ownersRead);
        QCOMPARE(first->liveCount, 1u);
        system.owners.open();
        QTRY_COMPARE(patient.shown.size(), 2);
        const GenerationPtr second = patient.refresher.generation();
        QVERIFY(second->snapshot->ownersRead);
        QCOMPARE(second->number, first->number + 1);
        QCOMPARE(second->slotOf, first->slotOf);
        QCOMPARE(second->entries[0].mark, Mark::None);
        QVERIFY(RowRef(*second, 0).process());
    }

    void aChangeIsSeenByTheNextRefresh()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        system.connection(8);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 2);
        QCOMPARE(patient.refresher.generation()->entries[0].mark, Mark::Changed);
    }

    void aSocketThatADumpSkippedIsAskedForByItself()
    {
        System system;
        Patient patient(system);
        const auto refreshed = [&](const Kernel &kernel) {
            system.kernel.misbehave(AF_INET, IPPROTO_TCP, kernel);
            const auto before = patient.shown.size();
            patient.refresher.refresh();
            const bool came = QTest::qWaitFor([&] { return patient.shown.size() > before; });
            return came ? patient.refresher.generation()->entries[0].mark : Mark::New;
        };
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        system.proc.release(20, 3);
        const auto answering = [](bool isThere) {
            return [isThere](const Asked &asked) -> std::vector<Answer> {
                if (asked.isDump)
                    return {{.bytes = done(asked.sequence, asked.port)}};
                if (!isThere)
                    return {{.bytes = netlinkError(asked.sequence, asked.port, -ENOENT)}};
                return {{.bytes = datagram({inetMessage({.cookie = 1, .inode = 100})}, asked.sequence, asked.port)}};
            };
        };
        for (int round = 0; round < 3; ++round)
            QCOMPARE(refreshed(answering(true)), Mark::None);
        QCOMPARE(refreshed(answering(false)), Mark::Closed);
    }

    void goesOnByItself()
    {
        System system;
        Patient patient(system);
        patient.refresher.setInterval(1ms);
        patient.refresher.refresh();
        QTRY_VERIFY(patient.shown.size() >= 5);
    }

    void aShorterIntervalCountsAtOnce()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        QVERIFY(!patient.refresher.resting());
        patient.refresher.setInterval(1ms);
        QTRY_VERIFY(patient.shown.size() >= 3);
    }

    void oneCaptureAtATimeAndOneMoreForAllThatAsked()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        system.captures.close();
        const int before = system.captures.arrived();
        for (int i = 0; i < 4; ++i)
            patient.refresher.refresh();
        QTRY_COMPARE(system.captures.arrived(), before + 1);
        system.captures.open();
        QTRY_COMPARE(patient.shown.size(), 3);
        QCOMPARE(system.captures.arrived(), before + 2);
    }

    void whoeverIsToldMayAskForTheNext()
    {
        System system;
        Patient patient(system);
        connect(&patient.refresher, &Refresher::refreshed, &patient.refresher, [&] {
            if (patient.shown.size() < 4)
                patient.refresher.refresh();
        });
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 4);
        QCOMPARE(patient.refresher.generation()->number, quint64(4));
    }

    void pausedItRestsButAnswers()
    {
        System system;
        Patient patient(system);
        patient.refresher.setInterval(1ms);
        patient.refresher.setPaused(true);
        QVERIFY(patient.refresher.paused());
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        QVERIFY(patient.refresher.resting());
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 2);
        QVERIFY(patient.refresher.resting());
        patient.refresher.setPaused(false);
        QVERIFY(!patient.refresher.resting());
        QTRY_VERIFY(patient.shown.size() >= 4);
    }

    void pausedWhileWaitingItRests()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        QVERIFY(!patient.refresher.resting());
        patient.refresher.setPaused(true);
        QVERIFY(patient.refresher.resting());
    }

    void hiddenItRestsAndShownItIsFreshAtOnce()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        patient.refresher.setIdle(true);
        QVERIFY(patient.refresher.resting());
        patient.refresher.setIdle(false);
        QVERIFY(!patient.refresher.resting());
        QTRY_COMPARE(patient.shown.size(), 2);
    }

    void shownAgainItStaysPaused()
    {
        System system;
        Patient patient(system);
        patient.refresher.setPaused(true);
        patient.refresher.setIdle(true);
        patient.refresher.setIdle(false);
        QVERIFY(patient.refresher.resting());
        patient.refresher.setIdle(true);
        patient.refresher.setPaused(false);
        QVERIFY(patient.refresher.resting());
        patient.refresher.setIdle(false);
        QTRY_COMPARE(patient.shown.size(), 1);
    }

    void destroyedInTheMiddleItWaitsForItsWorker()
    {
        System system;
        {
            Patient patient(system);
            patient.refresher.refresh();
            QTRY_VERIFY(system.captures.arrived() > 0);
        }
        QCOMPARE(system.captures.passed(), system.captures.arrived());
        QCOMPARE(system.owners.passed(), system.owners.arrived());
    }

    void destroyedBeforeItsWorkerBeganItWaits()
    {
        System system;
        for (int i = 0; i < 20; ++i) {
            Patient patient(system);
            patient.refresher.refresh();
        }
        QCOMPARE(system.captures.passed(), system.captures.arrived());
    }

    void aKernelThatRefusesIsAProblemAndRowsStay()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        QVERIFY(patient.refresher.generation()->snapshot->problems.empty());
        system.kernel.misbehave(AF_INET, IPPROTO_TCP, [](const Asked &asked) -> std::vector<Answer> {
            return {{netlinkError(asked.sequence, asked.port, -EPERM)}};
        });
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 2);
        const GenerationPtr made = patient.refresher.generation();
        QVERIFY(!made->snapshot->problems.empty());
        QCOMPARE(made->liveCount, 1u);
        QVERIFY(made->entries[0].live());
        QCOMPARE(RowRef(*made, 0).socket().cookie, quint64(1));
    }

    void oldGenerationsAreHeldForAWorkerToFree()
    {
        System system;
        Patient patient(system);
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 1);
        const std::weak_ptr<const Generation> old = patient.refresher.generation();
        patient.refresher.refresh();
        QTRY_COMPARE(patient.shown.size(), 2);
        QVERIFY2(!old.expired(), "nobody shows it any more, but it was not freed on this thread");
        // The worker that takes it may still hold its own copy when the first asks, so it may take two.
        for (int i = 0; i < 3 && !old.expired(); ++i) {
            patient.refresher.refresh();
            QTRY_COMPARE(patient.shown.size(), 3 + i);
        }
        QVERIFY(old.expired());
    }
};

QTEST_GUILESS_MAIN(TestRefresher)
#include "tst_refresher.moc"
