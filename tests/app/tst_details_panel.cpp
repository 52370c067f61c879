// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details_panel.h"

#include "model/timeline.h"
#include "tests/support/ends_world.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, listening = 10;

/// The world's snapshot, this long after the first one.
SnapshotPtr at(int seconds, SmallWorld &world)
{
    world.snapshot().began = world.snapshot().ended = SteadyTime(std::chrono::seconds(1000 + seconds));
    return std::make_shared<const Snapshot>(world.snapshot());
}

SnapshotPtr nothingAt(int seconds)
{
    SmallWorld empty;
    return at(seconds, empty);
}

} // namespace

class TestDetailsPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void theTitleNamesTheFormerOwnerWithItsPid()
    {
        const EndsWorld world;
        const auto shown = std::make_shared<const Generation>(world.generation());
        DetailsPanel panel;
        panel.setSocket(shown, world.over, {});
        QVERIFY2(panel.title().endsWith(QStringLiteral("· was: curl (4711)")), qPrintable(panel.title()));
        QVERIFY(panel.allText().contains(QStringLiteral("Former owner: curl[4711]")));
        panel.setSocket(shown, world.waiting, {});
        QVERIFY2(panel.title().endsWith(QStringLiteral("· ≈ nginx (443)")), qPrintable(panel.title()));
        panel.setSocket(shown, world.client, {});
        QVERIFY2(panel.title().endsWith(QStringLiteral("· curl (4711)")), qPrintable(panel.title()));
    }

    void aSocketThatADumpDescribesAtLastIsStillTheSame()
    {
        SmallWorld unknown, known;
        const quint32 slot = unknown.add(unknownSocket(77), {{unknown.add(process(5, "late")), 5, 3}});
        Socket described = tcp(established, "192.0.2.1", 40000, "198.51.100.7", 443);
        described.inode = 77;
        known.add(described, {{known.add(process(5, "late")), 5, 3}});

        DetailsPanel panel;
        const GenerationPtr before = socktree::advance(nullptr, at(0, unknown));
        panel.setSocket(before, slot, {});
        const GenerationPtr now = socktree::advance(before, at(1, known));
        QVERIFY(!(now->entries[slot].key == before->entries[slot].key)); // else this tests nothing
        panel.refresh(now, {});
        QCOMPARE(panel.state(), QString());
        QVERIFY2(panel.title().contains(QStringLiteral("198.51.100.7:443")), qPrintable(panel.title()));
    }

    void aClosedSocketKeepsItsLastValues()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(listening, "192.0.2.1", 80));
        DetailsPanel panel;
        const GenerationPtr open = socktree::advance(nullptr, at(0, world));
        panel.setSocket(open, slot, {});
        const GenerationPtr closed = socktree::advance(open, nothingAt(1));
        panel.refresh(closed, {});
        QVERIFY(panel.state().contains(QStringLiteral("Closed")));
        const QString title = panel.title();
        QVERIFY(title.contains(QStringLiteral("192.0.2.1:80")));
        panel.refresh(socktree::advance(closed, nothingAt(60)), {});
        QVERIFY(panel.state().contains(QStringLiteral("Closed")));
        QCOMPARE(panel.title(), title);
    }

    void anotherSocketInItsSlotIsNotTakenForIt()
    {
        SmallWorld world, other;
        const quint32 slot = world.add(tcp(listening, "192.0.2.1", 80));
        other.add(tcp(listening, "192.0.2.1", 81));
        DetailsPanel panel;
        GenerationPtr generation = socktree::advance(nullptr, at(0, world));
        panel.setSocket(generation, slot, {});
        for (const int seconds : {1, 60, 61})
            generation = socktree::advance(generation, nothingAt(seconds));
        generation = socktree::advance(generation, at(62, other));
        QVERIFY(generation->entries[slot].used());
        panel.refresh(generation, {});
        QVERIFY(panel.state().contains(QStringLiteral("Closed")));
        QVERIFY2(panel.title().contains(QStringLiteral(":80")), qPrintable(panel.title()));
    }

    void namesTheNamespaceOfASocketThatIsInAnother()
    {
        SmallWorld world;
        NetNamespace own, other;
        own.id = 1;
        own.inode = 4026531833;
        own.reached = NamespaceRecord::Reached::Home;
        other.id = 2;
        other.name = "rv-b";
        other.reached = NamespaceRecord::Reached::Entered;
        world.snapshot().namespaces = {own, other};
        Socket here = tcp(listening, "192.0.2.1", 80), there = tcp(listening, "192.0.2.1", 81);
        here.netns = 0;
        there.netns = 1;
        const quint32 first = world.add(here), second = world.add(there);
        const GenerationPtr generation = socktree::advance(nullptr, at(0, world));
        DetailsPanel panel;
        panel.setSocket(generation, first, {});
        QVERIFY2(!panel.title().contains(QStringLiteral(" in ")), qPrintable(panel.title()));
        panel.setSocket(generation, second, {});
        QVERIFY2(panel.title().contains(QStringLiteral("192.0.2.1:81 in rv-b")), qPrintable(panel.title()));
    }

    void saysWhatToDoWhereNothingIsChosen()
    {
        SmallWorld world;
        const GenerationPtr generation
            = (world.add(tcp(listening, "192.0.2.1", 80)), socktree::advance(nullptr, at(0, world)));
        DetailsPanel panel;
        panel.setSocket(generation, 0, {});
        QVERIFY(!panel.allText().isEmpty());
        panel.setSocket(generation, noIndex, {});
        QVERIFY(panel.allText().isEmpty());
        panel.refresh(generation, {}); // stays with none
        QVERIFY(panel.allText().isEmpty());
    }
};

QTEST_MAIN(TestDetailsPanel)
#include "tst_details_panel.moc"
