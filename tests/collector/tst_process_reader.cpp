// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/process_reader.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include <memory>

using namespace socktree;
using namespace socktree::test;

namespace {

/// Root may read what nobody may read; for a while we are not root.
class WithoutPrivileges
{
public:
    WithoutPrivileges() : m_was(geteuid())
    {
        if (m_was == 0 && seteuid(65534) != 0)
            qFatal("cannot lay privileges down");
    }
    ~WithoutPrivileges()
    {
        if (m_was == 0 && seteuid(0) != 0)
            qFatal("cannot take privileges up again");
    }

private:
    uid_t m_was;
};

} // namespace

class TestProcessReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void writesTextsVerbatim()
    {
        ProcFixture proc;
        const ProcessPieces pieces{.comm = "web server", .startTime = 77, .exe = "/opt/web server (deleted)"};
        proc.add(42, pieces);
        proc.holdSocket(42, 7, 1234);
        ProcessReader reader(proc.sources());
        const auto sink = read(reader);
        QCOMPARE(sink->processes.size(), std::size_t(1));
        const ProcessRecord &record = sink->processes[0];
        QCOMPARE(record.pid, 42);
        QCOMPARE(record.stat.bytes, statText(42, pieces));
        QCOMPARE(record.status.bytes, statusText(42, pieces));
        QCOMPARE(record.comm.bytes, QByteArray("web server\n"));
        QCOMPARE(record.cmdline.bytes, QByteArray("program\0--flag\0", 15));
        QCOMPARE(record.cgroup.bytes, pieces.cgroup);
        QCOMPARE(record.exe.bytes, pieces.exe);
        for (const Text *text :
            {&record.stat, &record.status, &record.comm, &record.cmdline, &record.cgroup, &record.exe})
            QCOMPARE(text->got, Got::Read);
        QCOMPARE(record.descriptorsGot, Got::Read);
        QCOMPARE(descriptors(*sink, 42), QByteArray("42:7=1234"));
        QCOMPARE(sink->processesEnds.size(), std::size_t(1));
        QCOMPARE(sink->processesEnds[0].got, Got::Read);
        QCOMPARE(sink->processesEnds[0].vanished, 0u);
    }

    void standsHostileNames_data()
    {
        QTest::addColumn<QByteArray>("comm");
        QTest::newRow("a stat of its own") << QByteArray(") R 1\n(x)");
        QTest::newRow("no UTF-8") << QByteArray("\xff\xc0\x80");
        QTest::newRow("newline") << QByteArray("a\nb\n");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a zombie, it says") << QByteArray("x) Z 1 1 1");
    }

    void standsHostileNames()
    {
        QFETCH(QByteArray, comm);
        ProcFixture proc;
        proc.add(42, {.comm = comm, .cmdline = comm});
        proc.holdSocket(42, 7, 1234);
        ProcessReader reader(proc.sources());
        for (int round = 0; round < 2; ++round) { // read, then remembered
            const auto sink = read(reader);
            QCOMPARE(sink->processWith(42)->comm.bytes, comm + '\n');
            QCOMPARE(sink->processWith(42)->cmdline.bytes, comm);
            QCOMPARE(descriptors(*sink, 42), QByteArray("42:7=1234"));
        }
    }

    void writesProcessesInTheOrderOfTheirPids()
    {
        ProcFixture proc;
        for (const qint32 pid : {300, 2, 10000, 45, 1})
            proc.add(pid);
        ProcessReader reader(proc.sources());
        const auto sink = read(reader);
        std::vector<qint32> pids;
        for (const ProcessRecord &record : sink->processes)
            pids.push_back(record.pid);
        QCOMPARE(pids, (std::vector<qint32>{1, 2, 45, 300, 10000}));
    }

    void cutsAnEndlessCommandLine()
    {
        ProcFixture proc;
        proc.add(42, {.cmdline = QByteArray(300'000, 'a')});
        ProcessReader reader(proc.sources());
        QCOMPARE(read(reader)->processWith(42)->cmdline.bytes, QByteArray(65536, 'a'));
    }

    void tellsItsUsers()
    {
        ProcFixture proc;
        proc.add(1, {.uid = 0});
        proc.add(2, {.uid = 1000});
        proc.add(3, {.uid = 4294967294});
        ProcessReader reader(proc.sources());
        for (int round = 0; round < 2; ++round) {
            read(reader);
            QCOMPARE(reader.users(), (std::set<quint32>{0, 1000, 4294967294}));
        }
        proc.remove(2);
        read(reader);
        QCOMPARE(reader.users(), (std::set<quint32>{0, 4294967294}));
    }

    // What is used again

    void usesAgainWhatAProcessThatHasNotRunHad()
    {
        ProcFixture proc;
        proc.add(42);
        ProcessReader reader(proc.sources());
        read(reader);
        proc.write(42, "comm", "not to be seen\n");
        proc.write(42, "cmdline", "not to be seen");
        const auto sink = read(reader);
        QCOMPARE(sink->processWith(42)->comm.bytes, QByteArray("program\n"));
        QCOMPARE(sink->processWith(42)->cmdline.bytes, QByteArray("program\0--flag\0", 15));
    }

    void readsEverythingAgainOfAProcessThatRan()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        ProcessReader reader(proc.sources());
        read(reader);
        // exec keeps pid and start time; dup2 keeps the count of descriptors.
        proc.add(42, {.comm = "other", .uid = 33, .cmdline = "other", .cgroup = "0::/b\n", .exe = "/usr/bin/other"});
        proc.release(42, 3);
        proc.holdSocket(42, 3, 222);
        proc.run(42);
        const auto sink = read(reader);
        const ProcessRecord &record = *sink->processWith(42);
        QCOMPARE(record.comm.bytes, QByteArray("other\n"));
        QCOMPARE(record.cmdline.bytes, QByteArray("other"));
        QCOMPARE(record.cgroup.bytes, QByteArray("0::/b\n"));
        QCOMPARE(record.exe.bytes, QByteArray("/usr/bin/other"));
        QCOMPARE(descriptors(*sink, 42), QByteArray("42:3=222"));
        QCOMPARE(reader.users(), std::set<quint32>{33});
    }

    void readsTheDescriptorsAgainWhenTheirCountChanged()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        ProcessReader reader(proc.sources());
        read(reader);
        proc.holdSocket(42, 4, 222); // by one who shares the table
        QCOMPARE(descriptors(*read(reader), 42), QByteArray("42:3=111 42:4=222"));
        proc.release(42, 3);
        QCOMPARE(descriptors(*read(reader), 42), QByteArray("42:4=222"));
    }

    void doesWithoutCountsWhereTheKernelTellsNone()
    {
        ProcFixture proc;
        proc.tellsFdCounts = false;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        ProcessReader reader(proc.sources());
        read(reader);
        proc.holdSocket(42, 4, 222);
        QCOMPARE(descriptors(*read(reader), 42), QByteArray("42:3=111"));
        proc.run(42);
        QCOMPARE(descriptors(*read(reader), 42), QByteArray("42:3=111 42:4=222"));
    }

    void usesNothingAgainWithoutAClock()
    {
        ProcFixture proc;
        proc.add(42);
        proc.clocks.erase(42);
        ProcessReader reader(proc.sources());
        read(reader);
        proc.write(42, "comm", "to be seen\n");
        QCOMPARE(read(reader)->processWith(42)->comm.bytes, QByteArray("to be seen\n"));
    }

    void doesNotTakeAnotherProcessWithTheSamePidForThisOne()
    {
        ProcFixture proc;
        proc.add(42, {.startTime = 1000});
        proc.holdSocket(42, 3, 111);
        ProcessReader reader(proc.sources());
        read(reader);
        const quint64 clock = proc.clocks[42];
        proc.remove(42);
        proc.add(42, {.comm = "later", .startTime = 2000});
        proc.holdSocket(42, 3, 222);
        proc.clocks[42] = clock; // by chance
        const auto sink = read(reader);
        QCOMPARE(sink->processWith(42)->comm.bytes, QByteArray("later\n"));
        QCOMPARE(descriptors(*sink, 42), QByteArray("42:3=222"));
    }

    void readsAgainAProcessThatRanWhileItWasRead()
    {
        ProcFixture proc;
        proc.add(42);
        Sources sources = proc.sources();
        bool runs = true;
        sources.fdCount = [&](qint32 pid) -> std::optional<quint64> { // asked after the clock, before the table
            if (runs)
                proc.run(pid);
            return std::nullopt;
        };
        ProcessReader reader(sources);
        read(reader);
        runs = false;
        proc.write(42, "comm", "changed\n");
        QCOMPARE(read(reader)->processWith(42)->comm.bytes, QByteArray("changed\n"));
    }

    void readsTheStatAlways()
    {
        ProcFixture proc;
        proc.add(42, {.state = 'S'});
        ProcessReader reader(proc.sources());
        read(reader);
        proc.write(42, "stat", statText(42, {.state = 'T'}));
        QCOMPARE(read(reader)->processWith(42)->stat.bytes, statText(42, {.state = 'T'}));
    }

    void readsDescriptorsAgainNowAndThen()
    {
        ProcFixture proc;
        const std::vector<qint32> pids{40, 41, 42, 43};
        for (const qint32 pid : pids)
            proc.add(pid);
        ProcessReader reader(proc.sources());
        read(reader);
        for (const qint32 pid : pids) { // nobody ran, no count changed
            proc.holdSocket(pid, 3, 111);
        }
        proc.tellsFdCounts = false;
        read(reader); // sees the count go, and reads
        for (const qint32 pid : pids) {
            proc.release(pid, 3);
            proc.holdSocket(pid, 3, 222);
        }
        std::map<qint32, int> seenIn;
        std::map<int, int> perRound;
        for (int round = 0; round < 16; ++round) {
            const auto sink = read(reader);
            for (const qint32 pid : pids) {
                if (!seenIn.count(pid) && sink->processWith(pid)->descriptors.at(0).inode == 222) {
                    seenIn[pid] = round;
                    ++perRound[round];
                }
            }
        }
        QCOMPARE(seenIn.size(), pids.size());
        QCOMPARE(perRound.size(), pids.size()); // never two in the same round
    }

    void seesThatAProcessWasMovedToAnotherControlGroup()
    {
        ProcFixture proc;
        proc.add(42);
        ProcessReader reader(proc.sources());
        read(reader);
        proc.write(42, "cgroup", "0::/elsewhere\n");
        bool seen = false;
        for (int round = 0; round < 10 && !seen; ++round)
            seen = read(reader)->processWith(42)->cgroup.bytes == "0::/elsewhere\n";
        QVERIFY(seen);
    }

    void forgetsProcessesThatEnded()
    {
        ProcFixture proc;
        proc.add(42);
        ProcessReader reader(proc.sources());
        read(reader);
        const quint64 clock = proc.clocks[42];
        proc.remove(42);
        const auto without = read(reader);
        QVERIFY(without->processes.empty());
        QCOMPARE(without->processesEnds[0].vanished, 0u); // it was not even listed
        proc.add(42, {.comm = "later"});
        proc.clocks[42] = clock;
        QCOMPARE(read(reader)->processWith(42)->comm.bytes, QByteArray("later\n"));
    }

    // Its security context

    void readsTheContextWhereOneLabels()
    {
        ProcFixture proc;
        proc.add(42);
        proc.write(42, "attr/current", "unconfined\n");
        Sources sources = proc.sources();
        int asked = 0;
        sources.labelsProcesses = [&asked] { return ++asked > 0; };
        ProcessReader reader(sources);
        QCOMPARE(read(reader)->processWith(42)->context.bytes, QByteArray("unconfined\n"));
        proc.write(42, "attr/current", "program (enforce)\n"); // who did not run did not change it
        QCOMPARE(read(reader)->processWith(42)->context.bytes, QByteArray("unconfined\n"));
        proc.run(42);
        QCOMPARE(read(reader)->processWith(42)->context.bytes, QByteArray("program (enforce)\n"));
        QCOMPARE(asked, 1);
    }

    void readsNoContextWhereNoneLabels()
    {
        ProcFixture proc;
        proc.add(42);
        proc.write(42, "attr/current", "not to be seen");
        Sources sources = proc.sources();
        sources.labelsProcesses = [] { return false; };
        ProcessReader reader(sources);
        const auto sink = read(reader);
        QCOMPARE(sink->processWith(42)->context.got, Got::Gone);
        QCOMPARE(sink->processWith(42)->context.error, EINVAL);
        QVERIFY(sink->processWith(42)->context.bytes.isEmpty());
    }

    // fdinfo of its sockets

    void readsTheTextOfEachDescriptorEachTime()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        proc.holdSocket(42, 4, 222); // whose text is gone
        proc.hold(42, 5, "/dev/null");
        proc.write(42, "fdinfo/3", "flags:\t02\n");
        proc.write(42, "fdinfo/5", "flags:\t02\n");
        ProcessReader reader(proc.sources());
        QCOMPARE(texts(*read(reader)), QByteArray("42:3=flags:\t02\n"));
        proc.write(42, "fdinfo/3", "flags:\t04002\n"); // by fcntl(2) of one who shares it: nobody ran
        QCOMPARE(texts(*read(reader)), QByteArray("42:3=flags:\t04002\n"));
    }

    void asksForTheLabelOfASocketWhereOneLabels()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        proc.write(42, "fdinfo/3", "flags:\t02\n");
        Sources sources = proc.sources();
        QList<QByteArray> asked;
        sources.descriptorAttribute = [&asked](const std::string &path, const char *name) {
            asked += QByteArray::fromStdString(path) + ' ' + name;
            return Text{.got = Got::Read, .bytes = "system_u:system_r:sshd_t:s0"};
        };
        ProcessReader unlabelled(sources);
        const auto without = read(unlabelled)->processWith(42)->descriptorTexts.at(0).label;
        QCOMPARE(without.got, Got::Gone);
        QCOMPARE(without.error, EOPNOTSUPP);
        QVERIFY(asked.isEmpty());

        sources.labelsProcesses = [] { return true; };
        ProcessReader reader(sources);
        QCOMPARE(read(reader)->processWith(42)->descriptorTexts.at(0).label.bytes,
            QByteArray("system_u:system_r:sshd_t:s0"));
        QCOMPARE(asked, QList<QByteArray>{"42/fd/3 security.selinux"});
        Needs needs;
        needs.descriptorTexts = false;
        QVERIFY(read(reader, needs)->processWith(42)->descriptorTexts.empty());
        QCOMPARE(asked.size(), 1);
    }

    void readsNoTextUnasked()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        proc.holdSocket(42, 4, 222);
        for (const char *file : {"fdinfo/3", "fdinfo/4"})
            proc.write(42, file, "flags:\t02\n");
        ProcessReader reader(proc.sources());
        Needs needs;
        needs.descriptorTexts = false;
        QCOMPARE(texts(*read(reader, needs)), QByteArray());
        needs.descriptorTextsOf = 222;
        QCOMPARE(texts(*read(reader, needs)), QByteArray("42:4=flags:\t02\n"));
    }

    void readsTheTextsOfAThreadsOwnTable()
    {
        ProcFixture proc;
        proc.add(42, {.threads = 2});
        proc.ownTables.insert(43);
        proc.write(42, "task/42/comm", "x");
        proc.holdSocket(42, 3, 111, "task/43/fd");
        proc.write(42, "task/43/fdinfo/3", "flags:\t02\n");
        ProcessReader reader(proc.sources());
        QCOMPARE(texts(*read(reader)), QByteArray("43:3=flags:\t02\n"));
    }

    // What cannot be read

    void countsProcessesThatVanishWhileBeingRead()
    {
        ProcFixture proc;
        for (const qint32 pid : {1, 2, 3})
            proc.add(pid);
        Sources sources = proc.sources();
        sources.cpuClock = [&](qint32 pid) -> std::optional<quint64> {
            if (pid == 1) { // its folder is open; the next one's is only listed
                proc.remove(1);
                proc.remove(2);
            }
            return std::nullopt;
        };
        ProcessReader reader(sources);
        const auto sink = read(reader);
        QCOMPARE(sink->processes.size(), std::size_t(1));
        QCOMPARE(sink->processes[0].pid, 3);
        QCOMPARE(sink->processesEnds[0].vanished, 2u);
        QCOMPARE(sink->processesEnds[0].got, Got::Read);
    }

    void saysThatDescriptorsAreDenied()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        QCOMPARE(chmod(qPrintable(proc.folder(42) + QStringLiteral("/fd")), 0), 0);
        ProcessReader reader(proc.sources());
        {
            const WithoutPrivileges now;
            const auto sink = read(reader);
            const ProcessRecord &record = *sink->processWith(42);
            QCOMPARE(record.descriptorsGot, Got::Denied);
            QCOMPARE(record.descriptorsError, EACCES);
            QVERIFY(record.descriptors.empty());
            QCOMPARE(record.comm.got, Got::Read);
            QVERIFY(sink->problems.empty());
        }
        QCOMPARE(chmod(qPrintable(proc.folder(42) + QStringLiteral("/fd")), 0700), 0);
    }

    void countsSingleLinksThatAreDenied()
    {
        ProcFixture proc;
        proc.add(42);
        proc.holdSocket(42, 3, 111);
        proc.holdSocket(42, 4, 222);
        // A folder that may be listed but not entered, as that of a process which took a privilege up.
        const QByteArray table = proc.folder(42).toUtf8() + "/fd";
        QCOMPARE(chmod(table.constData(), 0444), 0);
        ProcessReader reader(proc.sources());
        {
            const WithoutPrivileges now;
            const auto sink = read(reader);
            const ProcessRecord &record = *sink->processWith(42);
            QCOMPARE(record.descriptorsGot, Got::Read);
            QCOMPARE(record.descriptorsDenied, 2u);
            QVERIFY(record.descriptors.empty());
        }
        QCOMPARE(chmod(table.constData(), 0700), 0);
    }

    void writesAProcessOfWhichNothingMayBeRead()
    {
        ProcFixture proc;
        proc.add(42);
        QCOMPARE(chmod(qPrintable(proc.folder(42)), 0), 0);
        ProcessReader reader(proc.sources());
        {
            const WithoutPrivileges now;
            const auto sink = read(reader);
            const ProcessRecord *record = sink->processWith(42);
            QVERIFY(record);
            QCOMPARE(record->stat.got, Got::Denied);
            QCOMPARE(record->cmdline.got, Got::Denied);
            QCOMPARE(record->descriptorsGot, Got::Denied);
            QCOMPARE(sink->processesEnds[0].vanished, 0u);
        }
        QCOMPARE(chmod(qPrintable(proc.folder(42)), 0755), 0);
    }

    void readsAgainWhatWasBroken()
    {
        ProcFixture proc;
        proc.add(42);
        QVERIFY(QFile::remove(proc.folder(42) + QStringLiteral("/comm")));
        proc.write(42, "comm/a folder", "");
        ProcessReader reader(proc.sources());
        const auto broken = read(reader);
        QCOMPARE(broken->processWith(42)->comm.got, Got::Broken);
        QCOMPARE(broken->processWith(42)->comm.error, EISDIR);
        QVERIFY(QDir(proc.folder(42) + QStringLiteral("/comm")).removeRecursively());
        proc.write(42, "comm", "whole\n");
        QCOMPARE(read(reader)->processWith(42)->comm.bytes, QByteArray("whole\n"));
    }

    void readsAKernelThreadWithoutItsProgram()
    {
        ProcFixture proc;
        proc.add(2, {.comm = "kthreadd", .flags = 0x208040, .cmdline = "", .exe = ""});
        QCOMPARE(chmod(qPrintable(proc.folder(2) + QStringLiteral("/fd")), 0), 0);
        ProcessReader reader(proc.sources());
        {
            const WithoutPrivileges now;
            const auto sink = read(reader);
            const ProcessRecord &record = *sink->processWith(2);
            QCOMPARE(record.exe.got, Got::Gone);
            QCOMPARE(record.cmdline.got, Got::Read);
            QCOMPARE(record.descriptorsGot, Got::Read); // it has none to hide
        }
        QCOMPARE(chmod(qPrintable(proc.folder(2) + QStringLiteral("/fd")), 0700), 0);
    }

    void readsTheThreadsOfADeadLeader()
    {
        ProcFixture proc;
        proc.add(42, {.state = 'Z', .threads = 2, .cmdline = "", .exe = ""});
        proc.write(42, "task/42/cmdline", "");
        proc.write(42, "task/43/cmdline", QByteArray("server\0", 7));
        QCOMPARE(symlink("/usr/bin/server", qPrintable(proc.folder(42) + QStringLiteral("/task/43/exe"))), 0);
        proc.holdSocket(42, 5, 555, "task/43/fd");
        ProcessReader reader(proc.sources());
        const auto sink = read(reader);
        QCOMPARE(descriptors(*sink, 42), QByteArray("43:5=555"));
        QCOMPARE(sink->processWith(42)->cmdline.bytes, QByteArray("server\0", 7));
        QCOMPARE(sink->processWith(42)->exe.bytes, QByteArray("/usr/bin/server"));
    }

    void readsTheTableThatAThreadHasToItself()
    {
        ProcFixture proc;
        proc.add(42, {.threads = 3});
        proc.holdSocket(42, 3, 111);
        for (const char *table : {"task/42/fd", "task/43/fd"})
            proc.holdSocket(42, 3, 111, table); // the same table, seen by thread
        proc.holdSocket(42, 5, 555, "task/44/fd");
        proc.ownTables = {44};
        ProcessReader reader(proc.sources());
        for (int round = 0; round < 2; ++round)
            QCOMPARE(descriptors(*read(reader), 42), QByteArray("42:3=111 44:5=555"));
    }

    void hasNoTableForAProcessThatIsDead()
    {
        ProcFixture proc;
        proc.add(42, {.state = 'Z', .cmdline = "", .exe = ""});
        QVERIFY(QDir(proc.folder(42) + QStringLiteral("/fd")).removeRecursively());
        ProcessReader reader(proc.sources());
        const auto sink = read(reader);
        QCOMPARE(sink->processWith(42)->descriptorsGot, Got::Read);
        QVERIFY(sink->processWith(42)->descriptors.empty());
    }

    void saysThatThereMayBeProcessesItDoesNotSee()
    {
        ProcFixture proc;
        proc.add(42);
        proc.unseen = Unseen::HidePid;
        ProcessReader reader(proc.sources());
        QCOMPARE(read(reader)->processesEnds[0].unseen, Unseen::HidePid);
    }

    void saysThatAFolderWithoutProcessesIsNoProc()
    {
        ProcFixture proc;
        proc.unseen = Unseen::HidePid; // so it looks: not even the first process is there
        ProcessReader reader(proc.sources());
        const ProcessesEnd end = read(reader)->processesEnds[0];
        QCOMPARE(end.got, Got::Gone);
        QVERIFY2(end.unseen == Unseen::None, "nothing is hidden where nothing is");
    }

    void saysThatThereIsNoProc()
    {
        Sources sources = ProcFixture().sources(); // its folder is gone by now, and it itself
        sources.cpuClock = [](qint32) { return std::nullopt; };
        sources.unseenProcesses = [] { return Unseen::None; };
        ProcessReader reader(sources);
        const auto sink = read(reader);
        QVERIFY(sink->processes.empty());
        QCOMPARE(sink->processesEnds.size(), std::size_t(1));
        QCOMPARE(sink->processesEnds[0].got, Got::Gone);
        QCOMPARE(sink->processesEnds[0].error, ENOENT);
    }

    void stopsBetweenProcesses()
    {
        ProcFixture proc;
        for (qint32 pid = 1; pid < 20; ++pid)
            proc.add(pid);
        std::stop_source stop;
        Sources sources = proc.sources();
        sources.cpuClock = [&](qint32 pid) -> std::optional<quint64> {
            if (pid == 3)
                stop.request_stop();
            return std::nullopt;
        };
        ProcessReader reader(sources);
        RecordingSink sink;
        reader.read(sink, stop.get_token());
        QCOMPARE(sink.processes.size(), std::size_t(3));
        QCOMPARE(sink.processesEnds.size(), std::size_t(1));
        QCOMPARE(sink.processesEnds[0].got, Got::Broken);
        QCOMPARE(sink.processesEnds[0].error, ECANCELED);
    }

private:
    static std::unique_ptr<RecordingSink> read(ProcessReader &reader, const Needs &needs = {})
    {
        auto sink = std::make_unique<RecordingSink>();
        reader.read(*sink, {}, needs);
        return sink;
    }

    static QByteArray texts(const RecordingSink &sink)
    {
        QByteArrayList parts;
        for (const DescriptorText &one : sink.processWith(42)->descriptorTexts)
            parts.append(QByteArray::number(one.tid) + ':' + QByteArray::number(one.fd) + '=' + one.text.bytes);
        return parts.join(' ');
    }

    static QByteArray descriptors(const RecordingSink &sink, qint32 pid)
    {
        auto found = sink.processWith(pid)->descriptors;
        std::sort(found.begin(), found.end(), [](const Descriptor &a, const Descriptor &b) { return a.fd < b.fd; });
        QByteArrayList parts;
        for (const Descriptor &one : found)
            parts.append(
                QByteArray::number(one.tid) + ':' + QByteArray::number(one.fd) + '=' + QByteArray::number(one.inode));
        return parts.join(' ');
    }
};

QTEST_GUILESS_MAIN(TestProcessReader)
#include "tst_process_reader.moc"
