// SPDX-License-Identifier: GPL-3.0-or-later
// What MPTCP, SCTP and DCCP tell of themselves, and what the plain protocols do not.
#include "collector/decode/attribute.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/socket_address.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

using namespace socktree;
using socktree::test::named;
using socktree::test::value;
using socktree::test::viewOf;

namespace {

using Lines = QList<std::pair<const char *, quint64>>;
constexpr quint16 mptcp = 262, dccp = 33;

QByteArray mptcpInfo()
{
    using test::u16, test::u32, test::u64, test::u8;
    return u8(1) + u8(2) + u8(3) + u8(4) + u8(5) + u8(6) + u16(0) // and a hole
        + u32(3)                                                  // flags
        + u32(0xabcd)                                             // token
        + u64(quint64(16) << 40) + u64(24) + u64(32)              // sequence numbers
        + u8(40) + u8(41) + u8(1) + u8(0)                         // local addresses, checksums, a hole
        + u32(44)                                                 // retransmits
        + u64(48) + u64(56) + u64(64) + u64(72)                   // bytes
        + u8(80) + u8(81) + u8(82) + u8(0)                        // subflows_total, laminar, fullmesh, reserved
        + u32(84) + u32(88) + u32(92);                            // last times
}

QByteArray sctpInfo()
{
    using test::u16, test::u32, test::u32s, test::u64, test::u8;
    QByteArray info = u32s({0xaaaa, 3, 106496}) + u16(12) + u16(14) + u16(16) + u16(18)
        + u32s({0, 24, 28, 32, 36, 40, 44, 0xbbbb}) + u8(0x81) + u8(0x05) + u16(0);
    for (quint64 offset = 56; offset < 168; offset += 8)
        info += u64(offset);
    info += test::socketAddress(AF_INET6, "2001:db8::1", 5000);
    info += u32s({2, 300, 304, 308, 312, 316, 320, 0, 328, 332, 336}) + u16(340) + u16(0);
    return info + QByteArray(24, '\0');
}

/// @p info as an endpoint or, with peers, an association.
QByteArray sctpMessage(const QByteArray &info, bool isAssociation)
{
    test::MessageBuilder message = test::inetMessage({.state = quint8(isAssociation ? 3 : 10), .timer = 4});
    message.attribute(inet::Info, info)
        .attribute(inet::Locals,
            test::socketAddress(AF_INET, "10.0.0.1", 36412) + test::socketAddress(AF_INET6, "fe80::2", 36412, 5));
    if (isAssociation)
        message.attribute(inet::Peers, test::socketAddress(AF_INET, "10.0.0.9", 36413));
    return message;
}

const char *nameOf(const DecodedMessage &message, QByteArrayView id)
{
    for (const DecodedField &decoded : message.fixed)
        if (id == QByteArrayView(decoded.field->id))
            for (const ValueName &name : decoded.field->names)
                if (name.value == decoded.raw)
                    return name.name;
    return "";
}

} // namespace

