// SPDX-License-Identifier: GPL-3.0-or-later
// socktree --list shows exactly the sockets that mksockets made, with all that a program can know of its own sockets.
#include "collector/decode/attribute.h"
#include "tests/support/listed.h"
#include "tests/support/live_programs.h"
#include "tests/support/warnings.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>
#include <cstddef>
#include <linux/tcp.h>
#include <memory>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <unistd.h>

using namespace socktree;
using namespace socktree::test;

class LiveList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_programs.reset(); }
    void listsEverySocketOnce_data() { eachSocket(); }
    void listsEverySocketOnce();
    void namesEveryHolderAndNoOther_data() { eachSocket(); }
    void namesEveryHolderAndNoOther();
    void tellsStateAndEnds_data() { eachSocket(); }
    void tellsStateAndEnds();
    void tellsQueues_data() { eachSocket(); }
    void tellsQueues();
    void tellsTcpInfoAsGetsockoptDoes_data() { eachSocket(); }
    void tellsTcpInfoAsGetsockoptDoes();
    void tellsMemoryAsGetsockoptDoes_data() { eachSocket(); }
    void tellsMemoryAsGetsockoptDoes();
    void tellsOptions_data() { eachSocket(); }
    void tellsOptions();
    void tellsNoInodeWhereThereIsNone();
    void showsTheWholeNameOfAHostileProcess();
    void keepsTheSecretOfASignedListener();
    void listsASocketOfAnotherNamespaceUnderItsProcess();
    void listsThemForFilterAndColumnsToo();
    void doesNotFindItselfByWhatItLooksFor();
    void saysThatProcessesOutsideAreNotSeen();

private:
    void eachSocket();
    QJsonObject row(const QJsonObject &told) const;

    std::unique_ptr<Mksockets> m_programs;
    QList<QJsonObject> m_before;
    QList<QJsonObject> m_after;
    QJsonObject m_list;
    Listed m_listed;
};

static bool isRoot()
{
    return geteuid() == 0;
}

/// Bound, and not connected any more if it ever was: sock_diag tells neither tcp_info nor congestion control of it,
/// though getsockopt does.
static bool isBoundOnly(const QJsonObject &told)
{
    return told[u"protocol"] == QLatin1String("tcp") && told[u"state"] == QLatin1String("UNCONN");
}

void LiveList::initTestCase()
{
    failOnWarnings();
    QStringList situations;
    for (const char *name : {"tcp-listen-v4", "tcp-listen-v6", "tcp-listen-both", "tcp-idle", "tcp-mapped",
             "tcp-queued", "tcp-blocked", "tcp-unaccepted", "tcp-half-closed", "tcp-time-wait", "tcp-bound",
             "tcp-disconnected", "tcp-reset", "tcp-never-bound", "tcp-options", "tcp-md5sig", "udp-bound",
             "udp-connected", "udp-never-bound", "unix-path", "unix-abstract", "unix-pairs", "unix-datagram", "shared",
             "hostile-name", "in-flight", "own-table", "tcp-syn-recv", "tcp-syn-sent", "tcp-fin-wait-1", "tcp-closing",
             "tcp-last-ack", "tcp-orphan", "tcp-dual-stack", "udp-pair", "unix-pending", "unix-seqpacket",
             "unix-one-way", "unix-peer-closed", "odd-names", "passed", "inherited", "dead-leader", "io-uring"})
        situations << QLatin1String(name);
    if (isRoot())
        situations << QStringLiteral("other-namespace") << QStringLiteral("packet-mapped");
    m_programs = std::make_unique<Mksockets>(situations);
    m_before = m_programs->told();
    m_list = listAsJson();
    m_after = m_programs->told();
    m_listed = Listed(m_list);
    QCOMPARE(m_before.size(), m_after.size());
    QVERIFY(m_before.size() > 50);
}

/// A row of test data for each socket and holder that was told.
void LiveList::eachSocket()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_before.size(); ++i)
        QTest::addRow("%s %s %d", qPrintable(m_before[i][u"situation"].toString()),
            qPrintable(m_before[i][u"role"].toString()), i)
            << i;
}

/// The listed row of a socket that was told.
QJsonObject LiveList::row(const QJsonObject &told) const
{
    const QList<QJsonObject> rows = m_listed.rowsOf(told);
    return rows.isEmpty() ? QJsonObject() : rows.first();
}

