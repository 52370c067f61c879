// SPDX-License-Identifier: GPL-3.0-or-later
// Every row of socktree --list equals that of ss for the same moment, but for the differences that are allowed.
#include "tests/live/allowed_differences.h"
#include "tests/support/listed.h"
#include "tests/support/live_programs.h"
#include "tests/support/ss_output.h"
#include "tests/support/warnings.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace socktree::test;

class LiveAgainstSs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsWhatSsPrints();
    void agreesOnThisNamespace();
    void agreesInANamespaceOfItsOwn();
    void seesADifference();

private:
    void compareWithLoad();
};

static const QStringList everySituation = [] {
    QStringList names;
    for (const char *name :
        {"tcp-listen-v4", "tcp-listen-v6", "tcp-listen-both", "tcp-idle", "tcp-mapped", "tcp-queued", "tcp-blocked",
            "tcp-unaccepted", "tcp-half-closed", "tcp-time-wait", "tcp-bound", "tcp-never-bound", "tcp-options",
            "tcp-md5sig", "udp-bound", "udp-connected", "udp-never-bound", "unix-path", "unix-abstract", "unix-pairs",
            "unix-datagram", "shared", "hostile-name", "in-flight", "own-table", "many"})
        names << QLatin1String(name);
    return names;
}();

namespace {

/// Two spellings of one fact, made alike.
struct Fact {
    const char *field;
    QByteArray (*theirs)(const SsRow &);
    QByteArray (*ours)(const QJsonObject &);
};

} // namespace

static QByteArray text(const QJsonObject &row, const char *id)
{
    const QJsonValue value = row[QLatin1String(id)];
    return value.isDouble() ? QByteArray::number(value.toInteger()) : value.toString().toUtf8();
}

static bool isUnix(const SsRow &row)
{
    return row.netid.startsWith("u_");
}

/// ss writes * for the address that takes both families, and a port or address that is none as * or zeros.
static QByteArray plainAddress(const SsRow &row, QByteArray address)
{
    if (isUnix(row))
        return address == "*" ? QByteArray() : address;
    address = address.left(address.contains('%') ? address.indexOf('%') : address.size());
    if (address.startsWith('['))
        address = address.mid(1, address.lastIndexOf(']') - 1);
    return address == "*" ? QByteArray("::") : address;
}

static QByteArray noneIfAny(const QByteArray &address)
{
    return address == "::" || address == "0.0.0.0" ? QByteArray() : address;
}

static QByteArray plainPort(const QByteArray &port)
{
    return port == "*" ? QByteArray() : port;
}

static QByteArray holdersOf(const SsRow &row)
{
    QByteArray text;
    for (const SsHolder &holder : row.holders)
        text += holder.name + '[' + QByteArray::number(holder.pid) + "]:" + QByteArray::number(holder.fd) + ';';
    return text;
}

static QByteArray holdersText(const QJsonObject &row)
{
    QByteArray text;
    for (const HolderTold &holder : holdersOf(row))
        text += holder.name + '[' + QByteArray::number(holder.pid) + "]:" + QByteArray::number(holder.fd) + ';';
    return text;
}

static QByteArray bitsOfShutdown(const QJsonObject &row)
{
    const bool isUnix = row[u"protocol"] == QLatin1String("unix");
    const QJsonValue halves = valueOf(row, isUnix ? "unix.shutdown" : "inet.shutdown");
    if (!halves.isArray())
        return {};
    int bits = 0;
    for (const auto &half : halves.toArray())
        bits |= half == QLatin1String("receive") ? 1 : half == QLatin1String("send") ? 2 : 4;
    return QByteArray::number(bits);
}

/// The arrows say which halves are still open.
static QByteArray shutdownOf(const SsRow &row)
{
    const QByteArray arrow = row.more.value("arrow");
    if (arrow.isEmpty())
        return {};
    return QByteArray::number((arrow[0] == '<' ? 0 : 1) + (arrow[2] == '>' ? 0 : 2));
}

