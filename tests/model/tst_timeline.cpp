// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/timeline.h"

#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;
using namespace std::chrono_literals;

namespace {

const Scope scopes[] = {
    {1, AF_INET, IPPROTO_TCP, 0x3fff, 0xff},
    {1, AF_INET6, IPPROTO_TCP, 0x3fff, 0xff},
    {1, AF_INET, IPPROTO_UDP, 0x3fff, 0xff},
    {1, AF_UNIX, 0, 0x3fff, 0xff},
};
enum Dump : quint16 { Tcp4, Tcp6, Udp4, Unix, OnlyDescriptor = 0xffff };

/// A snapshot as of some second, written row by row.
class Moment
{
public:
    explicit Moment(int second) : m_made(std::make_shared<Snapshot>())
    {
        m_made->began = SteadyTime(std::chrono::seconds(second));
        m_made->ended = m_made->began + 10ms;
        m_made->host.taken = WallTime(std::chrono::seconds(second));
        m_made->ownersRead = m_made->processesComplete = true;
        for (const Scope &scope : scopes)
            m_made->dumps.push_back({scope, {DumpEnd::Complete, 0, 0, m_made->began, m_made->ended}, 0});
    }

    Moment &failed(Dump dump)
    {
        m_made->dumps[dump].ending.end = DumpEnd::Interrupted;
        return *this;
    }
    Moment &withoutOwners()
    {
        m_made->ownersRead = m_made->processesComplete = false;
        return *this;
    }
    Moment &process(qint32 pid, Got descriptors = Got::Read)
    {
        Process made;
        made.key = {pid, quint64(pid) * 10};
        made.descriptors = descriptors;
        m_made->processes.push_back(made);
        return *this;
    }
    /// Inode is the cookie's hundredfold.
    Moment &row(Dump dump, quint64 cookie, quint8 state = 1)
    {
        Socket socket;
        socket.dump = dump;
        socket.cookie = dump == OnlyDescriptor ? 0 : cookie;
        socket.inode = quint32(cookie) * 100;
        socket.state = state;
        socket.family = dump == OnlyDescriptor ? quint8(0) : scopes[dump].family;
        static constexpr Protocol protocols[] = {Protocol::Tcp, Protocol::Tcp, Protocol::Udp, Protocol::Unix};
        socket.protocol = dump == OnlyDescriptor ? Protocol::Unknown : protocols[dump];
        socket.tell(Told::Inode);
        socket.firstHolder = quint32(m_made->holders.size());
        m_made->sockets.push_back(socket);
        return *this;
    }
    /// Of the row before, by the process that stands at this place.
    Moment &heldBy(quint32 process, qint32 fd)
    {
        m_made->holders.push_back({process, m_made->processes[process].key.pid, fd});
        ++last().holderCount;
        return *this;
    }
    Socket &last() { return m_made->sockets.back(); }
    operator SnapshotPtr() const { return m_made; }

private:
    std::shared_ptr<Snapshot> m_made;
};

GenerationPtr next(const GenerationPtr &before, const SnapshotPtr &snapshot, const TimelineOptions &options = {})
{
    return socktree::advance(before, snapshot, options);
}

const Entry *entryOf(const GenerationPtr &generation, quint64 cookie)
{
    const auto slot = generation->slotOf.constFind(SocketKey{.cookie = cookie});
    return slot == generation->slotOf.cend() ? nullptr : &generation->entries[*slot];
}
const Entry *descriptorEntryOf(const GenerationPtr &generation, quint64 inode)
{
    const auto slot = generation->slotOf.constFind(SocketKey{.inode = inode});
    return slot == generation->slotOf.cend() ? nullptr : &generation->entries[*slot];
}
quint32 slotOf(const GenerationPtr &generation, quint64 cookie)
{
    return generation->slotOf.value(SocketKey{.cookie = cookie}, noIndex);
}
Mark markOf(const GenerationPtr &generation, quint64 cookie)
{
    const Entry *entry = entryOf(generation, cookie);
    return entry ? entry->mark : Mark::None;
}
const Socket &socketOf(const GenerationPtr &generation, quint64 cookie)
{
    return RowRef(*generation, slotOf(generation, cookie)).socket();
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { socktree::test::failOnWarnings(); }

    void nothingIsNewInTheFirstSnapshot()
    {
        const auto made = next({}, Moment(1).row(Tcp4, 1).row(Udp4, 2));
        QCOMPARE(made->number, quint64(1));
        QCOMPARE(made->liveCount, 2u);
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(entryOf(made, 1)->firstSeen, WallTime(1s));
    }

    void aSocketThatWasNotThereIsNewForAWhile()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1));
        made = next(made, Moment(2).row(Tcp4, 1).row(Tcp4, 2));
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(markOf(made, 2), Mark::New);
        QCOMPARE(entryOf(made, 2)->firstSeen, WallTime(2s));
        QCOMPARE(entryOf(made, 2)->born, quint64(2));
        made = next(made, Moment(6).row(Tcp4, 1).row(Tcp4, 2));
        QCOMPARE(markOf(made, 2), Mark::New);
        made = next(made, Moment(7).row(Tcp4, 1).row(Tcp4, 2));
        QCOMPARE(markOf(made, 2), Mark::None);
    }

    void keepsTheSlotWhateverTheOrderOfRows()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1).row(Udp4, 2).row(Unix, 3));
        const quint32 first = slotOf(made, 1), third = slotOf(made, 3);
        made = next(made, Moment(2).row(Unix, 4).row(Unix, 3).row(Tcp4, 1).row(Udp4, 2));
        QCOMPARE(slotOf(made, 1), first);
        QCOMPARE(slotOf(made, 3), third);
        QCOMPARE(slotOf(made, 4), 3u);
        QCOMPARE(socketOf(made, 3).cookie, quint64(3));
    }

    void gaugesDoNotMakeARowChanged()
    {
        Moment later(2);
        later.row(Tcp4, 1);
        later.last().recvQueue = 1000;
        later.last().timer = 1;
        auto made = next({}, Moment(1).row(Tcp4, 1));
        made = next(made, later);
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(socketOf(made, 1).recvQueue, 1000u);
    }

    void stateAndAddressesMakeARowChanged()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1, 2).row(Tcp4, 2).row(Unix, 3));
        Moment later(2);
        later.row(Tcp4, 1, 1).row(Tcp4, 2);
        later.last().remotePort = 443;
        later.row(Unix, 3);
        later.last().tell(Told::Peer);
        made = next(made, later);
        QCOMPARE(markOf(made, 1), Mark::Changed);
        QCOMPARE(markOf(made, 2), Mark::Changed);
        QCOMPARE(markOf(made, 3), Mark::Changed);
    }

    void aChangedMarkFades()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1, 2));
        made = next(made, Moment(2).row(Tcp4, 1, 1));
        made = next(made, Moment(6).row(Tcp4, 1, 1));
        QCOMPARE(markOf(made, 1), Mark::Changed);
        made = next(made, Moment(7).row(Tcp4, 1, 1));
        QCOMPARE(markOf(made, 1), Mark::None);
    }

    void aNewRowStaysNewWhenItChanges()
    {
        auto made = next({}, Moment(1));
        made = next(made, Moment(2).row(Tcp4, 1, 2));
        made = next(made, Moment(3).row(Tcp4, 1, 1));
        QCOMPARE(markOf(made, 1), Mark::New);
    }

    void anotherHolderMakesARowChanged()
    {
        auto made = next({}, Moment(1).process(10).process(11).row(Tcp4, 1).heldBy(0, 3));
        made = next(made, Moment(2).process(10).process(11).row(Tcp4, 1).heldBy(0, 3).heldBy(1, 3));
        QCOMPARE(markOf(made, 1), Mark::Changed);
    }

    void theSameHolderAtAnotherPlaceIsTheSame()
    {
        auto made = next({}, Moment(1).process(9).process(10).row(Tcp4, 1).heldBy(1, 3));
        made = next(made, Moment(2).process(10).row(Tcp4, 1).heldBy(0, 3));
        QCOMPARE(markOf(made, 1), Mark::None);
    }

    void ownersThatArriveAfterTheFirstRowsMarkNothing()
    {
        auto made = next({}, Moment(1).withoutOwners().row(Tcp4, 1));
        made = next(made, Moment(2).process(10).row(Tcp4, 1).heldBy(0, 3).row(OnlyDescriptor, 5).heldBy(0, 4));
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(descriptorEntryOf(made, 500)->mark, Mark::None);
        QCOMPARE(made->liveCount, 2u);
    }

    void aClosedRowStaysForItsTimeAndThenGoes()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3).row(Tcp4, 2));
        const quint32 slot = slotOf(made, 1);
        for (const int second : {2, 4, 6}) {
            made = next(made, Moment(second).row(Tcp4, 2));
            QCOMPARE(markOf(made, 1), Mark::Closed);
            QCOMPARE(slotOf(made, 1), slot);
            QCOMPARE(made->liveCount, 1u);
            const RowRef row(*made, slot);
            QCOMPARE(row.socket().inode, 100u);
            QCOMPARE(row.process()->key.pid, 10);
        }
        made = next(made, Moment(7).row(Tcp4, 2));
        QVERIFY(!entryOf(made, 1));
        QVERIFY(!made->entries[slot].used());
        QVERIFY(made->graveyard->sockets.empty());
    }

    void anUnchangedGraveyardIsNotCopied()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1).row(Tcp4, 2));
        made = next(made, Moment(2));
        const SnapshotPtr graveyard = made->graveyard;
        QCOMPARE(graveyard->sockets.size(), std::size_t(2));
        made = next(made, Moment(3));
        QCOMPARE(made->graveyard, graveyard);
    }

    void withoutTimeForClosedRowsTheyGoAtOnce()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1));
        made = next(made, Moment(2), {.keepClosed = 0ms});
        QVERIFY(!entryOf(made, 1));
        QCOMPARE(made->liveCount, 0u);
    }

    void aFreedSlotIsUsedAgainOnlyInALaterGeneration()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1));
        made = next(made, Moment(2).row(Tcp4, 2), {.keepClosed = 0ms});
        QCOMPARE(slotOf(made, 2), 1u);
        made = next(made, Moment(3).row(Tcp4, 2).row(Tcp4, 3));
        QCOMPARE(slotOf(made, 3), 0u);
        QCOMPARE(entryOf(made, 3)->born, quint64(3));
        QVERIFY(made->freeSlots.empty());
    }

    void aRowThatComesBackWhileShownAsClosedLivesOn()
    {
        auto made = next({}, Moment(1).row(Tcp4, 1));
        const quint32 slot = slotOf(made, 1);
        made = next(made, Moment(2));
        made = next(made, Moment(3).row(Tcp4, 1));
        QCOMPARE(slotOf(made, 1), slot);
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(entryOf(made, 1)->firstSeen, WallTime(1s));
        QVERIFY(!entryOf(made, 1)->buried);
        QCOMPARE(made->liveCount, 1u);
    }

    void afterAFailedDumpItsRowsStayAsTheyWere()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3).row(Udp4, 2));
        for (const int second : {2, 60}) {
            made = next(made, Moment(second).failed(Tcp4));
            QCOMPARE(markOf(made, 1), Mark::None);
            QVERIFY(entryOf(made, 1)->live());
            QCOMPARE(RowRef(*made, slotOf(made, 1)).process()->key.pid, 10);
        }
        QVERIFY(!entryOf(made, 2));
        QCOMPARE(made->liveCount, 1u);
        made = next(made, Moment(61));
        QCOMPARE(markOf(made, 1), Mark::Closed);
    }

    void aRowOfAFailedDumpThatIsBackIsNeitherNewNorChanged()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        made = next(made, Moment(2).process(10).failed(Tcp4));
        made = next(made, Moment(3).process(10).row(Tcp4, 1).heldBy(0, 3));
        QCOMPARE(markOf(made, 1), Mark::None);
        QVERIFY(!entryOf(made, 1)->buried);
    }

    void nothingIsNewThatAFailedDumpMayHaveMissed()
    {
        auto made = next({}, Moment(1).failed(Tcp4));
        made = next(made, Moment(2).row(Tcp4, 1).row(Udp4, 2));
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(markOf(made, 2), Mark::New);
    }

    void theDescriptorOfARowKeptFromBeforeIsNoRowOfItsOwn()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        made = next(made, Moment(2).failed(Tcp4).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        QCOMPARE(made->liveCount, 1u);
        QVERIFY(!descriptorEntryOf(made, 100));
        QCOMPARE(socketOf(made, 1).protocol, Protocol::Tcp);
    }

    void aDumpMaySkipARowWhoseDescriptorIsStillThere()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        const Moment skipped = Moment(2).process(10).row(OnlyDescriptor, 1).heldBy(0, 3);
        made = next(made, skipped);
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(made->liveCount, 1u);
        made = next(made, Moment(3).process(10).row(Tcp4, 1).heldBy(0, 3));
        QCOMPARE(markOf(made, 1), Mark::None);
        QCOMPARE(int(entryOf(made, 1)->missed), 0);
    }

    void asksForASocketThatACompleteDumpLacks()
    {
        std::optional<bool> answer = true;
        int asked = 0;
        const TimelineOptions asking{.isThere = [&](const Socket &socket) {
            ++asked;
            return socket.cookie == 1 ? answer : std::optional(true);
        }};
        auto made = next({}, Moment(1).row(Tcp4, 1).row(Udp4, 2), asking);
        QCOMPARE(asked, 0);
        // It is there, however often a dump skips it.
        for (const int second : {2, 3, 4}) {
            made = next(made, Moment(second).row(Udp4, 2), asking);
            QCOMPARE(markOf(made, 1), Mark::None);
            QCOMPARE(made->liveCount, 2u);
        }
        QCOMPARE(asked, 3);
        answer = false;
        made = next(made, Moment(5).row(Udp4, 2), asking);
        QCOMPARE(markOf(made, 1), Mark::Closed);
        // What is closed already, and what an incomplete dump lacks, is not asked for.
        made = next(made, Moment(6).failed(Udp4), asking);
        QCOMPARE(asked, 4);
        QCOMPARE(made->liveCount, 1u);
    }

    void withoutAnAnswerASecondCompleteDumpDecides()
    {
        const TimelineOptions asking{.isThere = [](const Socket &) { return std::optional<bool>(); }};
        auto made = next({}, Moment(1).row(Tcp4, 1), asking);
        made = next(made, Moment(2), asking);
        QCOMPARE(markOf(made, 1), Mark::None);
        made = next(made, Moment(3), asking);
        QCOMPARE(markOf(made, 1), Mark::Closed);
    }

    void aRowMissingTwiceIsClosedThoughItsDescriptorIsThere()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        made = next(made, Moment(2).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        made = next(made, Moment(3).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        QCOMPARE(markOf(made, 1), Mark::Closed);
        QCOMPARE(descriptorEntryOf(made, 100)->mark, Mark::Changed);
        QCOMPARE(made->liveCount, 1u);
    }

    void aDescriptorsRowIsGoneWhenNobodyHoldsIt()
    {
        auto made = next({}, Moment(1).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        made = next(made, Moment(2).withoutOwners());
        QVERIFY(descriptorEntryOf(made, 100)->live());
        made = next(made, Moment(3).process(10, Got::Denied));
        QVERIFY(descriptorEntryOf(made, 100)->live());
        made = next(made, Moment(4).process(10));
        QCOMPARE(descriptorEntryOf(made, 100)->mark, Mark::Closed);
    }

    void aDescriptorsRowKeepsItsSlotWhenItIsDescribed()
    {
        auto made = next({}, Moment(1).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        const quint32 slot = made->slotOf.value(SocketKey{.inode = 100});
        made = next(made, Moment(2).process(10).row(Tcp4, 1).heldBy(0, 3));
        QCOMPARE(slotOf(made, 1), slot);
        QCOMPARE(markOf(made, 1), Mark::Changed);
        QVERIFY(!descriptorEntryOf(made, 100));
        QCOMPARE(made->liveCount, 1u);
        QCOMPARE(made->slotOf.size(), 1);
    }

    void aDescriptorsRowMakesWayForTheRowThatCameBack()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        made = next(made, Moment(2).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        made = next(made, Moment(3).process(10).row(OnlyDescriptor, 1).heldBy(0, 3));
        made = next(made, Moment(4).process(10).row(Tcp4, 1).heldBy(0, 3));
        QVERIFY(entryOf(made, 1)->live());
        QVERIFY(!descriptorEntryOf(made, 100));
        QCOMPARE(made->liveCount, 1u);
    }

    void timeWaitIsTheSameSocketWithoutHolders()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        const quint32 slot = slotOf(made, 1);
        Moment later(2);
        later.process(10).row(Tcp4, 1, 6);
        later.last().inode = 0;
        later.last().told = 0;
        made = next(made, later);
        QCOMPARE(slotOf(made, 1), slot);
        QCOMPARE(markOf(made, 1), Mark::Changed);
        QVERIFY(!RowRef(*made, slot).process());
    }

    void whatOutlivesItsProcessKeepsItsFormerOwner()
    {
        const auto orphan = [](int second, quint8 state) {
            Moment moment(second);
            moment.row(Tcp4, 1, state);
            moment.last().inode = 0;
            moment.last().told = 0;
            moment.last().tell(Told::State);
            return moment;
        };
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3).row(Tcp4, 2).heldBy(0, 4));
        const quint32 slot = slotOf(made, 1);
        QVERIFY(made->formerOwners.isEmpty());
        made = next(made, orphan(2, 4));
        QCOMPARE(made->formerOwners.value(slot).key, (ProcessKey{10, 100}));
        made = next(made, orphan(3, 6));
        QCOMPARE(made->formerOwners.value(slot).key, (ProcessKey{10, 100}));
        QCOMPARE(made->formerOwners.size(), 1); // and nobody else's
        made = next(made, Moment(4));
        QCOMPARE(markOf(made, 1), Mark::Closed);
        QCOMPARE(made->formerOwners.value(slot).key, (ProcessKey{10, 100}));
        made = next(made, Moment(60));
        QVERIFY(made->formerOwners.isEmpty());
    }

    void whoeverTakesItBackIsItsOwner()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        Moment later(2);
        later.process(10).row(Tcp4, 1, 5);
        later.last().inode = 0;
        later.last().told = 0;
        later.last().tell(Told::State);
        made = next(made, later);
        QCOMPARE(made->formerOwners.size(), 1);
        made = next(made, Moment(3).process(10).row(Tcp4, 1).heldBy(0, 3));
        QVERIFY(made->formerOwners.isEmpty());
    }

    void aSocketInFlightHasNoFormerOwner()
    {
        auto made = next({}, Moment(1).process(10).row(Tcp4, 1).heldBy(0, 3));
        made = next(made, Moment(2).process(10).row(Tcp4, 1));
        QVERIFY(made->formerOwners.isEmpty()); // somebody may still have it
    }

    void aSocketThatMovesToIpv4KeepsItsSlot()
    {
        auto made = next({}, Moment(1).row(Tcp6, 1));
        const quint32 slot = slotOf(made, 1);
        made = next(made, Moment(2).failed(Tcp4));
        QVERIFY(entryOf(made, 1)->live());
        made = next(made, Moment(3).row(Tcp4, 1));
        QCOMPARE(slotOf(made, 1), slot);
        QCOMPARE(markOf(made, 1), Mark::Changed);
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