void LiveList::listsEverySocketOnce()
{
    QFETCH(int, index);
    QCOMPARE(m_listed.rowsOf(m_before[index]).size(), 1);
}

void LiveList::namesEveryHolderAndNoOther()
{
    QFETCH(int, index);
    const QJsonObject &told = m_before[index];
    std::set<std::pair<qint64, qint64>> expected, shown;
    for (const QJsonObject &one : m_before) {
        if (one[u"inode"] != told[u"inode"] || one[u"local-port"] != told[u"local-port"])
            continue;
        if (one.contains(u"pid"))
            expected.emplace(one[u"pid"].toInteger(), one[u"fd"].toInteger());
        if (one.contains(u"ring-pid"))
            expected.emplace(one[u"ring-pid"].toInteger(), one[u"ring-fd"].toInteger());
        if (one.contains(u"map-pid"))
            expected.emplace(one[u"map-pid"].toInteger(), -1);
    }
    const QJsonObject listed = row(told);
    for (const HolderTold &holder : holdersOf(listed))
        shown.emplace(holder.pid, holder.fd);
    QVERIFY(shown == expected);
    if (!expected.empty()) {
        QCOMPARE(listed[u"pid"].toInteger(-1), expected.begin()->first);
        if (told.contains(u"pid")) // a ring's number is no descriptor of the socket, and memory has none
            QCOMPARE(listed[u"fd"].toInteger(-1), expected.begin()->second);
    }
}

void LiveList::tellsStateAndEnds()
{
    QFETCH(int, index);
    const QJsonObject &told = m_before[index];
    const QJsonObject listed = row(told);
    if (told.contains(u"not-described")) {
        QCOMPARE(listed[u"source"].toString(), QStringLiteral("descriptor"));
        QCOMPARE(
            listed[u"protocol"], QJsonValue(QLatin1String(told[u"protocol-number"] == IPPROTO_TCP ? "tcp" : "udp")));
        QCOMPARE(listed[u"family"], QJsonValue(QLatin1String(told[u"family-number"] == AF_INET ? "ipv4" : "ipv6")));
        if (listed.contains(u"cookie")) // it takes the right to copy a descriptor
            QCOMPARE(cookieOf(listed), quint64(told[u"cookie"].toInteger()));
        if (told[u"protocol-number"] == IPPROTO_UDP && listed.contains(u"cookie")) // that it has no other end tells it
            QCOMPARE(listed[u"state"].toString(), QStringLiteral("UNCONN"));
        else
            QVERIFY(!listed.contains(u"state"));
        for (const char *id : {"recv-q", "send-q"})
            QVERIFY2(!listed.contains(QLatin1String(id)), id);
        return;
    }
    for (const char *id : {"protocol", "family", "state", "type", "local-address", "local-port", "remote-port"}) {
        if (told.contains(QLatin1String(id)))
            QCOMPARE(listed[QLatin1String(id)], told[QLatin1String(id)]);
    }
    if (told.contains(u"cookie"))
        QCOMPARE(cookieOf(listed), static_cast<quint64>(told[u"cookie"].toInteger()));
    if (told.contains(u"remote-address"))
        QCOMPARE(listed[u"remote-address"], told[u"remote-address"]);
    if (told[u"situation"] == QLatin1String("tcp-disconnected"))
        QVERIFY(!listed.contains(u"remote-address"));
    if (told.contains(u"no-peer"))
        QVERIFY(!listed.contains(u"peers"));
    if (told.contains(u"local-name")) {
        QByteArray name = QByteArray::fromHex(told[u"local-name"].toString().toLatin1());
        if (name.startsWith('\0'))
            name[0] = '@';
        QCOMPARE(bytesOfShown(listed[u"local-address"].toString()), name);
    }
}

void LiveList::tellsQueues()
{
    QFETCH(int, index);
    QJsonObject told = m_before[index], later = m_after[index];
    if (told.contains(u"not-described"))
        return;
    const QJsonObject listed = row(told);
    for (const char *id : {"recv-q", "send-q"}) {
        // Where sock_diag counts what the socket itself does not tell.
        if (const QString diag = QLatin1String("diag-") + QLatin1String(id); told.contains(diag))
            told[QLatin1String(id)] = later[QLatin1String(id)] = told[diag];
        const QLatin1String key(id);
        if (isBoundOnly(told) && key == QLatin1String("send-q")) {
            QVERIFY(!listed.contains(key)); // the kernel counts what is left of an earlier connection
            QCOMPARE(listed[u"why"][key].toString(), QStringLiteral("does-not-apply"));
            continue;
        }
        // A queue that moved meanwhile cannot be compared.
        if (told.contains(key) && told[key] == later[key])
            QCOMPARE(listed[key], told[key]);
    }
    if (told.contains(u"has-unread"))
        QVERIFY(listed[u"recv-q"].toInteger() > 6); // memory, with what the kernel keeps around a datagram
}

