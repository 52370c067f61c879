// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/protocol_numbers.h"
#include "collector/snapshot/snapshot.h"

#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

Address v6(std::array<quint8, 16> bytes)
{
    return {bytes, 16};
}

/// A process with two sockets, of which one is shared, and a socket nobody holds.
Snapshot example()
{
    Snapshot made;
    Process shell, server;
    shell.key = {10, 100};
    shell.unit = "session-1.scope";
    server.key = {20, 200};
    server.unit = "nginx.service";
    server.uid = 33;
    made.processes = {shell, server};
    made.users = {{33, "www-data"}};
    made.interfaces = {{{0, 2}, "eth0"}};
    made.cgroups = {{7, "/system.slice/docker.service"}};
    made.names = {"/run/other", "/run/x"};
    made.holders = {{0, 10, 3}, {1, 20, 4}, {1, 20, 5}};
    made.dumps.resize(2);
    made.dumps[1].scope = {5, AF_INET, IPPROTO_TCP, 0xfff, 0xff};
    made.chunks = {QByteArray("headermessagetail")};

    Socket shared;
    shared.cookie = 1000;
    shared.family = AF_INET;
    shared.dump = 1;
    shared.inode = 11;
    shared.interface = 2;
    shared.holderCount = 2;
    shared.chunk = 0;
    shared.offset = 6;
    shared.length = 7;
    Socket named;
    named.cookie = 2000;
    named.firstHolder = 2;
    named.holderCount = 1;
    named.name = 1;
    named.tell(Told::Name);
    Socket kernel;
    kernel.inode = 12;
    kernel.family = AF_INET;
    kernel.dump = 1;
    kernel.cgroupId = 7;
    kernel.tell(Told::Cgroup);
    made.sockets = {shared, named, kernel};
    return made;
}

QByteArray text(Bytes bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

/// A snapshot of these of its rows.
SnapshotPtr only(const Snapshot &snapshot, std::span<const quint32> indexes)
{
    std::vector<SocketOf> rows;
    for (const quint32 index : indexes)
        rows.push_back({&snapshot, index});
    return gather(snapshot, rows);
}

} // namespace

