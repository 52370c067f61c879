// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/netlink_message.h"

#include "collector/decode/attribute.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <bit>

using namespace socktree;
using socktree::test::value;
using socktree::test::viewOf;

namespace {

QList<quint64> groupsIn(const QByteArray &bitmap, std::size_t tail = 0)
{
    const QByteArray message = test::netlinkSocketMessage({}).attribute(1, bitmap);
    const DecodedMessage decoded = decodeMessage(AF_NETLINK, 0, viewOf(message));
    const DecodedAttribute &attribute = decoded.attributes.at(0);
    QList<quint64> groups;
    for (const DecodedField &field : attribute.fields)
        groups += field.raw;
    if (attribute.elements != quint32(groups.size()) || attribute.unknownTail.size() != tail)
        groups.prepend(~quint64(0));
    const auto first = valueOf(fieldById("netlink.groups", AF_NETLINK), viewOf(message));
    return first.value_or(0) == groups.value(0) ? groups : QList<quint64>{~quint64(0)};
}

} // namespace

class tst_netlink_message : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsTheFixedPart()
    {
        const QByteArray message = test::netlinkSocketMessage({.type = SOCK_DGRAM,
            .protocol = 16,
            .state = 1,
            .port = 0xb8c09b07,
            .remotePort = 12,
            .remoteGroup = 13,
            .inode = 16,
            .cookie = 0x1122334455667788});
        const auto fixed = parseNetlinkFixed(viewOf(message));
        QVERIFY(fixed);
        QCOMPARE(fixed->type, quint8(SOCK_DGRAM));
        QCOMPARE(fixed->protocol, quint8(16));
        QCOMPARE(fixed->state, quint8(1));
        QCOMPARE(fixed->port, 0xb8c09b07u);
        QCOMPARE(fixed->remotePort, 12u);
        QCOMPARE(fixed->inode, 16u);
        QCOMPARE(fixed->cookie, quint64(0x1122334455667788));
        const DecodedMessage decoded = decodeMessage(AF_NETLINK, 16, viewOf(message));
        const QList<std::pair<const char *, quint64>> expected = {{"netlink.type", SOCK_DGRAM},
            {"netlink.protocol", 16}, {"netlink.state", 1}, {"netlink.portid", 0xb8c09b07}, {"netlink.dst-portid", 12},
            {"netlink.dst-group", 13}, {"netlink.inode", 16}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.fixed, line.first), std::optional(line.second));
        QVERIFY(!parseNetlinkFixed(viewOf(message.chopped(1))));
        QVERIFY(!parseNetlinkFixed(viewOf(test::packetMessage({}).bytes() + QByteArray(12, '\0'))));
    }

    void listsTheGroups()
    {
        if (std::endian::native != std::endian::little)
            QSKIP("the literals are of a little-endian machine");
        QCOMPARE(groupsIn(test::u64(0)), QList<quint64>());
        QCOMPARE(groupsIn({}), QList<quint64>());
        QCOMPARE(groupsIn(test::u64(1)), QList<quint64>({1}));
        QCOMPARE(groupsIn(test::u64(quint64(1) << 63 | 0x10) + test::u64(1)), QList<quint64>({5, 64, 65}));
        QCOMPARE(groupsIn(test::u32(0x80000001)), QList<quint64>({1, 32})); // a word of a 32-bit kernel
        QCOMPARE(groupsIn(test::u64(0x41) + "xyz", 3), QList<quint64>({1, 7}));
        QCOMPARE(groupsIn("xyz", 3), QList<quint64>());
    }

    void readsFlagsRingsAndMemory()
    {
        const QByteArray message = test::netlinkSocketMessage({})
                                       .attribute(0, test::u32s({1, 2, 3, 4, 5, 6, 7, 8, 9}))
                                       .attribute(2, test::u32s({11, 12, 13, 14}))
                                       .attribute(3, test::u32s({21, 22, 23, 24}))
                                       .attribute(4, test::u32(0x22));
        const DecodedMessage decoded = decodeMessage(AF_NETLINK, 0, viewOf(message));
        const QList<std::pair<const char *, quint64>> expected = {{"mem.rmem-alloc", 1}, {"mem.drops", 9},
            {"netlink.rx-block-size", 11}, {"netlink.rx-block-nr", 12}, {"netlink.rx-frame-size", 13},
            {"netlink.rx-frame-nr", 14}, {"netlink.tx-block-size", 21}, {"netlink.tx-block-nr", 22},
            {"netlink.tx-frame-size", 23}, {"netlink.tx-frame-nr", 24}, {"netlink.flags", 0x22}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
        QVERIFY(sentinelOf(*fieldById("netlink.portid", AF_NETLINK).field, 0));
    }
};

QTEST_GUILESS_MAIN(tst_netlink_message)
#include "tst_netlink_message.moc"
