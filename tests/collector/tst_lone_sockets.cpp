// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/lone_sockets.h"
#include "collector/snapshot/snapshot_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint64 home = 1;

template <typename T> QByteArray bytesOf(const T &address)
{
    return QByteArray(reinterpret_cast<const char *>(&address), sizeof address);
}

QByteArray vsock(quint32 cid, quint32 port)
{
    sockaddr_vm address{};
    address.svm_family = AF_VSOCK;
    address.svm_cid = cid;
    address.svm_port = port;
    return bytesOf(address);
}

QByteArray internet(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return bytesOf(address);
}

LoneSocketRecord asked(quint64 inode, int family, int type, int protocol)
{
    LoneSocketRecord record;
    record.inode = inode;
    record.got = Got::Read;
    record.family = family;
    record.type = type;
    record.protocol = protocol;
    return record;
}

ProcessRecord holding(qint32 pid, quint64 inode)
{
    ProcessRecord record;
    record.pid = pid;
    record.stat = {Got::Read, 0, QByteArray::number(pid) + " (cat) S 1 1 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 777 1 1\n"};
    record.descriptorsGot = Got::Read;
    record.descriptors = {{pid, 5, inode}};
    return record;
}

/// What a kernel that refuses sock_diag leaves: a file.
void list(SnapshotBuilder &builder, quint16 protocol, const char *file, quint64 inode)
{
    const auto rows = builder.dump({home, AF_INET, protocol, 0xffff, 0, file});
    QByteArray lines
        = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
          "   0: 0100007F:0050 0100007F:1234 01 00000000:00000000 00:00000000 00000000     0        0 "
        + QByteArray::number(inode) + " 1 0\n";
    rows->datagram(std::as_bytes(std::span(lines.constData(), static_cast<std::size_t>(lines.size()))));
    rows->ended({});
}

SnapshotPtr end(SnapshotBuilder &builder)
{
    builder.processesEnded({.got = Got::Read});
    builder.finished(SteadyTime(std::chrono::seconds(2)));
    return builder.take();
}

} // namespace