static constexpr Fact facts[] = {
    {"protocol", [](const SsRow &r) { return isUnix(r) ? QByteArray("unix") : r.netid; },
        [](const QJsonObject &r) { return text(r, "protocol"); }},
    {"type",
        [](const SsRow &r) {
            return r.netid == "u_str" ? QByteArray("stream")
                : r.netid == "u_dgr"  ? QByteArray("dgram")
                : r.netid == "u_seq"  ? QByteArray("seqpacket")
                                      : QByteArray();
        },
        [](const QJsonObject &r) { return r[u"protocol"] == QLatin1String("unix") ? text(r, "type") : QByteArray(); }},
    {"state", [](const SsRow &r) { return r.state; }, [](const QJsonObject &r) { return text(r, "state"); }},
    {"recv-q", [](const SsRow &r) { return QByteArray::number(r.recvQueue); },
        [](const QJsonObject &r) { return text(r, "recv-q"); }},
    {"send-q", [](const SsRow &r) { return QByteArray::number(r.sendQueue); },
        [](const QJsonObject &r) { return text(r, "send-q"); }},
    {"local-address", [](const SsRow &r) { return plainAddress(r, r.local); },
        [](const QJsonObject &r) { return bytesOfShown(r[u"local-address"].toString()); }},
    {"local-port", [](const SsRow &r) { return isUnix(r) ? QByteArray() : plainPort(r.localPort); },
        [](const QJsonObject &r) { return text(r, "local-port"); }},
    {"remote-address", [](const SsRow &r) { return isUnix(r) ? QByteArray() : noneIfAny(plainAddress(r, r.remote)); },
        [](const QJsonObject &r) {
            return r[u"protocol"] == QLatin1String("unix") ? QByteArray() : noneIfAny(text(r, "remote-address"));
        }},
    {"remote-port", [](const SsRow &r) { return isUnix(r) ? QByteArray() : plainPort(r.remotePort); },
        [](const QJsonObject &r) { return text(r, "remote-port"); }},
    {"inode",
        [](const SsRow &r) {
            const QByteArray inode = isUnix(r) ? r.localPort : r.more.value("ino");
            return inode == "0" ? QByteArray() : inode;
        },
        [](const QJsonObject &r) { return text(r, "inode"); }},
    {"interface",
        [](const SsRow &r) {
            return r.local.contains('%') && !isUnix(r) ? r.local.mid(r.local.indexOf('%') + 1) : QByteArray();
        },
        [](const QJsonObject &r) { return text(r, "interface"); }},
    {"uid", [](const SsRow &r) { return isUnix(r) ? QByteArray() : r.more.value("uid", "0"); },
        [](const QJsonObject &r) {
            return r[u"protocol"] == QLatin1String("unix") ? QByteArray() : QByteArray::number(r[u"uid"].toInteger());
        }},
    {"mark", [](const SsRow &r) { return QByteArray::number(r.more.value("fwmark", "0").toUInt(nullptr, 0)); },
        [](const QJsonObject &r) { return QByteArray::number(r[u"mark"].toInteger()); }},
    {"cgroup", [](const SsRow &r) { return r.more.value("cgroup"); },
        [](const QJsonObject &r) {
            return r[u"protocol"] == QLatin1String("unix") ? QByteArray() : text(r, "cgroup");
        }},
    {"v6only", [](const SsRow &r) { return r.more.value("v6only"); },
        [](const QJsonObject &r) {
            const QJsonValue only = valueOf(r, "inet.v6only");
            return only.isUndefined() ? QByteArray() : QByteArray(only == QLatin1String("yes") ? "1" : "0");
        }},
    {"peer", [](const SsRow &r) { return isUnix(r) ? r.remotePort : QByteArray("0"); },
        [](const QJsonObject &r) { return QByteArray::number(numberOf(r, "unix.peer").value_or(0)); }},
    {"shutdown", [](const SsRow &r) { return shutdownOf(r); }, [](const QJsonObject &r) { return bitsOfShutdown(r); }},
    {"holders", [](const SsRow &r) { return holdersOf(r); }, [](const QJsonObject &r) { return holdersText(r); }},
};

