// SPDX-License-Identifier: GPL-3.0-or-later
// socktree --list knows the other end of every socket that mksockets made with one, and makes up none.
#include "tests/support/listed.h"
#include "tests/support/live_programs.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <algorithm>
#include <memory>
#include <numeric>

using namespace socktree::test;

class LiveEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_programs.reset(); }
    void findsTheOtherEnd_data();
    void findsTheOtherEnd();
    void findsNoneWhereThereIsNone_data();
    void findsNoneWhereThereIsNone();
    void whatWaitsIsItsListenersAndNobodyHoldsIt();
    void ofListenersThatShareAPortNoneIsCertain();
    void aReceiverHasAllItsSenders();
    void whomASocketIsConnectedToGoesFirst();

private:
    /// The sockets of this situation and role, in the order they were made.
    QList<QJsonObject> told(const QString &situation, const QString &role) const;
    QJsonObject row(const QJsonObject &told) const;

    std::unique_ptr<Mksockets> m_programs;
    QList<QJsonObject> m_told;
    Listed m_listed;
};

void LiveEnds::initTestCase()
{
    failOnWarnings();
    QStringList situations;
    for (const char *name : {"tcp-listen-v4", "tcp-idle", "tcp-mapped", "tcp-unaccepted", "tcp-half-closed",
             "udp-connected", "udp-bound", "unix-abstract", "unix-pairs", "unix-datagram", "ends-one-way", "ends-chain",
             "ends-pending", "ends-reuseport", "udp-both-connected", "udp-to-wildcard"})
        situations << QLatin1String(name);
    m_programs = std::make_unique<Mksockets>(situations);
    m_told = m_programs->told();
    m_listed = Listed(listAsJson());
}

QList<QJsonObject> LiveEnds::told(const QString &situation, const QString &role) const
{
    QList<QJsonObject> all;
    for (const QJsonObject &one : m_told)
        if (one[u"situation"].toString() == situation && one[u"role"].toString() == role)
            all << one;
    return all;
}

QJsonObject LiveEnds::row(const QJsonObject &one) const
{
    const QList<QJsonObject> rows = m_listed.rowsOf(one);
    return rows.isEmpty() ? QJsonObject() : rows.first();
}

void LiveEnds::findsTheOtherEnd_data()
{
    QTest::addColumn<QString>("situation");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("inferred");
    const auto both = [](const char *situation, const char *a, const char *b, bool inferred = false) {
        for (const auto &[from, to] : {std::pair(a, b), std::pair(b, a)})
            QTest::addRow("%s %s", situation, from)
                << QString::fromLatin1(situation) << QString::fromLatin1(from) << QString::fromLatin1(to) << inferred;
    };
    both("tcp-idle", "client", "server");
    both("tcp-mapped", "client", "server");
    both("tcp-unaccepted", "client", "waiting");
    both("tcp-half-closed", "closer", "other");
    both("udp-connected", "sender", "receiver", true);
    both("udp-both-connected", "left", "right");
    both("udp-to-wildcard", "sender", "receiver", true);
    both("unix-abstract", "client", "server");
    both("unix-pairs", "left", "right");
    both("ends-one-way", "client", "server");
    QTest::newRow("ends-one-way second client")
        << QStringLiteral("ends-one-way") << QStringLiteral("second-client") << QStringLiteral("server") << false;
    QTest::newRow("ends-pending client") << QStringLiteral("ends-pending") << QStringLiteral("client")
                                         << QStringLiteral("listener") << false;
}

void LiveEnds::findsTheOtherEnd()
{
    QFETCH(QString, situation);
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(bool, inferred);
    const QList<QJsonObject> ones = told(situation, from), others = told(situation, to);
    QVERIFY(!ones.isEmpty());
    QCOMPARE(ones.size(), others.size());
    for (qsizetype i = 0; i < ones.size(); ++i) {
        const QJsonArray peers = row(ones[i])[u"peers"].toArray();
        QVERIFY(!peers.isEmpty());
        const QJsonObject other = row(others[i]);
        QVERIFY(!other.isEmpty());
        // A receiver has several, in no order.
        const auto found = std::find_if(peers.begin(), peers.end(),
            [&](const QJsonValue &each) { return each.toObject()[u"cookie"] == other[u"cookie"]; });
        QVERIFY(found != peers.end());
        const QJsonObject peer = (*found).toObject();
        QCOMPARE(peer[u"inode"], other[u"inode"]);
        QCOMPARE(peer[u"inferred"].toBool(!inferred), inferred);
        QCOMPARE(peer[u"process"].toString(), QStringLiteral("mksockets"));
        QCOMPARE(peer[u"pid"].toInt(), pick(m_told, "tcp-listen-v4", "listener")[u"pid"].toInt());
        QCOMPARE(row(ones[i])[u"peer-pid"], peer[u"pid"]);
    }
}