class TestLoneSockets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void anAddressOfAVirtualMachineIsReadToo()
    {
        SnapshotBuilder builder(true, true);
        builder.process(holding(20, 700));
        LoneSocketRecord record = asked(700, AF_VSOCK, SOCK_STREAM, 0);
        record.local = vsock(VMADDR_CID_LOCAL, 5000);
        record.remote = vsock(VMADDR_CID_HOST, 6000);
        builder.loneSocket(record);
        const Socket socket = end(builder)->sockets.at(0);
        QCOMPARE(socket.protocol, Protocol::Vsock);
        QCOMPARE(socket.local, Address::ofNode(VMADDR_CID_LOCAL));
        QCOMPARE(socket.localPort, 5000u);
        QCOMPARE(socket.remote, Address::ofNode(VMADDR_CID_HOST));
        QCOMPARE(socket.remotePort, 6000u);
    }

    void aNetlinkPortIsReadToo()
    {
        SnapshotBuilder builder(true, true);
        builder.process(holding(20, 700));
        LoneSocketRecord record = asked(700, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
        sockaddr_nl address{};
        address.nl_family = AF_NETLINK;
        address.nl_pid = 4711;
        record.local = bytesOf(address);
        builder.loneSocket(record);
        const Socket socket = end(builder)->sockets.at(0);
        QCOMPARE(socket.protocol, Protocol::Netlink);
        QCOMPARE(socket.localPort, 4711u);
    }

    void aRawSocketMayHaveAnotherProtocolsNumber()
    {
        SnapshotBuilder builder(true, true);
        builder.process(holding(20, 700));
        builder.loneSocket(asked(700, AF_INET6, SOCK_RAW, IPPROTO_TCP));
        const Socket socket = end(builder)->sockets.at(0);
        QCOMPARE(socket.protocol, Protocol::Raw);
        QCOMPARE(socket.number, quint16(IPPROTO_TCP));
    }

    void addressesThatAreCutShortTellNothing()
    {
        for (int length = 0; length < 12; ++length) {
            SnapshotBuilder builder(true, true);
            builder.process(holding(20, 700));
            LoneSocketRecord record = asked(700, AF_VSOCK, SOCK_STREAM, 0);
            record.local = vsock(1, 5000).left(length);
            builder.loneSocket(record);
            const Socket socket = end(builder)->sockets.at(0);
            QCOMPARE(socket.protocol, Protocol::Vsock);
            QCOMPARE(int(socket.local.length), 0);
        }
    }

    /// Of an MPTCP connection the TCP file lists the first subflow, under the inode of the connection.
    void aConnectionIsKnownByItsDescriptorWhereOnlyItsSubflowIsListed()
    {
        SnapshotBuilder builder(true, true);
        list(builder, IPPROTO_TCP, "tcp", 700);
        builder.process(holding(20, 700));
        builder.loneSocket(asked(700, AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
        const auto made = end(builder);
        QCOMPARE(made->sockets.size(), std::size_t(2));
        const Socket &subflow = made->sockets[0], &connection = made->sockets[1];
        QCOMPARE(subflow.protocol, Protocol::Tcp);
        QCOMPARE(subflow.partOf, 1u);
        QCOMPARE(connection.protocol, Protocol::Mptcp);
        QCOMPARE(made->sourceOf(connection), Source::Descriptor);
        QCOMPARE(made->holdersOf(connection).size(), std::size_t(1));
        QCOMPARE(made->holdersOf(connection).front().fd, 5);
        QCOMPARE(made->namespaces.at(connection.netns).id, home);
    }

    /// Its name is told where no descriptor can be copied.
    void itsNameTellsItAsWell()
    {
        SnapshotBuilder builder(true, true);
        list(builder, IPPROTO_TCP, "tcp", 700);
        builder.process(holding(20, 700));
        LoneSocketRecord record;
        record.inode = 700;
        record.protoName = {Got::Read, 0, "MPTCP"};
        record.got = Got::Denied;
        builder.loneSocket(record);
        const auto made = end(builder);
        QCOMPARE(made->sockets.size(), std::size_t(2));
        QCOMPARE(made->sockets[1].protocol, Protocol::Mptcp);
    }

    void aConnectionThatIsListedIsNotAddedAgain()
    {
        SnapshotBuilder builder(true, true);
        list(builder, IPPROTO_TCP, "tcp", 700);
        list(builder, IPPROTO_TCP, "tcp", 800);
        builder.process(holding(20, 700));
        builder.loneSocket(asked(700, AF_INET, SOCK_STREAM, IPPROTO_TCP));
        QCOMPARE(end(builder)->sockets.size(), std::size_t(2));
    }

    /// 127.0.0.1 of one namespace is not that of another.
    void connectionsEndInTheNamespaceThatTheirCookieTells()
    {
        SnapshotBuilder builder(true, true);
        builder.networkNamespace({.id = home});
        const auto loopback = [&](quint64 inode, quint64 netns, quint16 from, quint16 to) {
            builder.process(holding(static_cast<qint32>(inode), inode));
            LoneSocketRecord record = asked(inode, AF_INET, SOCK_STREAM, IPPROTO_TCP);
            record.netns = netns;
            record.local = internet(from);
            record.remote = internet(to);
            builder.loneSocket(record);
        };
        loopback(700, 5629, 1000, 80);
        loopback(701, 5630, 80, 1000);
        loopback(702, 5629, 80, 1000);
        loopback(703, 0, 1001, 81);
        loopback(704, 0, 81, 1001);
        const auto made = end(builder);
        QCOMPARE(made->namespaces.size(), std::size_t(3));
        QCOMPARE(made->namespaces.front().id, home);
        const auto &sockets = made->sockets;
        QCOMPARE(made->namespaceOf(sockets.at(0))->id, quint64(5629));
        QCOMPARE(made->namespaceOf(sockets.at(1))->id, quint64(5630));
        QVERIFY(!made->namespaceOf(sockets.at(0))->reached);
        QVERIFY(!made->namespaceOf(sockets.at(3)));
        QCOMPARE(made->peersOf(sockets.at(0)).size(), std::size_t(1));
        QCOMPARE(made->peersOf(sockets.at(0)).front(), (Peer{2, false}));
        for (const std::size_t alone : {1u, 3u, 4u})
            QVERIFY(made->peersOf(sockets.at(alone)).empty());
    }

    void whoIsConnectedOverUdpIsSoAndHasItsEnd()
    {
        SnapshotBuilder builder(true, true);
        builder.networkNamespace({.id = home});
        const auto add = [&](quint64 inode, quint16 from, const QByteArray &to) {
            builder.process(holding(static_cast<qint32>(inode), inode));
            LoneSocketRecord record = asked(inode, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
            record.netns = 5629;
            record.local = from ? internet(from) : QByteArray();
            record.remote = to;
            builder.loneSocket(record);
        };
        add(700, 41997, internet(41996));
        add(701, 41996, internet(41997));
        add(702, 41995, {});
        add(703, 41994, internet(41995));
        add(704, 41993, internet(41995).first(7)); // cut short
        add(705, 0, {});                           // it could not be asked
        const auto made = end(builder);
        const int states[] = {1, 1, 7, 1, 0, 0};
        for (std::size_t row = 0; row < std::size(states); ++row) {
            QCOMPARE(int(made->sockets.at(row).state), states[row]);
            QCOMPARE(made->sockets.at(row).has(Told::State), states[row] != 0);
        }
        const auto peers = [&](std::size_t row) { return made->peersOf(made->sockets.at(row)); };
        QCOMPARE(peers(0).front(), (Peer{1, false}));
        QCOMPARE(peers(1).front(), (Peer{0, false}));
        QCOMPARE(peers(3).front(), (Peer{2, true}));
    }

    void aConnectionOfTcpMayHaveAnyState()
    {
        SnapshotBuilder builder(true, true);
        builder.process(holding(20, 700));
        LoneSocketRecord record = asked(700, AF_INET, SOCK_STREAM, IPPROTO_TCP);
        record.local = internet(80);
        record.remote = internet(1000);
        builder.loneSocket(record);
        QVERIFY(!end(builder)->sockets.at(0).has(Told::State));
    }

    void theNameOfAUnixSocketIsRead_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("no name") << QByteArray() << QByteArray();
        QTest::newRow("path") << QByteArray("/run/x\0", 7) << QByteArray("/run/x");
        QTest::newRow("path and what follows") << QByteArray("/run/x\0\0yz", 10) << QByteArray("/run/x");
        QTest::newRow("path without an end") << QByteArray(108, 'x') << QByteArray(108, 'x');
        QTest::newRow("abstract") << QByteArray("\0rexact", 7) << QByteArray("\0rexact", 7);
        QTest::newRow("abstract with NULs") << QByteArray("\0a\0b\0", 5) << QByteArray("\0a\0b\0", 5);
    }
    void theNameOfAUnixSocketIsRead()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, name);
        SnapshotBuilder builder(true, true);
        builder.process(holding(20, 700));
        LoneSocketRecord record = asked(700, AF_UNIX, SOCK_STREAM, 0);
        record.local = bytesOf(sa_family_t(AF_UNIX)) + path;
        builder.loneSocket(record);
        const auto made = end(builder);
        QCOMPARE(made->nameOf(made->sockets.at(0)), name);
        QCOMPARE(made->sockets.at(0).has(Told::Name), !name.isEmpty());
        QVERIFY(!made->sockets.at(0).has(Told::State)); // it may listen
    }

    void aUnixSocketWhoseOtherEndAnswersIsConnected()
    {
        SnapshotBuilder builder(true, true);
        builder.process(holding(20, 700));
        LoneSocketRecord record = asked(700, AF_UNIX, SOCK_STREAM, 0);
        record.local = record.remote = bytesOf(sa_family_t(AF_UNIX));
        builder.loneSocket(record);
        const auto made = end(builder);
        QCOMPARE(int(made->sockets.at(0).state), 1);
        QVERIFY(made->sockets.at(0).has(Told::State));
        QVERIFY(!made->sockets.at(0).has(Told::Peer)); // who it is is not told
    }

    void theInterfaceOfALinkLocalAddressIsRead()
    {
        const auto at = [](quint32 interface) {
            sockaddr_in6 address{};
            address.sin6_family = AF_INET6;
            address.sin6_port = htons(80);
            address.sin6_addr.s6_addr[0] = 0xfe;
            address.sin6_addr.s6_addr[1] = 0x80;
            address.sin6_scope_id = interface;
            return bytesOf(address);
        };
        SnapshotBuilder builder(true, true);
        builder.networkNamespace({.id = home});
        for (const quint64 inode : {quint64(700), quint64(701)}) {
            builder.process(holding(static_cast<qint32>(inode), inode));
            LoneSocketRecord record = asked(inode, AF_INET6, SOCK_STREAM, IPPROTO_TCP);
            record.netns = home;
            record.local = record.remote = at(static_cast<quint32>(inode - 698));
            builder.loneSocket(record);
        }
        const auto made = end(builder);
        for (const quint32 row : {0u, 1u}) {
            QCOMPARE(made->sockets.at(row).interface, row + 2);
            QCOMPARE(made->peersOf(made->sockets.at(row)).size(), std::size_t(1));
            QCOMPARE(made->peersOf(made->sockets.at(row)).front().socket, row);
        }
    }

    void moreNamespacesThanRowsCanNameAreUntold()
    {
        Snapshot snapshot;
        std::vector<LoneSocketRecord> records;
        for (quint32 inode = 1; inode <= noShortIndex + 1u; ++inode) {
            LoneSocketRecord record = asked(inode, AF_CAN, SOCK_RAW, 1);
            record.netns = inode;
            records.push_back(record);
            Socket socket;
            socket.inode = inode;
            snapshot.sockets.push_back(socket);
        }
        NamespacePlaces places(snapshot.namespaces);
        describeLoneSockets(snapshot, places, records);
        QCOMPARE(snapshot.namespaces.size(), std::size_t(noShortIndex));
        QCOMPARE(snapshot.namespaceOf(snapshot.sockets[noShortIndex - 1])->id, quint64(noShortIndex));
        QVERIFY(!snapshot.namespaceOf(snapshot.sockets[noShortIndex]));
    }

    void aNamespaceThatNothingLeadsIntoIsUnavailable()
    {
        SnapshotBuilder builder(true, true);
        builder.networkNamespace({.id = home});
        builder.networkNamespace({.id = namespaceIdOf(5),
            .inode = 5,
            .reached = NamespaceRecord::Reached::Unread,
            .mounted = "/run/netns/blue",
            .error = EPERM});
        builder.networkNamespace({.id = namespaceIdOf(6),
            .inode = 6,
            .reached = NamespaceRecord::Reached::Unread,
            .mounted = "/elsewhere",
            .error = EPERM});
        const auto made = end(builder);
        QCOMPARE(made->unavailable.size(), std::size_t(2));
        QCOMPARE(made->unavailable[0].what, QByteArray("network namespace blue"));
        QCOMPARE(made->unavailable[1].what, QByteArray("network namespace net:[6]"));
    }
};

QTEST_GUILESS_MAIN(TestLoneSockets)
#include "tst_lone_sockets.moc"
