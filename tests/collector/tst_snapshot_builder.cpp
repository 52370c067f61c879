// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/snapshot_builder.h"

#include "collector/decode/inet_message.h"
#include "collector/decode/unix_message.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

#include <cerrno>
#include <thread>

using namespace socktree;
using namespace socktree::test;
using namespace std::chrono_literals;

namespace {

const Scope tcp4{1, AF_INET, IPPROTO_TCP, 0x3fff, 0xff};
const Scope tcp6{1, AF_INET6, IPPROTO_TCP, 0x3fff, 0xff};
const Scope udp4{1, AF_INET, IPPROTO_UDP, 0x3fff, 0xff};
const Scope unixScope{1, AF_UNIX, 0, 0x3fff, 0x7f};

DumpEnding ending(DumpEnd end = DumpEnd::Complete, int error = 0, int second = 1)
{
    return {end, error, 0, SteadyTime(std::chrono::seconds(second)), SteadyTime(std::chrono::seconds(second) + 5ms)};
}

Text text(const QByteArray &bytes)
{
    return {Got::Read, 0, bytes};
}

ProcessRecord process(qint32 pid, std::vector<Descriptor> descriptors = {})
{
    const QByteArray number = QByteArray::number(pid);
    ProcessRecord record;
    record.pid = pid;
    record.stat = text(number + " (cat (x)) S 1 11 10 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 777 1000 1\n");
    record.comm = text("cat (x)\n");
    record.status = text("Name:\tcat\nUid:\t1000\t33\t33\t33\n");
    record.cmdline = text(QByteArray("cat\0-\0", 6));
    record.cgroup = text("0::/system.slice/ssh.service\n");
    record.exe = text("/usr/bin/cat");
    record.descriptorsGot = Got::Read;
    for (Descriptor &descriptor : descriptors)
        descriptor.tid = descriptor.tid ? descriptor.tid : pid;
    record.descriptors = std::move(descriptors);
    return record;
}

/// A capture written down record by record.
class Capture
{
public:
    explicit Capture(bool keepMessages = true, bool owners = true) : m_builder(keepMessages, owners)
    {
        HostRecord record;
        record.name = "here";
        record.began = SteadyTime(1s);
        record.services = "https 443/tcp\n";
        m_builder.host(record);
    }
    Capture &dump(const Scope &scope, const std::vector<QByteArray> &messages, const DumpEnding &how = ending())
    {
        return datagrams(scope, {datagram(messages, 1, 2)}, how);
    }
    Capture &datagrams(const Scope &scope, const std::vector<QByteArray> &datagrams, const DumpEnding &how = ending())
    {
        const auto stream = m_builder.dump(scope);
        for (QByteArray bytes : datagrams) {
            stream->datagram(viewOf(bytes));
            bytes.fill('\xee'); // the reader's buffer is used again
        }
        stream->ended(how);
        return *this;
    }
    Capture &process(ProcessRecord record)
    {
        m_builder.process(std::move(record));
        return *this;
    }
    SnapshotPtr end(Got got = Got::Read, int error = 0, quint32 vanished = 0)
    {
        m_builder.processesEnded({.got = got, .error = error, .vanished = vanished});
        return finish();
    }
    SnapshotPtr finish()
    {
        m_builder.finished(SteadyTime(2s));
        return m_builder.take();
    }
    SnapshotBuilder &builder() { return m_builder; }

private:
    SnapshotBuilder m_builder;
};

SnapshotPtr only(const Scope &scope, const QByteArray &message)
{
    return Capture().dump(scope, {message}).end();
}

const Socket &first(const SnapshotPtr &snapshot)
{
    return snapshot->sockets.front();
}

} // namespace

