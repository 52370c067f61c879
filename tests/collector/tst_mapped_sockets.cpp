// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/mapped_sockets.h"
#include "collector/snapshot/snapshot_builder.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr char program[]
    = "55d0c8a00000-55d0c8a02000 r--p 00000000 08:01 1234                       /usr/bin/capture\n";

QByteArray mapping(quint64 inode)
{
    return "7f1e4c000000-7f1e4c004000 rw-s 00000000 00:08 " + QByteArray::number(inode)
        + "                       socket:[" + QByteArray::number(inode) + "]\n";
}

QByteArray spelled(const std::vector<MappedSocketRecord> &records)
{
    QByteArray text;
    for (const MappedSocketRecord &one : records)
        text += (text.isEmpty() ? "" : " ") + QByteArray::number(one.pid) + '=' + QByteArray::number(one.inode);
    return text;
}

/// Processes, and what one capture after the other is told of their maps.
class Machine
{
public:
    Machine() : m_mapped(proc.sources()) { }
    void add(qint32 pid, const QByteArray &maps = {}, quint64 startTime = 1000)
    {
        proc.add(pid, {.startTime = startTime});
        proc.write(pid, "maps", program + maps);
        pids.push_back(pid);
    }
    QByteArray read(const std::set<quint32> &listed, const std::vector<HeldSocket> &held = {})
    {
        RecordingSink sink;
        sink.host({});
        m_mapped.read(pids, held, listed, sink);
        return spelled(sink.mappedSockets);
    }

    ProcFixture proc;
    std::vector<qint32> pids;

private:
    MappedSockets m_mapped;
};

} // namespace

class TestMappedSockets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void areFoundInTheTextOfAMap()
    {
        QCOMPARE(socketsMappedIn(program + mapping(77) + mapping(5) + mapping(77)), (std::set<quint64>{5, 77}));
        QVERIFY(socketsMappedIn(QByteArrayView()).empty());
    }

    void areNotTakenFromAFileOfSuchAName()
    {
        const QByteArray before = "7f1e4c000000-7f1e4c004000 rw-s 00000000 08:01 12                         ";
        for (const char *name :
            {"/tmp/a socket:[77]", "/tmp/socket:[77]", "[anon: socket:[77]", "socket:[77] (deleted)", "socket:[]",
                "socket:[x]", "socket:[99999999999999999999999]", "/memfd:socket:[77]"})
            QVERIFY2(socketsMappedIn(before + name + '\n').empty(), name);
        QVERIFY2(socketsMappedIn(mapping(77).chopped(1)).empty(), "a line that was cut tells a part of its number");
    }

    void tellWhoMapsThem()
    {
        Machine machine;
        machine.add(10);
        machine.add(20, mapping(77) + mapping(78));
        machine.add(30, mapping(77));
        QCOMPARE(machine.read({77}), QByteArray("20=77 30=77"));
    }

    void areNotLookedForWhereADescriptorHoldsThem()
    {
        Machine machine;
        machine.add(20, mapping(77));
        QCOMPARE(machine.read({77}, {{.inode = 77, .pid = 20, .startTime = 1000, .tid = 20, .fd = 3}}), QByteArray());
        QCOMPARE(machine.read({}), QByteArray());
    }

    /// A descriptor that was opened after the processes were read has its holder in the next capture.
    void areLookedForAtSecondSight()
    {
        Machine machine;
        machine.add(20, mapping(77));
        QCOMPARE(machine.read({}), QByteArray());
        QCOMPARE(machine.read({77}), QByteArray());
        QCOMPARE(machine.read({77}), QByteArray("20=77"));
    }

    void areFoundAFewProcessesAtATime()
    {
        Machine machine;
        for (qint32 pid = 1; pid <= 150; ++pid)
            machine.add(pid, pid == 150 ? mapping(77) : QByteArray());
        QCOMPARE(machine.read({}), QByteArray());
        QCOMPARE(machine.read({77}), QByteArray());
        QCOMPARE(machine.read({77}), QByteArray());         // 64
        QCOMPARE(machine.read({77}), QByteArray());         // 128
        QCOMPARE(machine.read({77}), QByteArray("150=77")); // and the rest
        QCOMPARE(machine.read({77}), QByteArray("150=77"));
    }

    void areSeenToGoAndToComeInTurn()
    {
        Machine machine;
        for (qint32 pid = 1; pid <= 16; ++pid)
            machine.add(pid, pid == 3 ? mapping(77) : QByteArray());
        QCOMPARE(machine.read({77}), QByteArray("3=77"));
        machine.proc.write(3, "maps", program);
        machine.proc.write(12, "maps", program + mapping(77));
        machine.read({77});
        QCOMPARE(machine.read({77}), QByteArray("12=77"));
    }

    void areNotThoseOfAnotherProcessWithThePid()
    {
        Machine machine;
        for (qint32 pid = 1; pid <= 16; ++pid)
            machine.add(pid, pid == 12 ? mapping(77) : QByteArray());
        QCOMPARE(machine.read({77}), QByteArray("12=77"));
        machine.proc.remove(12);
        machine.proc.add(12, {.startTime = 2000});
        machine.proc.write(12, "maps", program);
        QCOMPARE(machine.read({77}), QByteArray());
        machine.proc.remove(12);
        QCOMPARE(machine.read({77}), QByteArray());
    }

    void areHeldByWhoMapsThem()
    {
        SnapshotBuilder builder(true, true);
        ProcessRecord record;
        record.pid = 20;
        record.stat = {Got::Read, 0, statText(20, {})};
        record.descriptorsGot = Got::Read;
        builder.process(std::move(record));
        builder.mappedSocket({.pid = 20, .inode = 77});
        builder.mappedSocket({.pid = 21, .inode = 77}); // of which nothing else is known
        builder.processesEnded({});
        builder.finished(SteadyTime());
        const SnapshotPtr made = builder.take();
        QCOMPARE(made->sockets.size(), std::size_t(1));
        const auto holders = made->holdersOf(made->sockets[0]);
        QCOMPARE(holders.size(), std::size_t(1));
        QVERIFY(holders[0].mapped);
        QCOMPARE(holders[0].fd, -1);
        QCOMPARE(holders[0].tid, 20);
    }
};

QTEST_GUILESS_MAIN(TestMappedSockets)
#include "tst_mapped_sockets.moc"
