// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/cbor.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborStreamWriter>
#include <QtCore/QCborValue>
#include <QtTest/QTest>

#include <limits>
#include <random>

using namespace socktree;
using namespace socktree::test;

class TestCbor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void writesAsAnotherWriterDoes()
    {
        const QByteArray ours = cborOf([](cbor::Writer &out) {
            out.tag(55799);
            out.array(12);
            for (const quint64 number : {0ull, 23ull, 24ull, 255ull, 256ull, 65535ull, 65536ull, 4294967296ull})
                out.number(number);
            out.integer(std::numeric_limits<qint64>::min());
            out.bytes(QByteArray(300, 'x'));
            out.boolean(true);
            out.null();
        });
        QByteArray theirs;
        QCborStreamWriter out(&theirs);
        out.append(QCborTag(55799));
        out.startArray(12);
        for (const quint64 number : {0ull, 23ull, 24ull, 255ull, 256ull, 65535ull, 65536ull, 4294967296ull})
            out.append(number);
        out.append(std::numeric_limits<qint64>::min());
        out.append(QByteArray(300, 'x'));
        out.append(true);
        out.append(nullptr);
        out.endArray();
        QCOMPARE(ours, theirs);
        QCOMPARE(cbor::itemSize(viewOf(ours)), std::optional(std::size_t(ours.size())));
    }

    void readsWhatItWrote()
    {
        const QByteArray bytes = cborOf([](cbor::Writer &out) {
            out.number(std::numeric_limits<quint64>::max());
            out.integer(std::numeric_limits<qint64>::min());
            out.integer(-1);
            out.integer(std::numeric_limits<qint64>::max());
            out.text("text");
            out.bytes(QByteArray());
            out.boolean(false);
        });
        cbor::Reader reader(viewOf(bytes));
        QCOMPARE(reader.number(), std::optional(std::numeric_limits<quint64>::max()));
        QCOMPARE(reader.integer(), std::optional(std::numeric_limits<qint64>::min()));
        QCOMPARE(reader.integer(), std::optional(qint64(-1)));
        QCOMPARE(reader.integer(), std::optional(std::numeric_limits<qint64>::max()));
        QCOMPARE(reader.text(), std::optional(QByteArray("text")));
        QVERIFY(reader.bytes() && !reader.failed());
        QCOMPARE(reader.boolean(), std::optional(false));
        QVERIFY(reader.left() == 0 && !reader.failed());
        QVERIFY(!reader.number() && !reader.failed()); // no more is absent, and not wrong
    }

    void takesNullForAbsentAndAnotherTypeForAFault()
    {
        const QByteArray bytes = cborOf([](cbor::Writer &out) {
            out.null();
            out.number(7);
            out.text("x");
            out.number(8);
        });
        cbor::Reader reader(viewOf(bytes));
        QVERIFY(!reader.bytes() && !reader.failed());
        QCOMPARE(reader.number(), std::optional(quint64(7)));
        QVERIFY(!reader.number() && reader.failed());
        QVERIFY(!reader.number() && reader.left() == 0);
    }

    void refusesWhatIsNotWholeOrTooDeepOrOfNoLength_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("half a number") << QByteArray::fromHex("1a0000");
        QTest::newRow("half a string") << QByteArray::fromHex("4361");
        QTest::newRow("a string of all memory") << QByteArray::fromHex("5bffffffffffffffff61");
        QTest::newRow("an array of all memory") << QByteArray::fromHex("9bffffffffffffffff01");
        QTest::newRow("a map of half of it") << QByteArray::fromHex("bb7fffffffffffffff01");
        QTest::newRow("indefinite string") << QByteArray::fromHex("5f4161ff");
        QTest::newRow("indefinite array") << QByteArray::fromHex("9f01ff");
        QTest::newRow("reserved") << QByteArray::fromHex("1c");
        QTest::newRow("break") << QByteArray::fromHex("ff");
        QTest::newRow("arrays in arrays") << QByteArray(100000, '\x81') + '\0';
        QTest::newRow("tags on tags") << QByteArray(100000, '\xc1') + '\0';
    }
    void refusesWhatIsNotWholeOrTooDeepOrOfNoLength()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!cbor::itemSize(viewOf(bytes)));
        cbor::Reader reader(viewOf(bytes));
        reader.skip();
        QVERIFY(reader.failed() && reader.left() == 0);
    }

    void isTotalOverAnyBytes()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 20000; ++round) {
            QByteArray bytes(static_cast<qsizetype>(random() % 40), '\0');
            for (char &byte : bytes)
                byte = static_cast<char>(random());
            const auto size = cbor::itemSize(viewOf(bytes));
            QVERIFY(!size || (*size > 0 && *size <= std::size_t(bytes.size())));
            cbor::Reader reader(viewOf(bytes));
            for (int i = 0; i < 8; ++i) {
                switch (random() % 6) {
                case 0: reader.number(); break;
                case 1: reader.integer(); break;
                case 2: reader.bytes(); break;
                case 3: reader.array(); break;
                case 4: reader.boolean(); break;
                default: reader.skip(); break;
                }
                QVERIFY(!reader.failed() || reader.left() == 0);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCbor)
#include "tst_cbor.moc"
