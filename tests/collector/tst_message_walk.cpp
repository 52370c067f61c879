// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/message_walk.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <vector>

using namespace socktree;
using socktree::test::viewOf;

namespace {

/// Bytes on the heap, exactly as many as given, so that a sanitizer sees the first one read too many.
std::vector<std::byte> exactly(const QByteArray &bytes)
{
    const Bytes view = viewOf(bytes);
    return {view.begin(), view.end()};
}

struct Seen {
    std::vector<RawAttribute> attributes;
    Bytes rest;
};
Seen attributesIn(Bytes bytes)
{
    Seen seen;
    seen.rest = walkAttributes(bytes, [&](const RawAttribute &a) { seen.attributes.push_back(a); });
    return seen;
}

} // namespace

class tst_message_walk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void findsEveryMessageOfADatagram()
    {
        const QByteArray bytes
            = test::datagram({QByteArray("abcd"), QByteArray("efghi")}, 7, 4711) + test::done(7, 4711, -2);
        std::vector<NetlinkMessage> seen;
        const Bytes rest = walkMessages(viewOf(bytes), [&](const NetlinkMessage &m) { seen.push_back(m); });
        QVERIFY(rest.empty());
        QCOMPARE(seen.size(), std::size_t(3));
        QCOMPARE(seen[0].type, quint16(20));
        QCOMPARE(seen[0].flags, quint16(2));
        QCOMPARE(seen[0].sequence, 7u);
        QCOMPARE(seen[0].port, 4711u);
        QCOMPARE(seen[1].payload.size(), std::size_t(5)); // without the padding
        QCOMPARE(char(seen[1].payload[0]), 'e');
        QCOMPARE(seen[2].type, quint16(3));
        QCOMPARE(load<qint32>(seen[2].payload), std::optional<qint32>(-2));
    }

    void readsTheHeaderFromLiteralBytes()
    {
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
        const QByteArray bytes("\x14\x00\x00\x00" // length 20
                               "\x14\x00"         // SOCK_DIAG_BY_FAMILY
                               "\x02\x01"         // flags 0x102
                               "\x01\x02\x03\x04" // sequence
                               "\xff\x00\x00\x00" // port
                               "\xfe\xff\xff\xff",
            20);
        Bytes rest = viewOf(bytes);
        const auto message = takeMessage(rest);
        QVERIFY(message);
        QCOMPARE(message->type, quint16(20));
        QCOMPARE(message->flags, quint16(0x102));
        QCOMPARE(message->sequence, 0x04030201u);
        QCOMPARE(message->port, 255u);
        QCOMPARE(load<qint32>(message->payload), std::optional<qint32>(-2));
        QVERIFY(rest.empty());
#else
        QSKIP("the literal is of a little-endian machine");
#endif
    }

    void handsBackWhatIsNoWholeMessage()
    {
        const QByteArray whole = test::datagram({QByteArray("abcd")}, 1, 2);
        for (qsizetype cut = 1; cut < whole.size(); ++cut) {
            const auto bytes = exactly(whole + whole.first(cut));
            int messages = 0;
            const Bytes rest = walkMessages(Bytes(bytes), [&](const NetlinkMessage &) { ++messages; });
            QCOMPARE(messages, 1);
            QCOMPARE(rest.size(), std::size_t(cut));
        }
    }

    void refusesALengthShorterThanItsHeader()
    {
        QByteArray bytes = test::datagram({QByteArray("abcd")}, 1, 2);
        bytes.replace(0, 4, test::u32(15));
        int messages = 0;
        const Bytes rest = walkMessages(viewOf(bytes), [&](const NetlinkMessage &) { ++messages; });
        QCOMPARE(messages, 0);
        QCOMPARE(rest.size(), std::size_t(bytes.size()));
    }

    void findsEveryAttribute()
    {
        const QByteArray bytes = test::attribute(4, test::cString("cubic")) + test::attribute(0, test::u8(3))
            + test::attribute(5, QByteArray());
        const Seen seen = attributesIn(viewOf(bytes));
        QVERIFY(seen.rest.empty());
        QCOMPARE(seen.attributes.size(), std::size_t(3));
        QCOMPARE(seen.attributes[0].number, quint16(4));
        QCOMPARE(seen.attributes[0].payload.size(), std::size_t(6)); // without the padding
        QCOMPARE(seen.attributes[1].number, quint16(0));
        QCOMPARE(seen.attributes[1].payload.size(), std::size_t(1));
        QCOMPARE(seen.attributes[2].number, quint16(5));
        QVERIFY(seen.attributes[2].payload.empty());
    }

    void masksTheFlagBitsOffTheNumber()
    {
        const QByteArray bytes
            = test::attribute(0x8000 | 20, test::u32(1)) + test::attribute(0x4000 | 15, test::u32(1));
        const Seen seen = attributesIn(viewOf(bytes));
        QCOMPARE(seen.attributes.size(), std::size_t(2));
        QCOMPARE(seen.attributes[0].number, quint16(20));
        QCOMPARE(seen.attributes[1].number, quint16(15));
    }

    void takesALastAttributeWithoutPadding()
    {
        const auto bytes = exactly(test::u16(5) + test::u16(8) + test::u8(3));
        const Seen seen = attributesIn(Bytes(bytes));
        QCOMPARE(seen.attributes.size(), std::size_t(1));
        QCOMPARE(seen.attributes[0].payload.size(), std::size_t(1));
        QVERIFY(seen.rest.empty());
    }

    void handsBackAMalformedTail_data()
    {
        QTest::addColumn<QByteArray>("tail");
        QTest::newRow("length 0") << test::u16(0) + test::u16(4);
        QTest::newRow("length 3") << test::u16(3) + test::u16(4);
        QTest::newRow("longer than what is there") << test::u16(9) + test::u16(4) + test::u32(0);
        QTest::newRow("longest") << test::u16(0xffff) + test::u16(4) + test::u32(0);
        QTest::newRow("half a header") << test::u16(8);
        QTest::newRow("one byte") << QByteArray(1, '\x08');
    }
    void handsBackAMalformedTail()
    {
        QFETCH(QByteArray, tail);
        const auto bytes = exactly(test::attribute(8, test::u8(3)) + tail);
        const Seen seen = attributesIn(Bytes(bytes));
        QCOMPARE(seen.attributes.size(), std::size_t(1));
        QCOMPARE(seen.rest.size(), std::size_t(tail.size()));
    }

    void endsWhenTheVisitorHasEnough()
    {
        const QByteArray bytes = test::attribute(1, test::u32(1)) + test::attribute(2, test::u32(2));
        int visited = 0;
        const Bytes rest = walkAttributes(viewOf(bytes), [&](const RawAttribute &) { return ++visited == 2; });
        QCOMPARE(visited, 1);
        QCOMPARE(rest.size(), std::size_t(8));
    }

    void findsNothingInNothing()
    {
        QVERIFY(attributesIn({}).attributes.empty());
        Bytes none;
        QVERIFY(!takeMessage(none));
    }
};

QTEST_GUILESS_MAIN(tst_message_walk)
#include "tst_message_walk.moc"
