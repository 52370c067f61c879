// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/word_filter.h"

#include "model/filter/words.h"
#include "tests/support/ends_world.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, timeWait = 6, listening = 10;

/// The rows that the tests filter, each with a name to say it by.
class Rows
{
public:
    Rows()
    {
        const quint32 firefox = m_world.add(process(
            123, "firefox", QByteArray("/usr/lib/firefox/firefox\0--profile\0My Profile\0", 47), 1000, "app.slice"));
        const quint32 nginx = m_world.add(process(443, "nginx", {}, 0, "nginx.service"));
        const quint32 worker = m_world.add(process(444, "nginx: worker", {}, 33, "nginx.service"));
        const quint32 liar = m_world.add(process(500, "tcp \"quoted\"", {}, 1000));

        Socket https = tcp(established, "192.0.2.1", 40123, "203.0.113.9", 443);
        https.inode = 56789;
        https.uid = 1000;
        add("https", https, {{firefox, 123, 4}});
        Socket listener = tcp(listening, "0.0.0.0", 8080);
        listener.inode = 80;
        add("listener", listener, {{nginx, 443, 6}, {worker, 444, 9}, {worker, 445, 7}});
        Socket six = udp("2001:db8::53", 53);
        six.inode = 11;
        six.uid = 1000;
        add("dns", six, {{liar, 500, 3}});
        Socket bus = unixSocket(established);
        bus.inode = 12;
        add("bus", bus, {{firefox, 123, 5}}, QByteArray("/run/dbus/Ab c\0", 15));
        Socket gone = tcp(timeWait, "192.0.2.1", 40124, "203.0.113.9", 443);
        gone.told = 0;
        gone.tell(Told::State);
        gone.inode = 0;
        add("gone", gone);
        add("stranger", unknownSocket(77), {{liar, 500, 8}});
    }

    /// The names of the rows that match, or "error: …".
    QString matching(const QString &text) const
    {
        const auto filter = parseFilter(text);
        if (!filter)
            return QStringLiteral("error at %1: %2").arg(filter.error().position).arg(filter.error().message);
        const Generation generation = m_world.generation();
        if (*filter)
            (*filter)->prepare(generation);
        QStringList names;
        for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
            if (!*filter || (*filter)->matches(RowRef(generation, slot)))
                names += m_names[slot];
        return names.join(u' ');
    }

private:
    void add(const char *name, const Socket &socket, std::vector<Holder> holders = {}, const QByteArray &path = {})
    {
        m_world.add(socket, std::move(holders), {}, path);
        m_names += QString::fromLatin1(name);
    }

    SmallWorld m_world;
    QStringList m_names;
};

} // namespace

class TestWordFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void findsWordsEverywhereInTheRow_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char *text, const char *rows) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(rows);
        };
        row("", "https listener dns bus gone stranger");
        row("  \t ", "https listener dns bus gone stranger");
        row("firefox", "https bus");
        row("FireFox", "https bus");
        row("--profile", "listener dns gone stranger"); // one '-' excludes, the other is part of the word
        row("\"--profile\"", "https bus");
        row("\"My Profile\"", "https bus");
        row("ann", "https dns bus stranger");           // its user, or a holder's
        row("worker", "listener");                      // not the first holder
        row("tcp", "https listener dns gone stranger"); // a protocol, or in a process's name
        row("unknown", "stranger");
        row("listen", "listener");
        row("time-wait", "gone");
        row("estab", "https bus");
        row("203.0.113", "https gone");
        row("2001:DB8", "dns");
        row("0.0.0.0", "listener");
        row("https", "https gone");
        row("203.0.113.9:443", "https gone");
        row("203.0.113.9:44", "");
        row("0.113.9:443", "");
        row(":443", "https gone");
        row("[2001:db8::53]:53", "dns");
        row("domain", "dns");
        row("/dbus/", "bus");
        row("\"Ab c\"", "bus");
        row("nginx.service", "listener");
        row("app.slice", "https bus");
        row("nonsense", "");
    }
    void findsWordsEverywhereInTheRow()
    {
        QFETCH(QString, text);
        QFETCH(QString, rows);
        QCOMPARE(Rows().matching(text), rows);
    }

    void matchesDigitsAgainstWholeNumbersOnly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rows");
        QTest::newRow("remote port, or a pid") << QStringLiteral("443") << QStringLiteral("https listener gone");
        QTest::newRow("local port") << QStringLiteral("8080") << QStringLiteral("listener");
        QTest::newRow("part of a port") << QStringLiteral("808") << QString();
        QTest::newRow("inode, not the port 8080") << QStringLiteral("80") << QStringLiteral("listener");
        QTest::newRow("pid of another holder") << QStringLiteral("444") << QStringLiteral("listener");
        QTest::newRow("fd of another holder") << QStringLiteral("9") << QStringLiteral("listener");
        QTest::newRow("fd") << QStringLiteral("3") << QStringLiteral("dns");
        QTest::newRow("part of an address") << QStringLiteral("192") << QString();
        QTest::newRow("zero is no port and no inode") << QStringLiteral("0") << QString();
        QTest::newRow("inode") << QStringLiteral("56789") << QStringLiteral("https");
        QTest::newRow("too large for any") << QStringLiteral("99999999999999999999999") << QString();
        QTest::newRow("in quotes they are text") << QStringLiteral("\"192\"") << QStringLiteral("https gone");
    }
    void matchesDigitsAgainstWholeNumbersOnly()
    {
        QFETCH(QString, text);
        QFETCH(QString, rows);
        QCOMPARE(Rows().matching(text), rows);
    }

    void findsOneSocketByWhatAnFdLinkSays()
    {
        const Rows rows;
        QCOMPARE(rows.matching(QStringLiteral("socket:[56789]")), QStringLiteral("https"));
        QCOMPARE(rows.matching(QStringLiteral("SOCKET:[77]")), QStringLiteral("stranger"));
        QCOMPARE(rows.matching(QStringLiteral("socket:[5678]")), QString());
        QCOMPARE(rows.matching(QStringLiteral("socket:[0]")), QString()); // "gone" has none
        QCOMPARE(rows.matching(QStringLiteral("-socket:[56789]")), QStringLiteral("listener dns bus gone stranger"));
    }

    void findsOneSocketByItsDescriptor()
    {
        const Rows rows;
        QCOMPARE(rows.matching(QStringLiteral("/proc/123/fd/4")), QStringLiteral("https"));
        QCOMPARE(rows.matching(QStringLiteral("/proc/444/fd/9")), QStringLiteral("listener"));
        QCOMPARE(rows.matching(QStringLiteral("/proc/444/fd/7")), QString()); // in a thread's table only
        QCOMPARE(rows.matching(QStringLiteral("/proc/444/task/445/fd/7")), QStringLiteral("listener"));
        QCOMPARE(rows.matching(QStringLiteral("/proc/123/fd/9")), QString());
        QCOMPARE(rows.matching(QStringLiteral("/proc/self")), QString()); // text like any other
    }

    void wantsAllWordsAndNoneOfTheExcluded()
    {
        const Rows rows;
        QCOMPARE(rows.matching(QStringLiteral("firefox 443")), QStringLiteral("https"));
        QCOMPARE(rows.matching(QStringLiteral("443 firefox listen")), QString());
        QCOMPARE(rows.matching(QStringLiteral("-tcp")), QStringLiteral("bus"));
        QCOMPARE(rows.matching(QStringLiteral("443 -firefox -nginx")), QStringLiteral("gone"));
        QCOMPARE(rows.matching(QStringLiteral("-443")), QStringLiteral("dns bus stranger"));
        QCOMPARE(rows.matching(QStringLiteral("fire\"fox\" -\"My Profile\"")), QString());
        QCOMPARE(rows.matching(QStringLiteral("-\"my profile\" tcp")), QStringLiteral("listener dns gone stranger"));
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("says");
        QTest::newRow("quote") << QStringLiteral("tcp \"open") << 4 << QStringLiteral("quote");
        QTest::newRow("quote in a word") << QStringLiteral("ab\"") << 2 << QStringLiteral("quote");
        QTest::newRow("empty quotes") << QStringLiteral("a -\"\"") << 3 << QStringLiteral("nothing between");
        QTest::newRow("minus") << QStringLiteral("tcp - udp") << 4 << QStringLiteral("needs a word");
        QTest::newRow("minus at the end") << QStringLiteral("tcp -") << 4 << QStringLiteral("needs a word");
        QTest::newRow("no bracket") << QStringLiteral("socket:[12") << 10 << QStringLiteral("']'");
        QTest::newRow("no number") << QStringLiteral("x socket:[y]") << 10 << QStringLiteral("number of an inode");
        QTest::newRow("nothing") << QStringLiteral("-socket:[]") << 9 << QStringLiteral("number of an inode");
        QTest::newRow("too large") << QStringLiteral("socket:[99999999999999999999]") << 8
                                   << QStringLiteral("number of an inode");
        QTest::newRow("fd") << QStringLiteral("/proc/12/fd/x") << 12 << QStringLiteral("descriptor");
        QTest::newRow("no fd") << QStringLiteral(" /proc/12/fd/") << 13 << QStringLiteral("descriptor");
        QTest::newRow("thread") << QStringLiteral("/proc/12/task/a/fd/1") << 14 << QStringLiteral("thread");
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QString, text);
        QFETCH(int, position);
        QFETCH(QString, says);
        const auto filter = parseFilter(text);
        QVERIFY(!filter);
        QCOMPARE(filter.error().position, position);
        QVERIFY2(filter.error().message.contains(says), qPrintable(filter.error().message));
    }

    void matchesNamesAsTheyAreShown()
    {
        SmallWorld world;
        const quint32 evil = world.add(process(9, "a\nb"));
        world.add(tcp(listening, "::", 1), {{evil, 9, 1}});
        const Generation generation = world.generation();
        for (const auto &[text, found] : {std::pair(u"a\\nb", true), std::pair(u"\"a\nb\"", false)}) {
            const auto filter = parseFilter(QString::fromUtf16(text));
            (*filter)->prepare(generation);
            QCOMPARE((*filter)->matches(RowRef(generation, 0)), found);
        }
    }

    void asksARowInTheGraveyardOfItsOwnProcesses()
    {
        SmallWorld before, after;
        const quint32 curl = before.add(process(9, "curl"));
        before.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), {{curl, 9, 1}});
        after.add(process(10, "wget"));
        Generation generation = before.generation();
        generation.graveyard = generation.snapshot;
        generation.snapshot = after.generation().snapshot;
        generation.entries[0].mark = Mark::Closed;
        generation.entries[0].buried = true;
        for (const auto &[text, found] : {std::pair(u"curl", true), std::pair(u"wget", false)}) {
            const auto filter = parseFilter(QString::fromUtf16(text));
            (*filter)->prepare(generation);
            QCOMPARE((*filter)->matches(RowRef(generation, 0)), found);
        }
    }

    void doesNotLookIntoTheArgumentsOfWhoReads()
    {
        SmallWorld world;
        world.snapshot().host.pid = 77;
        const quint32 reader = world.add(process(77, "socktree", QByteArray("socktree\0--filter\0needle\0", 25)));
        const quint32 other = world.add(process(78, "other", QByteArray("other\0needle\0", 13)));
        world.add(unknownSocket(1), {{reader, 77, 3}});
        world.add(unknownSocket(2), {{other, 78, 3}});
        const Generation generation = world.generation();
        const PredicatePtr needle = *parseFilter(QStringLiteral("needle"));
        needle->prepare(generation);
        QVERIFY(!needle->matches(RowRef(generation, 0)));
        QVERIFY(needle->matches(RowRef(generation, 1)));
        const PredicatePtr name = *parseFilter(QStringLiteral("socktree"));
        name->prepare(generation);
        QVERIFY(name->matches(RowRef(generation, 0)));
    }

    void doesNotFindTheUserNamedByTheFillerOfTimeWait()
    {
        QCOMPARE(Rows().matching(QStringLiteral("root time-wait")), QString());
    }

    void knowsWhatOnlyLooksLikeAKey_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("rest");
        QTest::newRow("pid") << QStringLiteral("firefox pid:1009") << QStringLiteral("pid:") << QStringLiteral("1009");
        QTest::newRow("column") << QStringLiteral("local-port:443") << QStringLiteral("local-port:")
                                << QStringLiteral("443");
        for (const char *text : {"", "443", "proto:tcp", "netns:blue", ":443", "[::1]:443", "::1", "fe80::1", "a:b:c",
                 "192.0.2.1:443", "socket:[7]", "http://x", "host:", "\"open"})
            QTest::newRow(text) << QString::fromLatin1(text) << QString() << QString();
    }
    void knowsWhatOnlyLooksLikeAKey()
    {
        QFETCH(QString, text);
        const UnknownPrefix unknown = unknownPrefixIn(text);
        QTEST(unknown.prefix, "prefix");
        QTEST(unknown.rest, "rest");
    }

    void findsRowsByWhoeverTheyAreShownWith()
    {
        const EndsWorld world;
        const auto matches = [&](const char *word, quint32 slot) {
            const auto filter = parseFilter(QLatin1String(word));
            (*filter)->prepare(world.generation());
            return (*filter)->matches(RowRef(world.generation(), slot));
        };
        QVERIFY(matches("curl", world.over));
        QVERIFY(matches("4711", world.over));
        QVERIFY(!matches("nginx", world.over));
        QVERIFY(matches("nginx", world.waiting));
        QVERIFY(matches("443", world.waiting));
        QVERIFY(!matches("curl", world.waiting));
    }
};

QTEST_GUILESS_MAIN(TestWordFilter)
#include "tst_word_filter.moc"
