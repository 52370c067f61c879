// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/secrets.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

#include <linux/sock_diag.h>

using namespace socktree;
using namespace socktree::test;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void zeroesTheKeyAndLeavesWhatSaysThatThereIsOne()
    {
        const QByteArray head = element().left(20);
        QCOMPARE(zeroed(message(attribute(18, element()))), message(attribute(18, head + QByteArray(80, '\0'))));
    }

    void zeroesEveryElement()
    {
        const QByteArray hidden = element().left(20) + QByteArray(80, '\0');
        QCOMPARE(zeroed(message(attribute(18, element() + element() + element()))),
            message(attribute(18, hidden + hidden + hidden)));
    }

    void zeroesAnElementThatIsCutOff_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 19, 20, 21, 24, 99, 101, 119, 120, 121, 199})
            QTest::addRow("%d bytes", size) << size;
    }

    void zeroesAnElementThatIsCutOff()
    {
        QFETCH(int, size);
        const QByteArray payload = (element() + element()).left(size);
        const QByteArray result = zeroed(message(attribute(18, payload)));
        QCOMPARE(result.size(), message(attribute(18, payload)).size());
        QVERIFY(!result.contains('K'));
        QCOMPARE(result.count('H'), payload.count('H'));
    }

    void looksPastTheFlagBitsOfTheType_data()
    {
        QTest::addColumn<quint16>("type");
        QTest::newRow("nested") << quint16(0x8000 | 18);
        QTest::newRow("net byte order") << quint16(0x4000 | 18);
        QTest::newRow("both") << quint16(0xc000 | 18);
    }

    void looksPastTheFlagBitsOfTheType()
    {
        QFETCH(quint16, type);
        QVERIFY(!zeroed(message(attribute(type, element()))).contains('K'));
    }

    void findsTheKeyBehindOtherAttributesAndInLaterMessages()
    {
        const QByteArray plain = attribute(4, cString("cubic")) + attribute(8, u8(3));
        const QByteArray many = message(plain) + message(plain + attribute(18, element()) + plain) + message(plain);
        const QByteArray result = zeroed(many);
        QVERIFY(!result.contains('K'));
        QCOMPARE(result.size(), many.size());
        QCOMPARE(result.left(message(plain).size()), message(plain));
        QCOMPARE(result.right(message(plain).size()), message(plain));
    }

    void takesRepliesToTheLegacyRequestToo()
    {
        QVERIFY(!zeroed(message(attribute(18, element()), AF_INET6, 18)).contains('K'));
    }

    void leavesWhatIsNoInternetSocketAlone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray keys = attribute(18, element());
        QTest::newRow("a unix socket") << message(keys, AF_UNIX);
        QTest::newRow("a packet socket") << message(keys, AF_PACKET);
        QTest::newRow("another message type") << message(keys, AF_INET, 3);
        QTest::newRow("another attribute") << message(attribute(19, element()));
        QTest::newRow("the same number in a nest") << message(attribute(19, keys));
        QTest::newRow("no attributes") << message({});
        QTest::newRow("a short fixed part")
            << netlinkMessage(SOCK_DIAG_BY_FAMILY, 2, 1, 2, QByteArray(1, char(AF_INET)) + QByteArray(60, 'K'));
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("less than a header") << QByteArray(15, 'K');
    }

    void leavesWhatIsNoInternetSocketAlone()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(zeroed(bytes), bytes);
    }

    void zeroesTheKeyOfAMessageThatIsCutOffAnywhere()
    {
        const QByteArray whole = message(attribute(4, cString("cubic")) + attribute(18, element() + element()));
        for (qsizetype size = 0; size <= whole.size(); ++size)
            QVERIFY2(!zeroed(whole.left(size)).contains('K'), qPrintable(QString::number(size)));
    }

    void zeroesTheKeyOfAnAttributeThatClaimsMoreThanThereIs()
    {
        QByteArray bytes = message(attribute(18, element()));
        bytes[16 + 72] = char(0xff); // its length is now 255 + …
        bytes[16 + 73] = char(0xff);
        QVERIFY(!zeroed(bytes).contains('K'));
    }

    void standsAttributesWithImpossibleLengths_data()
    {
        QTest::addColumn<quint16>("length");
        for (const auto length : {quint16(0), quint16(1), quint16(3)})
            QTest::addRow("%d", length) << length;
    }

    void standsAttributesWithImpossibleLengths()
    {
        QFETCH(quint16, length);
        const QByteArray bytes = message(u16(length) + u16(4) + QByteArray(20, 'x'));
        QCOMPARE(zeroed(bytes), bytes);
    }

    void standsMessagesWithImpossibleLengths_data()
    {
        QTest::addColumn<quint32>("length");
        for (const quint32 length : {0u, 1u, 15u, 16u, 17u, 0x7fffffffu, 0xfffffffdu, 0xffffffffu})
            QTest::addRow("%u", length) << length;
    }

    void standsMessagesWithImpossibleLengths()
    {
        QFETCH(quint32, length);
        QByteArray bytes = message(attribute(4, cString("cubic")));
        bytes.replace(0, 4, u32(length));
        QCOMPARE(zeroed(bytes), bytes);
    }

private:
    /// struct tcp_diag_md5sig: 20 bytes of H, 80 key bytes of K.
    static QByteArray element() { return QByteArray(20, 'H') + QByteArray(80, 'K'); }

    static QByteArray message(const QByteArray &attributes, quint8 family = AF_INET, quint16 type = SOCK_DIAG_BY_FAMILY)
    {
        return netlinkMessage(type, 2, 1, 2, QByteArray(1, char(family)) + QByteArray(71, '\0') + attributes);
    }

    static QByteArray zeroed(QByteArray bytes)
    {
        zeroKeys(std::as_writable_bytes(std::span(bytes.data(), std::size_t(bytes.size()))));
        return bytes;
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
