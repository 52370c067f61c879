// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/field.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <bit>

using namespace socktree;
using socktree::test::viewOf;

namespace {

Field of(FieldType type, quint16 offset = 0)
{
    return {"test.x", "x", offset, type, Unit::None, Kind::Gauge, "a field", ""};
}
Field bitsOf(FieldType type, quint8 shift, quint8 width)
{
    Field field = of(type);
    field.shift = shift;
    field.width = width;
    return field;
}

} // namespace

class tst_field : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsEveryTypeWhenItIsWhole_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<quint64>("value");
        const auto row = [](const char *name, FieldType type, const QByteArray &bytes, quint64 value) {
            QTest::newRow(name) << int(type) << bytes << value;
        };
        row("u8", FieldType::U8, test::u8(0xff), 0xff);
        row("u16", FieldType::U16, test::u16(0xfffe), 0xfffe);
        row("u32", FieldType::U32, test::u32(0xfffffffe), 0xfffffffe);
        row("u64", FieldType::U64, test::u64(~quint64(0)), ~quint64(0));
        row("s32 below zero", FieldType::S32, test::u32(0xfffffffe), quint64(qint64(-2)));
        row("s32", FieldType::S32, test::u32(5), 5);
        row("be16", FieldType::Be16, QByteArray("\x01\xbb", 2), 443);
        row("be32", FieldType::Be32, QByteArray("\x7f\0\0\x01", 4), 0x7f000001);
        row("words, low first", FieldType::U64LowHigh, test::u32(2) + test::u32(1), 0x100000002);
    }
    void readsEveryTypeWhenItIsWhole()
    {
        QFETCH(int, type);
        QFETCH(QByteArray, bytes);
        QFETCH(quint64, value);
        const auto fieldType = FieldType(type);
        QCOMPARE(sizeOf(fieldType), std::size_t(bytes.size()));
        QCOMPARE(valueOf(of(fieldType), viewOf(bytes)), std::optional(value));

        const QByteArray shifted = "xyz" + bytes;
        QCOMPARE(valueOf(of(fieldType, 3), viewOf(shifted)), std::optional(value));
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const QByteArray cut(bytes.constData(), size);
            QVERIFY(!valueOf(of(fieldType), viewOf(cut)));
        }
        QVERIFY(!valueOf(of(fieldType, 0xffff), viewOf(bytes)));
    }

    void readsBitsInTheMachinesOrder()
    {
        const bool little = std::endian::native == std::endian::little;
        const QByteArray byte = test::u8(0xa3);
        QCOMPARE(valueOf(bitsOf(FieldType::U8, 0, 4), viewOf(byte)), std::optional<quint64>(little ? 0x3 : 0xa));
        QCOMPARE(valueOf(bitsOf(FieldType::U8, 4, 4), viewOf(byte)), std::optional<quint64>(little ? 0xa : 0x3));
        const QByteArray word = test::u32(little ? 0x12345600 : 0x00123456);
        QCOMPARE(valueOf(bitsOf(FieldType::U32, 8, 24), viewOf(word)), std::optional<quint64>(0x123456));
    }

    void readsWhatIsNoNumberAsBytes()
    {
        Field chars = of(FieldType::Chars, 1);
        chars.length = 4;
        const auto text = [](const Field &field, const QByteArray &bytes) -> std::optional<QByteArray> {
            const auto found = bytesOf(field, viewOf(bytes));
            if (!found)
                return std::nullopt;
            return QByteArray(reinterpret_cast<const char *>(found->data()), qsizetype(found->size()));
        };
        QCOMPARE(text(chars, QByteArray("xab\0d", 5)), std::optional<QByteArray>("ab"));
        QCOMPARE(text(chars, "xabcde"), std::optional<QByteArray>("abcd"));
        QVERIFY(!text(chars, "xabc") && !text(chars, {}));
        QVERIFY(!valueOf(chars, viewOf("xabcd")));
        QCOMPARE(sizeOf(chars), std::size_t(4));

        const Field hardware = of(FieldType::HardwareAddress, 2);
        QCOMPARE(text(hardware, test::u16(3) + QByteArray(32, 'a')), std::optional<QByteArray>("aaa"));
        QCOMPARE(text(hardware, test::u16(99) + QByteArray(32, 'a')), std::optional(QByteArray(32, 'a')));
        QVERIFY(!text(hardware, test::u16(3) + QByteArray(31, 'a')));
        QCOMPARE(text(of(FieldType::SocketAddress), QByteArray(130, 'a')), std::optional(QByteArray(128, 'a')));
        QVERIFY(!text(of(FieldType::SocketAddress), QByteArray(127, 'a')));
        QVERIFY(!text(of(FieldType::U32), "abcdef")); // a number is none of them
    }

    void readsNoFieldOutOfTheStructsPadding()
    {
        Field field = of(FieldType::U8, 2);
        field.structSize = 8;
        const QByteArray bytes("abcdefgh");
        QCOMPARE(valueOf(field, viewOf(bytes)), std::optional<quint64>('c'));
        QVERIFY(!valueOf(field, viewOf(bytes).first(7)));
    }

    void findsTheSentinel()
    {
        static constexpr Sentinel sentinels[] = {{0, false, "none"}, {0x7fffffff, true, "infinite"}};
        Field field = of(FieldType::U32);
        field.sentinels = sentinels;
        QCOMPARE(sentinelOf(field, 0)->text, "none");
        QCOMPARE(sentinelOf(field, 0x7fffffff)->text, "infinite");
        QCOMPARE(sentinelOf(field, 0xffffffff)->text, "infinite");
        QVERIFY(!sentinelOf(field, 1));
        QVERIFY(!sentinelOf(field, 0x7ffffffe));

        static constexpr Sentinel byState[] = {{0, false, "not yet", statesOf({2, 3})}, {0, false, "none"}};
        field.sentinels = byState;
        QCOMPARE(sentinelOf(field, 0, 2)->text, "not yet");
        QCOMPARE(sentinelOf(field, 0, 1)->text, "none");
        QCOMPARE(sentinelOf(field, 0, 200)->text, "none");
        QCOMPARE(sentinelOf(field, 0)->text, "none");
    }
};

QTEST_GUILESS_MAIN(tst_field)
#include "tst_field.moc"