class tst_inet_protocols : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsMptcp()
    {
        QCOMPARE(mptcpInfo().size(), 96);
        const QByteArray message = test::inetMessage({}).attribute(inet::Info, mptcpInfo());
        const DecodedMessage decoded = decodeMessage(AF_INET, mptcp, viewOf(message));
        const Lines expected = {{"mptcpinfo.subflows", 1}, {"mptcpinfo.add-addr-signal", 2},
            {"mptcpinfo.add-addr-accepted", 3}, {"mptcpinfo.subflows-max", 4}, {"mptcpinfo.add-addr-signal-max", 5},
            {"mptcpinfo.add-addr-accepted-max", 6}, {"mptcpinfo.flags", 3}, {"mptcpinfo.token", 0xabcd},
            {"mptcpinfo.write-seq", quint64(16) << 40}, {"mptcpinfo.snd-una", 24}, {"mptcpinfo.rcv-nxt", 32},
            {"mptcpinfo.local-addr-used", 40}, {"mptcpinfo.local-addr-max", 41}, {"mptcpinfo.csum-enabled", 1},
            {"mptcpinfo.retransmits", 44}, {"mptcpinfo.bytes-retrans", 48}, {"mptcpinfo.bytes-sent", 56},
            {"mptcpinfo.bytes-received", 64}, {"mptcpinfo.bytes-acked", 72}, {"mptcpinfo.subflows-total", 80},
            {"mptcpinfo.endp-laminar-max", 81}, {"mptcpinfo.endp-fullmesh-max", 82}, {"mptcpinfo.last-data-sent", 84},
            {"mptcpinfo.last-data-recv", 88}, {"mptcpinfo.last-ack-recv", 92}};
        for (const auto &line : expected) {
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
            QCOMPARE(valueOf(fieldById(line.first, AF_INET6, mptcp), viewOf(message)), std::optional(line.second));
        }
        QVERIFY(!fieldById("tcp.rtt", AF_INET, mptcp));
    }

    /// An older struct may end in padding where a later one has a field.
    void takesNoPaddingForAField_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<QByteArray>("missing");
        QTest::newRow("5.9") << 40 << QByteArray("mptcpinfo.rcv-nxt") << QByteArray("mptcpinfo.local-addr-used");
        QTest::newRow("5.14") << 48 << QByteArray("mptcpinfo.csum-enabled") << QByteArray("mptcpinfo.retransmits");
        QTest::newRow("6.5") << 80 << QByteArray("mptcpinfo.bytes-acked") << QByteArray("mptcpinfo.subflows-total");
        QTest::newRow("6.8") << 88 << QByteArray("mptcpinfo.subflows-total") << QByteArray("mptcpinfo.last-data-sent");
    }
    void takesNoPaddingForAField()
    {
        QFETCH(int, size);
        QFETCH(QByteArray, last);
        QFETCH(QByteArray, missing);
        QByteArray info = mptcpInfo().first(size);
        if (size == 48)
            info.replace(43, 5, QByteArray(5, '\0'));
        if (size == 88)
            info.replace(81, 7, QByteArray(7, '\0'));
        const QByteArray message = test::inetMessage({}).attribute(inet::Info, info);
        const DecodedMessage decoded = decodeMessage(AF_INET, mptcp, viewOf(message));
        QVERIFY(value(decoded.attributes, last));
        QVERIFY(!value(decoded.attributes, missing));
        QVERIFY(!valueOf(fieldById(missing.constData(), AF_INET, mptcp), viewOf(message)));
        QVERIFY(decoded.attributes.at(0).unknownTail.empty());
        // Something in the padding is kept.
        info.back() = '\x7f';
        const QByteArray odd = test::inetMessage({}).attribute(inet::Info, info);
        const auto tail = decodeMessage(AF_INET, mptcp, viewOf(odd)).attributes.at(0).unknownTail;
        QCOMPARE(tail.empty(), size == 40 || size == 80);
    }

    void readsAnSctpAssociation()
    {
        QCOMPARE(sctpInfo().size(), 368);
        const QByteArray message = sctpMessage(sctpInfo(), true);
        const DecodedMessage decoded = decodeMessage(AF_INET, IPPROTO_SCTP, viewOf(message));
        const Lines expected = {{"sctp.tag", 0xaaaa}, {"sctp.state", 3}, {"sctp.rwnd", 106496}, {"sctp.unackdata", 12},
            {"sctp.penddata", 14}, {"sctp.instrms", 16}, {"sctp.outstrms", 18}, {"sctp.fragmentation-point", 0},
            {"sctp.inqueue", 24}, {"sctp.outqueue", 28}, {"sctp.overall-error", 32}, {"sctp.max-burst", 36},
            {"sctp.maxseg", 40}, {"sctp.peer-rwnd", 44}, {"sctp.peer-tag", 0xbbbb}, {"sctp.peer-capable", 0x81},
            {"sctp.peer-sack", 5}, {"sctp.isacks", 56}, {"sctp.osacks", 64}, {"sctp.opackets", 72},
            {"sctp.ipackets", 80}, {"sctp.rtxchunks", 88}, {"sctp.outofseqtsns", 96}, {"sctp.idupchunks", 104},
            {"sctp.gapcnt", 112}, {"sctp.ouodchunks", 120}, {"sctp.iuodchunks", 128}, {"sctp.oodchunks", 136},
            {"sctp.iodchunks", 144}, {"sctp.octrlchunks", 152}, {"sctp.ictrlchunks", 160}, {"sctp.p-state", 2},
            {"sctp.p-cwnd", 300}, {"sctp.p-srtt", 304}, {"sctp.p-rto", 308}, {"sctp.p-hbinterval", 312},
            {"sctp.p-pathmaxrxt", 316}, {"sctp.p-sackdelay", 320}, {"sctp.p-sackfreq", 0}, {"sctp.p-ssthresh", 328},
            {"sctp.p-partial-bytes-acked", 332}, {"sctp.p-flight-size", 336}, {"sctp.p-error", 340}};
        for (const auto &line : expected) {
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
            QCOMPARE(
                valueOf(fieldById(line.first, AF_INET, IPPROTO_SCTP), viewOf(message)), std::optional(line.second));
        }
        const DecodedAttribute &info = *named(decoded.attributes, "inet.info");
        QVERIFY(info.unknownTail.empty()); // what endpoints have is 0 here
        QVERIFY(!value(decoded.attributes, "sctp.s-nodelay"));
        QVERIFY(!valueOf(fieldById("sctp.s-nodelay", AF_INET, IPPROTO_SCTP), viewOf(message)));
        QCOMPARE(nameOf(decoded, "inet.state"), "ESTAB");
        QCOMPARE(nameOf(decoded, "inet.timer"), "t3-rtx");
        const auto primary = std::find_if(info.fields.begin(), info.fields.end(),
            [](const DecodedField &field) { return QByteArrayView(field.field->id) == "sctp.p-address"; });
        QVERIFY(primary != info.fields.end());
        const auto address = parseSocketAddress(primary->bytes);
        QVERIFY(address && address->length == 16 && address->port == 5000 && address->bytes[15] == 1);
    }

    void readsAnSctpEndpoint()
    {
        using test::u32s, test::u8;
        const QByteArray info
            = QByteArray(344, '\0') + u32s({344, 348, 352}) + u8(1) + u8(0) + u8(1) + u8(2) + u32s({2, 0});
        const QByteArray message = sctpMessage(info, false);
        QVERIFY(!isAssociation(viewOf(message)));
        const DecodedMessage decoded = decodeMessage(AF_INET6, IPPROTO_SCTP, viewOf(message));
        const Lines expected = {{"sctp.s-autoclose", 344}, {"sctp.s-adaptation-ind", 348}, {"sctp.s-pd-point", 352},
            {"sctp.s-nodelay", 1}, {"sctp.s-disable-fragments", 0}, {"sctp.s-v4mapped", 1},
            {"sctp.s-frag-interleave", 2}, {"sctp.s-type", 2}};
        for (const auto &line : expected) {
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
            QCOMPARE(
                valueOf(fieldById(line.first, AF_INET, IPPROTO_SCTP), viewOf(message)), std::optional(line.second));
        }
        QVERIFY(!value(decoded.attributes, "sctp.rwnd")); // absent, not 0
        QVERIFY(!valueOf(fieldById("sctp.rwnd", AF_INET, IPPROTO_SCTP), viewOf(message)));
        QVERIFY(named(decoded.attributes, "inet.info")->unknownTail.empty());
        QCOMPARE(nameOf(decoded, "inet.state"), "LISTEN");
        // What both kinds have is found in both.
        const FieldRef state = fieldById("inet.state", AF_INET, IPPROTO_SCTP);
        QCOMPARE(valueOf(state, viewOf(message)), std::optional<quint64>(10));
        QCOMPARE(valueOf(state, viewOf(sctpMessage(info, true))), std::optional<quint64>(3));
    }

    void readsAddresses()
    {
        const QByteArray message = sctpMessage(sctpInfo(), true);
        QVERIFY(isAssociation(viewOf(message)));
        const DecodedMessage decoded = decodeMessage(AF_INET, IPPROTO_SCTP, viewOf(message));
        const auto locals = addressesIn(named(decoded.attributes, "inet.locals")->payload);
        const auto peers = addressesIn(named(decoded.attributes, "inet.peers")->payload);
        SocketAddress four{.bytes = {10, 0, 0, 1}, .length = 4, .port = 36412};
        const SocketAddress six{
            .bytes = {0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, .length = 16, .port = 36412, .scope = 5};
        QCOMPARE(locals.size(), std::size_t(2));
        QVERIFY(locals[0] == four && locals[1] == six);
        four.bytes[3] = 9;
        four.port = 36413;
        QCOMPARE(peers.size(), std::size_t(1));
        QVERIFY(peers[0] == four);
        // Addresses cut short, and of families we cannot spell.
        const QByteArray bytes = test::socketAddress(AF_INET6, "::1", 1);
        for (qsizetype length = 0; length < 24; ++length)
            QVERIFY(!parseSocketAddress(viewOf(bytes.first(length))));
        QVERIFY(parseSocketAddress(viewOf(bytes.first(24))));
        QVERIFY(!parseSocketAddress(viewOf(QByteArray(128, '\0'))));
    }

    void readsOfDccpWhatItFills()
    {
        QByteArray info(248, '\0');
        info.replace(0, 6, QByteArray("\1\2\3\4\5\1", 6));
        info.replace(8, 4, test::u32(8));
        info.replace(60, 4, test::u32(1500));
        info.replace(68, 4, test::u32(68));
        info.replace(92, 4, test::u32(92));
        const QByteArray message = test::inetMessage({}).attribute(inet::Info, info);
        const DecodedMessage decoded = decodeMessage(AF_INET, dccp, viewOf(message));
        const Lines expected = {{"dccp.state", 1}, {"dccp.ca-state", 2}, {"dccp.retransmits", 3}, {"dccp.probes", 4},
            {"dccp.backoff", 5}, {"dccp.options", 1}, {"dccp.rto", 8}, {"dccp.pmtu", 1500}, {"dccp.rtt", 68},
            {"dccp.rcv-rtt", 92}};
        QCOMPARE(decoded.attributes.at(0).fields.size(), std::size_t(expected.size()));
        for (const auto &line : expected)
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
        QVERIFY(decoded.attributes.at(0).unknownTail.empty());
    }

    void readsOfPlainProtocolsWhatAllHave()
    {
        for (const quint16 protocol : QList<quint16>{IPPROTO_UDP, IPPROTO_UDPLITE, IPPROTO_RAW, IPPROTO_ICMP}) {
            const QByteArray message = test::inetMessage({.state = 7, .localPort = 89})
                                           .attribute(inet::Protocol, test::u8(89))
                                           .attribute(inet::SkMemInfo, test::u32s({1, 2, 3, 4, 5, 6, 7, 8, 9}))
                                           .attribute(inet::Info, "what");
            const DecodedMessage decoded = decodeMessage(AF_INET, protocol, viewOf(message));
            QCOMPARE(value(decoded.fixed, "inet.sport"), std::optional<quint64>(89));
            QCOMPARE(value(decoded.attributes, "inet.protocol"), std::optional<quint64>(89));
            QCOMPARE(value(decoded.attributes, "mem.drops"), std::optional<quint64>(9));
            QCOMPARE(decoded.attributes.at(2).payload.size(), std::size_t(4)); // kept, though none sends it
        }
    }
};

QTEST_GUILESS_MAIN(tst_inet_protocols)
#include "tst_inet_protocols.moc"
