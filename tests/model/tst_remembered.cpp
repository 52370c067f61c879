// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/remembered.h"

#include "model/column.h"
#include "model/opened_capture.h"
#include "model/timeline.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <memory>
#include <sys/stat.h>
#include <thread>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, timeWait = 6;

WallTime at(int second)
{
    return WallTime(std::chrono::seconds(second));
}

Socket withCookie(quint8 state, quint64 cookie)
{
    Socket socket = tcp(state, "10.0.0.1", 80, "203.0.113.9", static_cast<quint16>(cookie));
    socket.cookie = cookie;
    return socket;
}

} // namespace

class RememberedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void goesThereAndBack()
    {
        SmallWorld world;
        const quint32 over = world.add(withCookie(timeWait, 7));
        const quint32 open = world.add(withCookie(established, 8));
        Generation watched = world.generation();
        watched.entries[over].firstSeen = at(100);
        watched.entries[open].firstSeen = at(200);
        Process curl = process(4711, "curl");
        curl.key.startTime = 99;
        watched.formerOwners.insert(over, curl);

        const auto records = rememberedOf(watched);
        QCOMPARE(records.size(), std::size_t(2));
        auto snapshot = std::make_shared<Snapshot>(*watched.snapshot);
        snapshot->remembered = records;
        snapshot->host.taken = at(300);
        const GenerationPtr again = socktree::advance(nullptr, snapshot);
        const auto row = [&](quint64 cookie) {
            SocketKey key;
            key.cookie = cookie;
            return RowRef(*again, again->slotOf.value(key, noIndex));
        };
        QCOMPARE(row(7).entry().firstSeen, at(100));
        QCOMPARE(row(8).entry().firstSeen, at(200));
        QVERIFY(row(7).entry().remembered);
        QCOMPARE(cellText(*columnById("process"), row(7)), QStringLiteral("was: curl"));
        QCOMPARE(cellText(*columnById("pid"), row(7)), QStringLiteral("was: 4711"));
        QVERIFY(cellText(*columnById("first-seen"), row(8)).endsWith(QStringLiteral(", remembered")));
        QCOMPARE(again->formerOwners.size(), 1);
    }

    void passesOverWhatDoesNotFit()
    {
        SmallWorld world;
        world.add(process(20, "nginx"));
        world.add(withCookie(established, 7), {{0, 20, 3, false}});
        auto snapshot = std::make_shared<Snapshot>(*world.generation().snapshot);
        snapshot->host.taken = at(300);
        RememberedRecord held, gone, nameless;
        held.cookie = 7;
        held.pid = 4711; // but nginx holds it
        gone.cookie = 8;
        gone.firstSeen = at(1);
        nameless.pid = -1;
        snapshot->remembered = {held, gone, nameless};
        const GenerationPtr made = socktree::advance(nullptr, snapshot);
        QVERIFY(made->formerOwners.isEmpty());
        QCOMPARE(made->entries.size(), std::size_t(1));
        QCOMPARE(made->entries[0].firstSeen, at(300));
        QVERIFY(!made->entries[0].remembered);
    }

    void onlyTheFirstGenerationBelievesIt()
    {
        SmallWorld world;
        world.add(withCookie(timeWait, 7));
        auto snapshot = std::make_shared<Snapshot>(*world.generation().snapshot);
        const GenerationPtr first = socktree::advance(nullptr, snapshot, {.firstNumber = 1000});
        QCOMPARE(first->number, quint64(1000));
        QCOMPARE(first->entries[0].born, quint64(1000));
        auto later = std::make_shared<Snapshot>(*snapshot);
        later->remembered = {{.cookie = 7, .pid = 1, .comm = "init"}};
        const GenerationPtr second = socktree::advance(first, later);
        QCOMPARE(second->number, quint64(1001));
        QVERIFY(second->formerOwners.isEmpty());
    }

    void aPipeIsLeftWhenStopped()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        std::stop_source stop;
        std::thread stopper([&] {
            QThread::msleep(50);
            stop.request_stop();
        });
        const auto opened = openCapture(path, {}, stop.get_token()); // comes back
        stopper.join();
        QVERIFY(!opened || !opened->result.complete);
    }
};

QTEST_GUILESS_MAIN(RememberedTest)
#include "tst_remembered.moc"
