// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/toggles.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, synSent = 2, timeWait = 6, unconnected = 7, closeWait = 8, listening = 10;

class Rows
{
public:
    Rows()
    {
        add("tcp4", tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        add("tcp6", tcp(established, "2001:db8::1", 1, "2001:db8::2", 2));
        add("mapped", tcp(synSent, "::ffff:192.0.2.1", 1, "::ffff:192.0.2.2", 2));
        add("listen", tcp(listening, "0.0.0.0", 80));
        add("local-listen", tcp(listening, "127.0.0.1", 631));
        add("local", tcp(established, "127.0.0.1", 5000, "127.8.8.8", 631));
        add("local-mapped", tcp(established, "::ffff:127.0.0.1", 5000, "::ffff:127.0.0.1", 631));
        add("local6", tcp(listening, "::1", 631));
        add("from-loopback", udp("127.0.0.1", 5000, "192.0.2.2", 53));
        Socket bound = tcp(unconnected, "192.0.2.1", 7);
        bound.boundInactive = true;
        add("bound", bound);
        add("udp", udp("0.0.0.0", 5353));
        add("unix", unixSocket(established));
        add("unix-listen", unixSocket(listening));
        Socket receiver = unixSocket(unconnected);
        receiver.type = SOCK_DGRAM;
        add("unix-dgram", receiver);
        receiver.tell(Told::Name);
        add("unix-receiver", receiver);
        add("stranger", unknownSocket(77));
        add("over", tcp(timeWait, "2001:db8::1", 3, "2001:db8::2", 4));
        add("half-closed", tcp(closeWait, "2001:db8::1", 5, "2001:db8::2", 6));
        add("unix-6", unixSocket(timeWait)); // numbers of TCP that mean nothing here
        add("unix-8", unixSocket(closeWait));
    }

    QString shownWith(const Toggles &toggles) const
    {
        const PredicatePtr predicate = togglePredicate(toggles);
        const Generation generation = m_world.generation();
        predicate->prepare(generation);
        QStringList names;
        for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
            if (predicate->matches(RowRef(generation, slot)))
                names += m_names[slot];
        return names.join(u' ');
    }

private:
    void add(const char *name, const Socket &socket)
    {
        m_world.add(socket);
        m_names += QString::fromLatin1(name);
    }

    SmallWorld m_world;
    QStringList m_names;
};

} // namespace

class TestToggles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void areNothingWhileNothingIsHidden() { QVERIFY(!togglePredicate(Toggles())); }

    void hideRows_data()
    {
        QTest::addColumn<Toggles>("toggles");
        QTest::addColumn<QString>("shown");
        Toggles toggles;
        toggles.udp = toggles.unix_ = toggles.other = false;
        QTest::newRow("tcp only") << toggles
                                  << QStringLiteral("tcp4 tcp6 mapped listen local-listen local "
                                                    "local-mapped local6 bound over half-closed");
        toggles = {};
        toggles.tcp = toggles.unix_ = false;
        QTest::newRow("udp and the rest") << toggles << QStringLiteral("from-loopback udp stranger");
        toggles = {};
        toggles.tcp = toggles.udp = toggles.other = false;
        QTest::newRow("unix only") << toggles
                                   << QStringLiteral("unix unix-listen unix-dgram unix-receiver unix-6 "
                                                     "unix-8");
        toggles = {};
        toggles.ipv4 = false;
        QTest::newRow("no ipv4") << toggles
                                 << QStringLiteral("tcp6 mapped local-mapped local6 unix unix-listen "
                                                   "unix-dgram unix-receiver stranger over half-closed unix-6 unix-8");
        toggles = {};
        toggles.ipv6 = toggles.unix_ = false;
        QTest::newRow("no ipv6") << toggles
                                 << QStringLiteral("tcp4 listen local-listen local from-loopback bound udp "
                                                   "stranger");
        toggles = {};
        toggles.loopback = toggles.unix_ = false;
        QTest::newRow("no loopback") << toggles
                                     << QStringLiteral("tcp4 tcp6 mapped listen from-loopback bound udp "
                                                       "stranger over half-closed");
        toggles = {};
        toggles.state = StateToggle::Established;
        QTest::newRow("established") << toggles << QStringLiteral("tcp4 tcp6 local local-mapped from-loopback unix");
        toggles = {};
        toggles.state = StateToggle::Listening;
        QTest::newRow("listening") << toggles
                                   << QStringLiteral("listen local-listen local6 udp unix-listen "
                                                     "unix-receiver");
        toggles.state = StateToggle::TimeWait;
        QTest::newRow("time-wait") << toggles << QStringLiteral("over");
        toggles.state = StateToggle::CloseWait;
        QTest::newRow("close-wait") << toggles << QStringLiteral("half-closed");
        toggles.state = StateToggle::Listening;
        toggles.loopback = false;
        toggles.tcp = false;
        QTest::newRow("several at once") << toggles << QStringLiteral("udp unix-listen unix-receiver");
    }
    void hideRows()
    {
        QFETCH(Toggles, toggles);
        QFETCH(QString, shown);
        QCOMPARE(Rows().shownWith(toggles), shown);
    }
};

QTEST_GUILESS_MAIN(TestToggles)
#include "tst_toggles.moc"
