// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_requests.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;

static QByteArray hex(const std::vector<std::byte> &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())).toHex();
}

// The literals are what a little-endian machine sends.
class TestDumpRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void asksForTcpInEveryStateWithEveryExtension()
    {
        QCOMPARE(hex(dumpRequest(inetScope(AF_INET, IPPROTO_TCP, Needs{}), 7)),
            QByteArray("48000000"                                                         // 72 bytes
                       "1400"                                                             // SOCK_DIAG_BY_FAMILY
                       "0103"                                                             // REQUEST | DUMP
                       "07000000"                                                         // sequence
                       "00000000"                                                         // to the kernel
                       "02"                                                               // AF_INET
                       "06"                                                               // TCP
                       "ff"                                                               // every extension
                       "00"                                                               //
                       "ffffffff"                                                         // every state
                       "0000000000000000000000000000000000000000000000000000000000000000" // any ports and addresses
                       "00000000000000000000000000000000"));                              // any device and cookie
    }

    void asksForUdpOverIpv6WithoutExtensions()
    {
        Needs needs;
        needs.inetExtensions = 0;
        const QByteArray request = hex(dumpRequest(inetScope(AF_INET6, IPPROTO_UDP, needs), 0x01020304));
        QCOMPARE(request.mid(0, 32), QByteArray("48000000140001030403020100000000"));
        QCOMPARE(request.mid(32, 16), QByteArray("0a110000ffffffff"));
        QCOMPARE(request.mid(48), QByteArray(48 * 2, '0'));
    }

    void asksForUnixSocketsWithWhatIsToBeShown()
    {
        Needs needs;
        needs.unixShow = 0x45;
        QCOMPARE(hex(dumpRequest(unixScope(needs), 1)),
            QByteArray("28000000" // 40 bytes
                       "1400"
                       "0103"
                       "01000000"
                       "00000000"
                       "01" // AF_UNIX
                       "00" // protocol
                       "0000"
                       "ffffffff"            // every state
                       "00000000"            // any inode
                       "45000000"            // name, peer, uid
                       "0000000000000000")); // any cookie
    }

    void tellsTheScopeThatWasAsked()
    {
        const Scope scope = inetScope(AF_INET6, IPPROTO_TCP, Needs{});
        QCOMPARE(scope.family, quint8(AF_INET6));
        QCOMPARE(scope.protocol, quint16(IPPROTO_TCP));
        QCOMPARE(scope.states, 0xffffffffu);
        QCOMPARE(scope.asked, 0xffu);
        QCOMPARE(unixScope(Needs{}).asked, 0x7fu);
    }

    void looksTcpUpInTheNaturalOrder()
    {
        QCOMPARE(hex(lookupRequest(lookup(IPPROTO_TCP), 9)),
            QByteArray("48000000"
                       "1400"
                       "0100" // REQUEST, no dump
                       "09000000"
                       "00000000"
                       "02064200ffffffff"
                       "1f90"                             // local port 8080
                       "01bb"                             // remote port 443
                       "7f000001000000000000000000000000" // local
                       "c0000207000000000000000000000000" // remote
                       "05000000"                         // device
                       "0403020108070605"));              // cookie, low word first
    }

    void looksUdpUpWithItsEndsSwapped()
    {
        const QByteArray request = hex(lookupRequest(lookup(IPPROTO_UDP), 9));
        QCOMPARE(request.mid(48, 8), QByteArray("01bb1f90"));
        QCOMPARE(request.mid(56, 8), QByteArray("c0000207"));
        QCOMPARE(request.mid(88, 8), QByteArray("7f000001"));
    }

    void looksAUnixSocketUpByItsInode()
    {
        QCOMPARE(hex(unixLookupRequest(0x0a0b0c0d, 0x0506070801020304, 0x7f, 3)),
            QByteArray("28000000140001000300000000000000"
                       "01000000ffffffff0d0c0b0a7f0000000403020108070605"));
    }

private:
    static InetLookup lookup(quint8 protocol)
    {
        InetLookup socket;
        socket.family = AF_INET;
        socket.protocol = protocol;
        socket.extensions = 0x42;
        socket.local = {std::byte{127}, std::byte{0}, std::byte{0}, std::byte{1}};
        socket.remote = {std::byte{192}, std::byte{0}, std::byte{2}, std::byte{7}};
        socket.localPort = htons(8080);
        socket.remotePort = htons(443);
        socket.interface = 5;
        socket.cookie = 0x0506070801020304;
        return socket;
    }
};

QTEST_GUILESS_MAIN(TestDumpRequests)
#include "tst_dump_requests.moc"
