// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/ends.h"

#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, synSent = 2, synRecv = 3, finWait2 = 5, timeWait = 6, closed = 7, closeWait = 8,
                 listening = 10;

Socket in(quint16 netns, Socket socket)
{
    socket.netns = netns;
    return socket;
}

Socket of(Protocol protocol, Socket socket)
{
    socket.protocol = protocol;
    return socket;
}

Socket on(quint32 interface, Socket socket)
{
    socket.interface = interface;
    return socket;
}

Socket only6(Socket socket)
{
    socket.v6Only = true;
    socket.tell(Told::V6Only);
    return socket;
}

/// Without a file, as the kernel tells of connections not accepted and of those that outlived their process.
Socket fileless(Socket socket)
{
    socket.inode = 0;
    socket.told = static_cast<quint16>(socket.told & ~static_cast<quint16>(Told::Inode));
    return socket;
}

Socket waiting(Socket socket, quint32 connections = 1)
{
    socket.recvQueue = connections;
    return socket;
}

Socket unixTo(quint32 peer, quint8 type = SOCK_STREAM)
{
    Socket socket = unixSocket(established);
    socket.type = type;
    socket.peerInode = peer;
    socket.tell(Told::Peer);
    return socket;
}

/// Of the kernels' families that number their ends.
Socket numbered(Protocol protocol, quint32 node, quint32 port, quint32 remoteNode, quint32 remotePort)
{
    Socket socket = unixSocket(established);
    socket.protocol = protocol;
    socket.local = Address::ofNode(node);
    socket.localPort = port;
    socket.remote = Address::ofNode(remoteNode);
    socket.remotePort = remotePort;
    return socket;
}

Socket portTo(quint32 port, quint32 to, quint16 number = 0)
{
    Socket socket = unixSocket(established);
    socket.protocol = Protocol::Netlink;
    socket.localPort = port;
    socket.remotePort = to;
    socket.number = number;
    return socket;
}

/// The network namespace of rows that none is told of. All others are in the first, unless something else is said.
constexpr quint16 nowhere = 1000;

class Ends
{
public:
    explicit Ends(std::vector<Socket> sockets, const EndFacts &facts = {})
    {
        m_snapshot.sockets = std::move(sockets);
        for (Socket &socket : m_snapshot.sockets)
            if (socket.netns == nowhere)
                socket.netns = noShortIndex;
            else if (socket.netns == noShortIndex)
                socket.netns = 0;
        joinEnds(m_snapshot, facts);
    }
    /// "1 ~2": row 1 for certain, row 2 inferred.
    QByteArray of(std::size_t row) const
    {
        QByteArrayList all;
        for (const Peer &peer : m_snapshot.peersOf(m_snapshot.sockets[row]))
            all += (peer.inferred ? "~" : "") + QByteArray::number(peer.socket);
        return all.join(' ');
    }
    int listener(std::size_t row) const { return static_cast<int>(m_snapshot.sockets[row].listener); }
    int listeners(std::size_t row) const { return m_snapshot.sockets[row].listeners; }
    NoEnd noEnd(std::size_t row) const { return m_snapshot.sockets[row].noEnd; }
    int partOf(std::size_t row) const { return static_cast<int>(m_snapshot.sockets[row].partOf); }
    const Snapshot &snapshot() const { return m_snapshot; }

private:
    Snapshot m_snapshot;
};

constexpr int nobody = static_cast<int>(noIndex);

} // namespace

