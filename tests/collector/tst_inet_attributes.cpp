// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "collector/decode/inet_message.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

#include <algorithm>

using namespace socktree;
using socktree::test::named;
using socktree::test::value;
using socktree::test::viewOf;

namespace {

using Values = QMap<QByteArray, quint64>;

Values valuesOf(const std::vector<DecodedField> &fields)
{
    Values values;
    for (const DecodedField &field : fields)
        values.insert(field.field->id, field.raw);
    return values;
}

bool contains(Bytes haystack, const QByteArray &needle)
{
    const Bytes bytes = viewOf(needle);
    return std::search(haystack.begin(), haystack.end(), bytes.begin(), bytes.end()) != haystack.end();
}

/// tcp_diag_md5sig: AF_INET, /32, key of 6 bytes, an address, and the key in clear.
QByteArray md5Signature()
{
    return test::u8(AF_INET) + test::u8(32) + test::u16(6) + QByteArray("\x7f\0\0\1", 4) + QByteArray(12, '\0')
        + QByteArray("hunter").leftJustified(80, '\0');
}

} // namespace

class tst_inet_attributes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsTheFixedPart()
    {
        const QByteArray message = test::inetMessage({.family = AF_INET6,
            .state = 10,
            .timer = 2,
            .retrans = 3,
            .localPort = 443,
            .remotePort = 50000,
            .interface = 4,
            .expires = 52,
            .receiveQueue = 56,
            .sendQueue = 60,
            .uid = 64,
            .inode = 68});
        const Values expected = {{"inet.family", AF_INET6}, {"inet.state", 10}, {"inet.timer", 2}, {"inet.retrans", 3},
            {"inet.sport", 443}, {"inet.dport", 50000}, {"inet.if", 4}, {"inet.expires", 52}, {"inet.rqueue", 56},
            {"inet.wqueue", 60}, {"inet.uid", 64}, {"inet.inode", 68}};
        QCOMPARE(valuesOf(decodeMessage(IPPROTO_TCP, viewOf(message)).fixed), expected);
        for (auto it = expected.begin(); it != expected.end(); ++it)
            QCOMPARE(valueOf(fieldById(it.key().constData(), AF_INET, IPPROTO_UDP), viewOf(message)),
                std::optional(it.value()));
    }

    /// Every attribute that is one struct: what its bytes mean, at full length, one byte short and one long.
    void readsEachStruct_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<Values>("expected");
        using test::u16, test::u32, test::u64, test::u8;
        QTest::newRow("meminfo") << 1 << u32(1) + u32(2) + u32(0xffffffff) + u32(4)
                                 << Values{{"meminfo.rmem", 1}, {"meminfo.wmem", 2}, {"meminfo.fmem", ~quint64(0)},
                                        {"meminfo.tmem", 4}};
        QTest::newRow("vegas") << 3 << test::u32s({1, 8, 12000, 0x7fffffff})
                               << Values{{"vegas.enabled", 1}, {"vegas.rttcnt", 8}, {"vegas.rtt", 12000},
                                      {"vegas.minrtt", 0x7fffffff}};
        QTest::newRow("tos") << 5 << u8(0xb8) << Values{{"inet.tos", 0xb8}};
        QTest::newRow("tclass") << 6 << u8(0x20) << Values{{"inet.tclass", 0x20}};
        QTest::newRow("skmeminfo") << 7 << test::u32s({3136, 212992, 768, 87040, 0xfffff000, 5, 6, 7, 8})
                                   << Values{{"mem.rmem-alloc", 3136}, {"mem.rcvbuf", 212992}, {"mem.wmem-alloc", 768},
                                          {"mem.sndbuf", 87040}, {"mem.fwd-alloc", quint64(qint64(-4096))},
                                          {"mem.wmem-queued", 5}, {"mem.optmem", 6}, {"mem.backlog", 7},
                                          {"mem.drops", 8}};
        QTest::newRow("shutdown") << 8 << u8(3) << Values{{"inet.shutdown", 3}};
        QTest::newRow("dctcp") << 9 << u16(1) + u16(0) + u32(512) + u32(10) + u32(20)
                               << Values{{"dctcp.enabled", 1}, {"dctcp.ce-state", 0}, {"dctcp.alpha", 512},
                                      {"dctcp.ab-ecn", 10}, {"dctcp.ab-tot", 20}};
        QTest::newRow("protocol") << 10 << u8(6) << Values{{"inet.protocol", 6}};
        QTest::newRow("v6only") << 11 << u8(0) << Values{{"inet.v6only", 0}};
        QTest::newRow("mark") << 15 << u32(0xcafe) << Values{{"inet.mark", 0xcafe}};
        QTest::newRow("bbr") << 16 << test::u32s({0, 1, 250, 739, 739})
                             << Values{{"bbr.bw", quint64(1) << 32}, {"bbr.min-rtt", 250}, {"bbr.pacing-gain", 739},
                                    {"bbr.cwnd-gain", 739}};
        QTest::newRow("class id") << 17 << u32(5) << Values{{"inet.class-id", 5}};
        QTest::newRow("cgroup id") << 21 << u64(0x100000001) << Values{{"inet.cgroup-id", 0x100000001}};
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
        // 0x52: is_icsk, mc_loop, mc_all; 0x0d: bind_address_no_port, defer_connect and the lowest unused bit
        const QByteArray options = u8(0x52) + u8(0x0d);