static QByteArray keyOf(const QJsonObject &row)
{
    if (row[u"protocol"] == QLatin1String("unix"))
        return "u_" + text(row, "inode");
    if (row.contains(u"cookie"))
        return QByteArray::number(cookieOf(row), 16);
    return "undescribed " + text(row, "inode");
}

static QHash<QByteArray, QJsonObject> byKey(const QJsonObject &list)
{
    QHash<QByteArray, QJsonObject> rows;
    const Listed listed(list); // named, since a loop keeps only what it loops over alive
    const QStringList asked{QStringLiteral("tcp"), QStringLiteral("udp"), QStringLiteral("unix")}; // of ss
    for (const QJsonObject &row : listed.rows()) {
        const bool isHere = row[u"netns-id"] == list[u"netns"] || !row.contains(u"netns-id");
        if (isHere && (asked.contains(row[u"protocol"].toString()) || row[u"source"] == QLatin1String("descriptor")))
            rows.insert(keyOf(row), row);
    }
    return rows;
}

static QHash<QByteArray, SsRow> askSs(QList<QByteArray> *strange)
{
    const Outcome outcome
        = run(QStringLiteral("ss"), {QStringLiteral("-H"), QStringLiteral("-tuxanp"), QStringLiteral("-e")});
    if (outcome.status != 0)
        QTest::qFail(outcome.errors.constData(), __FILE__, __LINE__);
    QHash<QByteArray, SsRow> rows;
    for (const SsRow &row : parseSs(outcome.output, strange))
        rows.insert(row.key(), row);
    return rows;
}

static bool isAllowed(const char *field, const QJsonObject &ours, const SsRow &theirs)
{
    return std::any_of(std::begin(allowedDifferences), std::end(allowedDifferences), [&](const auto &difference) {
        return qstrcmp(difference.field, field) == 0 && difference.applies(ours, theirs);
    });
}

/// What differs between a row of ours and what ss said before and after, and is not allowed.
static QList<QByteArray> differences(const QJsonObject &ours, const SsRow &before, const SsRow &after)
{
    QList<QByteArray> found;
    for (const Fact &fact : facts) {
        const QByteArray theirs = fact.theirs(before);
        if (theirs != fact.theirs(after) || theirs == fact.ours(ours) || isAllowed(fact.field, ours, before))
            continue;
        found << QByteArray(fact.field) + " of " + before.netid + ' ' + before.key() + " is '" + fact.ours(ours)
                + "', and ss says '" + theirs + '\'';
    }
    return found;
}

void LiveAgainstSs::initTestCase()
{
    failOnWarnings();
    const Outcome version = run(QStringLiteral("ss"), {QStringLiteral("--version")});
    QVERIFY2(version.status == 0, "ss is not here; tests/run installs it (iproute2)");
}

void LiveAgainstSs::readsWhatSsPrints()
{
    const QByteArray output
        = "u_str LISTEN 0      5       /tmp/two\nlines, ok 101372   * 0      users:((\"a\",pid=3,fd=26)) <-> ino:85 "
          "dev:0/2 peers:\n"
          "u_dgr ESTAB      0      768    * 102409   * 102410 -->\n"
          "tcp   LISTEN     1      7     *:55615   *:*      users:((\"b\",pid=20,fd=5),(\"a)\\n\",pid=3,fd=4)) ino:7 "
          "sk:11a v6only:0 <->\n"
          "udp   UNCONN     0      0   127.0.0.1%lo:53   0.0.0.0:*      uid:12 ino:9 sk:5 fwmark:0x4d <-- \n";
    QList<QByteArray> strange;
    const QList<SsRow> rows = parseSs(output, &strange);
    QCOMPARE(strange, QList<QByteArray>());
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[0].local, QByteArray("/tmp/two\nlines, ok"));
    QCOMPARE(rows[0].key(), QByteArray("u_101372"));
    QCOMPARE(rows[0].holders, QList<SsHolder>({{"a", 3, 26}}));
    QCOMPARE(rows[1].remotePort, QByteArray("102410"));
    QCOMPARE(shutdownOf(rows[1]), QByteArray("1"));
    QCOMPARE(rows[2].holders, QList<SsHolder>({{"a)\\n", 3, 4}, {"b", 20, 5}}));
    QCOMPARE(rows[2].key(), QByteArray("11a"));
    QCOMPARE(plainAddress(rows[2], rows[2].local), QByteArray("::"));
    QCOMPARE(plainAddress(rows[3], rows[3].local), QByteArray("127.0.0.1"));
    QCOMPARE(rows[3].more.value("fwmark"), QByteArray("0x4d"));
    QCOMPARE(parseSs("Error: what?\n", &strange).size(), 0);
    QCOMPARE(strange.size(), 1);
}

