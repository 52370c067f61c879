// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "collector/decode/inet_message.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

using namespace socktree;
using socktree::test::value;
using socktree::test::viewOf;

namespace {

/// struct tcp_info of Linux 6.18, 280 bytes. Every field has a value of its own: what it should be is seen at once.
QByteArray wholeTcpInfo()
{
    using namespace socktree::test;
    return u8(1)                // state: ESTAB
        + u8(3)                 // ca_state: recovery
        + u8(2)                 // retransmits
        + u8(4)                 // probes
        + u8(5)                 // backoff
        + u8(0x0f)              // options: ts, sack, wscale, ecn
        + u8(0xa7)              // snd_wscale 7, rcv_wscale 10
        + u8(0x05)              // delivery_rate_app_limited, fastopen_client_fail 2
        + u32(208000)           // rto
        + u32(40000)            // ato
        + u32(1448)             // snd_mss
        + u32(536)              // rcv_mss
        + u32(24)               // unacked
        + u32(28)               // sacked
        + u32(32)               // lost
        + u32(36)               // retrans
        + u32(40)               // fackets
        + u32(44)               // last_data_sent
        + u32(48)               // last_ack_sent
        + u32(52)               // last_data_recv
        + u32(56)               // last_ack_recv
        + u32(1500)             // pmtu
        + u32(64088)            // rcv_ssthresh
        + u32(12345)            // rtt
        + u32(6789)             // rttvar
        + u32(0x7fffffff)       // snd_ssthresh: infinite
        + u32(10)               // snd_cwnd
        + u32(1460)             // advmss
        + u32(3)                // reordering
        + u32(92)               // rcv_rtt
        + u32(14600)            // rcv_space
        + u32(100)              // total_retrans
        + u64(~quint64(0))      // pacing_rate: unlimited
        + u64(112)              // max_pacing_rate
        + u64(quint64(1) << 40) // bytes_acked
        + u64(128)              // bytes_received
        + u32(136)              // segs_out
        + u32(140)              // segs_in
        + u32(144)              // notsent_bytes
        + u32(0xffffffff)       // min_rtt: no sample
        + u32(152)              // data_segs_in
        + u32(156)              // data_segs_out
        + u64(160)              // delivery_rate
        + u64(168)              // busy_time
        + u64(176)              // rwnd_limited
        + u64(184)              // sndbuf_limited
        + u32(192)              // delivered
        + u32(196)              // delivered_ce
        + u64(200)              // bytes_sent
        + u64(208)              // bytes_retrans
        + u32(216)              // dsack_dups
        + u32(220)              // reord_seen
        + u32(224)              // rcv_ooopack
        + u32(228)              // snd_wnd
        + u32(232)              // rcv_wnd
        + u32(236)              // rehash
        + u16(240)              // total_rto
        + u16(242)              // total_rto_recoveries
        + u32(244)              // total_rto_time
        + u32(248)              // received_ce
        + u32(252)              // delivered_e1_bytes
        + u32(256)              // delivered_e0_bytes
        + u32(260)              // delivered_ce_bytes
        + u32(264)              // received_e1_bytes
        + u32(268)              // received_e0_bytes
        + u32(272)              // received_ce_bytes
        + u16(5)                // accecn_fail_mode: ACE and option not sent
        + u16(2);               // accecn_opt_seen: counters
}

QByteArray messageWith(const QByteArray &tcpInfo)
{
    return test::inetMessage({}).attribute(inet::Info, tcpInfo);
}

struct Info {
    QByteArray message;
    DecodedMessage decoded;
    const DecodedAttribute &info() const { return decoded.attributes.at(0); }
};
Info decode(const QByteArray &tcpInfo, TcpInfoLayout layout = TcpInfoLayout::Undecided)
{
    Info info;
    info.message = messageWith(tcpInfo);
    info.decoded = decodeMessage(IPPROTO_TCP, viewOf(info.message), layout);
    return info;
}

} // namespace