class TestSnapshot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void theCookieAloneIsTheKey()
    {
        const Snapshot snapshot = example();
        QCOMPARE(snapshot.keyOf(snapshot.sockets[0]), (SocketKey{.cookie = 1000}));
    }

    void withoutACookieTheScopeAndInodeAreTheKey()
    {
        const Snapshot snapshot = example();
        QCOMPARE(snapshot.keyOf(snapshot.sockets[2]),
            (SocketKey{.netns = 5, .inode = 12, .family = AF_INET, .protocol = IPPROTO_TCP}));
    }

    void aRowThatOnlyADescriptorNamesHasItsInodeAsKey()
    {
        Socket socket;
        socket.inode = 99;
        QCOMPARE(example().keyOf(socket), (SocketKey{.inode = 99}));
    }

    void theMessageIsCutOutOfItsDatagram()
    {
        const Snapshot snapshot = example();
        QCOMPARE(text(snapshot.message(snapshot.sockets[0])), QByteArray("message"));
        QVERIFY(snapshot.message(snapshot.sockets[1]).empty());
    }

    void aSocketWithoutNameHasNone()
    {
        const Snapshot snapshot = example();
        QCOMPARE(snapshot.nameOf(snapshot.sockets[1]), QByteArray("/run/x"));
        QCOMPARE(snapshot.nameOf(snapshot.sockets[0]), QByteArray());
    }

    void anUnknownCgroupHasNoPath()
    {
        Snapshot snapshot = example();
        QCOMPARE(*snapshot.cgroupOf(snapshot.sockets[2]), QByteArray("/system.slice/docker.service"));
        QVERIFY(!snapshot.cgroupOf(snapshot.sockets[0]));
        snapshot.sockets[2].cgroupId = 8;
        QVERIFY(!snapshot.cgroupOf(snapshot.sockets[2]));
    }

    void findsAProcessByPid()
    {
        const Snapshot snapshot = example();
        QCOMPARE(snapshot.findProcess(20)->unit, QByteArray("nginx.service"));
        QVERIFY(!snapshot.findProcess(15));
        QVERIFY(!snapshot.findProcess(21));
    }

    void anExtractHasAllThatItsRowsReferTo()
    {
        const Snapshot snapshot = example();
        const quint32 wanted[] = {2, 1};
        const SnapshotPtr made = only(snapshot, wanted);
        QCOMPARE(made->sockets.size(), std::size_t(2));
        QCOMPARE(made->keyOf(made->sockets[0]), snapshot.keyOf(snapshot.sockets[2]));
        QCOMPARE(*made->cgroupOf(made->sockets[0]), QByteArray("/system.slice/docker.service"));
        QVERIFY(made->holdersOf(made->sockets[0]).empty());
        const Socket &named = made->sockets[1];
        QCOMPARE(made->nameOf(named), QByteArray("/run/x"));
        QCOMPARE(made->holdersOf(named).size(), std::size_t(1));
        QCOMPARE(made->holdersOf(named).front().fd, 5);
        QCOMPARE(made->processes[made->holdersOf(named).front().process].key.pid, 20);
        QCOMPARE(made->processes.size(), std::size_t(1));
        QCOMPARE(made->names.size(), std::size_t(1));
        QCOMPARE(made->users.value(33), QByteArray("www-data"));
    }

    void anExtractKeepsTheMessageWithoutItsDatagram()
    {
        const Snapshot snapshot = example();
        const quint32 wanted[] = {0};
        const SnapshotPtr made = only(snapshot, wanted);
        QCOMPARE(text(made->message(made->sockets[0])), QByteArray("message"));
        QCOMPARE(made->chunks.front().size(), 7);
    }

    void anExtractKeepsItsOtherEndsWithTheirListeners()
    {
        Snapshot snapshot = example();
        snapshot.peers = {{2, true}};
        snapshot.sockets[1].peerCount = 1;
        snapshot.sockets[2].listener = 0;
        const quint32 wanted[] = {1};
        const SnapshotPtr made = only(snapshot, wanted);
        QCOMPARE(made->sockets.size(), std::size_t(3));
        QCOMPARE(made->extras, 2u);
        const auto peers = made->peersOf(made->sockets[0]);
        QCOMPARE(peers.size(), std::size_t(1));
        QVERIFY(peers.front().inferred);
        const Socket &peer = made->sockets[peers.front().socket];
        QCOMPARE(made->keyOf(peer), snapshot.keyOf(snapshot.sockets[2]));
        QCOMPARE(made->sockets[peer.listener].cookie, quint64(1000));
        QCOMPARE(made->holdersOf(made->sockets[peer.listener]).size(), std::size_t(2));
    }

    void nothingExtractedIsAnEmptySnapshot()
    {
        const SnapshotPtr made = only(example(), {});
        QVERIFY(made->sockets.empty());
        QVERIFY(made->processes.empty());
    }

    void gatheredRowsOfSeveralSnapshotsShareTheirProcess()
    {
        Snapshot before = example(), after = example();
        before.descriptorNotes = {{{"unused"}, {}, Got::Read}, {{"flock read"}, {}, Got::Read}};
        before.holders[before.sockets[1].firstHolder].note = 1;
        after.descriptorNotes = {{{"flock write"}, {}, Got::Read}};
        after.processes.erase(after.processes.begin());
        after.holders = {{0, 20, 5}}; // the same descriptor, another socket
        after.holders[0].note = 0;
        after.sockets[1].firstHolder = 0;
        after.dumps.erase(after.dumps.begin());
        after.sockets[2].dump = 0;
        after.dumps[0].scope.netns = 6;
        const SocketOf rows[] = {{&before, 1}, {&after, 1}, {&before, 2}, {&after, 2}};
        const SnapshotPtr made = gather(after, rows);
        QCOMPARE(made->processes.size(), std::size_t(1));
        QCOMPARE(made->holdersOf(made->sockets[0]).front().fd, 5);
        QCOMPARE(made->holdersOf(made->sockets[1]).front().fd, 5);
        QCOMPARE(made->noteOf(made->holdersOf(made->sockets[0]).front()).locks, QList<QByteArray>{"flock read"});
        QCOMPARE(made->noteOf(made->holdersOf(made->sockets[1]).front()).locks, QList<QByteArray>{"flock write"});
        QCOMPARE(made->keyOf(made->sockets[2]).netns, quint64(5));
        QCOMPARE(made->keyOf(made->sockets[3]).netns, quint64(6));
    }

    void anExtractOfEverythingSaysTheSame()
    {
        std::mt19937 random(1);
        const SnapshotPtr snapshot = randomSnapshot(random, randomSnapshot(random, nullptr));
        std::vector<quint32> all(snapshot->sockets.size());
        for (quint32 i = 0; i < all.size(); ++i)
            all[i] = i;
        const SnapshotPtr made = only(*snapshot, all);
        for (const quint32 i : all) {
            const Socket &a = snapshot->sockets[i], &b = made->sockets[i];
            QCOMPARE(made->keyOf(b), snapshot->keyOf(a));
            QCOMPARE(made->nameOf(b), snapshot->nameOf(a));
            QCOMPARE(text(made->message(b)), text(snapshot->message(a)));
            QCOMPARE(made->cgroupOf(b), snapshot->cgroupOf(a));
            const auto holdersA = snapshot->holdersOf(a), holdersB = made->holdersOf(b);
            QCOMPARE(holdersB.size(), holdersA.size());
            for (std::size_t h = 0; h < holdersA.size(); ++h) {
                QCOMPARE(made->processes[holdersB[h].process], snapshot->processes[holdersA[h].process]);
                QCOMPARE(holdersB[h].fd, holdersA[h].fd);
            }
        }
    }

    void aProtocolIsFoundByItsNumbers()
    {
        for (const Protocol protocol : everyProtocol()) {
            const ProtocolNumbers numbers = numbersOf(protocol);
            const bool hasNone = protocol == Protocol::Unknown || protocol == Protocol::Other;
            QCOMPARE(numbers.family == 0, hasNone);
            QCOMPARE(protocolOf(numbers.family, numbers.number), hasNone ? Protocol::Unknown : protocol);
        }
        QCOMPARE(protocolOf(AF_INET6, IPPROTO_ICMPV6), Protocol::Ping);
        QCOMPARE(protocolOf(AF_INET, 0), Protocol::Unknown);
        QCOMPARE(protocolOf(AF_INET, IPPROTO_UDP, SOCK_RAW), Protocol::Raw);
        QCOMPARE(protocolOf(AF_NETLINK, 15, SOCK_RAW), Protocol::Netlink);
    }

    void anAddressInIpv6ClothesIsComparedAsIpv4()
    {
        const Address mapped = v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1});
        QCOMPARE(unmapped(mapped), (Address{{192, 0, 2, 1}, 4}));
        const Address compatible = v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1});
        QCOMPARE(unmapped(compatible), compatible);
        QCOMPARE(unmapped(Address{{1, 2, 3, 4}, 4}), (Address{{1, 2, 3, 4}, 4}));
        QCOMPARE(unmapped(Address{}), Address{});
    }

    void knowsTheLoopback()
    {
        QVERIFY(Address({{127, 9, 8, 7}, 4}).isLoopback());
        QVERIFY(v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}).isLoopback());
        QVERIFY(v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1}).isLoopback());
        QVERIFY(!v6({127}).isLoopback() && !v6({}).isLoopback());
        QVERIFY(!Address({{10, 0, 0, 1}, 4}).isLoopback() && !Address().isLoopback());
        QVERIFY(!Address::ofNode(127).isLoopback());
    }
};

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