void LiveEnds::findsNoneWhereThereIsNone_data()
{
    QTest::addColumn<QString>("situation");
    QTest::addColumn<QString>("role");
    const auto add = [](const char *situation, const char *role) {
        QTest::addRow("%s %s", situation, role) << QString::fromLatin1(situation) << QString::fromLatin1(role);
    };
    add("tcp-listen-v4", "listener");
    add("tcp-unaccepted", "listener");
    add("udp-bound", "ipv4");
    add("udp-bound", "any");
    add("unix-abstract", "listener");
    add("ends-pending", "listener");
    add("unix-datagram", "receiver");
    add("unix-datagram", "nameless");
}

void LiveEnds::findsNoneWhereThereIsNone()
{
    QFETCH(QString, situation);
    QFETCH(QString, role);
    for (const QJsonObject &one : told(situation, role)) {
        QVERIFY(!row(one).isEmpty());
        QVERIFY(!row(one).contains(u"peers"));
    }
}

void LiveEnds::whatWaitsIsItsListenersAndNobodyHoldsIt()
{
    const QJsonObject waiting = row(pick(m_told, "tcp-unaccepted", "waiting"));
    const QJsonObject listener = row(pick(m_told, "tcp-unaccepted", "listener"));
    QCOMPARE(waiting[u"listener"].toObject()[u"inode"], listener[u"inode"]);
    QCOMPARE(waiting[u"owner-how"].toString(), QStringLiteral("listener"));
    QVERIFY(waiting[u"holders"].toArray().isEmpty());
    QVERIFY(!waiting.contains(u"pid"));
    const QJsonObject client = row(pick(m_told, "tcp-unaccepted", "client"));
    QCOMPARE(client[u"peer-how"].toString(), QStringLiteral("listener"));
}

void LiveEnds::ofListenersThatShareAPortNoneIsCertain()
{
    QHash<qint64, int> room; // by inode
    for (const QJsonObject &one : told(QStringLiteral("ends-reuseport"), QStringLiteral("listener")))
        room.insert(row(one)[u"inode"].toInteger(), row(one)[u"recv-q"].toInt());
    QCOMPARE(room.size(), 2);
    // The kernel chose by hash, and it may have chosen one for all of them.
    const bool isAmbiguous = std::none_of(room.cbegin(), room.cend(), [](int length) { return length == 0; });
    const QString how = isAmbiguous ? QStringLiteral("ambiguous") : QStringLiteral("listener");
    const QList<QJsonObject> waiting = told(QStringLiteral("ends-reuseport"), QStringLiteral("waiting"));
    QCOMPARE(waiting.size(), std::accumulate(room.cbegin(), room.cend(), 0));
    for (const QJsonObject &one : waiting) {
        const QJsonObject listed = row(one);
        QCOMPARE(listed[u"owner-how"].toString(), how);
        QCOMPARE(listed.contains(u"listener-candidates"), isAmbiguous);
        const qint64 listener = listed[u"listener"].toObject()[u"inode"].toInteger();
        QVERIFY(room.contains(listener));
        QVERIFY(--room[listener] >= 0);
    }
    for (const QJsonObject &one : told(QStringLiteral("ends-reuseport"), QStringLiteral("client"))) {
        const QJsonObject peer = row(one)[u"peers"].toArray()[0].toObject();
        QCOMPARE(peer[u"inferred"].toBool(), isAmbiguous);
        QCOMPARE(peer[u"owner-how"].toString(), how);
        QCOMPARE(row(one)[u"peer-how"].toString(), how);
    }
}

void LiveEnds::aReceiverHasAllItsSenders()
{
    QCOMPARE(row(pick(m_told, "ends-one-way", "server"))[u"peers"].toArray().size(), 2);
}

void LiveEnds::whomASocketIsConnectedToGoesFirst()
{
    const QJsonObject middle = row(pick(m_told, "ends-chain", "middle"));
    const QJsonArray peers = middle[u"peers"].toArray();
    QCOMPARE(peers.size(), 2);
    QCOMPARE(peers[0].toObject()[u"cookie"], row(pick(m_told, "ends-chain", "last"))[u"cookie"]);
    QCOMPARE(peers[1].toObject()[u"cookie"], row(pick(m_told, "ends-chain", "first"))[u"cookie"]);
    QCOMPARE(middle[u"peer-how"].toString(), QStringLiteral("exact"));
}

QTEST_GUILESS_MAIN(LiveEnds)
#include "tst_live_ends.moc"
