// SPDX-License-Identifier: GPL-3.0-or-later
// What depends on the state of a socket: names, which fields mean something, and what a value stands for.
#include "collector/decode/attribute.h"
#include "collector/decode/state_names.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;

namespace {

constexpr quint16 mptcp = 262, dccp = 33;
constexpr quint8 established = 1, synSent = 2, synRecv = 3, timeWait = 6, closed = 7, closeWait = 8, listening = 10;

const Field &field(const char *id, quint16 protocol = IPPROTO_TCP)
{
    return *fieldById(id, AF_INET, protocol).field;
}
const Attribute &attribute(const char *id, quint16 protocol)
{
    for (const Attribute &line : attributesOf(AF_INET, protocol))
        if (QByteArrayView(line.id) == id)
            return line;
    qFatal("no attribute %s", id);
}
QByteArray stateName(quint8 family, quint16 protocol, bool isAssociation, quint8 state)
{
    return stateNameOf(family, protocol, isAssociation, state);
}
QByteArray sentinel(const char *id, quint64 raw, quint8 state)
{
    const Sentinel *found = sentinelOf(field(id), raw, state);
    return found ? found->text : "";
}

} // namespace

class tst_states : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void namesStatesAsTheFamilyNumbersThem()
    {
        const char *const tcp[] = {"ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN",
            "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING"};
        for (quint8 state = 1; state <= 11; ++state) {
            for (const quint8 family : QList<quint8>{AF_INET, AF_INET6, AF_UNIX, AF_VSOCK})
                QCOMPARE(stateName(family, 0, false, state), QByteArray(tcp[state - 1]));
            for (const quint16 protocol : QList<quint16>{IPPROTO_TCP, IPPROTO_UDP, mptcp, dccp, IPPROTO_SCTP})
                QCOMPARE(stateName(AF_INET, protocol, false, state), QByteArray(tcp[state - 1]));
        }
        const char *const sctp[] = {"CLOSED", "COOKIE-WAIT", "COOKIE-ECHOED", "ESTAB", "SHUTDOWN-PENDING",
            "SHUTDOWN-SENT", "SHUTDOWN-RECEIVED", "SHUTDOWN-ACK-SENT"};
        for (quint8 state = 0; state < 8; ++state)
            QCOMPARE(stateName(AF_INET6, IPPROTO_SCTP, true, state), QByteArray(sctp[state]));
        QVERIFY(!stateNameOf(AF_INET, IPPROTO_SCTP, true, 8));
        QCOMPARE(stateName(AF_SMC, 0, false, 1), QByteArray("ACTIVE"));
        QCOMPARE(stateName(AF_SMC, 0, false, 2), QByteArray("INIT"));
        QCOMPARE(stateName(AF_SMC, 0, false, 7), QByteArray("CLOSED"));
        QCOMPARE(stateName(AF_SMC, 0, false, 10), QByteArray("LISTEN"));
        const char *const smc[] = {"PEER-CLOSE-WAIT-1", "PEER-CLOSE-WAIT-2", "APP-CLOSE-WAIT-1", "APP-CLOSE-WAIT-2",
            "APP-FIN-CLOSE-WAIT", "PEER-FIN-CLOSE-WAIT", "PEER-ABORT-WAIT", "PROCESS-ABORT"};
        for (quint8 state = 20; state < 28; ++state)
            QCOMPARE(stateName(AF_SMC, 0, false, state), QByteArray(smc[state - 20]));
        QCOMPARE(stateName(AF_TIPC, 0, false, 2), QByteArray("CONNECTING"));
        QCOMPARE(stateName(AF_TIPC, 0, false, 7), QByteArray("OPEN"));
        QCOMPARE(stateName(AF_TIPC, 0, false, 8), QByteArray("DISCONNECTING"));
        QCOMPARE(stateName(AF_NETLINK, 0, false, 0), QByteArray("UNCONN"));
        QCOMPARE(stateName(AF_NETLINK, 0, false, 1), QByteArray("ESTAB"));
        QCOMPARE(stateName(AF_NETLINK, 0, false, 7), QByteArray("UNCONN"));
    }

    void hasNoNameForWhatIsNoState()
    {
        QVERIFY(!stateNameOf(AF_INET, IPPROTO_TCP, false, 0));
        QVERIFY(!stateNameOf(AF_INET, IPPROTO_TCP, false, 99));
        QVERIFY(!stateNameOf(AF_SMC, 0, false, 3));
        QVERIFY(!stateNameOf(AF_NETLINK, 0, false, 10));
        QVERIFY(!stateNameOf(AF_PACKET, 0, false, 1));
        QVERIFY(!stateNameOf(AF_XDP, 0, false, 1));
        QVERIFY(!stateNameOf(99, 0, false, 1));
    }

    void namesTimersAsTheProtocolNumbersThem()
    {
        QCOMPARE(timerNameOf(IPPROTO_TCP, 0), "off");
        QCOMPARE(timerNameOf(IPPROTO_TCP, 4), "persist");
        QCOMPARE(timerNameOf(IPPROTO_TCP, 5), "delack");
        QCOMPARE(timerNameOf(IPPROTO_SCTP, 0), "off");
        QCOMPARE(timerNameOf(IPPROTO_SCTP, 4), "t3-rtx");
        QVERIFY(!timerNameOf(IPPROTO_SCTP, 2));
        QVERIFY(!timerNameOf(IPPROTO_TCP, 6));
    }

    void knowsWhatAListenerFills()
    {
        QByteArrayList filled;
        for (const Field &line : attribute("inet.info", IPPROTO_TCP).fields) {
            QVERIFY2(appliesIn(line, established), line.id);
            if (appliesIn(line, listening))
                filled += line.id;
        }
        const QByteArrayList expected = {"tcp.state", "tcp.unacked", "tcp.sacked", "tcp.snd-cwnd", "tcp.reordering",
            "tcp.pacing-rate", "tcp.max-pacing-rate"};
        QCOMPARE(filled, expected);
        QVERIFY(appliesIn(field("mptcpinfo.subflows", mptcp), listening));
        QVERIFY(!appliesIn(field("mptcpinfo.token", mptcp), listening));
        QVERIFY(appliesIn(field("tcp.rtt"), 27)); // a state beyond the mask
    }

    void knowsWhichSocketsHaveAnAttribute()
    {
        const auto has
            = [](const char *id, quint16 protocol, quint8 state) { return appliesIn(attribute(id, protocol), state); };
        QVERIFY(has("inet.mark", IPPROTO_TCP, timeWait) && has("inet.mark", IPPROTO_TCP, synRecv));
        for (const char *id : {"inet.info", "inet.skmeminfo", "inet.shutdown", "inet.cong", "inet.cgroup-id"}) {
            QVERIFY2(has(id, IPPROTO_TCP, established) && has(id, IPPROTO_TCP, listening), id);
            QVERIFY2(!has(id, IPPROTO_TCP, timeWait) && !has(id, IPPROTO_TCP, synRecv), id);
        }
        QVERIFY(!has("inet.info", IPPROTO_TCP, closed)); // bound and no more
        QVERIFY(has("inet.v6only", IPPROTO_TCP, listening) && has("inet.v6only", IPPROTO_UDP, closed));
        QVERIFY(!has("inet.v6only", IPPROTO_TCP, established));
        QVERIFY(has("inet.bbrinfo", IPPROTO_TCP, established) && !has("inet.bbrinfo", IPPROTO_TCP, closeWait));
        for (const quint8 state : QList<quint8>{established, closed}) {
            QVERIFY(!has("inet.info", IPPROTO_UDP, state) && !has("inet.cong", IPPROTO_UDP, state));
            QVERIFY(has("inet.skmeminfo", IPPROTO_UDP, state));
            QVERIFY(!has("inet.peers", IPPROTO_SCTP, state) && has("inet.locals", IPPROTO_SCTP, state));
        }
    }

    void knowsWhatStandsForNeverWhileConnecting()
    {
        for (const char *id : {"tcp.last-data-sent", "tcp.last-data-recv", "tcp.last-ack-recv"}) {
            QCOMPARE(sentinel(id, 2039572, synSent), QByteArray("never"));
            QCOMPARE(sentinel(id, 2039572, established), QByteArray());
            QVERIFY(!sentinelOf(field(id), 2039572));
        }
    }

    void knowsSentinelsOfEveryState()
    {
        for (const quint8 state : QList<quint8>{established, synSent, listening, 27}) {
            QCOMPARE(sentinel("tcp.snd-ssthresh", 0x7fffffff, state), QByteArray("infinite"));
            QCOMPARE(sentinel("tcp.pacing-rate", ~quint64(0), state), QByteArray("unlimited"));
            QCOMPARE(sentinel("tcp.min-rtt", 0xffffffff, state), QByteArray("no sample"));
            QCOMPARE(sentinel("bbr.min-rtt", 0xffffffff, state), QByteArray("no sample"));
            QCOMPARE(sentinel("vegas.rtt", 0x7fffffff, state), QByteArray("no sample"));
            QCOMPARE(sentinel("vegas.minrtt", 0x7fffffff, state), QByteArray("no sample"));
            for (const char *id : {"tcp.rtt", "tcp.rcv-rtt", "tcp.delivery-rate", "tcp.pmtu"})
                QCOMPARE(sentinel(id, 0, state), QByteArray("not measured"));
            QCOMPARE(sentinel("tcp.ato", 0, state), QByteArray("none yet"));
            QCOMPARE(sentinel("tcp.rtt", 1, state), QByteArray());
        }
    }
};

QTEST_GUILESS_MAIN(tst_states)
#include "tst_states.moc"