#else
        const QByteArray options = u8(0x4a) + u8(0xb0);
#endif
        QTest::newRow("sockopt") << 22 << options
                                 << Values{{"sockopt.recverr", 0}, {"sockopt.is-icsk", 1}, {"sockopt.freebind", 0},
                                        {"sockopt.hdrincl", 0}, {"sockopt.mc-loop", 1}, {"sockopt.transparent", 0},
                                        {"sockopt.mc-all", 1}, {"sockopt.nodefrag", 0},
                                        {"sockopt.bind-address-no-port", 1}, {"sockopt.recverr-rfc4884", 0},
                                        {"sockopt.defer-connect", 1}, {"sockopt.unused", 1}};
    }
    void readsEachStruct()
    {
        QFETCH(int, number);
        QFETCH(QByteArray, payload);
        QFETCH(Values, expected);
        const auto decodedAs = [&](const QByteArray &bytes) {
            const QByteArray message = test::inetMessage({}).attribute(quint16(number), bytes);
            const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
            return std::pair(valuesOf(decoded.attributes.at(0).fields), decoded.attributes.at(0).unknownTail.size());
        };
        QCOMPARE(decodedAs(payload), std::pair(expected, std::size_t(0)));
        QCOMPARE(decodedAs(payload + 'x'), std::pair(expected, std::size_t(1)));
        QCOMPARE(decodedAs({}), std::pair(Values(), std::size_t(0)));

        const auto [shorter, tail] = decodedAs(payload.chopped(1));
        QVERIFY(shorter.size() < expected.size());
        for (auto it = shorter.begin(); it != shorter.end(); ++it)
            QCOMPARE(it.value(), expected.value(it.key()));

        const QByteArray message
            = test::inetMessage({.family = AF_INET6}).attribute(4, "x").attribute(quint16(number), payload);
        for (auto it = expected.begin(); it != expected.end(); ++it) {
            const FieldRef ref = fieldById(it.key().constData(), AF_INET6, IPPROTO_UDP);
            QVERIFY2(ref, it.key().constData());
            QCOMPARE(valueOf(ref, viewOf(message)), std::optional(it.value()));
        }
    }

    void readsTheCongestionControlUpToItsNul()
    {
        const QByteArray message = test::inetMessage({}).attribute(inet::Congestion, test::cString("cubic"));
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        QCOMPARE(named(decoded.attributes, "inet.cong")->text, QByteArray("cubic"));
        QVERIFY(named(decoded.attributes, "inet.cong")->unknownTail.empty());

        const QByteArray odd = test::inetMessage({})
                                   .attribute(inet::Congestion, "bbr") // no NUL at all
                                   .attribute(inet::Congestion, QByteArray("a\0bc", 4))
                                   .attribute(inet::Congestion, {});
        const DecodedMessage oddly = decodeMessage(IPPROTO_TCP, viewOf(odd));
        QCOMPARE(oddly.attributes.at(0).text, QByteArray("bbr"));
        QVERIFY(oddly.attributes.at(0).unknownTail.empty());
        QCOMPARE(oddly.attributes.at(1).text, QByteArray("a"));
        QCOMPARE(oddly.attributes.at(1).unknownTail.size(), std::size_t(2));
        QVERIFY(oddly.attributes.at(2).text.isEmpty());
    }

    void readsTheTlsNest()
    {
        using test::attribute, test::u16;
        const QByteArray tls = attribute(1, u16(0x0304)) + attribute(2, u16(52)) + attribute(3, u16(2))
            + attribute(4, u16(3)) + attribute(5, {}) + attribute(6, {}) + attribute(7, u16(4096))
            + attribute(99, "new");
        const QByteArray message
            = test::inetMessage({}).attribute(inet::UlpInfo, attribute(1, test::cString("tls")) + attribute(2, tls));
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        const DecodedAttribute *ulp = named(decoded.attributes, "inet.ulp");
        QVERIFY(ulp);
        QCOMPARE(named(ulp->nested, "ulp.name")->text, QByteArray("tls"));
        const DecodedAttribute *nest = named(ulp->nested, "ulp.tls");
        QVERIFY(nest);
        QCOMPARE(value(nest->nested, "tls.version"), std::optional<quint64>(0x0304));
        QCOMPARE(value(nest->nested, "tls.cipher"), std::optional<quint64>(52));
        QCOMPARE(value(nest->nested, "tls.txconf"), std::optional<quint64>(2));
        QCOMPARE(value(nest->nested, "tls.rxconf"), std::optional<quint64>(3));
        QVERIFY(named(nest->nested, "tls.zc-ro-tx"));
        QVERIFY(named(nest->nested, "tls.rx-no-pad"));
        QCOMPARE(value(nest->nested, "tls.tx-max-payload-len"), std::optional<quint64>(4096));
        QCOMPARE(nest->nested.back().number, quint16(99));
        QVERIFY(!nest->nested.back().attribute);
        QCOMPARE(nest->nested.back().payload.size(), std::size_t(3));
    }

    void readsTheMptcpNest()
    {
        using test::attribute, test::u16, test::u32, test::u64, test::u8;
        const QByteArray subflow = attribute(1, u32(0)) + attribute(2, u32(0xabcd)) + attribute(3, u32(3))
            + attribute(4, u64(quint64(4) << 32)) + attribute(5, u32(5)) + attribute(6, u32(6)) + attribute(7, u16(7))
            + attribute(8, u32(0xc3)) + attribute(9, u8(9)) + attribute(10, u8(10)) + attribute(11, {});
        const QByteArray message = test::inetMessage({}).attribute(
            inet::UlpInfo, attribute(1, test::cString("mptcp")) + attribute(3, subflow));
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        const QList<std::pair<const char *, quint64>> expected
            = {{"mptcp.token-rem", 0}, {"mptcp.token-loc", 0xabcd}, {"mptcp.relwrite-seq", 3},
                {"mptcp.map-seq", quint64(4) << 32}, {"mptcp.map-sfseq", 5}, {"mptcp.ssn-offset", 6},
                {"mptcp.map-datalen", 7}, {"mptcp.flags", 0xc3}, {"mptcp.id-rem", 9}, {"mptcp.id-loc", 10}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
        QVERIFY(!fieldById("mptcp.flags", AF_INET, IPPROTO_TCP)); // nests cannot be referred to
    }

    void readsBpfStorages()
    {
        using test::attribute, test::u32;
        const QByteArray one = attribute(1, attribute(2, u32(7)) + attribute(3, "value"));
        const QByteArray message = test::inetMessage({}).attribute(0x8000 | inet::BpfStorages, one + one);
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        const auto &storages = decoded.attributes.at(0).nested;
        QCOMPARE(storages.size(), std::size_t(2));
        QCOMPARE(value(storages.at(1).nested, "bpf.map-id"), std::optional<quint64>(7));
        QVERIFY(contains(named(storages.at(1).nested, "bpf.map-value")->payload, "value"));
    }

    void keepsWhatIsNoWholeAttributeOfANest()
    {
        const QByteArray nest = test::attribute(1, test::cString("tls")) + test::u16(40) + test::u16(2);
        const QByteArray message = test::inetMessage({}).attribute(inet::UlpInfo, nest);
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        QCOMPARE(decoded.attributes.at(0).nested.size(), std::size_t(1));
        QCOMPARE(decoded.attributes.at(0).unknownTail.size(), std::size_t(4));
    }

    void countsMd5KeysAndNeverShowsThem()
    {
        const QByteArray message
            = test::inetMessage({}).attribute(inet::Md5Signatures, md5Signature() + md5Signature()).attribute(8, "\3");
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        const DecodedAttribute *secret = named(decoded.attributes, "inet.md5sig");
        QVERIFY(secret);
        QCOMPARE(secret->elements, 2u);
        QVERIFY(secret->payload.empty());
        QVERIFY(secret->unknownTail.empty());
        QVERIFY(secret->fields.empty());
        QVERIFY(secret->text.isEmpty());
        QVERIFY(secret->attribute->needs == Privilege::NetAdmin);
        QVERIFY(named(decoded.attributes, "inet.shutdown"));
    }

    void showsNoKeyOfAMessageThatWasCut()
    {
        const QByteArray whole = test::inetMessage({}).attribute(inet::Md5Signatures, md5Signature());
        const QByteArray cut = whole.chopped(40);
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(cut));
        QVERIFY(decoded.attributes.empty());
        QCOMPARE(decoded.malformed.size(), std::size_t(4)); // the attribute's header
    }

    void keepsAnUnknownAttribute()
    {
        const QByteArray message = test::inetMessage({})
                                       .attribute(8, test::u8(1))
                                       .attribute(0x3ffe, "from the future")
                                       .attribute(0, "none")
                                       .attribute(15, test::u32(1));
        const DecodedMessage decoded = decodeMessage(IPPROTO_UDP, viewOf(message));
        QCOMPARE(decoded.attributes.size(), std::size_t(4));
        QVERIFY(!decoded.attributes[1].attribute);
        QCOMPARE(decoded.attributes[1].number, quint16(0x3ffe));
        QVERIFY(contains(decoded.attributes[1].payload, "from the future"));
        QVERIFY(!decoded.attributes[2].attribute);
        QVERIFY(decoded.malformed.empty());
    }

    void keepsRepeatedAttributesInOrder()
    {
        const QByteArray message = test::inetMessage({}).attribute(8, test::u8(1)).attribute(8, test::u8(2));
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        QCOMPARE(decoded.attributes.at(0).fields.at(0).raw, quint64(1));
        QCOMPARE(decoded.attributes.at(1).fields.at(0).raw, quint64(2));
        QCOMPARE(valueOf(fieldById("inet.shutdown", AF_INET), viewOf(message)), std::optional<quint64>(1));
    }

    void keepsAMalformedTail()
    {
        const QByteArray message = QByteArray(test::inetMessage({}).attribute(8, test::u8(1))) + test::u16(200) + "xy";
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        QCOMPARE(decoded.attributes.size(), std::size_t(1));
        QCOMPARE(decoded.malformed.size(), std::size_t(4));
    }

    void decodesWhatIsThereOfAFixedPartCutShort()
    {
        const QByteArray message = QByteArray(test::inetMessage({.uid = 1000, .inode = 5})).chopped(1);
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message));
        QCOMPARE(value(decoded.fixed, "inet.uid"), std::optional<quint64>(1000));
        QVERIFY(!value(decoded.fixed, "inet.inode"));
        QCOMPARE(decoded.malformed.size(), std::size_t(3));
        QVERIFY(!valueOf(fieldById("inet.inode", AF_INET), viewOf(message)));
        QVERIFY(!attributePayload(viewOf(message), 8));
    }

    void keepsAMessageOfAnUnknownFamilyWhole()
    {
        const QByteArray message("\x63\1\2\3", 4);
        const DecodedMessage decoded = decodeMessage(0, viewOf(message));
        QVERIFY(decoded.fixed.empty());
        QVERIFY(decoded.attributes.empty());
        QCOMPARE(decoded.malformed.size(), std::size_t(4));
        QVERIFY(decodeMessage(0, {}).malformed.empty());
        QVERIFY(attributesOf(99, 0).empty());
        QCOMPARE(fixedSizeOf(99), std::size_t(0));
    }

    void findsNoValueInAMessageOfAnotherFamily()
    {
        const FieldRef ref = fieldById("inet.shutdown", AF_INET);
        const QByteArray message = test::unixMessage({}).attribute(8, test::u8(3));
        QVERIFY(!valueOf(ref, viewOf(message)));
        QVERIFY(!valueOf(ref, {}));
        QVERIFY(!valueOf(FieldRef(), viewOf(message)));
        QVERIFY(!fieldById("no.such-field", AF_INET, IPPROTO_TCP));
        QVERIFY(!fieldById("inet.tos", AF_UNIX));
    }

    void tellsAnAbsentValueFromZero()
    {
        const FieldRef mark = fieldById("inet.mark", AF_INET, IPPROTO_TCP);
        const QByteArray without = test::inetMessage({}).attribute(8, test::u8(0));
        const QByteArray with = test::inetMessage({}).attribute(15, test::u32(0));
        QVERIFY(!valueOf(mark, viewOf(without)));
        QCOMPARE(valueOf(mark, viewOf(with)), std::optional<quint64>(0));
    }
};

QTEST_GUILESS_MAIN(tst_inet_attributes)
#include "tst_inet_attributes.moc"
