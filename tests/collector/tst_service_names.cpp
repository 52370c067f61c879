// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/service_names.h"

#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;

class TestServiceNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { socktree::test::failOnWarnings(); }

    void readsPortsAndProtocols()
    {
        const ServiceNames names = parseServices("# comment\n\nhttps\t\t443/tcp\thttps-alias\t# secure\n"
                                                 "https 443/udp\ndomain 53/udp\n");
        QCOMPARE(names.size(), 3);
        QCOMPARE(names.value(serviceKey(443, Protocol::Tcp)), QByteArray("https"));
        QCOMPARE(names.value(serviceKey(53, Protocol::Udp)), QByteArray("domain"));
        QVERIFY(!names.contains(serviceKey(53, Protocol::Tcp)));
    }

    void theFirstNameCounts()
    {
        QCOMPARE(parseServices("a 1/tcp\nb 1/tcp\n").value(serviceKey(1, Protocol::Tcp)), QByteArray("a"));
    }

    void passesOverWhatItDoesNotUnderstand()
    {
        QVERIFY(parseServices("a\nb 70000/tcp\nc x/tcp\nd 5\ne 5/sctp\nf -1/udp\n/tcp\n").isEmpty());
        QVERIFY(parseServices("").isEmpty());
    }

    void anotherTextGivesOtherNames()
    {
        const auto one = serviceNames("a 1/tcp\n"), same = serviceNames(QByteArray("a 1/") + "tcp\n");
        QCOMPARE(one, same);
        const auto other = serviceNames("b 1/tcp\n");
        QCOMPARE(other->value(serviceKey(1, Protocol::Tcp)), QByteArray("b"));
        QCOMPARE(one->value(serviceKey(1, Protocol::Tcp)), QByteArray("a"));
        QVERIFY(serviceNames("")->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServiceNames)
#include "tst_service_names.moc"