class TestSnapshotBuilder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void anEmptyCaptureIsAnEmptySnapshot()
    {
        const auto made = Capture().end();
        QVERIFY(made->sockets.empty());
        QVERIFY(made->problems.empty());
        QCOMPARE(made->host.name, QByteArray("here"));
        QCOMPARE(made->began, SteadyTime(1s));
        QCOMPARE(made->ended, SteadyTime(2s));
        QVERIFY(made->ownersRead);
        QVERIFY(made->processesComplete);
        QCOMPARE(made->services->value(serviceKey(443, Protocol::Tcp)), QByteArray("https"));
    }

    void anIpv4ConnectionIsReadWhole()
    {
        const auto made = only(tcp4,
            inetMessage({.family = AF_INET,
                            .state = 1,
                            .timer = 2,
                            .retrans = 3,
                            .local = "127.0.0.1",
                            .localPort = 443,
                            .remote = "192.0.2.7",
                            .remotePort = 50000,
                            .interface = 4,
                            .cookie = 0x100000002,
                            .expires = 900,
                            .receiveQueue = 5,
                            .sendQueue = 6,
                            .uid = 1000,
                            .inode = 7777})
                .attribute(8, u8(1))
                .attribute(15, u32(9))
                .attribute(21, u64(77)));
        const Socket &socket = first(made);
        QCOMPARE(made->keyOf(socket), (SocketKey{.cookie = 0x100000002}));
        QCOMPARE(socket.protocol, Protocol::Tcp);
        QCOMPARE(int(socket.family), AF_INET);
        QCOMPARE(int(socket.type), int(SOCK_STREAM));
        QCOMPARE(socket.local, (Address{{127, 0, 0, 1}, 4}));
        QCOMPARE(socket.remote, (Address{{192, 0, 2, 7}, 4}));
        QCOMPARE(int(socket.localPort), 443);
        QCOMPARE(int(socket.remotePort), 50000);
        QCOMPARE(int(socket.state), 1);
        QCOMPARE(int(socket.timer), 2);
        QCOMPARE(int(socket.retrans), 3);
        QCOMPARE(socket.expires, 900u);
        QCOMPARE(socket.interface, 4u);
        QCOMPARE(socket.recvQueue, 5u);
        QCOMPARE(socket.sendQueue, 6u);
        QCOMPARE(socket.uid, 1000u);
        QCOMPARE(socket.inode, 7777u);
        QCOMPARE(int(socket.shutdown), 1);
        QCOMPARE(socket.mark, 9u);
        QCOMPARE(socket.cgroupId, quint64(77));
        for (const Told told :
            {Told::Inode, Told::Uid, Told::Queues, Told::State, Told::Cgroup, Told::Mark, Told::Shutdown, Told::Timer})
            QVERIFY(socket.has(told));
        QVERIFY(!socket.has(Told::V6Only));
        QVERIFY(!socket.boundInactive);
        QCOMPARE(made->dumps.front().rows, 1u);
        QCOMPARE(int(socket.dump), 0);
    }

    void anIpv4AddressInIpv6ClothesStaysAsItCame()
    {
        const auto made
            = only(tcp6, inetMessage({.family = AF_INET6, .local = "::ffff:192.0.2.1", .cookie = 1, .inode = 5}));
        QCOMPARE(int(first(made).local.length), 16);
        QCOMPARE(unmapped(first(made).local), (Address{{192, 0, 2, 1}, 4}));
        QCOMPARE(int(first(made).family), AF_INET6);
    }

    void v6OnlyIsToldOnlyWhereItWasSent()
    {
        const auto made = Capture()
                              .dump(tcp6,
                                  {inetMessage({.family = AF_INET6, .state = 10, .cookie = 1}).attribute(11, u8(1)),
                                      inetMessage({.family = AF_INET6, .state = 1, .cookie = 2})})
                              .end();
        QVERIFY(made->sockets[0].has(Told::V6Only));
        QVERIFY(made->sockets[0].v6Only);
        QVERIFY(!made->sockets[1].has(Told::V6Only));
    }

    void timeWaitHasNeitherInodeNorUser()
    {
        const auto made = only(tcp4, inetMessage({.state = 6, .timer = 3, .cookie = 1, .expires = 59000}));
        QVERIFY(!first(made).has(Told::Inode));
        QVERIFY2(!first(made).has(Told::Uid), "uid 0 is a filler, not root");
        QVERIFY(first(made).has(Told::Queues));
        QVERIFY(!first(made).has(Told::Shutdown));
        QCOMPARE(first(made).expires, 59000u);
    }

    void aRowWithoutInodeMayStillTellItsUser()
    {
        const auto made = only(tcp4, inetMessage({.state = 1, .cookie = 1, .uid = 33}));
        QVERIFY(!first(made).has(Told::Inode));
        QVERIFY(first(made).has(Told::Uid));
        QCOMPARE(first(made).uid, 33u);
    }

    void rootIsRootWhereThereIsAFile()
    {
        QVERIFY(first(only(tcp4, inetMessage({.cookie = 1, .uid = 0, .inode = 4}))).has(Told::Uid));
    }

    void aBoundTcpSocketInStateCloseIsInactive()
    {
        QVERIFY(first(only(tcp4, inetMessage({.state = 7, .cookie = 1, .inode = 4}))).boundInactive);
        const auto udp = only(udp4, inetMessage({.state = 7, .cookie = 1, .inode = 4}));
        QVERIFY(!first(udp).boundInactive);
        QVERIFY(!first(udp).has(Told::Timer));
        QCOMPARE(first(udp).protocol, Protocol::Udp);
        QCOMPARE(int(first(udp).type), int(SOCK_DGRAM));
    }

    void aUnixSocketIsReadWhole()
    {
        const auto made = only(unixScope,
            unixMessage({.type = SOCK_STREAM, .state = 10, .inode = 55, .cookie = 9})
                .attribute(0, QByteArray("/run/x\0", 7))
                .attribute(2, u32(56))
                .attribute(4, u32s({3, 128}))
                .attribute(6, u8(3))
                .attribute(7, u32(1000)));
        const Socket &socket = first(made);
        QCOMPARE(socket.protocol, Protocol::Unix);
        QCOMPARE(int(socket.type), int(SOCK_STREAM));
        QCOMPARE(int(socket.state), 10);
        QCOMPARE(socket.inode, 55u);
        QCOMPARE(made->nameOf(socket), QByteArray("/run/x"));
        QCOMPARE(socket.peerInode, 56u);
        QCOMPARE(socket.recvQueue, 3u);
        QCOMPARE(socket.sendQueue, 128u);
        QCOMPARE(int(socket.shutdown), 3);
        QCOMPARE(socket.uid, 1000u);
        QCOMPARE(int(socket.local.length), 0);
    }

    void whatAUnixSocketDidNotSayIsNotTold()
    {
        const auto made = only(unixScope, unixMessage({.type = SOCK_DGRAM, .state = 7, .inode = 55, .cookie = 9}));
        for (const Told told : {Told::Name, Told::Peer, Told::Queues, Told::Shutdown, Told::Uid, Told::Timer})
            QVERIFY(!first(made).has(told));
        QCOMPARE(first(made).name, noIndex);
    }

    void aPeerThatIsGoneIsToldAsZero()
    {
        const auto made = only(unixScope, unixMessage({.inode = 5, .cookie = 9}).attribute(2, u32(0)));
        QVERIFY(first(made).has(Told::Peer));
        QCOMPARE(first(made).peerInode, 0u);
    }

    void anAbstractNameKeepsItsNul()
    {
        const QByteArray name("\0dbus\0\n<b>", 10);
        const auto made = only(unixScope, unixMessage({.inode = 5, .cookie = 9}).attribute(0, name));
        QCOMPARE(made->nameOf(first(made)), name);
    }

    void repeatedNamesAreKeptOnce()
    {
        const QByteArray name("/run/x\0", 7);
        const auto made = Capture()
                              .dump(unixScope,
                                  {unixMessage({.inode = 1, .cookie = 1}).attribute(0, name),
                                      unixMessage({.inode = 2, .cookie = 2}).attribute(0, name)})
                              .end();
        QCOMPARE(made->names.size(), std::size_t(1));
        QCOMPARE(made->nameOf(made->sockets[1]), QByteArray("/run/x"));
    }

    void messagesAreKeptAsTheyCame()
    {
        const QByteArray one = inetMessage({.cookie = 1}), other = inetMessage({.cookie = 2}).attribute(99, u32(5));
        const auto made = Capture()
                              .datagrams(tcp4, {datagram({one}, 1, 2), datagram({one, other}, 1, 2)})
                              .dump(unixScope, {unixMessage({.inode = 1, .cookie = 3})})
                              .end();
        QCOMPARE(made->sockets.size(), std::size_t(3));
        const auto message = [&](const Socket &socket) {
            const Bytes bytes = made->message(socket);
            return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
        };
        QCOMPARE(message(made->sockets[0]), one);
        QCOMPARE(message(made->sockets[1]), other);
        QCOMPARE(message(made->sockets[2]), unixMessage({.inode = 1, .cookie = 3}).bytes());
    }

    void messagesThatNobodyNeedsAreNotKept()
    {
        const auto made = Capture(false).dump(tcp4, {inetMessage({.cookie = 1})}).end();
        QVERIFY(made->chunks.empty());
        QVERIFY(made->message(first(made)).empty());
    }

    void aRowThatCameTwiceIsOneRowAsItCameLast()
    {
        const auto made = Capture()
                              .dump(tcp4,
                                  {inetMessage({.state = 2, .cookie = 1}), inetMessage({.cookie = 2}),
                                      inetMessage({.state = 1, .cookie = 1})})
                              .end();
        QCOMPARE(made->sockets.size(), std::size_t(2));
        QCOMPARE(int(made->sockets[0].state), 1);
    }

    void aSocketInTwoDumpsIsAsTheLaterOneSays()
    {
        for (const bool ipv4First : {true, false}) {
            Capture capture;
            const auto v4 = [&] {
                capture.dump(tcp4, {inetMessage({.family = AF_INET, .cookie = 1})}, ending(DumpEnd::Complete, 0, 9));
            };
            if (ipv4First)
                v4();
            capture.dump(tcp6, {inetMessage({.family = AF_INET6, .cookie = 1})}, ending(DumpEnd::Complete, 0, 8));
            if (!ipv4First)
                v4();
            const auto made = capture.end();
            QCOMPARE(made->sockets.size(), std::size_t(1));
            QCOMPARE(int(first(made).family), AF_INET);
            QCOMPARE(made->dumps[first(made).dump].scope, tcp4);
        }
    }

    void aCompleteRepetitionReplacesWhatWasInterrupted()
    {
        const auto made = Capture()
                              .dump(tcp4, {inetMessage({.cookie = 1}), inetMessage({.cookie = 2})},
                                  ending(DumpEnd::Interrupted, ENOBUFS, 1))
                              .dump(tcp4, {inetMessage({.cookie = 2})}, ending(DumpEnd::Complete, 0, 2))
                              .end();
        QCOMPARE(made->sockets.size(), std::size_t(1));
        QCOMPARE(first(made).cookie, quint64(2));
        QCOMPARE(made->dumps.size(), std::size_t(2));
        QVERIFY(made->problems.empty());
    }

    void twoInterruptedDumpsTellTogether()
    {
        const auto made
            = Capture()
                  .dump(tcp4, {inetMessage({.cookie = 1}), inetMessage({.state = 2, .cookie = 2})},
                      ending(DumpEnd::Interrupted, ENOBUFS, 1))
                  .dump(tcp4, {inetMessage({.state = 1, .cookie = 2})}, ending(DumpEnd::Interrupted, ENOBUFS, 2))
                  .end();
        QCOMPARE(made->sockets.size(), std::size_t(2));
        QCOMPARE(int(made->sockets[1].state), 1);
        QCOMPARE(made->problems.size(), std::size_t(1)); // and say the same thing once
    }

    void aDumpThatDidNotEndWellIsAProblemInPlainWords()
    {
        const auto made = Capture()
                              .dump(tcp6, {}, ending(DumpEnd::Unsupported, ENOENT))
                              .dump(udp4, {}, ending(DumpEnd::Refused, EPERM))
                              .dump(unixScope, {}, ending(DumpEnd::Failed, EINVAL))
                              .end();
        QCOMPARE(made->problems.size(), std::size_t(3));
        QCOMPARE(made->problems[0],
            (Problem{"tcp over ipv6",
                "this kernel has no sock_diag handler for these sockets; its module may not be loaded", ENOENT}));
        QCOMPARE(made->problems[1], (Problem{"udp over ipv4", "the kernel refused to list these sockets", EPERM}));
        QCOMPARE(made->problems[2], (Problem{"unix", "these sockets could not be listed", EINVAL}));
    }

    void aStreamThatNeverEndedIsNotComplete()
    {
        Capture capture;
        capture.builder().dump(tcp4).reset();
        QCOMPARE(capture.end()->dumps.front().ending.end, DumpEnd::Interrupted);
    }

    void whatIsNotUnderstoodIsCountedAndSaid()
    {
        QByteArray cut = datagram({inetMessage({.cookie = 3})}, 1, 2);
        cut.chop(8);
        const auto made = Capture()
                              .datagrams(tcp4,
                                  {datagram({inetMessage({.cookie = 1}), QByteArray(20, '\2'),
                                                inetMessage({.cookie = 2}).bytes() + QByteArray("\xff\xff\0\0", 4)},
                                       1, 2),
                                      cut})
                              .end();
        QCOMPARE(made->sockets.size(), std::size_t(2));
        QCOMPARE(made->problems.size(), std::size_t(1));
        QCOMPARE(made->dumps.front().damaged, 3u);
        QCOMPARE(made->problems.front().what, QByteArray("3 messages were not understood"));
    }

    void theEndOfADumpIsNoRow()
    {
        const auto made = Capture().datagrams(tcp4, {datagram({inetMessage({.cookie = 1})}, 1, 2), done(1, 2)}).end();
        QCOMPARE(made->sockets.size(), std::size_t(1));
        QVERIFY(made->problems.empty());
        QCOMPARE(made->chunks.size(), std::size_t(1));
    }

    void strangersAreMentioned()
    {
        DumpEnding how = ending();
        how.strangers = 2;
        const auto made = Capture().dump(tcp4, {}, how).end();
        QCOMPARE(made->problems.size(), std::size_t(1));
        QVERIFY(made->problems.front().what.contains("2 messages were no answer"));
    }

    void aContextIsToldFromNone()
    {
        const std::pair<Text, Got> all[]
            = {{{Got::Read, 0, "unconfined\n"}, Got::Read}, {{Got::Gone, EINVAL, {}}, Got::Read},
                {{Got::Gone, 0, {}}, Got::Gone}, {{Got::Denied, EACCES, {}}, Got::Denied}};
        for (const auto &[context, got] : all) {
            ProcessRecord record = process(12);
            record.context = context;
            const auto made = Capture().process(std::move(record)).end();
            QCOMPARE(made->processes.front().contextGot, got);
            QCOMPARE(made->processes.front().context.isEmpty(), context.bytes.isEmpty());
        }
    }

    void aHolderHasTheFlagsOfItsDescriptor()
    {
        ProcessRecord record = process(12, {{12, 3, 1}, {12, 4, 2}, {12, 5, 3}, {12, 6, 4}});
        record.descriptorTexts = {{12, 3, text("flags:\t02004002\nino:\t1\n")},
            {12, 4, text("flags:\t02\nino:\t99\n")}, // another socket has it by now
            {12, 5, {Got::Denied, EACCES, {}}}, {13, 6, text("flags:\t02\n")}};
        const auto made = Capture().process(std::move(record)).end();
        QCOMPARE(made->holders.size(), std::size_t(4));
        QCOMPARE(made->holders[0].flags, std::optional<quint32>(02004002));
        for (const std::size_t place : {1u, 2u}) {
            QVERIFY(made->holders[place].flagsAsked);
            QVERIFY(!made->holders[place].flags);
        }
        QVERIFY(!made->holders[3].flagsAsked); // that was a thread's own table
    }

    void aDescriptorHasItsLocksAndTheLabelOfItsSocket()
    {
        const QByteArray plain = "flags:\t02\n",
                         locked = "flags:\t02\nlock:\t1: FLOCK  ADVISORY  WRITE 9 0:9:2 0 EOF\n";
        const auto label = [](const char *bytes) { return Text{.got = Got::Read, .bytes = QByteArray(bytes, 3)}; };
        ProcessRecord record = process(12, {{12, 3, 1}, {12, 4, 2}, {12, 5, 3}, {12, 6, 4}, {12, 7, 5}, {12, 8, 6}});
        record.descriptorTexts = {{12, 3, text(plain), label("a:\0")},
            {12, 4, text(locked), {.got = Got::Gone, .error = EOPNOTSUPP}},
            {12, 5, text(plain), {.got = Got::Denied, .error = EACCES}}, {12, 6, text(plain), {}}, // an older capture
            {12, 7, text(plain), {.got = Got::Gone, .error = ENODATA}},
            {12, 8, text("flags:\t02\nino:\t99\n"), label("b:\0")}}; // another socket has it by now
        const auto made = Capture().process(std::move(record)).end();
        QCOMPARE(made->holders.size(), std::size_t(6));
        const auto note = [&](std::size_t place) { return made->noteOf(made->holders[place]); };
        QVERIFY(note(0) == (DescriptorNote{{}, "a:", Got::Read}));
        QVERIFY(note(1) == (DescriptorNote{{"flock write"}, {}, Got::Read}));
        QVERIFY(note(2) == (DescriptorNote{{}, {}, Got::Denied}));
        QVERIFY(note(3) == (DescriptorNote{{}, {}, Got::Gone}));
        QVERIFY(note(4) == DescriptorNote());
        QVERIFY(note(5) == DescriptorNote());
        QCOMPARE(made->descriptorNotes.size(), 4);
    }

    void aProcessIsReadFromItsTexts()
    {
        const auto made = Capture().process(process(12)).end();
        const Process &read = made->processes.front();
        QCOMPARE(read.key, (ProcessKey{12, 777}));
        QCOMPARE(read.parent, std::optional<qint32>(1));
        QCOMPARE(read.group, std::optional<qint32>(11));
        QCOMPARE(read.session, std::optional<qint32>(10));
        QCOMPARE(read.comm, QByteArray("cat (x)"));
        QCOMPARE(read.cmdline, QByteArray("cat\0-\0", 6));
        QCOMPARE(read.exe, QByteArray("/usr/bin/cat"));
        QCOMPARE(read.cgroup, QByteArray("/system.slice/ssh.service"));
        QCOMPARE(read.unit, QByteArray("ssh.service"));
        QCOMPARE(read.uid, std::optional(33u));
        QCOMPARE(read.state, 'S');
        QCOMPARE(read.descriptors, Got::Read);
    }

    void whatMayNotBeReadOfAProcessIsLeftOut()
    {
        ProcessRecord record = process(12);
        record.comm = record.status = record.exe = record.cgroup = record.cmdline = {Got::Denied, EACCES, {}};
        record.descriptorsGot = Got::Denied;
        const auto made = Capture().process(std::move(record)).end();
        const Process &read = made->processes.front();
        QCOMPARE(read.comm, QByteArray("cat (x)")); // out of stat
        QVERIFY(!read.uid);
        QVERIFY(read.exe.isEmpty() && read.unit.isEmpty());
        QCOMPARE(read.descriptors, Got::Denied);
        QCOMPARE(made->deniedProcesses, 1u);
        QVERIFY2(made->problems.empty(), "denied is counted, not complained about");
    }

    void singleLinksThatAreDeniedCountToo()
    {
        ProcessRecord record = process(12);
        record.descriptorsDenied = 3;
        const auto made = Capture().process(std::move(record)).process(process(13)).end();
        QCOMPARE(made->deniedProcesses, 1u);
        QCOMPARE(made->processes[0].descriptors, Got::Denied);
    }

    void aVanishedProcessIsCounted()
    {
        ProcessRecord record;
        record.pid = 12;
        const auto made = Capture().process(std::move(record)).end(Got::Read, 0, 2);
        QVERIFY(made->processes.empty());
        QCOMPARE(made->vanishedProcesses, 3u);
    }

    void aBrokenTextIsAProblemAndTheProcessStays()
    {
        ProcessRecord broken = process(12);
        broken.status = {Got::Broken, EIO, {}};
        ProcessRecord odd = process(13);
        odd.stat = text("not what we know");
        const auto made = Capture().process(std::move(broken)).process(std::move(odd)).end();
        QCOMPARE(made->processes.size(), std::size_t(2));
        QCOMPARE(made->problems.size(), std::size_t(2));
        QCOMPARE(made->problems[0], (Problem{"process 12", "status could not be read", EIO}));
        QCOMPARE(made->problems[1], (Problem{"process 13", "stat is not understood", 0}));
        QCOMPARE(made->processes[1].comm, QByteArray("cat (x)"));
    }

    void aZombieIsAProcessWithoutDescriptors()
    {
        ProcessRecord record = process(12);
        record.stat = text("12 (gone) Z 1 12 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 777 0 0\n");
        record.cmdline = text("");
        record.descriptorsGot = Got::Denied;
        const auto made = Capture().process(std::move(record)).end();
        QCOMPARE(made->processes.front().state, 'Z');
        QVERIFY2(made->deniedProcesses == 0, "it has no descriptors that could be hidden");
    }

    void aZombieWithLivingThreadsMayHideSockets()
    {
        ProcessRecord record = process(12);
        record.stat = text("12 (leader) Z 1 12 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 3 0 777 0 0\n");
        record.descriptorsGot = Got::Denied;
        QCOMPARE(Capture().process(std::move(record)).end()->deniedProcesses, 1u);
    }

    void processesThatCouldNotBeListedAreAProblem()
    {
        const auto made = Capture().end(Got::Denied, EACCES);
        QVERIFY(!made->processesComplete);
        QCOMPARE(made->problems.size(), std::size_t(1));
        QCOMPARE(made->problems.front().error, EACCES);
    }

    void aProcWithoutAnyProcessIsNamed()
    {
        const auto made = Capture().end(Got::Gone, ENOENT);
        QVERIFY(!made->processesComplete && !made->hasProcesses());
        QCOMPARE(made->problems.size(), std::size_t(1));
        QVERIFY(made->problems.front().what.startsWith(
            "the process file system lists no process, not even this one: is it mounted?"));
    }

    void whatFailedInTheSameWayIsToldOnce()
    {
        Capture capture;
        for (qint32 pid = 1; pid <= 40; ++pid) {
            ProcessRecord record = process(pid);
            record.descriptorsGot = Got::Broken;
            record.descriptorsError = pid == 7 ? EIO : EMFILE;
            capture.process(std::move(record));
        }
        const auto made = capture.end();
        QCOMPARE(made->problems.size(), std::size_t(2));
        QCOMPARE(made->problems[0],
            (Problem{"process 1, process 2, process 3", "descriptors could not be read", EMFILE, 36}));
        QCOMPARE(made->problems[1], (Problem{"process 7", "descriptors could not be read", EIO}));
    }

    void kindsOfProblemsAreLimited()
    {
        Capture capture;
        for (int i = 0; i < 5000; ++i)
            capture.builder().problem({"file", "kind " + QByteArray::number(i), 0});
        const auto made = capture.end();
        QCOMPARE(made->problems.size(), std::size_t(101));
        QCOMPARE(made->problems.back(), (Problem{"problems", "4900 more are not told one by one", 0}));
    }

    void everyHolderIsJoinedInOrder()
    {
        const auto made
            = Capture()
                  .dump(tcp4, {inetMessage({.cookie = 1, .inode = 100}), inetMessage({.cookie = 2, .inode = 200})})
                  .process(process(30, {{0, 9, 100}}))
                  .process(process(20, {{0, 7, 200}, {0, 5, 100}, {21, 5, 100}, {0, 4, 100}, {0, 4, 100}}))
                  .end();
        QCOMPARE(made->processes[0].key.pid, 20);
        const auto holders = made->holdersOf(made->sockets[0]);
        const std::vector<Holder> expected = {{0, 20, 4}, {0, 20, 5}, {0, 21, 5}, {1, 30, 9}};
        QVERIFY(std::equal(holders.begin(), holders.end(), expected.begin(), expected.end()));
        QCOMPARE(made->holdersOf(made->sockets[1]).size(), std::size_t(1));
        QCOMPARE(made->sockets.size(), std::size_t(2));
    }

    void rowsWithTheSameInodeHaveTheSameHolders()
    {
        const auto made
            = Capture()
                  .dump(tcp4, {inetMessage({.cookie = 1, .inode = 100}), inetMessage({.cookie = 2, .inode = 100})})
                  .process(process(20, {{0, 5, 100}}))
                  .end();
        QCOMPARE(made->holdersOf(made->sockets[0]).front().fd, 5);
        QCOMPARE(made->holdersOf(made->sockets[1]).front().fd, 5);
    }

    void aDescriptorThatNoDumpDescribesIsARow()
    {
        const auto made
            = Capture().process(process(20, {{0, 5, 100}, {0, 6, 100}})).process(process(21, {{0, 7, 300}})).end();
        QCOMPARE(made->sockets.size(), std::size_t(2));
        const Socket &socket = first(made);
        QCOMPARE(socket.protocol, Protocol::Unknown);
        QCOMPARE(socket.told, quint16(Told::Inode));
        QCOMPARE(int(socket.family), 0);
        QCOMPARE(made->keyOf(socket), (SocketKey{.inode = 100}));
        QCOMPARE(made->holdersOf(socket).size(), std::size_t(2));
        QVERIFY(made->message(socket).empty());
    }

    void aRowWithoutInodeGetsNoHolder()
    {
        const auto made
            = Capture().dump(tcp4, {inetMessage({.state = 6, .cookie = 1})}).process(process(20, {{0, 5, 0}})).end();
        QVERIFY(made->holdersOf(made->sockets[0]).empty());
    }

    void theUnitIsTheHoldersOrWhereTheSocketWasMade()
    {
        Capture capture;
        capture.builder().name({NameRecord::Of::Cgroup, 77, "/system.slice/nginx.service"});
        const auto made = capture
                              .dump(tcp4,
                                  {inetMessage({.cookie = 1, .inode = 100}).attribute(21, u64(77)),
                                      inetMessage({.cookie = 2, .inode = 200}).attribute(21, u64(77)),
                                      inetMessage({.cookie = 3, .inode = 300}).attribute(21, u64(78))})
                              .process(process(20, {{0, 5, 100}}))
                              .end();
        QCOMPARE(made->unitOf(made->sockets[0], &made->processes[0]).unit, QByteArray("ssh.service"));
        QVERIFY(!made->unitOf(made->sockets[0], &made->processes[0]).createdIn);
        QCOMPARE(made->unitOf(made->sockets[1], nullptr).unit, QByteArray("nginx.service"));
        QVERIFY(made->unitOf(made->sockets[1], nullptr).createdIn);
        QVERIFY(made->unitOf(made->sockets[2], nullptr).unit.isEmpty());
    }

    void namesForNumbersAreKept()
    {
        Capture capture;
        capture.builder().name({NameRecord::Of::User, 33, "www-data"});
        capture.builder().name({NameRecord::Of::Interface, 2, "eth0"});
        const auto made = capture.end();
        QCOMPARE(made->users.value(33), QByteArray("www-data"));
        QCOMPARE(made->interfaces.value({0, 2}), QByteArray("eth0"));
    }

    void problemsOfTheReaderArePassedOn()
    {
        Capture capture;
        capture.builder().problem({"mount", "no cgroup2 is mounted", 0});
        QCOMPARE(capture.end()->problems.front().source, QByteArray("mount"));
    }

    void withoutOwnersNothingIsSaidOfThem()
    {
        const auto made = Capture(true, false).dump(tcp4, {inetMessage({.cookie = 1, .inode = 100})}).finish();
        QVERIFY(!made->ownersRead);
        QVERIFY(!made->processesComplete);
        QVERIFY(made->problems.empty());
    }

    void theServicesAreParsedOnce() { QCOMPARE(Capture().end()->services, Capture().end()->services); }

    void streamsMayBeFedFromSeveralThreads()
    {
        Capture capture;
        std::vector<std::thread> threads;
        const Scope scopes[] = {tcp4, tcp6, udp4};
        for (quint64 i = 0; i < 3; ++i)
            threads.emplace_back([&capture, scope = scopes[i], i] {
                const auto stream = capture.builder().dump(scope);
                for (quint64 n = 0; n < 500; ++n)
                    stream->datagram(viewOf(datagram(
                        {inetMessage({.cookie = 1 + i * 1000 + n, .inode = quint32(1 + i * 1000 + n)})}, 1, 2)));
                stream->ended(ending());
            });
        for (int t = 0; t < 2; ++t)
            threads.emplace_back([&capture, t] {
                for (int n = 0; n < 100; ++n)
                    capture.builder().process(process(1000 * (t + 1) + n, {{0, 3, quint64(1 + n)}}));
            });
        for (std::thread &thread : threads)
            thread.join();
        const auto made = capture.end();
        QCOMPARE(made->sockets.size(), std::size_t(1500));
        QCOMPARE(made->processes.size(), std::size_t(200));
        QCOMPARE(made->holders.size(), std::size_t(200));
    }

    void whoWaitsForAcceptHasTheListenerAsOtherEnd()
    {
        const auto made
            = Capture()
                  .dump(tcp4, {inetMessage({.state = 10, .localPort = 1, .cookie = 9})})
                  .dump(unixScope,
                      {unixMessage({.state = 10, .inode = 50, .cookie = 1}).attribute(unixdiag::Icons, u32s({61, 62})),
                          unixMessage({.inode = 62, .cookie = 2}).attribute(unixdiag::Peer, u32(0))})
                  .end();
        QCOMPARE(made->sockets.size(), std::size_t(3));
        QCOMPARE(made->peersOf(made->sockets[2]).size(), std::size_t(1));
        QCOMPARE(made->peersOf(made->sockets[2]).front(), (Peer{1, false}));
    }

    void subflowsFindTheirConnectionByToken()
    {
        constexpr quint16 mptcp = 262; // IPPROTO_MPTCP
        const QByteArray nest = attribute(3, attribute(2, u32(0xabcd)));
        const auto made
            = Capture()
                  .dump({1, AF_INET, mptcp, 0x3fff, 0xff},
                      {inetMessage({.localPort = 80, .cookie = 1, .inode = 5})
                              .attribute(inet::Info, QByteArray(12, 0) + u32(0xabcd))})
                  .dump(tcp4,
                      {inetMessage({.localPort = 80, .cookie = 2, .inode = 0}).attribute(inet::UlpInfo, nest),
                          inetMessage({.localPort = 80, .cookie = 3}).attribute(inet::UlpInfo, nest.chopped(8))})
                  .end();
        QCOMPARE(made->sockets[0].protocol, Protocol::Mptcp);
        QCOMPARE(made->sockets[1].partOf, 0u);
        QCOMPARE(made->sockets[2].partOf, noIndex);
    }

    void namesTheProcessOfAThreadThatIsInANamespace()
    {
        Capture capture;
        ProcessRecord process;
        process.pid = 42;
        process.stat = {Got::Read, 0, "42 (worker) S 1 42 42 0 -1 0 0 0 0 0 0 0 0 0 20 0 2 0 4200 0 0"};
        process.threadNamespaces = {{50, "net:[70]"}, {51, "net:[42]"}};
        capture.process(process);
        capture.builder().networkNamespace({.id = 1});
        capture.builder().networkNamespace({.id = 7, .inode = 70, .pid = 50});
        capture.builder().networkNamespace(
            {.id = 8, .inode = 80, .pid = 42}); // a process is one, whoever says otherwise
        capture.builder().networkNamespace({.id = 9, .inode = 90, .pid = 60});
        const SnapshotPtr made = capture.end();
        const auto whose = [&](quint64 id) {
            const NetNamespace &netns = made->namespaces[made->placeOfNamespace(id)];
            return std::pair(netns.pid, netns.tid);
        };
        QCOMPARE(whose(1), std::pair(0, 0));
        QCOMPARE(whose(7), std::pair(42, 50));
        QCOMPARE(whose(8), std::pair(42, 0));
        QCOMPARE(whose(9), std::pair(60, 0));
    }

    void moreNamespacesThanRowsCanNameAreNoOther()
    {
        Capture capture;
        for (quint64 id = 1; id <= 0x10000; ++id)
            capture.builder().networkNamespace({.id = id, .inode = id + 7});
        const SnapshotPtr made = capture.end();
        QCOMPARE(made->namespaces.size(), std::size_t(0xffff)); // and the first is not overwritten by the last
        QCOMPARE(made->namespaces.front().inode, quint64(8));
        QCOMPARE(made->placeOfNamespace(0x10000), noShortIndex);
    }
};

QTEST_GUILESS_MAIN(TestSnapshotBuilder)
#include "tst_snapshot_builder.moc"