class TestEnds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    // TCP

    void theReversedAddressesAndPortsAreTheOtherEnd()
    {
        const Ends ends({tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80), tcp(listening, "127.0.0.1", 80),
            tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000), tcp(established, "127.0.0.1", 1001, "127.0.0.1", 80),
            tcp(established, "192.0.2.1", 1000, "198.51.100.9", 80)});
        QCOMPARE(ends.of(0), QByteArray("2"));
        QCOMPARE(ends.of(2), QByteArray("0"));
        for (const std::size_t alone : {1u, 3u, 4u})
            QCOMPARE(ends.of(alone), QByteArray());
    }

    void ipv4MeetsIpv4InIpv6Clothes()
    {
        const Ends ends({tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80),
            tcp(established, "::ffff:127.0.0.1", 80, "::ffff:127.0.0.1", 1000)});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
    }

    void everyStateOfAConnectionHasAnotherEnd_data()
    {
        QTest::addColumn<int>("one");
        QTest::addColumn<int>("other");
        QTest::newRow("half closed") << int(finWait2) << int(closeWait);
        QTest::newRow("time wait") << int(timeWait) << int(timeWait);
        QTest::newRow("handshake") << int(synSent) << int(synRecv);
    }
    void everyStateOfAConnectionHasAnotherEnd()
    {
        QFETCH(int, one);
        QFETCH(int, other);
        const Ends ends({tcp(quint8(one), "::1", 1000, "::1", 80), tcp(quint8(other), "::1", 80, "::1", 1000)});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
    }

    void aConnectionWithItselfIsItsOwnOtherEnd()
    {
        QCOMPARE(Ends({tcp(established, "127.0.0.1", 80, "127.0.0.1", 80)}).of(0), QByteArray("0"));
    }

    void anotherProtocolIsNoOtherEnd()
    {
        const Ends ends(
            {tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80), udp("127.0.0.1", 80, "127.0.0.1", 1000)});
        QCOMPARE(ends.of(0), QByteArray());
        QCOMPARE(ends.of(1), QByteArray());
    }

    void linkLocalAddressesNeedTheSameInterface()
    {
        const auto client = tcp(established, "fe80::1", 1000, "fe80::2", 80);
        const auto server = tcp(established, "fe80::2", 80, "fe80::1", 1000);
        QCOMPARE(Ends({on(2, client), on(3, server)}).of(0), QByteArray());
        QCOMPARE(Ends({on(2, client), on(2, server)}).of(0), QByteArray("1"));
        QCOMPARE(Ends({in(0, on(2, client)), in(1, on(2, server))}).of(0), QByteArray());
    }

    void aConnectionThatIsOverDoesNotStandForItsSuccessor()
    {
        const Ends ends({tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80),
            fileless(tcp(timeWait, "127.0.0.1", 80, "127.0.0.1", 1000)),
            tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000)});
        QCOMPARE(ends.of(0), QByteArray("2"));
    }

    void aConnectionThatWasResetIsNoEnd()
    {
        const Ends ends(
            {tcp(closed, "127.0.0.1", 1000, "127.0.0.1", 80), tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000)});
        QCOMPARE(ends.of(0), QByteArray());
        QCOMPARE(ends.of(1), QByteArray());
    }

    void portsOfZeroAreNoEnds()
    {
        const Ends ends({tcp(established, "127.0.0.1", 0, "127.0.0.1", 0),
            tcp(established, "127.0.0.1", 0, "127.0.0.1", 0), udp("127.0.0.1", 0, "127.0.0.1", 0)});
        for (const std::size_t row : {0u, 1u, 2u})
            QCOMPARE(ends.of(row), QByteArray());
    }

    // Namespaces

    void theOneFitInAnotherNamespaceIsInferred()
    {
        const Ends ends({in(0, tcp(established, "10.0.0.1", 1000, "10.0.0.2", 80)),
            in(1, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000))});
        QCOMPARE(ends.of(0), QByteArray("~1"));
        QCOMPARE(ends.of(1), QByteArray("~0"));
    }

    void whatNoNamespaceIsToldOfIsInNobodysNamespace()
    {
        const auto client = tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80);
        const auto server = tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000);
        QCOMPARE(Ends({in(nowhere, client), in(nowhere, server)}).of(0), QByteArray());
        QCOMPARE(Ends({in(nowhere, client), server}).of(0), QByteArray());
        QCOMPARE(
            Ends({in(nowhere, tcp(established, "::1", 1, "::1", 2)), in(nowhere, tcp(established, "::1", 2, "::1", 1))})
                .of(0),
            QByteArray());
        const auto far = tcp(established, "10.0.0.1", 1000, "10.0.0.2", 80);
        const auto near = tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000);
        QCOMPARE(Ends({in(nowhere, far), in(nowhere, near)}).of(0), QByteArray("~1"));
        QCOMPARE(Ends({in(nowhere, far), in(nowhere, near), in(1, near)}).of(0), QByteArray());
        QCOMPARE(Ends({in(nowhere, udp("127.0.0.1", 5, "127.0.0.1", 6)), in(nowhere, udp("127.0.0.1", 6))}).of(0),
            QByteArray());
        QCOMPARE(Ends({in(nowhere, portTo(7, 8)), in(nowhere, portTo(8, 7))}).of(0), QByteArray());
        QCOMPARE(Ends({in(nowhere, tcp(established, "127.0.0.1", 80, "127.0.0.1", 80))}).of(0), QByteArray("0"));
    }

    void linkLocalAddressesDoNotLeaveTheirNamespace()
    {
        const auto client = tcp(established, "fe80::1", 1000, "fe80::2", 80);
        const auto server = tcp(established, "fe80::2", 80, "fe80::1", 1000);
        QCOMPARE(Ends({in(0, client), in(1, server)}).of(0), QByteArray());
        QCOMPARE(Ends({in(nowhere, client), in(nowhere, server)}).of(0), QByteArray());
    }

    void severalFitsInOtherNamespacesAreNone()
    {
        const Ends ends({in(0, tcp(established, "10.0.0.1", 1000, "10.0.0.2", 80)),
            in(1, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000)),
            in(2, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000))});
        for (const std::size_t row : {0u, 1u, 2u}) {
            QCOMPARE(ends.of(row), QByteArray());
            QCOMPARE(ends.noEnd(row), NoEnd::Several);
        }
    }

    void loopbackNeverCrossesNamespaces()
    {
        const Ends ends({in(0, tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80)),
            in(1, tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000)), in(0, tcp(established, "::1", 5, "::1", 6)),
            in(1, tcp(established, "::1", 6, "::1", 5))});
        for (const std::size_t row : {0u, 1u, 2u, 3u})
            QCOMPARE(ends.of(row), QByteArray());
    }

    void theOwnNamespaceGoesFirst()
    {
        const Ends ends({in(0, tcp(established, "10.0.0.1", 1000, "10.0.0.2", 80)),
            in(1, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000)),
            in(0, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000))});
        QCOMPARE(ends.of(0), QByteArray("2"));
        QCOMPARE(ends.of(1), QByteArray());
        QCOMPARE(ends.of(2), QByteArray("0"));
    }

    // UDP

    void bothConnectedIsCertain()
    {
        const Ends ends(
            {udp("127.0.0.1", 1000, "127.0.0.1", 53), udp("127.0.0.1", 53, "127.0.0.1", 1000), udp("127.0.0.1", 53)});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
        QCOMPARE(ends.of(2), QByteArray());
    }

    void aConnectedSocketSendsToTheMostSpecificBoundOne()
    {
        const Socket sender = udp("127.0.0.1", 1000, "127.0.0.1", 53);
        const Socket exact = udp("127.0.0.1", 53), any4 = udp("0.0.0.0", 53), any6 = udp("::", 53);
        const Ends all({sender, any6, any4, exact});
        QCOMPARE(all.of(0), QByteArray("~3"));
        QCOMPARE(all.of(3), QByteArray("~0"));
        QCOMPARE(Ends({sender, any6, any4}).of(0), QByteArray("~2"));
        QCOMPARE(Ends({sender, any6}).of(0), QByteArray("~1"));
        QCOMPARE(Ends({sender, only6(any6)}).of(0), QByteArray());
        QCOMPARE(Ends({sender, udp("127.0.0.1", 54), in(1, exact), of(Protocol::UdpLite, exact)}).of(0), QByteArray());
        QCOMPARE(Ends({udp("::1", 1000, "::1", 53), only6(any6), any4}).of(0), QByteArray("~1"));
    }

    void allThatShareThePortMayReceive()
    {
        const Ends ends({udp("127.0.0.1", 1000, "127.0.0.1", 53), udp("0.0.0.0", 53), udp("0.0.0.0", 53)});
        QCOMPARE(ends.of(0), QByteArray("~1 ~2"));
        QCOMPARE(ends.of(1), QByteArray("~0"));
    }

    void aReceiverHasAllItsSenders()
    {
        const Ends ends(
            {udp("0.0.0.0", 53), udp("127.0.0.1", 1000, "127.0.0.1", 53), udp("127.0.0.1", 1001, "127.0.0.1", 53)});
        QCOMPARE(ends.of(0), QByteArray("~1 ~2"));
    }

    void aConnectedSocketReceivesFromItsPeerAlone()
    {
        const Ends ends(
            {udp("127.0.0.1", 1000, "127.0.0.1", 53), udp("127.0.0.1", 53, "127.0.0.1", 54), udp("127.0.0.1", 54)});
        QCOMPARE(ends.of(0), QByteArray());
        QCOMPARE(ends.of(1), QByteArray("~2"));
        QCOMPARE(ends.of(2), QByteArray("~1"));
    }

    void aWildcardReceivesNothingThatLeavesTheHost()
    {
        const Socket resolver = udp("0.0.0.0", 53);
        QCOMPARE(Ends({udp("192.0.2.1", 1000, "198.51.100.53", 53), resolver}).of(0), QByteArray());
        // 192.0.2.1 is an address of this host, for a socket is bound to it.
        QCOMPARE(Ends({udp("192.0.2.7", 1000, "192.0.2.1", 53), resolver, tcp(listening, "192.0.2.1", 22)}).of(0),
            QByteArray("~1"));
    }

    void aReceiverBoundToAnotherInterfaceDoesNotReceive()
    {
        const Socket sender = udp("127.0.0.1", 1000, "127.0.0.1", 53);
        QCOMPARE(Ends({sender, on(7, udp("0.0.0.0", 53))}).of(0), QByteArray());
        QCOMPARE(Ends({sender, on(1, udp("0.0.0.0", 53))}).of(0), QByteArray("~1"));
    }

    // UNIX

    void thePeersInodeIsTheOtherEnd()
    {
        Socket a = unixTo(0), b = unixTo(0);
        a.peerInode = b.inode;
        b.peerInode = a.inode;
        const Ends ends({in(0, a), unixTo(0), in(3, b)});
        QCOMPARE(ends.of(0), QByteArray("2"));
        QCOMPARE(ends.of(2), QByteArray("0"));
        QCOMPARE(ends.of(1), QByteArray());
    }

    void oneDirectionIsEnough()
    {
        Socket a = unixTo(0), b = unixSocket(established);
        a.peerInode = b.inode;
        const Ends ends({b, a});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
    }

    void anInodeThatBecameAnothersIsNoOtherEnd()
    {
        Socket a = unixTo(0), b = unixTo(0), c = unixTo(0), datagram = unixTo(0, SOCK_DGRAM);
        a.peerInode = datagram.peerInode = b.inode;
        b.peerInode = c.inode;
        c.peerInode = b.inode;
        const Ends ends({a, b, c, datagram, unixTo(4'000'000)});
        QCOMPARE(ends.of(0), QByteArray());
        QCOMPARE(ends.of(1), QByteArray("2"));
        QCOMPARE(ends.of(3), QByteArray());
        QCOMPARE(ends.of(4), QByteArray());
    }

    void aDatagramServerHasAllItsClients()
    {
        Socket server = unixSocket(established);
        server.type = SOCK_DGRAM;
        const Ends ends({unixTo(server.inode, SOCK_DGRAM), server, unixTo(server.inode, SOCK_DGRAM)});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0 2"));
        QCOMPARE(ends.of(2), QByteArray("1"));
    }

    void aPendingClientsOtherEndIsTheListener()
    {
        const Socket client = unixTo(0), listener = unixSocket(listening);
        EndFacts facts;
        facts.waiting = {{0, client.inode}, {0, 4'000'000}};
        const Ends ends({listener, client}, facts);
        QCOMPARE(ends.of(1), QByteArray("0"));
        QCOMPARE(ends.of(0), QByteArray());
    }

    void aClientThatWasAcceptedMeanwhileWaitsNoMore()
    {
        Socket client = unixTo(0), accepted = unixTo(0);
        client.peerInode = accepted.inode;
        accepted.peerInode = client.inode;
        EndFacts facts;
        facts.waiting = {{0, client.inode}};
        QCOMPARE(Ends({unixSocket(listening), client, accepted}, facts).of(1), QByteArray("2"));
    }

    void whomItIsConnectedToGoesBeforeThoseConnectedToIt()
    {
        Socket a = unixTo(0, SOCK_DGRAM), b = unixSocket(established), c = unixTo(0, SOCK_DGRAM);
        b.type = SOCK_DGRAM;
        a.peerInode = b.inode;
        c.peerInode = a.inode;
        const Ends ends({c, a, b});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("2 0"));
        QCOMPARE(ends.of(2), QByteArray("1"));
        const Ends netlink({portTo(100, 200), portTo(200, 300), portTo(300, 0)});
        QCOMPARE(netlink.of(1), QByteArray("2 0"));
        QCOMPARE(netlink.of(2), QByteArray("1"));
    }

    void nobodyStandsForOneItIsConnectedToThatWasNotRead()
    {
        for (const quint32 unread : {4'000'000u, 0u}) { // 0: its other end is closed
            Socket a = unixTo(unread, SOCK_DGRAM), c = unixTo(0, SOCK_DGRAM);
            c.peerInode = a.inode;
            const Ends ends({c, a});
            QCOMPARE(ends.of(0), QByteArray("1"));
            QCOMPARE(ends.of(1), QByteArray());
        }
        QCOMPARE(Ends({portTo(100, 200), portTo(200, 300)}).of(1), QByteArray());
    }

    void ringsOfPeersEnd()
    {
        Socket a = unixTo(0, SOCK_DGRAM), b = unixTo(0, SOCK_DGRAM), c = unixTo(0, SOCK_DGRAM);
        a.peerInode = b.inode;
        b.peerInode = c.inode;
        c.peerInode = a.inode;
        Socket self = unixTo(0, SOCK_DGRAM);
        self.peerInode = self.inode;
        const Ends ends({a, b, c, self});
        QCOMPARE(ends.of(0), QByteArray("1 2"));
        QCOMPARE(ends.of(1), QByteArray("2 0"));
        QCOMPARE(ends.of(3), QByteArray("3"));
    }

    // Listeners

    void aConnectionThatWaitsHasTheMostSpecificListener()
    {
        const Socket connection = fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000));
        const Socket exact = tcp(listening, "127.0.0.1", 80), any4 = tcp(listening, "0.0.0.0", 80),
                     any6 = tcp(listening, "::", 80);
        QCOMPARE(Ends({connection, any6, any4, exact}).listener(0), 3);
        QCOMPARE(Ends({connection, any6, any4}).listener(0), 2);
        QCOMPARE(Ends({connection, any6}).listener(0), 1);
        QCOMPARE(Ends({connection, only6(any6)}).listener(0), nobody);
        QCOMPARE(Ends({connection, in(1, exact), tcp(listening, "127.0.0.1", 81)}).listener(0), nobody);
        QCOMPARE(
            Ends({fileless(tcp(closeWait, "::ffff:127.0.0.1", 80, "::ffff:127.0.0.1", 9)), any6, any4}).listener(0), 2);
    }

    void onlyWhatWaitsHasAListener()
    {
        const Socket listener = tcp(listening, "0.0.0.0", 80);
        const auto connection = [](quint8 state) { return tcp(state, "127.0.0.1", 80, "127.0.0.1", 1000); };
        QCOMPARE(Ends({fileless(connection(synRecv)), listener}).listener(0), 1);
        QCOMPARE(Ends({fileless(connection(closeWait)), listener}).listener(0), 1);
        QCOMPARE(Ends({fileless(connection(timeWait)), listener}).listener(0), nobody);
        QCOMPARE(Ends({fileless(connection(finWait2)), listener}).listener(0), nobody);
        QCOMPARE(Ends({connection(established), listener}).listener(0), nobody);
    }

    void ofListenersThatShareThePortTheOneWithAQueueIsIt()
    {
        const Socket connection = fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000));
        const Socket listener = tcp(listening, "0.0.0.0", 80);
        const Ends ends({connection, listener, waiting(listener)});
        QCOMPARE(ends.listener(0), 2);
        QCOMPARE(ends.listeners(0), 1);
        // The queues were told before it came.
        const Ends late({connection, listener, listener});
        QCOMPARE(late.listener(0), nobody);
        QCOMPARE(late.listeners(0), 2);
    }

    void noListenerIsGivenMoreThanItsQueueHolds()
    {
        const auto connection
            = [](quint16 port) { return fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", port)); };
        const Socket listener = tcp(listening, "0.0.0.0", 80);
        const Ends ends({waiting(listener, 1), listener, waiting(listener, 2), connection(1000), connection(1001),
            connection(1002), connection(1003)});
        int given[3]{};
        for (const std::size_t row : {3u, 4u, 5u}) {
            QVERIFY(ends.listener(row) != nobody);
            ++given[ends.listener(row)];
            QCOMPARE(ends.listeners(row), 2); // a guess, and that of the empty queue is none of those that may be it
        }
        QCOMPARE(given[0], 1);
        QCOMPARE(given[1], 0);
        QCOMPARE(given[2], 2);
        QCOMPARE(ends.listener(6), nobody);
        QCOMPARE(ends.listeners(6), 3);
        // One listener alone has all of them, also those that came since its queue was told.
        const Ends alone({waiting(listener, 1), connection(1000), connection(1001)});
        QCOMPARE(alone.listener(2), 0);
        QCOMPARE(alone.listeners(2), 1);
    }

    void noQueueTellsWhoseAHandshakeIs()
    {
        const Socket handshake = fileless(tcp(synRecv, "127.0.0.1", 80, "127.0.0.1", 1000));
        const Socket listener = tcp(listening, "0.0.0.0", 80);
        const Ends ends({handshake, waiting(listener), listener});
        QCOMPARE(ends.listener(0), nobody);
        QCOMPARE(ends.listeners(0), 2);
    }

    void aQueueThatIsNotToldMayHoldAny()
    {
        Socket untold = tcp(listening, "0.0.0.0", 80);
        untold.told = static_cast<quint16>(untold.told & ~static_cast<quint16>(Told::Queues));
        const Ends ends({fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000)), untold, untold});
        QCOMPARE(ends.listener(0), 1);
        QCOMPARE(ends.listeners(0), 2);
    }

    void theListenerOfTheLowestProcessGoesFirst()
    {
        SmallWorld world;
        world.add(process(10, "first"));
        world.add(process(20, "second"));
        world.add(fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000)));
        world.add(waiting(tcp(listening, "0.0.0.0", 80)));
        world.add(waiting(tcp(listening, "0.0.0.0", 80)), {{1, 20, 3}});
        world.add(waiting(tcp(listening, "0.0.0.0", 80)), {{0, 10, 3}});
        world.putInOneNamespace();
        joinEnds(world.snapshot(), {});
        QCOMPARE(world.snapshot().sockets[0].listener, 3u);
        QCOMPARE(int(world.snapshot().sockets[0].listeners), 3);
    }

    // Why there is none

    void addressesTellWhyThereIsNone()
    {
        const auto out = [](const char *to) { return tcp(established, "10.0.0.1", 1000, to, 80); };
        const Ends ends({out("203.0.113.9"), out("10.0.0.1"), out("10.0.0.7"), in(1, tcp(listening, "10.0.0.7", 22)),
            tcp(synSent, "127.0.0.1", 1000, "127.0.0.1", 80), udp("10.0.0.1", 1000, "198.51.100.1", 53)});
        QCOMPARE(ends.noEnd(0), NoEnd::OtherHost);
        QCOMPARE(ends.noEnd(1), NoEnd::Nothing);
        QCOMPARE(ends.noEnd(2), NoEnd::OtherNamespace);
        QCOMPARE(ends.noEnd(3), NoEnd::Nothing);
        QCOMPARE(ends.noEnd(4), NoEnd::Nothing);
        QCOMPARE(ends.noEnd(5), NoEnd::OtherHost);
        const Ends nodes({numbered(Protocol::Vsock, 3, 700, 2, 5000), numbered(Protocol::Vsock, 3, 700, 1, 5000),
            numbered(Protocol::Tipc, 16781313, 11, 16781314, 22),
            numbered(Protocol::Tipc, 16781313, 11, 16781313, 22)});
        QCOMPARE(nodes.noEnd(0), NoEnd::OtherHost);
        QCOMPARE(nodes.noEnd(1), NoEnd::Nothing);
        QCOMPARE(nodes.noEnd(2), NoEnd::OtherHost);
        QCOMPARE(nodes.noEnd(3), NoEnd::Nothing);
    }

    void whoTakesDatagramsToAnyAddressMayBeWhomTheyAreSentTo()
    {
        const Socket sender = udp("127.0.0.1", 1000, "198.51.100.1", 53);
        const auto beside = [&](Socket other) { return Ends({sender, other}).noEnd(0); };
        QCOMPARE(beside(udp("0.0.0.0", 53)), NoEnd::MaybeHere);
        QCOMPARE(beside(in(1, udp("0.0.0.0", 53))), NoEnd::MaybeHere);
        QCOMPARE(beside(udp("::", 53)), NoEnd::MaybeHere);
        for (const Socket &other : {only6(udp("::", 53)), udp("0.0.0.0", 54), udp("127.0.0.1", 53),
                 of(Protocol::UdpLite, udp("0.0.0.0", 53)), tcp(listening, "0.0.0.0", 53)})
            QCOMPARE(beside(other), NoEnd::OtherHost);
        QCOMPARE(Ends({udp("2001:db8::1", 1000, "2001:db8::2", 53), udp("0.0.0.0", 53)}).noEnd(0), NoEnd::OtherHost);
        // A connection has an other end of its own.
        QCOMPARE(Ends({tcp(established, "10.0.0.1", 1000, "198.51.100.1", 80), tcp(listening, "0.0.0.0", 80)}).noEnd(0),
            NoEnd::OtherHost);
    }

    void whatWasNotReadMayHaveTheOtherEnd()
    {
        enum class Lists : quint8 { Whole, NoneOfIpv6, Interrupted, Repeated, FileInstead };
        const auto world = [](Lists lists, NamespaceRecord::Reached blue, Unseen unseen = Unseen::None) {
            Snapshot snapshot;
            snapshot.unseen = unseen;
            snapshot.namespaces = {{.id = 1}, {.id = 2, .reached = blue}};
            const auto add = [&](quint64 netns, quint8 family, DumpEnd end, const char *file = "") {
                DumpOutcome dump;
                dump.scope
                    = {.netns = netns, .family = family, .protocol = family == AF_UNIX ? quint16(0) : quint16(6)};
                dump.scope.file = file;
                dump.ending.end = end;
                snapshot.dumps.push_back(dump);
            };
            for (const quint64 netns : {1u, 2u}) {
                const bool isUnread = netns == 2 && blue == NamespaceRecord::Reached::Unread;
                for (const quint8 family : {quint8(AF_INET), quint8(AF_INET6), quint8(AF_UNIX)})
                    if (!isUnread && !(netns == 2 && family == AF_INET6 && lists != Lists::Whole))
                        add(netns, family, DumpEnd::Complete);
            }
            if (lists != Lists::Whole && lists != Lists::NoneOfIpv6)
                add(2, AF_INET6, DumpEnd::Interrupted);
            snapshot.dumps.back().superseded = lists == Lists::Repeated;
            snapshot.dumps.back().stoodInFor = lists == Lists::FileInstead;
            if (lists == Lists::Repeated || lists == Lists::FileInstead)
                add(2, AF_INET6, DumpEnd::Complete, lists == Lists::FileInstead ? "tcp6" : "");
            // Out, within each of the two, and UNIX.
            snapshot.sockets = {in(0, tcp(established, "10.0.0.1", 1000, "203.0.113.9", 80)),
                in(0, tcp(timeWait, "127.0.0.1", 1000, "127.0.0.1", 80)),
                in(1, tcp(timeWait, "127.0.0.1", 1000, "127.0.0.1", 80)), in(0, unixTo(0))};
            joinEnds(snapshot, {});
            QList<Unread> unread;
            for (const Socket &socket : snapshot.sockets)
                unread += socket.unread;
            return unread;
        };
        using Reached = NamespaceRecord::Reached;
        constexpr Unread nothing = Unread::Nothing, list = Unread::List, netns = Unread::Namespace;
        QCOMPARE(world(Lists::Whole, Reached::Entered), (QList<Unread>{nothing, nothing, nothing, nothing}));
        QCOMPARE(world(Lists::Repeated, Reached::Entered), (QList<Unread>{nothing, nothing, nothing, nothing}));
        QCOMPARE(world(Lists::FileInstead, Reached::Entered), (QList<Unread>{nothing, nothing, nothing, nothing}));
        QCOMPARE(world(Lists::NoneOfIpv6, Reached::ByProcess), (QList<Unread>{list, nothing, list, nothing}));
        QCOMPARE(world(Lists::Interrupted, Reached::Entered), (QList<Unread>{list, nothing, list, nothing}));
        QCOMPARE(world(Lists::Whole, Reached::Unread).mid(0, 2), (QList<Unread>{netns, nothing}));
        QCOMPARE(world(Lists::Whole, Reached::Unread)[3], netns);
        QCOMPARE(
            world(Lists::Whole, Reached::Entered, Unseen::HidePid), (QList<Unread>{netns, nothing, nothing, netns}));
    }

    // MPTCP

    void subflowsAreFoundByTokenAndListenersByInode()
    {
        Socket connection = of(Protocol::Mptcp, tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80));
        Socket listener = of(Protocol::Mptcp, tcp(listening, "0.0.0.0", 80));
        Socket under = tcp(listening, "0.0.0.0", 80);
        under.inode = listener.inode;
        EndFacts facts;
        facts.tokens = {{0, 77}, {2, 77}, {3, 77}, {4, 78}};
        const Ends ends({connection, listener, tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80),
                            tcp(established, "127.0.0.2", 1001, "127.0.0.1", 80),
                            tcp(established, "127.0.0.2", 1002, "127.0.0.1", 80), under},
            facts);
        QCOMPARE(ends.partOf(2), 0);
        QCOMPARE(ends.partOf(3), 0);
        QCOMPARE(ends.partOf(4), nobody);
        QCOMPARE(ends.partOf(5), 1);
        QCOMPARE(ends.partOf(0), nobody);
    }

    void aConnectionEndsWhereItsSubflowsEnd()
    {
        const Socket client = tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80),
                     server = tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000);
        EndFacts facts;
        facts.tokens = {{0, 1}, {1, 2}, {2, 1}, {3, 2}};
        const Ends ends({of(Protocol::Mptcp, client), of(Protocol::Mptcp, server), client, server}, facts);
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
        QCOMPARE(ends.of(2), QByteArray("3"));
    }

    void aConnectionThatFellBackEndsAtTheTcpSocket()
    {
        const Socket client = tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80),
                     server = tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000);
        Socket connection = of(Protocol::Mptcp, client);
        connection.inode = client.inode;
        const Ends ends({connection, client, server});
        QCOMPARE(ends.partOf(1), 0);
        QCOMPARE(ends.of(0), QByteArray("2"));
        QCOMPARE(ends.of(1), QByteArray("2"));
        QCOMPARE(ends.of(2), QByteArray("1"));
    }

    void aSubflowWhoseTokenIsNotToldIsNoPlainSocket()
    {
        const Socket client = tcp(established, "127.0.0.1", 1000, "127.0.0.1", 80),
                     server = fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000));
        Socket connection = of(Protocol::Mptcp, client);
        connection.inode = client.inode;
        QCOMPARE(Ends({connection, client, server, of(Protocol::Mptcp, server)}).of(0), QByteArray());
        // Nor has one with several subflows fallen back.
        EndFacts facts;
        facts.tokens = {{0, 1}, {3, 1}};
        const Socket second = tcp(established, "127.0.0.2", 1001, "127.0.0.1", 80);
        QCOMPARE(Ends({connection, client, server, second}, facts).of(0), QByteArray());
    }

    void aSubflowWaitsWhereItsConnectionDoes()
    {
        // Two MPTCP listeners, their TCP sockets under them in the opposite order of who is guessed first.
        SmallWorld world;
        world.add(process(10, "first"));
        world.add(process(20, "second"));
        const Socket connection = fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000));
        Socket here = waiting(of(Protocol::Mptcp, tcp(listening, "0.0.0.0", 80)));
        Socket there = waiting(of(Protocol::Mptcp, tcp(listening, "0.0.0.0", 80)));
        const auto under = [](Socket listener) { return of(Protocol::Tcp, listener); };
        world.add(of(Protocol::Mptcp, connection));
        world.add(here, {{0, 10, 3}});
        world.add(there, {{1, 20, 3}});
        Socket plain = fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 999)), subflow = connection;
        plain.cookie = 1; // guessed first, were it not for the connection
        subflow.cookie = 2;
        world.add(plain);
        world.add(subflow);
        world.add(under(here), {{0, 10, 3}});
        world.add(under(there), {{1, 20, 3}});
        EndFacts facts;
        facts.tokens = {{0, 1}, {4, 1}};
        world.putInOneNamespace();
        joinEnds(world.snapshot(), facts);
        const std::vector<Socket> &sockets = world.snapshot().sockets;
        QCOMPARE(sockets[0].listener, 1u);
        QCOMPARE(sockets[4].listener, 5u);
        QCOMPARE(int(sockets[4].listeners), 2);
        QCOMPARE(sockets[3].listener, 6u); // the queue of the other one is full
        QCOMPARE(int(sockets[3].listeners), 2);
    }

    void aSubflowIsAsCertainAsItsConnection()
    {
        const Socket connection = fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000));
        const Socket listener = waiting(of(Protocol::Mptcp, tcp(listening, "0.0.0.0", 80)));
        const Socket plain = waiting(tcp(listening, "0.0.0.0", 80));
        EndFacts facts;
        facts.tokens = {{0, 1}, {2, 1}};
        const Ends ends({of(Protocol::Mptcp, connection), listener, connection, plain, of(Protocol::Tcp, listener),
                            fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 1001))},
            facts);
        QCOMPARE(ends.listener(0), 1);
        QCOMPARE(ends.listeners(0), 1);
        QCOMPARE(ends.listener(2), 4);
        QCOMPARE(ends.listeners(2), 1);
        QCOMPARE(ends.listener(5), 3);
        QCOMPARE(ends.listeners(5), 2);
        // Where no list has the TCP socket of the listener, it is the listener itself.
        const Ends alone({of(Protocol::Mptcp, connection), listener, connection, plain}, facts);
        QCOMPARE(alone.listener(2), 1);
    }

    // Others

    void vsockMeetsByCidAndPort()
    {
        Socket packets = numbered(Protocol::Vsock, 1, 0x80000001, 1, 5000);
        packets.type = SOCK_SEQPACKET;
        const Ends ends({numbered(Protocol::Vsock, 1, 0x80000001, 1, 5000),
            numbered(Protocol::Vsock, 1, 5000, 1, 0x80000001), packets, numbered(Protocol::Vsock, 2, 6000, 3, 7000)});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
        QCOMPARE(ends.of(2), QByteArray());
        QCOMPARE(ends.of(3), QByteArray());
    }

    void tipcMeetsByNodeAndReference()
    {
        const Ends ends(
            {numbered(Protocol::Tipc, 16781313, 11, 16781313, 22), numbered(Protocol::Tipc, 16781313, 22, 16781313, 11),
                in(1, numbered(Protocol::Tipc, 16781313, 33, 16781314, 44)),
                in(2, numbered(Protocol::Tipc, 16781314, 44, 16781313, 33))});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(2), QByteArray());
    }

    void netlinkMeetsByPortIdAndZeroIsTheKernel()
    {
        const Ends ends(
            {portTo(100, 200, 2), portTo(200, 0, 2), portTo(200, 0, 3), in(1, portTo(200, 0, 2)), portTo(0, 0, 2)});
        QCOMPARE(ends.of(0), QByteArray("1"));
        QCOMPARE(ends.of(1), QByteArray("0"));
        for (const std::size_t row : {2u, 3u, 4u})
            QCOMPARE(ends.of(row), QByteArray());
    }

    void smcMeetsByTheAddressesOfItsTcpConnection()
    {
        const Ends ends({of(Protocol::Smc, tcp(established, "10.0.0.1", 1000, "10.0.0.1", 80)),
            of(Protocol::Smc, tcp(established, "10.0.0.1", 80, "10.0.0.1", 1000))});
        QCOMPARE(ends.of(0), QByteArray("1"));
    }

    void anAssociationMeetsByAnyOfItsAddresses()
    {
        const Socket a = of(Protocol::Sctp, tcp(established, "10.0.0.1", 1000, "10.0.0.2", 80));
        const Socket b = of(Protocol::Sctp, tcp(established, "10.0.1.2", 80, "10.0.1.1", 1000));
        EndFacts facts;
        QCOMPARE(Ends({a, b}, facts).of(0), QByteArray());
        facts.addresses = {{0, address("10.0.0.1"), false}, {0, address("10.0.1.1"), false},
            {0, address("10.0.0.2"), true}, {0, address("10.0.1.2"), true}};
        QCOMPARE(Ends({a, b}, facts).of(0), QByteArray("1"));
        QCOMPARE(Ends({a, b}, facts).of(1), QByteArray("0"));
    }

    void whatHasNoOtherEndHasNone()
    {
        std::vector<Socket> sockets{unknownSocket(7), of(Protocol::Raw, udp("127.0.0.1", 6, "127.0.0.1", 6)),
            of(Protocol::Packet, unixTo(500)), of(Protocol::Ping, udp("127.0.0.1", 1, "127.0.0.1", 1)), Socket()};
        const Ends ends(sockets);
        for (std::size_t row = 0; row < sockets.size(); ++row)
            QCOMPARE(ends.of(row), QByteArray());
    }

    void manyThatShareEverythingTakeNoLongerThanTheyMust()
    {
        // All of them fit all others: what is looked at and what is linked must both have bounds.
        std::vector<Socket> sockets;
        for (int i = 0; i < 2000; ++i) {
            sockets.push_back(udp("127.0.0.1", 1000, "127.0.0.1", 53));
            sockets.push_back(udp("127.0.0.1", 53, "127.0.0.1", 1000));
            sockets.push_back(udp("127.0.0.1", 2000, "127.0.0.1", 54));
            sockets.push_back(udp("0.0.0.0", 54));
            sockets.push_back(on(9, udp("0.0.0.0", 54)));
        }
        const Ends ends(sockets);
        QVERIFY(ends.snapshot().peers.size() < 200 * sockets.size());
        QVERIFY(ends.snapshot().sockets[2].peerCount > 1);
    }
};

QTEST_GUILESS_MAIN(TestEnds)
#include "tst_ends.moc"
