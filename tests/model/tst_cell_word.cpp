// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/cell_word.h"

#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

class TestCellWord : public QObject
{
    Q_OBJECT
    Generation m_generation;

    QString word(const char *column) const { return filterWord(*columnById(column), RowRef(m_generation, 0)); }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        SmallWorld world;
        const quint32 owner = world.add(process(7, "-Web Content", "web", 1000));
        Socket socket = tcp(1, "192.0.2.1", 40000, "198.51.100.7", 443);
        socket.uid = 1000;
        world.add(socket, {{owner, 7, 5}});
        m_generation = world.generation();
    }

    void findsTheRowByTheCell()
    {
        QCOMPARE(word("remote-port"), QStringLiteral("443"));
        QCOMPARE(word("local-address"), QStringLiteral("192.0.2.1"));
        QCOMPARE(word("user"), QStringLiteral("ann"));
    }

    void quotesWhatTheFilterWouldTakeApartOrExclude() { QCOMPARE(word("process"), QStringLiteral("\"-Web Content\"")); }

    void isNoneWhereTheFilterDoesNotLook()
    {
        QCOMPARE(word("unix-path"), QString()); // no value
        QCOMPARE(word("recv-q"), QString());    // a value, but no port, PID, fd or inode
    }

    void isAddedOnce()
    {
        QCOMPARE(withWord({}, QStringLiteral("443")), QStringLiteral("443"));
        QCOMPARE(withWord(QStringLiteral(" nginx "), QStringLiteral("443")), QStringLiteral("nginx 443"));
        QCOMPARE(withWord(QStringLiteral("nginx 443"), QStringLiteral("443")), QStringLiteral("nginx 443"));
        QCOMPARE(withWord(QStringLiteral("4430"), QStringLiteral("443")), QStringLiteral("4430 443"));
        // Between quotes it is no word.
        QCOMPARE(withWord(QStringLiteral("\"a 443 b\""), QStringLiteral("443")), QStringLiteral("\"a 443 b\" 443"));
        QCOMPARE(withWord(QStringLiteral("-\"x nginx y\""), QStringLiteral("nginx")),
            QStringLiteral("-\"x nginx y\" nginx"));
        QCOMPARE(withWord(QStringLiteral("\"443\""), QStringLiteral("443")), QStringLiteral("\"443\" 443"));
    }

    void theClipboardGetsTheRawValueElseWhatIsShown()
    {
        const RowRef row(m_generation, 0);
        QCOMPARE(copyText(*columnById("remote-port"), row), QStringLiteral("443"));
        const Column &path = *columnById("unix-path");
        QCOMPARE(copyText(path, row), cellText(path, row));
    }
};

QTEST_GUILESS_MAIN(TestCellWord)
#include "tst_cell_word.moc"