namespace {

struct InfoField {
    const char *id;
    std::size_t offset;
    std::size_t size;
};

} // namespace

#define FIELD(id, member)                                                                                              \
    {                                                                                                                  \
        id, offsetof(tcp_info, tcpi_##member), sizeof(tcp_info::tcpi_##member)                                         \
    }

/// The kernel's own header, not our tables.
static constexpr InfoField infoFields[] = {
    FIELD("tcp.state", state),
    FIELD("tcp.ca-state", ca_state),
    FIELD("tcp.retransmits", retransmits),
    FIELD("tcp.probes", probes),
    FIELD("tcp.backoff", backoff),
    FIELD("tcp.options", options),
    FIELD("tcp.rto", rto),
    FIELD("tcp.ato", ato),
    FIELD("tcp.snd-mss", snd_mss),
    FIELD("tcp.rcv-mss", rcv_mss),
    FIELD("tcp.unacked", unacked),
    FIELD("tcp.sacked", sacked),
    FIELD("tcp.lost", lost),
    FIELD("tcp.retrans", retrans),
    FIELD("tcp.fackets", fackets),
    FIELD("tcp.last-data-sent", last_data_sent),
    FIELD("tcp.last-ack-sent", last_ack_sent),
    FIELD("tcp.last-data-recv", last_data_recv),
    FIELD("tcp.last-ack-recv", last_ack_recv),
    FIELD("tcp.pmtu", pmtu),
    FIELD("tcp.rcv-ssthresh", rcv_ssthresh),
    FIELD("tcp.rtt", rtt),
    FIELD("tcp.rttvar", rttvar),
    FIELD("tcp.snd-ssthresh", snd_ssthresh),
    FIELD("tcp.snd-cwnd", snd_cwnd),
    FIELD("tcp.advmss", advmss),
    FIELD("tcp.reordering", reordering),
    FIELD("tcp.rcv-rtt", rcv_rtt),
    FIELD("tcp.rcv-space", rcv_space),
    FIELD("tcp.total-retrans", total_retrans),
    FIELD("tcp.pacing-rate", pacing_rate),
    FIELD("tcp.max-pacing-rate", max_pacing_rate),
    FIELD("tcp.bytes-acked", bytes_acked),
    FIELD("tcp.bytes-received", bytes_received),
    FIELD("tcp.segs-out", segs_out),
    FIELD("tcp.segs-in", segs_in),
    FIELD("tcp.notsent-bytes", notsent_bytes),
    FIELD("tcp.min-rtt", min_rtt),
    FIELD("tcp.data-segs-in", data_segs_in),
    FIELD("tcp.data-segs-out", data_segs_out),
    FIELD("tcp.delivery-rate", delivery_rate),
    FIELD("tcp.busy-time", busy_time),
    FIELD("tcp.rwnd-limited", rwnd_limited),
    FIELD("tcp.sndbuf-limited", sndbuf_limited),
    FIELD("tcp.delivered", delivered),
    FIELD("tcp.delivered-ce", delivered_ce),
    FIELD("tcp.bytes-sent", bytes_sent),
    FIELD("tcp.bytes-retrans", bytes_retrans),
    FIELD("tcp.dsack-dups", dsack_dups),
    FIELD("tcp.reord-seen", reord_seen),
    FIELD("tcp.rcv-ooopack", rcv_ooopack),
    FIELD("tcp.snd-wnd", snd_wnd),
};

/// A number of this machine's byte order out of bytes in hex, if they are long enough.
static std::optional<quint64> numberAt(const QByteArray &bytes, std::size_t offset, std::size_t size)
{
    if (offset + size > static_cast<std::size_t>(bytes.size()))
        return std::nullopt;
    quint64 number = 0;
    std::memcpy(&number, bytes.constData() + offset, size); // little-endian, as all of Debian's machines but one are
    return number;
}

static QString differing(const QJsonObject &listed, const char *id, quint64 expected)
{
    return QStringLiteral("%1 is %2 and not %3")
        .arg(QLatin1String(id), valueOf(listed, id).toVariant().toString())
        .arg(expected);
}

void LiveList::tellsTcpInfoAsGetsockoptDoes()
{
    QFETCH(int, index);
    const auto before = QByteArray::fromHex(m_before[index][u"tcp-info"].toString().toLatin1());
    const auto after = QByteArray::fromHex(m_after[index][u"tcp-info"].toString().toLatin1());
    if (before.isEmpty() || m_before[index].contains(u"not-described"))
        return;
    const QJsonObject listed = row(m_before[index]);
    if (isBoundOnly(m_before[index])) {
        for (const InfoField &field : infoFields)
            QVERIFY2(valueOf(listed, field.id).isUndefined(), field.id);
        return;
    }
    const bool isBusy = m_before[index].contains(u"busy");
    int compared = 0;
    for (const InfoField &field : infoFields) {
        const auto then = numberAt(before, field.offset, field.size);
        const auto now = numberAt(after, field.offset, field.size);
        QVERIFY2(then && now && !valueOf(listed, field.id).isUndefined(), field.id);
        // What goes up and down may have been anything in between while the connection is busy.
        const bool isTime = QByteArray(field.id).startsWith("tcp.last-");
        if (isBusy && (isTime || fieldById(field.id, AF_INET).field->kind == Kind::Gauge))
            continue;
        if (*then == *now)
            QVERIFY2(isShownAs(listed, field.id, *then), qPrintable(differing(listed, field.id, *then)));
        else if (isTime) // the time since something happened goes on
            QVERIFY2(*then <= numberOf(listed, field.id) && numberOf(listed, field.id) <= *now, field.id);
        else
            continue;
        ++compared;
    }
    // Of the connection that sends without end some fields move; of the others none do.
    QVERIFY(compared > (isBusy ? 10 : 48));
}

void LiveList::tellsMemoryAsGetsockoptDoes()
{
    static constexpr const char *names[] = {"mem.rmem-alloc", "mem.rcvbuf", "mem.wmem-alloc", "mem.sndbuf",
        "mem.fwd-alloc", "mem.wmem-queued", "mem.optmem", "mem.backlog", "mem.drops"};
    QFETCH(int, index);
    const auto before = QByteArray::fromHex(m_before[index][u"meminfo"].toString().toLatin1());
    const auto after = QByteArray::fromHex(m_after[index][u"meminfo"].toString().toLatin1());
    if (before.isEmpty() || m_before[index].contains(u"not-described"))
        return;
    const QJsonObject listed = row(m_before[index]);
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const auto then = numberAt(before, i * 4, 4);
        QVERIFY2(then && !valueOf(listed, names[i]).isUndefined(), names[i]);
        if (then == numberAt(after, i * 4, 4))
            QVERIFY2(isShownAs(listed, names[i], *then), qPrintable(differing(listed, names[i], *then)));
    }
}

