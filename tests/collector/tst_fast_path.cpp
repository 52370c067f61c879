// SPDX-License-Identifier: GPL-3.0-or-later
// What runs once per cell must not allocate: this program counts every allocation of its own.
#include "collector/decode/attribute.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "collector/decode/unix_message.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

#include <cstdlib>
#include <new>

namespace {
thread_local int allocations = 0;
}

void *operator new(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace socktree;
using socktree::test::viewOf;

class tst_fast_path : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void countsAllocations()
    {
        const int before = allocations;
        const auto message = test::inetMessage({}).attribute(8, "x");
        const DecodedMessage decoded = decodeMessage(IPPROTO_TCP, viewOf(message.bytes()));
        QVERIFY(!decoded.attributes.empty());
        QVERIFY(allocations > before);
    }

    void findsValuesWithoutAllocating()
    {
        const QByteArray message = test::inetMessage({.inode = 7})
                                       .attribute(inet::SkMemInfo, test::u32s({1, 2, 3}))
                                       .attribute(inet::Info, QByteArray(280, '\1'))
                                       .attribute(inet::CgroupId, test::u64(9));
        const FieldRef inode = fieldById("inet.inode", AF_INET, IPPROTO_TCP);
        const FieldRef rtt = fieldById("tcp.rtt", AF_INET, IPPROTO_TCP);
        const FieldRef drops = fieldById("mem.drops", AF_INET, IPPROTO_TCP);
        const Bytes bytes = viewOf(message);

        const int before = allocations;
        const auto inodeValue = valueOf(inode, bytes);
        const auto rttValue = valueOf(rtt, bytes);
        const auto dropsValue = valueOf(drops, bytes);
        const auto payload = attributePayload(bytes, inet::CgroupId);
        const auto fixed = parseInetFixed(bytes);
        const int after = allocations;

        QCOMPARE(after, before);
        QCOMPARE(inodeValue, std::optional<quint64>(7));
        QCOMPARE(rttValue, std::optional<quint64>(0x01010101));
        QVERIFY(!dropsValue);
        QCOMPARE(payload->size(), std::size_t(8));
        QVERIFY(fixed);
    }

    void walksADatagramWithoutAllocating()
    {
        const QByteArray one = test::unixMessage({.inode = 3}).attribute(unixdiag::Uid, test::u32(5));
        const QByteArray datagram = test::datagram({one, one, one}, 1, 2) + test::done(1, 2);
        const Bytes bytes = viewOf(datagram);

        const int before = allocations;
        quint32 inodes = 0, attributes = 0;
        const Bytes rest = walkMessages(bytes, [&](const NetlinkMessage &message) {
            const auto fixed = parseUnixFixed(message.payload);
            if (!fixed)
                return;
            inodes += fixed->inode;
            walkAttributes(message.payload.subspan(unixFixedSize), [&](const RawAttribute &) { ++attributes; });
        });
        const int after = allocations;

        QCOMPARE(after, before);
        QVERIFY(rest.empty());
        QCOMPARE(inodes, 9u);
        QCOMPARE(attributes, 3u);
    }
};

QTEST_GUILESS_MAIN(tst_fast_path)
#include "tst_fast_path.moc"
