// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/inet_message.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <linux/inet_diag.h>

using namespace socktree;
using socktree::test::viewOf;

static_assert(inetFixedSize == sizeof(inet_diag_msg));
static_assert(int(inet::SocketOptions) == INET_DIAG_SOCKOPT && int(inet::CgroupId) == INET_DIAG_CGROUP_ID);

namespace {

#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
const unsigned char literal[] = {
    0x02,                                                       // AF_INET
    0x01,                                                       // ESTABLISHED
    0x02,                                                       // keepalive timer
    0x03,                                                       // 3 probes
    0xc3, 0x50,                                                 // local port 50000
    0x01, 0xbb,                                                 // remote port 443
    0x0a, 0x00, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // local 10.0.0.1
    0xc0, 0x00, 0x02, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // remote 192.0.2.7
    0x05, 0x00, 0x00, 0x00,                                     // bound to interface 5
    0x78, 0x56, 0x34, 0x12,                                     // cookie, low word
    0x01, 0x00, 0x00, 0x00,                                     // cookie, high word
    0xe8, 0x03, 0x00, 0x00,                                     // timer fires in 1000 ms
    0x0a, 0x00, 0x00, 0x00,                                     // 10 bytes to read
    0x14, 0x00, 0x00, 0x00,                                     // 20 bytes to send
    0xe8, 0x03, 0x00, 0x00,                                     // uid 1000
    0x39, 0x30, 0x00, 0x00,                                     // inode 12345
};
static_assert(sizeof literal == inetFixedSize);
#endif

} // namespace

class tst_inet_message : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsEveryField()
    {
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
        const auto fixed = parseInetFixed(std::as_bytes(std::span(literal)));
        QVERIFY(fixed);
        QCOMPARE(fixed->family, quint8(2));
        QCOMPARE(fixed->state, quint8(1));
        QCOMPARE(fixed->timer, quint8(2));
        QCOMPARE(fixed->retrans, quint8(3));
        QCOMPARE(fixed->localPort, quint16(50000));
        QCOMPARE(fixed->remotePort, quint16(443));
        QCOMPARE(fixed->addressLength(), quint8(4));
        QVERIFY((fixed->local == std::array<quint8, 16>{10, 0, 0, 1}));
        QVERIFY((fixed->remote == std::array<quint8, 16>{192, 0, 2, 7}));
        QCOMPARE(fixed->interface, 5u);
        QCOMPARE(fixed->cookie, quint64(0x112345678));
        QCOMPARE(fixed->expires, 1000u);
        QCOMPARE(fixed->receiveQueue, 10u);
        QCOMPARE(fixed->sendQueue, 20u);
        QCOMPARE(fixed->uid, 1000u);
        QCOMPARE(fixed->inode, 12345u);
#else
        QSKIP("the literal is of a little-endian machine");
#endif
    }

    void readsWhatTheBuilderWrites()
    {
        const QByteArray bytes = test::inetMessage({.family = AF_INET6,
                                                       .state = 10,
                                                       .local = "2001:db8::1",
                                                       .localPort = 22,
                                                       .cookie = 0xfedcba9876543210,
                                                       .sendQueue = 128,
                                                       .inode = 7})
                                     .attribute(8, test::u8(3));
        const auto fixed = parseInetFixed(viewOf(bytes));
        QVERIFY(fixed);
        QCOMPARE(fixed->addressLength(), quint8(16));
        QCOMPARE(fixed->local[0], quint8(0x20));
        QCOMPARE(fixed->local[15], quint8(1));
        QVERIFY((fixed->remote == std::array<quint8, 16>{}));
        QCOMPARE(fixed->localPort, quint16(22));
        QCOMPARE(fixed->cookie, quint64(0xfedcba9876543210));
        QCOMPARE(fixed->sendQueue, 128u);
    }

    void leavesStaleBytesAfterAnIpv4AddressOut()
    {
        QByteArray bytes = test::inetMessage({.local = "127.0.0.1"});
        bytes[8 + 4] = '\x55';
        QVERIFY((parseInetFixed(viewOf(bytes))->local == std::array<quint8, 16>{127, 0, 0, 1}));
    }

    void isNothingIfOneByteShort()
    {
        const QByteArray bytes = test::inetMessage({});
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const QByteArray cut(bytes.constData(), size);
            QVERIFY(!parseInetFixed(viewOf(cut)));
        }
        QVERIFY(parseInetFixed(viewOf(bytes)));
    }

    void isNothingForAnotherFamily()
    {
        QByteArray bytes = test::inetMessage({});
        bytes[0] = AF_UNIX;
        QVERIFY(!parseInetFixed(viewOf(bytes)));
    }
};

QTEST_GUILESS_MAIN(tst_inet_message)
#include "tst_inet_message.moc"
