// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/packet_message.h"

#include "collector/decode/attribute.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using socktree::test::named;
using socktree::test::value;
using socktree::test::viewOf;

class tst_packet_message : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsTheFixedPart()
    {
        const QByteArray message = test::packetMessage(
            {.type = SOCK_DGRAM, .protocol = 0x88cc, .inode = 4711, .cookie = 0x1122334455667788});
        const auto fixed = parsePacketFixed(viewOf(message));
        QVERIFY(fixed);
        QCOMPARE(fixed->type, quint8(SOCK_DGRAM));
        QCOMPARE(fixed->protocol, quint16(0x88cc));
        QCOMPARE(fixed->inode, 4711u);
        QCOMPARE(fixed->cookie, quint64(0x1122334455667788));
        const DecodedMessage decoded = decodeMessage(AF_PACKET, 0, viewOf(message));
        QCOMPARE(value(decoded.fixed, "packet.type"), std::optional<quint64>(SOCK_DGRAM));
        QCOMPARE(value(decoded.fixed, "packet.num"), std::optional<quint64>(0x88cc));
        QCOMPARE(value(decoded.fixed, "packet.inode"), std::optional<quint64>(4711));
        QCOMPARE(valueOf(fieldById("packet.num", AF_PACKET), viewOf(message)), std::optional<quint64>(0x88cc));
    }

    void refusesWhatIsShortOrOfAnotherFamily()
    {
        const QByteArray message = test::packetMessage({});
        QVERIFY(!parsePacketFixed(viewOf(message.chopped(1))));
        QVERIFY(!parsePacketFixed({}));
        QVERIFY(!parsePacketFixed(viewOf(test::unixMessage({}))));
    }

    void readsInfoRingsAndFanout()
    {
        const QByteArray message = test::packetMessage({})
                                       .attribute(0, test::u32s({2, 2, 16, 128, 0x40, 0x11}))
                                       .attribute(2, test::u32s({4096, 8, 2048, 16, 60, 32, 1}))
                                       .attribute(3, test::u32s({65536, 1, 1024, 64, 0, 0, 0}))
                                       .attribute(4, test::u32(0x00010003))
                                       .attribute(5, test::u32(1000));
        const DecodedMessage decoded = decodeMessage(AF_PACKET, 0, viewOf(message));
        const QList<std::pair<const char *, quint64>> expected
            = {{"packet.if", 2}, {"packet.version", 2}, {"packet.reserve", 16}, {"packet.copy-thresh", 128},
                {"packet.tstamp", 0x40}, {"packet.flags", 0x11}, {"packet.rx-block-size", 4096},
                {"packet.rx-block-nr", 8}, {"packet.rx-frame-size", 2048}, {"packet.rx-frame-nr", 16},
                {"packet.rx-retire-tmo", 60}, {"packet.rx-sizeof-priv", 32}, {"packet.rx-features", 1},
                {"packet.tx-block-size", 65536}, {"packet.tx-block-nr", 1}, {"packet.tx-frame-size", 1024},
                {"packet.tx-frame-nr", 64}, {"packet.fanout-id", 3}, {"packet.fanout-type", 1}, {"packet.uid", 1000}};
        for (const auto &line : expected) {
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
            QCOMPARE(valueOf(fieldById(line.first, AF_PACKET), viewOf(message)), std::optional(line.second));
        }
    }

    /// A bare array of records, and the address in them no longer than they say.
    void readsMemberships()
    {
        const auto membership = [](quint32 interface, quint16 type, quint16 length, const char *address) {
            return test::u32s({interface, 1}) + test::u16(type) + test::u16(length)
                + QByteArray::fromHex(address).leftJustified(32, '\0');
        };
        const QByteArray message = test::packetMessage({}).attribute(
            1, membership(2, 0, 6, "01005e0000fb") + membership(3, 1, 0, "") + membership(4, 3, 65535, "ff") + "tail");
        const DecodedMessage decoded = decodeMessage(AF_PACKET, 0, viewOf(message));
        const DecodedAttribute &list = decoded.attributes.at(0);
        QCOMPARE(list.elements, 3u);
        QCOMPARE(list.unknownTail.size(), std::size_t(4));
        QList<QByteArray> addresses;
        for (const DecodedField &field : list.fields)
            if (QByteArrayView(field.field->id) == "packet.mc-addr")
                addresses
                    += QByteArray(reinterpret_cast<const char *>(field.bytes.data()), qsizetype(field.bytes.size()))
                           .toHex();
        QCOMPARE(addresses.value(0), QByteArray("01005e0000fb"));
        QCOMPARE(addresses.value(1), QByteArray());
        QCOMPARE(addresses.value(2).size(), 64); // a length that lies gives no more than there is
        QCOMPARE(list.fields.at(0).raw, quint64(2));
        QCOMPARE(list.fields.at(7).raw, quint64(1)); // promisc
        QVERIFY(!valueOf(fieldById("packet.mc-addr", AF_PACKET), viewOf(message)));
    }

    void tellsAFilterThatIsWithheldFromOneThatIsNotThere()
    {
        const QByteArray filter = test::u16(0x28) + test::u8(1) + test::u8(2) + test::u32(0xfffff000);
        const QByteArray message = test::packetMessage({}).attribute(7, filter + filter);
        const DecodedMessage decoded = decodeMessage(AF_PACKET, 0, viewOf(message));
        QCOMPARE(decoded.attributes.at(0).elements, 2u);
        QCOMPARE(value(decoded.attributes, "packet.filter-code"), std::optional<quint64>(0x28));
        QCOMPARE(value(decoded.attributes, "packet.filter-jt"), std::optional<quint64>(1));
        QCOMPARE(value(decoded.attributes, "packet.filter-jf"), std::optional<quint64>(2));
        QCOMPARE(value(decoded.attributes, "packet.filter-k"), std::optional<quint64>(0xfffff000));
        const QByteArray withheld = test::packetMessage({}).attribute(7, {});
        const DecodedMessage none = decodeMessage(AF_PACKET, 0, viewOf(withheld));
        const DecodedAttribute *empty = named(none.attributes, "packet.filter");
        QVERIFY(empty && empty->payload.empty());
        QCOMPARE(empty->attribute->empty, "withheld");
        QCOMPARE(empty->attribute->needs, Privilege::NetAdmin);
    }
};

QTEST_GUILESS_MAIN(tst_packet_message)
#include "tst_packet_message.moc"