void LiveList::tellsOptions()
{
    QFETCH(int, index);
    const QJsonObject &told = m_before[index];
    if (told.contains(u"not-described") || !told.contains(u"inode") || told[u"protocol"] == QLatin1String("unix"))
        return;
    const QJsonObject listed = row(told);
    if (!told.contains(u"tos")) // what held it could not be asked, or is gone
        return;
    QCOMPARE(numberOf(listed, "inet.tos"), std::optional<quint64>(told[u"tos"].toInteger()));
    if (told.contains(u"tclass"))
        QCOMPARE(numberOf(listed, "inet.tclass"), std::optional<quint64>(told[u"tclass"].toInteger()));
    if (isRoot())
        QCOMPARE(numberOf(listed, "mark"), std::optional<quint64>(told[u"mark"].toInteger()));
    if (isBoundOnly(told)) {
        QVERIFY(!listed.contains(u"congestion"));
    } else if (told.contains(u"congestion-bytes")) {
        const auto name = QByteArray::fromHex(told[u"congestion-bytes"].toString().toLatin1());
        QCOMPARE(listed[u"congestion"].toString().toLatin1(), QByteArray(name.constData()));
    }
}

void LiveList::tellsNoInodeWhereThereIsNone()
{
    for (const auto &[situation, role] : {std::pair("tcp-unaccepted", "waiting"), std::pair("tcp-time-wait", "gone")}) {
        const QJsonObject listed = row(pick(m_before, situation, role));
        QVERIFY(listed.contains(u"cookie"));
        QVERIFY(!listed.contains(u"inode"));
        QVERIFY(!listed.contains(u"pid"));
    }
}

