// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "collector/decode/unix_message.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using socktree::test::named;
using socktree::test::value;
using socktree::test::viewOf;

class tst_unix_attributes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsTheFixedPart()
    {
        const QByteArray message = test::unixMessage({.type = SOCK_DGRAM, .state = 7, .inode = 4711});
        const DecodedMessage decoded = decodeMessage(0, viewOf(message));
        QCOMPARE(value(decoded.fixed, "unix.type"), std::optional<quint64>(2));
        QCOMPARE(value(decoded.fixed, "unix.state"), std::optional<quint64>(7));
        QCOMPARE(value(decoded.fixed, "unix.inode"), std::optional<quint64>(4711));
    }

    void readsEveryAttribute()
    {
        const QByteArray message = test::unixMessage({})
                                       .attribute(0, test::cString("/run/x"))
                                       .attribute(1, test::u32s({11, 0x0fe00000}))
                                       .attribute(2, test::u32(22))
                                       .attribute(3, test::u32s({31, 32, 33}))
                                       .attribute(4, test::u32s({41, 42}))
                                       .attribute(5, test::u32s({50, 51, 52, 53, 54, 55, 56, 57, 58}))
                                       .attribute(6, test::u8(3))
                                       .attribute(7, test::u32(1000));
        const DecodedMessage decoded = decodeMessage(0, viewOf(message));
        QCOMPARE(named(decoded.attributes, "unix.name")->text, QByteArray("/run/x"));
        const QList<std::pair<const char *, quint64>> expected
            = {{"unix.vfs-inode", 11}, {"unix.vfs-dev", 0x0fe00000}, {"unix.peer", 22}, {"unix.icons", 31},
                {"unix.rqueue", 41}, {"unix.wqueue", 42}, {"mem.rmem-alloc", 50}, {"mem.rcvbuf", 51},
                {"mem.wmem-alloc", 52}, {"mem.sndbuf", 53}, {"mem.fwd-alloc", 54}, {"mem.wmem-queued", 55},
                {"mem.optmem", 56}, {"mem.backlog", 57}, {"mem.drops", 58}, {"unix.shutdown", 3}, {"unix.uid", 1000}};
        for (const auto &line : expected) {
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
            QCOMPARE(valueOf(fieldById(line.first, AF_UNIX), viewOf(message)), std::optional(line.second));
        }
        for (const DecodedAttribute &attribute : decoded.attributes)
            QVERIFY(attribute.unknownTail.empty());
    }

    void keepsAnAbstractNameWithItsNuls()
    {
        const QByteArray name("\0a\0b\n", 5);
        const QByteArray message = test::unixMessage({}).attribute(unixdiag::Name, name);
        const DecodedMessage decoded = decodeMessage(0, viewOf(message));
        QCOMPARE(decoded.attributes.at(0).text, name);
    }

    void countsTheClientsThatWait()
    {
        const QByteArray message
            = test::unixMessage({.state = 10}).attribute(unixdiag::Icons, test::u32s({31, 32}) + "x");
        const DecodedMessage decoded = decodeMessage(0, viewOf(message));
        const DecodedAttribute &icons = decoded.attributes.at(0);
        QCOMPARE(icons.elements, 2u);
        QCOMPARE(icons.fields.size(), std::size_t(2));
        QCOMPARE(icons.fields[1].raw, quint64(32));
        QCOMPARE(icons.fields[1].element, 1u);
        QCOMPARE(icons.unknownTail.size(), std::size_t(1));

        const QByteArray none = test::unixMessage({}).attribute(unixdiag::Icons, {});
        QCOMPARE(decodeMessage(0, viewOf(none)).attributes.at(0).elements, 0u);
    }

    void leavesOutWhatAShortStructDoesNotHold()
    {
        const QByteArray message = test::unixMessage({})
                                       .attribute(unixdiag::Vfs, test::u32(11) + "abc")
                                       .attribute(unixdiag::RqLen, test::u32s({1, 2}) + "x")
                                       .attribute(unixdiag::Peer, {});
        const DecodedMessage decoded = decodeMessage(0, viewOf(message));
        QCOMPARE(decoded.attributes[0].fields.size(), std::size_t(1));
        QCOMPARE(decoded.attributes[0].unknownTail.size(), std::size_t(3));
        QCOMPARE(decoded.attributes[1].fields.size(), std::size_t(2));
        QCOMPARE(decoded.attributes[1].unknownTail.size(), std::size_t(1));
        QVERIFY(decoded.attributes[2].fields.empty());
    }

    void tellsAPeerThatIsGoneFromNone()
    {
        const FieldRef peer = fieldById("unix.peer", AF_UNIX);
        QVERIFY(peer);
        const QByteArray gone = test::unixMessage({}).attribute(unixdiag::Peer, test::u32(0));
        QCOMPARE(valueOf(peer, viewOf(gone)), std::optional<quint64>(0));
        QVERIFY(sentinelOf(*peer.field, 0));
        const QByteArray none = test::unixMessage({});
        QVERIFY(!valueOf(peer, viewOf(none)));
    }

    void knowsNoInternetFields()
    {
        QVERIFY(!fieldById("inet.inode", AF_UNIX));
        QVERIFY(fieldById("mem.drops", AF_UNIX));
        QCOMPARE(fixedSizeOf(AF_UNIX), unixFixedSize);
    }

    void readsNothingPastTheEnd()
    {
        const QByteArray message = test::unixMessage({.inode = 3}).attribute(unixdiag::Name, test::cString("/run/x"));
        const Bytes whole = viewOf(message);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const std::vector<std::byte> cut(whole.begin(), whole.begin() + qsizetype(size));
            const DecodedMessage decoded = decodeMessage(0, Bytes(cut));
            // The last byte is padding; without it the attribute is still whole.
            QCOMPARE(decoded.attributes.size(), std::size_t(size == whole.size() - 1 ? 1 : 0));
            attributePayload(Bytes(cut), unixdiag::Name);
            valueOf(fieldById("unix.inode", AF_UNIX), Bytes(cut));
        }
    }
};

QTEST_GUILESS_MAIN(tst_unix_attributes)
#include "tst_unix_attributes.moc"