class tst_tcp_info : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsEveryField_data()
    {
        QTest::addColumn<quint64>("expected");
        const auto row = [](const char *id, quint64 expected) { QTest::newRow(id) << expected; };
        row("tcp.state", 1);
        row("tcp.ca-state", 3);
        row("tcp.retransmits", 2);
        row("tcp.probes", 4);
        row("tcp.backoff", 5);
        row("tcp.options", 0x0f);
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
        row("tcp.snd-wscale", 7);
        row("tcp.rcv-wscale", 10);
        row("tcp.delivery-rate-app-limited", 1);
        row("tcp.fastopen-client-fail", 2);
#endif
        row("tcp.rto", 208000);
        row("tcp.ato", 40000);
        row("tcp.snd-mss", 1448);
        row("tcp.rcv-mss", 536);
        row("tcp.unacked", 24);
        row("tcp.sacked", 28);
        row("tcp.lost", 32);
        row("tcp.retrans", 36);
        row("tcp.fackets", 40);
        row("tcp.last-data-sent", 44);
        row("tcp.last-ack-sent", 48);
        row("tcp.last-data-recv", 52);
        row("tcp.last-ack-recv", 56);
        row("tcp.pmtu", 1500);
        row("tcp.rcv-ssthresh", 64088);
        row("tcp.rtt", 12345);
        row("tcp.rttvar", 6789);
        row("tcp.snd-ssthresh", 0x7fffffff);
        row("tcp.snd-cwnd", 10);
        row("tcp.advmss", 1460);
        row("tcp.reordering", 3);
        row("tcp.rcv-rtt", 92);
        row("tcp.rcv-space", 14600);
        row("tcp.total-retrans", 100);
        row("tcp.pacing-rate", ~quint64(0));
        row("tcp.max-pacing-rate", 112);
        row("tcp.bytes-acked", quint64(1) << 40);
        row("tcp.bytes-received", 128);
        row("tcp.segs-out", 136);
        row("tcp.segs-in", 140);
        row("tcp.notsent-bytes", 144);
        row("tcp.min-rtt", 0xffffffff);
        row("tcp.data-segs-in", 152);
        row("tcp.data-segs-out", 156);
        row("tcp.delivery-rate", 160);
        row("tcp.busy-time", 168);
        row("tcp.rwnd-limited", 176);
        row("tcp.sndbuf-limited", 184);
        row("tcp.delivered", 192);
        row("tcp.delivered-ce", 196);
        row("tcp.bytes-sent", 200);
        row("tcp.bytes-retrans", 208);
        row("tcp.dsack-dups", 216);
        row("tcp.reord-seen", 220);
        row("tcp.rcv-ooopack", 224);
        row("tcp.snd-wnd", 228);
        row("tcp.rcv-wnd", 232);
        row("tcp.rehash", 236);
        row("tcp.total-rto", 240);
        row("tcp.total-rto-recoveries", 242);
        row("tcp.total-rto-time", 244);
        row("tcp.received-ce", 248);
        row("tcp.delivered-e1-bytes", 252);
        row("tcp.delivered-e0-bytes", 256);
        row("tcp.delivered-ce-bytes", 260);
        row("tcp.received-e1-bytes", 264);
        row("tcp.received-e0-bytes", 268);
        row("tcp.received-ce-bytes", 272);
        row("tcp.accecn-fail-mode", 5);
        row("tcp.accecn-opt-seen", 2);
    }
    void readsEveryField()
    {
        QFETCH(quint64, expected);
        const char *id = QTest::currentDataTag();
        const QByteArray bytes = wholeTcpInfo();
        QCOMPARE(bytes.size(), 280);
        const Info whole = decode(bytes, TcpInfoLayout::U16Pair);
        QCOMPARE(value(whole.decoded.attributes, id), std::optional(expected));
        QVERIFY(whole.info().unknownTail.empty());

        const FieldRef ref = fieldById(id, AF_INET6, IPPROTO_TCP, TcpInfoLayout::U16Pair);
        QVERIFY(ref);
        QCOMPARE(valueOf(ref, viewOf(whole.message)), std::optional(expected));
    }

    void leavesOutExactlyTheFieldsThatAnOldKernelDoesNotSend_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<QByteArray>("missing");
        QTest::newRow("3.14") << 104 << QByteArray("tcp.total-retrans") << QByteArray("tcp.pacing-rate");
        QTest::newRow("3.15") << 120 << QByteArray("tcp.max-pacing-rate") << QByteArray("tcp.bytes-acked");
        QTest::newRow("4.1") << 136 << QByteArray("tcp.bytes-received") << QByteArray("tcp.segs-out");
        QTest::newRow("4.2") << 144 << QByteArray("tcp.segs-in") << QByteArray("tcp.notsent-bytes");
        QTest::newRow("4.6") << 160 << QByteArray("tcp.data-segs-out") << QByteArray("tcp.delivery-rate");
        QTest::newRow("4.9") << 168 << QByteArray("tcp.delivery-rate") << QByteArray("tcp.busy-time");
        QTest::newRow("4.10") << 192 << QByteArray("tcp.sndbuf-limited") << QByteArray("tcp.delivered");
        QTest::newRow("4.18") << 200 << QByteArray("tcp.delivered-ce") << QByteArray("tcp.bytes-sent");
        QTest::newRow("4.19") << 224 << QByteArray("tcp.reord-seen") << QByteArray("tcp.rcv-ooopack");
        QTest::newRow("5.4") << 232 << QByteArray("tcp.snd-wnd") << QByteArray("tcp.rcv-wnd");
        QTest::newRow("6.2") << 240 << QByteArray("tcp.rehash") << QByteArray("tcp.total-rto");
        QTest::newRow("6.7") << 248 << QByteArray("tcp.total-rto-time") << QByteArray("tcp.received-ce");
    }
    void leavesOutExactlyTheFieldsThatAnOldKernelDoesNotSend()
    {
        QFETCH(int, length);
        QFETCH(QByteArray, last);
        QFETCH(QByteArray, missing);
        const Info old = decode(wholeTcpInfo().first(length));
        QVERIFY(value(old.decoded.attributes, last));
        QVERIFY(!value(old.decoded.attributes, missing));
        QVERIFY(old.info().unknownTail.empty());
        const FieldRef ref = fieldById(missing.constData(), AF_INET, IPPROTO_TCP);
        QVERIFY(ref);
        QVERIFY(!valueOf(ref, viewOf(old.message)));
    }

    void keepsTheBytesOfAFieldThatWasCut()
    {
        const Info cut = decode(wholeTcpInfo().first(231));
        QVERIFY(value(cut.decoded.attributes, "tcp.rcv-ooopack"));
        QVERIFY(!value(cut.decoded.attributes, "tcp.snd-wnd"));
        QCOMPARE(cut.info().unknownTail.size(), std::size_t(3));
    }

    void decodesNothingOutOfNothing()
    {
        const Info none = decode({});
        QVERIFY(none.info().fields.empty());
        QVERIFY(none.info().unknownTail.empty());
    }

    void keepsWhatALaterKernelAppends()
    {
        const Info later = decode(wholeTcpInfo() + "later", TcpInfoLayout::U16Pair);
        QCOMPARE(later.info().unknownTail.size(), std::size_t(5));
        QCOMPARE(char(later.info().unknownTail[0]), 'l');
    }

    void leavesTheLastBytesUnknownUntilTheirLayoutIsDecided()
    {
        const Info undecided = decode(wholeTcpInfo());
        QVERIFY(!value(undecided.decoded.attributes, "tcp.accecn-fail-mode"));
        QVERIFY(!value(undecided.decoded.attributes, "tcp.ecn-mode"));
        QVERIFY(value(undecided.decoded.attributes, "tcp.received-ce-bytes"));
        QCOMPARE(undecided.info().unknownTail.size(), std::size_t(4));
        QVERIFY(!fieldById("tcp.ecn-mode", AF_INET, IPPROTO_TCP));
    }

    void readsTheLastBytesOfLinux7AsBits()
    {
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
        // options2 0x123456, fail mode 9 (ACE send, option receive), option 3 (failed), mode 2 (AccECN)
        const QByteArray bytes = wholeTcpInfo().first(276) + test::u32(0x12345600 | 9 << 4 | 3 << 2 | 2);
        const Info bits = decode(bytes, TcpInfoLayout::BitFields);
        QCOMPARE(value(bits.decoded.attributes, "tcp.ecn-mode"), std::optional<quint64>(2));
        QCOMPARE(value(bits.decoded.attributes, "tcp.accecn-opt-seen"), std::optional<quint64>(3));
        QCOMPARE(value(bits.decoded.attributes, "tcp.accecn-fail-mode"), std::optional<quint64>(9));
        QCOMPARE(value(bits.decoded.attributes, "tcp.options2"), std::optional<quint64>(0x123456));
        QVERIFY(bits.info().unknownTail.empty());
        const FieldRef ref = fieldById("tcp.accecn-fail-mode", AF_INET, IPPROTO_TCP, TcpInfoLayout::BitFields);
        QCOMPARE(valueOf(ref, viewOf(bits.message)), std::optional<quint64>(9));
#else
        QSKIP("the literal is of a little-endian machine");
#endif
    }

    void choosesTheLayoutByTheKernelsRelease_data()
    {
        QTest::addColumn<int>("layout");
        const auto row = [](const char *release, TcpInfoLayout layout) { QTest::newRow(release) << int(layout); };
        row("6.18.44-fc-v657", TcpInfoLayout::U16Pair);
        row("6.18", TcpInfoLayout::U16Pair);
        row("6.19.0-rc1", TcpInfoLayout::U16Pair);
        row("7.0.0", TcpInfoLayout::BitFields);
        row("7.0.3-arch1-1", TcpInfoLayout::BitFields);
        row("7.1.0-rc2", TcpInfoLayout::BitFields);
        row("10.2", TcpInfoLayout::BitFields);
        row("7.0.0-rc2", TcpInfoLayout::Undecided);
        row("6.1.0-32-amd64", TcpInfoLayout::Undecided);
        row("5.14.0-611.el9", TcpInfoLayout::Undecided);
        row("6.180", TcpInfoLayout::Undecided);
        row("arch", TcpInfoLayout::Undecided);
        row("7", TcpInfoLayout::Undecided);
        row("7.", TcpInfoLayout::Undecided);
        row("99999999999999999999.1", TcpInfoLayout::Undecided);
        row("linux", TcpInfoLayout::Undecided);
        QTest::newRow("") << int(TcpInfoLayout::Undecided);
    }
    void choosesTheLayoutByTheKernelsRelease()
    {
        QFETCH(int, layout);
        QCOMPARE(int(tcpInfoLayoutOf(QTest::currentDataTag(), std::nullopt)), layout);
    }

    void letsTheKernelsTypesDecideTheLayout()
    {
        // What has the field has the bits, whatever it calls itself.
        for (const char *release : {"7.0.0", "6.18.44", "6.1.0", "5.14.0-611.el9", "strange"})
            QCOMPARE(tcpInfoLayoutOf(release, true), TcpInfoLayout::BitFields);
        // What has it not has the pair, if it is of the time between the two.
        for (const char *release : {"6.18.44", "6.19", "7.0.0-rc2"})
            QCOMPARE(tcpInfoLayoutOf(release, false), TcpInfoLayout::U16Pair);
        for (const char *release : {"6.1.0", "7.0.0", "8.1", "strange", ""})
            QCOMPARE(tcpInfoLayoutOf(release, false), TcpInfoLayout::Undecided);
    }

    void knowsWhatDoesNotMeanItsNumber()
    {
        const auto text = [](const char *id, quint64 raw) {
            const FieldRef ref = fieldById(id, AF_INET, IPPROTO_TCP);
            const Sentinel *sentinel = sentinelOf(*ref.field, raw);
            return QByteArray(sentinel ? sentinel->text : "");
        };
        QCOMPARE(text("tcp.snd-ssthresh", 0x7fffffff), QByteArray("infinite"));
        QCOMPARE(text("tcp.snd-ssthresh", 0xffffffff), QByteArray("infinite"));
        QCOMPARE(text("tcp.snd-ssthresh", 10), QByteArray());
        QCOMPARE(text("tcp.pacing-rate", ~quint64(0)), QByteArray("unlimited"));
        QCOMPARE(text("tcp.max-pacing-rate", ~quint64(0)), QByteArray("unlimited"));
        QCOMPARE(text("tcp.min-rtt", 0xffffffff), QByteArray("no sample"));
        QCOMPARE(text("tcp.rtt", 0), QByteArray("not measured"));
        QCOMPARE(text("tcp.rcv-rtt", 0), QByteArray("not measured"));
        QCOMPARE(text("tcp.delivery-rate", 0), QByteArray("not measured"));
        QCOMPARE(text("tcp.bytes-sent", 0), QByteArray());
    }

    void decodesThatStructForNoOtherProtocol()
    {
        const QByteArray message = messageWith(wholeTcpInfo());
        const DecodedMessage decoded = decodeMessage(IPPROTO_UDP, viewOf(message));
        QVERIFY(decoded.attributes.at(0).fields.empty());
        QCOMPARE(decoded.attributes.at(0).payload.size(), std::size_t(280));
        QVERIFY(!fieldById("tcp.rtt", AF_INET, IPPROTO_UDP));
        QVERIFY(fieldById("tcp.rtt", AF_INET));
    }
};

QTEST_GUILESS_MAIN(tst_tcp_info)
#include "tst_tcp_info.moc"