void LiveList::showsTheWholeNameOfAHostileProcess()
{
    const QJsonObject listed = row(pick(m_before, "hostile-name", "child"));
    QCOMPARE(listed[u"process"].toString(), QStringLiteral("a) R 1\\n(b"));
}

void LiveList::keepsTheSecretOfASignedListener()
{
    const Outcome outcome
        = run(socktreeProgram(), {QStringLiteral("--list"), QStringLiteral("--format"), QStringLiteral("json")});
    const QByteArray secret = "mksockets-secret";
    QVERIFY(!outcome.output.contains(secret));
    QVERIFY(!outcome.output.contains(secret.toHex()));
    if (!isRoot())
        QSKIP("the kernel tells only root that a socket has a key, so what is left to see is that none is shown");
    const QJsonObject told = pick(m_before, "tcp-md5sig", "listener");
    if (told[u"md5sig"].toInteger() == 0)
        QSKIP("this kernel has no TCP MD5 signatures (CONFIG_TCP_MD5SIG)");
    QVERIFY(!valueOf(row(told), "inet.md5sig").isUndefined());
}

void LiveList::listsASocketOfAnotherNamespaceUnderItsProcess()
{
    if (!isRoot())
        QSKIP("a network namespace of its own takes root");
    const QJsonObject told = pick(m_before, "other-namespace", "abroad");
    const QJsonObject listed = row(told);
    QCOMPARE(listed[u"pid"], told[u"pid"]);
    QCOMPARE(listed[u"protocol"].toString(), QStringLiteral("udp"));
    QCOMPARE(listed[u"source"].toString(), QStringLiteral("sock_diag"));
    QVERIFY(listed.contains(u"netns-id") && listed[u"netns-id"] != row(m_before.first())[u"netns-id"]);
}

void LiveList::listsThemForFilterAndColumnsToo()
{
    const QJsonObject told = pick(m_before, "tcp-listen-v4", "listener");
    const QString inode = QString::number(told[u"inode"].toInteger());
    const Outcome outcome = run(socktreeProgram(),
        {QStringLiteral("--list"), QStringLiteral("--columns"), QStringLiteral("pid,fd,local-port,inode"),
            QStringLiteral("--filter"), QStringLiteral("socket:[") + inode + u']'});
    const QString expected = QStringLiteral("pid,fd,local-port,inode\r\n%1,%2,%3,%4\r\n")
                                 .arg(told[u"pid"].toInteger())
                                 .arg(told[u"fd"].toInteger())
                                 .arg(told[u"local-port"].toInteger())
                                 .arg(inode);
    QCOMPARE(outcome.output, expected.toUtf8());
    QCOMPARE(outcome.status, 0);
}

void LiveList::doesNotFindItselfByWhatItLooksFor()
{
    const Outcome outcome = run(socktreeProgram(),
        {QStringLiteral("--list"), QStringLiteral("--columns"), QStringLiteral("pid"), QStringLiteral("--filter"),
            QStringLiteral("no-such-socket-anywhere")});
    QCOMPARE(outcome.output, QByteArray("pid\r\n"));
    QCOMPARE(outcome.status, 0);
}

void LiveList::saysThatProcessesOutsideAreNotSeen()
{
    if (!isRoot())
        QSKIP("a process namespace of its own takes root");
    const QStringList apart{QStringLiteral("--fork"), QStringLiteral("--pid"), QStringLiteral("--mount-proc")};
    if (const Outcome tried = run(QStringLiteral("unshare"), apart + QStringList{QStringLiteral("true")});
        tried.status != 0)
        QSKIP(
            "no process file system can be mounted here, as in a chroot whose root is no mount point: " + tried.errors);
    const Outcome outcome = run(QStringLiteral("unshare"),
        apart
            + QStringList{
                socktreeProgram(), QStringLiteral("--list"), QStringLiteral("--format"), QStringLiteral("json")});
    const QJsonObject list = QJsonDocument::fromJson(outcome.output).object();
    QCOMPARE(list[u"unseen-processes"].toString(), QStringLiteral("other-namespaces"));
    const QJsonObject told = pick(m_before, "tcp-listen-v4", "listener");
    const QList<QJsonObject> rows = Listed(list).rowsOf(told);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first()[u"why"].toObject()[u"process"].toString(), QStringLiteral("denied"));
}

QTEST_GUILESS_MAIN(LiveList)
#include "tst_live_list.moc"