void LiveAgainstSs::compareWithLoad()
{
    Mksockets load(everySituation);
    QSet<qint64> described;
    for (const QJsonObject &told : load.told()) {
        if (!told.contains(u"not-described"))
            described.insert(told[u"inode"].toInteger());
    }
    QList<QByteArray> strange;
    const auto oursBefore = byKey(listAsJson());
    const auto before = askSs(&strange);
    const auto ours = byKey(listAsJson());
    const auto after = askSs(&strange);
    QVERIFY2(strange.isEmpty(), strange.join('\n').constData());

    QList<QByteArray> found;
    int compared = 0;
    for (auto row = before.begin(); row != before.end(); ++row) {
        if (!after.contains(row.key()))
            continue;
        if (!ours.contains(row.key()))
            found << row->netid + ' ' + row.key() + " is missing";
        else
            found += differences(ours[row.key()], *row, after[row.key()]);
        ++compared;
    }
    for (auto row = ours.begin(); row != ours.end(); ++row) {
        if (!before.contains(row.key()) && oursBefore.contains(row.key()) && !isAllowed("row", *row, {}))
            found << text(*row, "protocol") + ' ' + row.key() + " is not a row of ss";
    }
    QVERIFY2(found.isEmpty(), ('\n' + found.join('\n')).constData());
    QVERIFY(described.size() > 130);
    QVERIFY(compared >= described.size());
}

void LiveAgainstSs::agreesOnThisNamespace()
{
    compareWithLoad();
}

void LiveAgainstSs::agreesInANamespaceOfItsOwn()
{
    if (geteuid() != 0)
        QSKIP("a network namespace of its own takes root");
    const int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    QVERIFY2(home >= 0, std::strerror(errno));
    QVERIFY2(unshare(CLONE_NEWNET) == 0, std::strerror(errno));
    // The loopback device of a new namespace is down, and nothing could connect to anything.
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq loopback{};
    std::strcpy(loopback.ifr_name, "lo");
    loopback.ifr_flags = IFF_UP;
    const int up = ioctl(fd, SIOCSIFFLAGS, &loopback);
    close(fd);
    if (up == 0)
        compareWithLoad();
    QVERIFY2(setns(home, CLONE_NEWNET) == 0, std::strerror(errno));
    close(home);
    QVERIFY(up == 0);
}

void LiveAgainstSs::seesADifference()
{
    Mksockets load({QStringLiteral("tcp-listen-v4")});
    const QJsonObject told = pick(load.told(), "tcp-listen-v4", "listener");
    const auto theirs = askSs(nullptr);
    const auto ours = byKey(listAsJson());
    const QByteArray key = QByteArray::number(told[u"cookie"].toInteger(), 16);
    QVERIFY(theirs.contains(key) && ours.contains(key));
    for (const char *field : {"state", "recv-q", "local-port", "inode", "protocol"}) {
        QJsonObject wrong = ours[key];
        wrong[QLatin1String(field)] = QStringLiteral("1");
        QCOMPARE(differences(wrong, theirs[key], theirs[key]).size(), 1);
    }
    QCOMPARE(differences(ours[key], theirs[key], theirs[key]), QList<QByteArray>());
}

QTEST_GUILESS_MAIN(LiveAgainstSs)
#include "tst_live_against_ss.moc"
