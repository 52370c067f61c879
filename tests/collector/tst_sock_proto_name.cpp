// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/sock_proto_name.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;

class tst_sock_proto_name : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void knowsTheKernelsNames_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("family");
        QTest::addColumn<int>("protocol");
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("label");
        const auto row = [](const char *name, int family, int protocol, int type, const char *label) {
            QTest::newRow(name) << QByteArray(name) << family << protocol << type << QByteArray(label);
        };
        // As Linux 6.18 gave them.
        row("UNIX-STREAM", AF_UNIX, -1, SOCK_STREAM, "unix");
        row("UNIX", AF_UNIX, -1, -1, "unix");
        row("TCP", AF_INET, IPPROTO_TCP, SOCK_STREAM, "tcp");
        row("TCPv6", AF_INET6, IPPROTO_TCP, SOCK_STREAM, "tcp");
        row("MPTCP", AF_INET, 262, SOCK_STREAM, "mptcp");
        row("MPTCPv6", AF_INET6, 262, SOCK_STREAM, "mptcp");
        row("UDP", AF_INET, IPPROTO_UDP, SOCK_DGRAM, "udp");
        row("UDPv6", AF_INET6, IPPROTO_UDP, SOCK_DGRAM, "udp");
        row("UDP-Lite", AF_INET, IPPROTO_UDPLITE, SOCK_DGRAM, "udplite");
        row("UDPLITEv6", AF_INET6, IPPROTO_UDPLITE, SOCK_DGRAM, "udplite");
        row("RAW", AF_INET, -1, SOCK_RAW, "raw");
        row("RAWv6", AF_INET6, -1, SOCK_RAW, "raw");
        row("PING", AF_INET, IPPROTO_ICMP, SOCK_DGRAM, "ping");
        row("PINGv6", AF_INET6, IPPROTO_ICMPV6, SOCK_DGRAM, "ping");
        row("PACKET", AF_PACKET, -1, -1, "packet");
        row("NETLINK", AF_NETLINK, -1, -1, "netlink");
        row("AF_VSOCK", AF_VSOCK, -1, -1, "vsock");
        row("XDP", 44, 0, SOCK_RAW, "xdp");
        // As the kernel's sources have them.
        row("ALG", AF_ALG, 0, SOCK_SEQPACKET, "alg");
        row("CAN_RAW", AF_CAN, 1, SOCK_RAW, "can-raw");
        row("L2CAP", AF_BLUETOOTH, 0, -1, "bluetooth-l2cap");
        row("SMC6", 43, 1, SOCK_STREAM, "smc");
        row("NFC_LLCP", AF_NFC, 1, -1, "nfc-llcp");
        row("KEY", AF_KEY, 2, SOCK_RAW, "pfkey");
    }
    void knowsTheKernelsNames()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, family);
        QFETCH(int, protocol);
        QFETCH(int, type);
        QFETCH(QByteArray, label);
        // The attribute ends with a NUL.
        for (const QByteArray &text : {name, name + '\0', name + QByteArray("\0TCP", 4)}) {
            const SockProto proto = sockProtoOfName(text);
            QCOMPARE(int(proto.family), family);
            QCOMPARE(proto.protocol ? int(*proto.protocol) : -1, protocol);
            QCOMPARE(proto.type ? int(*proto.type) : -1, type);
            QCOMPARE(proto.label, label);
        }
        // What the socket says of itself comes to the same.
        QCOMPARE(sockProtoOf(family, type < 0 ? SOCK_DGRAM : type, protocol < 0 ? 0 : protocol).label, label);
    }

    void keepsNamesThatAreNew_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("new") << QByteArray("HOMA_V2\0", 8) << QByteArray("homa-v2");
        QTest::newRow("other case") << QByteArray("tcp") << QByteArray("tcp");
        QTest::newRow("hostile") << QByteArray("\x1b[31m<b>\n") << QByteArray("--31m-b--");
        QTest::newRow("empty") << QByteArray() << QByteArray("unknown");
        QTest::newRow("nothing before the NUL") << QByteArray("\0x", 2) << QByteArray("unknown");
    }
    void keepsNamesThatAreNew()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, label);
        const SockProto proto = sockProtoOfName(name);
        QCOMPARE(proto.label, label);
        QCOMPARE(proto.family, quint8(0));
        QVERIFY(!proto.protocol && !proto.type);
    }

    void labelsByNumbers_data()
    {
        QTest::addColumn<int>("domain");
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("protocol");
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("raw, whatever protocol") << AF_INET << int(SOCK_RAW) << int(IPPROTO_TCP) << QByteArray("raw");
        QTest::newRow("netlink, any protocol") << AF_NETLINK << int(SOCK_RAW) << 15 << QByteArray("netlink");
        QTest::newRow("a protocol new to us") << AF_BLUETOOTH << int(SOCK_RAW) << 9 << QByteArray("bluetooth-9");
        QTest::newRow("one of inet") << AF_INET << int(SOCK_DGRAM) << 200 << QByteArray("inet-200");
        QTest::newRow("a family without a line") << AF_X25 << int(SOCK_SEQPACKET) << 0 << QByteArray("x25");
        QTest::newRow("a family new to us") << 77 << int(SOCK_STREAM) << 3 << QByteArray("family-77-3");
        QTest::newRow("out of range") << -1 << -1 << -1 << QByteArray("family-4294967295-4294967295");
    }
    void labelsByNumbers()
    {
        QFETCH(int, domain);
        QFETCH(int, type);
        QFETCH(int, protocol);
        QFETCH(QByteArray, label);
        const SockProto proto = sockProtoOf(domain, type, protocol);
        QCOMPARE(proto.label, label);
        QCOMPARE(int(proto.family), domain < 0 ? 0 : domain);
        QCOMPARE(proto.type.has_value(), type >= 0);
        QCOMPARE(proto.protocol.has_value(), protocol >= 0);
    }

    void namesFamilies()
    {
        QCOMPARE(familyName(AF_INET6), "inet6");
        QCOMPARE(familyName(AF_ALG), "alg");
        QCOMPARE(familyName(AF_QIPCRTR), "qipcrtr");
        QCOMPARE(familyName(45), "mctp");
        QVERIFY(!familyName(0));
        QVERIFY(!familyName(-1));
        QVERIFY(!familyName(300));
    }
};

QTEST_GUILESS_MAIN(tst_sock_proto_name)
#include "tst_sock_proto_name.moc"
