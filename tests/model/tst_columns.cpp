// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/redacting_sink.h"
#include "collector/snapshot/ends.h"
#include "collector/snapshot/protocol_numbers.h"
#include "model/column.h"
#include "model/owners.h"
#include "model/text.h"
#include "model/tree_scope.h"
#include "tests/support/cells.h"
#include "tests/support/ends_world.h"
#include "tests/support/message_builder.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, synRecv = 3, finWait2 = 5, timeWait = 6, unconnected = 7, listening = 10;
constexpr quint16 infoAttribute = 2, congestionAttribute = 4, tosAttribute = 5, tclassAttribute = 6,
                  memoryAttribute = 7, unixMemoryAttribute = 5;

/// A tcp_info of @p length bytes in which rtt, snd_cwnd, total_retrans, bytes_received, delivery_rate and bytes_sent
/// are set.
QByteArray tcpInfo(qsizetype length, quint32 rtt = 1234)
{
    QByteArray info(length, '\0');
    const auto put = [&](qsizetype offset, const QByteArray &value) {
        if (offset + value.size() <= length)
            info.replace(offset, value.size(), value);
    };
    put(68, u32(rtt));
    put(80, u32(10));
    put(100, u32(3));
    put(128, u64(5'000'000'000));
    put(160, u64(rtt ? 1'500'000 : 0));
    put(200, u64(77));
    return info;
}

QByteArray connection(const QByteArray &info)
{
    return inetMessage({.state = established})
        .attribute(infoAttribute, info)
        .attribute(congestionAttribute, cString("cubic"))
        .attribute(tosAttribute, u8(0x10))
        .attribute(memoryAttribute, u32s({1000, 0, 7, 0, 0, 500, 0, 0, 0}));
}

Value valueIn(const Generation &generation, quint32 slot, const char *id)
{
    return columnById(id)->value(RowRef(generation, slot));
}

QString exported(const Generation &generation, quint32 slot, const char *id)
{
    return exportText(*columnById(id), RowRef(generation, slot));
}

quint64 number(const Value &value)
{
    return value.present() ? std::get<quint64>(value.data) : ~quint64(0);
}

/// The ids of columns whose value is not there for this reason.
QSet<QByteArray> columnsThatSay(const Generation &generation, quint32 slot, Why why)
{
    QSet<QByteArray> ids;
    for (const Column &column : columns())
        if (column.value(RowRef(generation, slot)).why == why)
            ids += column.id;
    return ids;
}

/// Every list that is looked at for other ends was read whole in these namespaces.
void addLists(Snapshot &snapshot, std::initializer_list<quint64> namespaces)
{
    for (const quint64 netns : namespaces)
        for (const Protocol protocol : everyProtocol()) {
            const ProtocolNumbers numbers = numbersOf(protocol);
            DumpOutcome dump;
            dump.scope = {.netns = netns, .family = numbers.family, .protocol = numbers.number};
            snapshot.dumps.push_back(dump);
            dump.scope.family = AF_INET6;
            if (numbers.family == AF_INET)
                snapshot.dumps.push_back(dump);
        }
}

} // namespace

#define COMPARE_WHY(value, reason) QCOMPARE(static_cast<int>((value).why), static_cast<int>(reason))
/// That the tooltip says so as well.
#define COMPARE_WHY_AND_TIP(generation, slot, id, reason, says)                                                        \
    do {                                                                                                               \
        COMPARE_WHY(valueIn(generation, slot, id), reason);                                                            \
        QVERIFY(tip(generation, slot, id).contains(QLatin1String(says)));                                              \
    } while (false)

class TestColumns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        QLocale::setDefault(QLocale::c());
    }

    void haveTheIdsThatAreAnInterface()
    {
        QStringList shown, hidden;
        for (const Column &column : columns())
            (column.shown ? shown : hidden) += QString::fromLatin1(column.id);
        QCOMPARE(shown.join(u' '),
            QStringLiteral("process pid fd user protocol state local-address local-port remote-address remote-port "
                           "recv-q send-q rtt retrans receive-rate send-rate unit"));
        QCOMPARE(hidden.join(u' '),
            QStringLiteral("family holders inode cookie uid interface cwnd congestion delivery-rate bytes-received "
                           "bytes-sent timer mark tos cgroup memory unix-path type first-seen command-line fd-flags "
                           "fd-locks socket-context context ppid pgid peer-process "
                           "peer-pid peer-socket peer-how owner owner-how netns netns-id source"));
    }

    void areAllWhole()
    {
        const QRegularExpression form(QStringLiteral("^[a-z]+(-[a-z]+)*$"));
        QSet<QByteArray> ids;
        for (const Column &column : columns()) {
            QVERIFY2(form.match(QLatin1String(column.id)).hasMatch(), column.id);
            QVERIFY2(!ids.contains(column.id), column.id);
            ids += column.id;
            QVERIFY2(column.value && *column.title && *column.meaning && column.width, column.id);
            QCOMPARE(columnById(column.id), &column);
            QCOMPARE(columns()[static_cast<std::size_t>(columnIndex(column.id))].id, column.id);
        }
        QVERIFY(!columnById("no-such"));
        QCOMPARE(columnIndex("no-such"), -1);
    }

    void tellAllOfAConnection()
    {
        SmallWorld world;
        Process client = process(20, "curl", QByteArray("curl\0-s\0", 8), 1000, "user@1000.service");
        client.context = "unconfined";
        client.parent = 1;
        client.group = 19;
        const quint32 curl = world.add(client);
        Socket socket = tcp(established, "192.0.2.1", 40000, "203.0.113.9", 443);
        socket.uid = 1000;
        socket.inode = 777;
        socket.cookie = 0x1a2b;
        socket.recvQueue = 5;
        socket.sendQueue = 20000;
        socket.interface = 2;
        socket.timer = 2;
        socket.expires = 34'000;
        socket.mark = 0x10;
        socket.cgroupId = 99;
        socket.tell(Told::Mark);
        socket.tell(Told::Cgroup);
        NetNamespace blue;
        blue.id = 17;
        blue.name = "blue";
        socket.netns = world.add(blue);
        world.snapshot().interfaces.insert({17, 2}, "eth0");
        world.snapshot().cgroups = {{99, "/user.slice"}};
        Holder holder{curl, 20, 4};
        holder.flags = O_RDWR | O_NONBLOCK;
        world.snapshot().descriptorNotes.push_back({{"flock write", "posix read 0-9"}, "user_u:curl_t", Got::Read});
        holder.note = 0;
        const quint32 slot = world.add(socket, {holder}, connection(tcpInfo(232)));
        Generation generation = world.generation();
        generation.entries[slot].hasCounters = true;
        generation.entries[slot].receiveRate = 1234.5;
        generation.entries[slot].sendRate = 0;

        const std::pair<const char *, const char *> expected[]
            = {{"process", "curl"}, {"pid", "20"}, {"fd", "4"}, {"user", "ann"}, {"protocol", "tcp"},
                {"state", "ESTAB"}, {"local-address", "192.0.2.1"}, {"local-port", "40000"},
                {"remote-address", "203.0.113.9"}, {"remote-port", "443"}, {"recv-q", "5"}, {"send-q", "20000"},
                {"rtt", "1234"}, {"retrans", "3"}, {"receive-rate", "1234.500"}, {"send-rate", "0.000"},
                {"unit", "user@1000.service"}, {"family", "ipv4"}, {"holders", "curl[20]:4"}, {"inode", "777"},
                {"cookie", "0x1a2b"}, {"uid", "1000"}, {"interface", "eth0"}, {"cwnd", "10"}, {"congestion", "cubic"},
                {"delivery-rate", "1500000"}, {"bytes-received", "5000000000"}, {"bytes-sent", "77"},
                {"timer", "keepalive 34 s"}, {"mark", "0x10"}, {"tos", "0x10"}, {"cgroup", "/user.slice"},
                {"memory", "1500"}, {"unix-path", ""}, {"type", "stream"}, {"first-seen", "2023-11-14T22:13:20.000Z"},
                {"command-line", "curl -s"}, {"fd-flags", "rdwr nonblock"}, {"fd-locks", "flock write; posix read 0-9"},
                {"socket-context", "user_u:curl_t"}, {"context", "unconfined"}, {"ppid", "1"}, {"pgid", "19"},
                {"peer-process", ""}, {"peer-pid", ""}, {"peer-socket", ""}, {"peer-how", ""}, {"owner", "curl[20]"},
                {"owner-how", "held"}, {"netns", "blue"}, {"netns-id", "17"}, {"source", "sock_diag"}};
        QCOMPARE(std::size(expected), columns().size());
        for (const auto &[id, text] : expected)
            QVERIFY2(exported(generation, slot, id) == QLatin1String(text),
                qPrintable(QLatin1String(id) + QLatin1String(": ") + exported(generation, slot, id)));

        // On the screen the zone is this machine's, and is named.
        QCOMPARE(tip(generation, slot, "first-seen"), timeText(generation.entries[slot].firstSeen));
        QCOMPARE(cell(generation, slot, "rtt"), QStringLiteral("1.23 ms"));
        QCOMPARE(tip(generation, slot, "rtt"), QStringLiteral("1234 µs"));
        QCOMPARE(cell(generation, slot, "send-q"), QStringLiteral("20 kB"));
        QCOMPARE(cell(generation, slot, "receive-rate"), QStringLiteral("1.23 kB/s"));
        QCOMPARE(cell(generation, slot, "bytes-received"), QStringLiteral("5 GB"));
        QCOMPARE(tip(generation, slot, "bytes-received"), QStringLiteral("5000000000 B"));
        QCOMPARE(cell(generation, slot, "cookie"), QStringLiteral("0x1a2b"));
        QCOMPARE(cell(generation, slot, "local-port"), QStringLiteral("40000"));
        QCOMPARE(columnsThatSay(generation, slot, Why::DoesNotApply), QSet<QByteArray>{"unix-path"});
    }

    void tellTheFlagsOfADescriptorOrWhyNot()
    {
        SmallWorld world;
        const quint32 curl = world.add(process(20, "curl"));
        Holder told{curl, 20, 3}, silent{curl, 20, 4}, ring{curl, 20, 5};
        told.flagsAsked = silent.flagsAsked = ring.registered = true;
        told.flags = O_RDWR | O_CLOEXEC;
        for (const Holder &holder : {told, silent, Holder{curl, 20, 6}, ring})
            world.add(udp("127.0.0.1", 1), {holder});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, 0, "fd-flags"), QStringLiteral("rdwr cloexec"));
        COMPARE_WHY_AND_TIP(generation, 1, "fd-flags", Why::NotTold, "could not be asked");
        COMPARE_WHY_AND_TIP(generation, 2, "fd-flags", Why::NotAsked, "while this column is shown");
        COMPARE_WHY_AND_TIP(generation, 3, "fd-flags", Why::None, "No descriptor of the socket itself");
    }

    void tellTheLabelOfASocketOrWhyNot()
    {
        SmallWorld world;
        const quint32 curl = world.add(process(20, "curl"));
        Holder holder{curl, 20, 3};
        holder.flagsAsked = true;
        holder.flags = O_RDWR;
        auto &notes = world.snapshot().descriptorNotes;
        notes = {{{}, "a\x1b", Got::Read}, {{}, {}, Got::Denied}, {{}, {}, Got::Gone}};
        for (const quint32 note : {0u, 1u, 2u, Holder::noNote}) {
            holder.note = note;
            world.add(udp("127.0.0.1", 1), {holder});
        }
        world.add(udp("127.0.0.1", 1), {{curl, 20, 7}}); // nobody asked
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, 0, "socket-context"), QStringLiteral("a\\x1b"));
        const std::tuple<Why, const char *> expected[] = {{Why::Denied, "does not let us"},
            {Why::NotTold, "not asked for"}, {Why::None, "No security module"}, {Why::NotAsked, "while this column"}};
        quint32 slot = 1;
        for (const auto &[why, note] : expected) {
            COMPARE_WHY(valueIn(generation, slot, "socket-context"), why);
            QVERIFY2(tip(generation, slot++, "socket-context").contains(QLatin1String(note)), note);
        }
        COMPARE_WHY(valueIn(generation, 3, "fd-locks"), Why::None);
        COMPARE_WHY(valueIn(generation, 4, "fd-locks"), Why::NotAsked);
    }

    void tellTheContextOfAProcessOrWhyNot()
    {
        SmallWorld world;
        Process confined = process(20, "a"), none = process(21, "b"), hidden = process(22, "c"), old = process(23, "d");
        confined.context = "a\x1b (enforce)";
        hidden.contextGot = Got::Denied;
        old.contextGot = Got::Gone; // a capture of an earlier version
        for (const Process &one : {confined, none, hidden, old})
            world.add(udp("127.0.0.1", 1), {{world.add(one), one.key.pid, 3}});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, 0, "context"), QStringLiteral("a\\x1b (enforce)"));
        COMPARE_WHY_AND_TIP(generation, 1, "context", Why::None, "No security module");
        COMPARE_WHY_AND_TIP(generation, 2, "context", Why::Denied, "does not let us");
        COMPARE_WHY_AND_TIP(generation, 3, "context", Why::NotTold, "not asked");
    }

    void nameWhoIsAboveTheProcess()
    {
        SmallWorld world;
        world.add(process(1, "systemd"));
        Process shell = process(19, "sh"), child = process(20, "curl");
        shell.parent = shell.group = 0; // out of another namespace of PIDs
        child.parent = 1;
        child.group = 19;
        const quint32 outside = world.add(shell), inside = world.add(child), silent = world.add(process(21, "x"));
        world.add(udp("127.0.0.1", 1), {{inside, 20, 3}});
        world.add(udp("127.0.0.1", 2), {{outside, 19, 3}});
        world.add(udp("127.0.0.1", 3), {{silent, 21, 3}});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, 0, "ppid"), QStringLiteral("1"));
        QCOMPARE(tip(generation, 0, "ppid"), QStringLiteral("1\nsystemd[1]"));
        QCOMPARE(tip(generation, 0, "pgid"), QStringLiteral("19\nsh[19]"));
        COMPARE_WHY_AND_TIP(generation, 1, "ppid", Why::None, "no parent here");
        QVERIFY(tip(generation, 1, "pgid").contains(QLatin1String("no process group here")));
        COMPARE_WHY_AND_TIP(generation, 2, "pgid", Why::NotTold, "could not be read");
    }

    void keepAllBitsOfALargeCookie()
    {
        SmallWorld world;
        Socket socket = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        socket.cookie = 0xfffffffffffffff1;
        const quint32 slot = world.add(socket);
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "cookie"), QStringLiteral("0xfffffffffffffff1"));
        QCOMPARE(exported(generation, slot, "cookie"), QStringLiteral("0xfffffffffffffff1"));
    }

    void leaveBlankWhatAListenerDoesNotHave()
    {
        SmallWorld world;
        const quint32 nginx = world.add(process(20, "nginx"));
        Socket socket = tcp(listening, "0.0.0.0", 80);
        socket.recvQueue = 2;
        socket.sendQueue = 511;
        const quint32 slot = world.add(socket, {{nginx, 20, 6}}, connection(tcpInfo(232)));
        const Generation generation = world.generation();
        for (const char *id : {"remote-address", "remote-port", "rtt", "retrans", "receive-rate", "send-rate", "cwnd",
                 "delivery-rate", "bytes-received", "bytes-sent"}) {
            COMPARE_WHY(valueIn(generation, slot, id), Why::DoesNotApply);
            QCOMPARE(cell(generation, slot, id), QString());
            QVERIFY(!tip(generation, slot, id).isEmpty());
        }
        QCOMPARE(exported(generation, slot, "local-address"), QStringLiteral("0.0.0.0"));
        QCOMPARE(cell(generation, slot, "recv-q"), QStringLiteral("2")); // connections, no bytes
        QCOMPARE(cell(generation, slot, "send-q"), QStringLiteral("511"));
        QVERIFY(tip(generation, slot, "recv-q").contains(QLatin1String("wait to be accepted")));
        QVERIFY(!tip(generation, slot, "recv-q").contains(QLatin1String("full")));
    }

    void sayThatAnAcceptQueueIsFull()
    {
        SmallWorld world;
        Socket socket = tcp(listening, "0.0.0.0", 80);
        socket.recvQueue = 2;
        socket.sendQueue = 1;
        const quint32 slot = world.add(socket);
        QVERIFY(tip(world.generation(), slot, "recv-q").contains(QLatin1String("full")));
    }

    void doNotTakeTheFillerOfTimeWaitForFacts()
    {
        SmallWorld world;
        world.snapshot().deniedProcesses = 3; // and yet nobody hides this one
        for (const quint8 state : {timeWait, synRecv, finWait2}) {
            Socket socket = tcp(state, "192.0.2.1", 80, "192.0.2.2", 4000);
            socket.told = 0;
            socket.tell(Told::State);
            socket.tell(Told::Timer);
            socket.inode = 0;
            socket.timer = state == synRecv ? 1 : 3;
            socket.expires = 1500;
            const quint32 slot = world.add(socket, {}, inetMessage({.state = state}));
            const Generation generation = world.generation();
            QVERIFY(isMiniSocket(socket));
            for (const char *id : {"process", "pid", "fd", "holders", "command-line", "fd-flags", "fd-locks",
                     "socket-context", "context", "ppid", "pgid", "unit", "user", "uid", "inode"}) {
                COMPARE_WHY(valueIn(generation, slot, id), Why::None);
                QCOMPARE(cell(generation, slot, id), QString());
            }
            for (const char *id : {"rtt", "retrans", "receive-rate", "congestion", "memory", "tos", "cgroup"})
                COMPARE_WHY(valueIn(generation, slot, id), Why::DoesNotApply);
            COMPARE_WHY(valueIn(generation, slot, "recv-q"), Why::NotTold);
            QVERIFY(tip(generation, slot, "process").startsWith(QLatin1String("No process")));
        }
    }

    void sayNotAcceptedYetOfAConnectionWithoutInode()
    {
        SmallWorld world;
        Socket socket = tcp(established, "192.0.2.1", 80, "192.0.2.2", 4000);
        socket.told = static_cast<quint16>(socket.told & ~static_cast<quint16>(Told::Inode) & ~quint16(Told::Uid));
        const quint32 slot = world.add(socket, {}, connection(tcpInfo(232)));
        const Generation generation = world.generation();
        COMPARE_WHY(valueIn(generation, slot, "process"), Why::None);
        COMPARE_WHY(valueIn(generation, slot, "user"), Why::NotTold);
        QVERIFY(tip(generation, slot, "process").contains(QLatin1String("not accepted yet")));
        QVERIFY(tip(generation, slot, "inode").contains(QLatin1String("Not accepted yet")));
        QVERIFY(tip(generation, slot, "user").contains(QLatin1String("Not accepted yet")));
        QVERIFY(tip(generation, slot, "uid").contains(QLatin1String("Not accepted yet")));
        QCOMPARE(number(valueIn(generation, slot, "rtt")), quint64(1234));
    }

    void sayHiddenOnlyWhileSomebodyMayNotBeRead()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(listening, "0.0.0.0", 22));
        COMPARE_WHY_AND_TIP(world.generation(), slot, "process", Why::None, "kernel");

        world.snapshot().deniedProcesses = 7;
        const Generation hidden = world.generation();
        for (const char *id : {"process", "pid", "fd", "holders", "command-line", "fd-flags", "fd-locks",
                 "socket-context", "context", "ppid", "pgid", "unit"}) {
            COMPARE_WHY(valueIn(hidden, slot, id), Why::Denied);
            QCOMPARE(cell(hidden, slot, id), QStringLiteral("hidden"));
            QCOMPARE(exported(hidden, slot, id), QString());
        }
        QVERIFY(tip(hidden, slot, "process").contains(QLatin1String("7 processes")));

        world.snapshot().processesComplete = false;
        COMPARE_WHY(valueIn(world.generation(), slot, "process"), Why::NotTold);
        QVERIFY(tip(world.generation(), slot, "pid").contains(QLatin1String("could not be read")));

        world.snapshot().ownersRead = false;
        COMPARE_WHY(valueIn(world.generation(), slot, "process"), Why::NotYet);
        QCOMPARE(cell(world.generation(), slot, "pid"), QStringLiteral("not yet"));
    }

    void showTheFirstHolderAndHowManyMore()
    {
        SmallWorld world;
        const quint32 parent = world.add(process(10, "nginx", QByteArray("nginx: master\0", 14)));
        const quint32 child = world.add(process(11, "nginx"));
        const quint32 slot = world.add(tcp(listening, "::", 80), {{parent, 10, 6}, {child, 11, 6}, {child, 12, 9}});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "process"), QStringLiteral("nginx +2"));
        QCOMPARE(cell(generation, slot, "pid"), QStringLiteral("10 +2"));
        QCOMPARE(cell(generation, slot, "fd"), QStringLiteral("6 +2"));
        QCOMPARE(exported(generation, slot, "process"), QStringLiteral("nginx"));
        QCOMPARE(exported(generation, slot, "pid"), QStringLiteral("10"));
        QCOMPARE(exported(generation, slot, "holders"), QStringLiteral("nginx[10]:6;nginx[11]:6;nginx[11/12]:9"));
        QCOMPARE(tip(generation, slot, "pid"), QStringLiteral("10\nnginx[10]:6\nnginx[11]:6\nnginx[11/12]:9"));
        QCOMPARE(exported(generation, slot, "command-line"), QStringLiteral("nginx: master"));
    }

    void showTheHolderThatWasChosenInTheTree()
    {
        SmallWorld world;
        Process child = process(11, "worker", QByteArray("worker\0", 7));
        const quint32 parent = world.add(process(10, "nginx")), other = world.add(child);
        const quint32 third = world.add(process(12, "third"));
        Holder open{other, 11, 7};
        open.flags = O_RDWR;
        const quint32 slot
            = world.add(tcp(listening, "::", 80), {{parent, 10, 6}, open, {other, 11, 9}, {third, 12, 5}});
        const Generation generation = world.generation();
        const ProcessKey key = generation.snapshot->processes[other].key;
        const TreeScope chosen{{partOf(key), partOf(generation.snapshot->processes[third].key)}};
        const RowRef row(generation, slot, &chosen);
        const std::pair<const char *, const char *> expected[] = {{"process", "worker +3"}, {"pid", "11 +3"},
            {"fd", "7 +3"}, {"owner", "worker[11]"}, {"command-line", "worker"}, {"fd-flags", "rdwr"}};
        for (const auto &[id, text] : expected)
            QCOMPARE(cellText(*columnById(id), row), QLatin1String(text));
        QCOMPARE(cell(generation, slot, "pid"), QStringLiteral("10 +3"));
        const TreeScope elsewhere{{partOf(TreePart::Kind::NoProcess), partOf(ProcessKey{11, key.startTime + 1})}};
        QCOMPARE(cellText(*columnById("pid"), RowRef(generation, slot, &elsewhere)), QStringLiteral("10 +3"));
    }

    void showOneHolderInAllTheirCells()
    {
        SmallWorld world;
        const quint32 first = world.add(process(10, "ring")), second = world.add(process(11, "direct"));
        Holder ring{first, 10, 9};
        ring.registered = true;
        const quint32 slot = world.add(tcp(listening, "::", 80), {ring, {second, 11, 3}});
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, slot, "process"), QStringLiteral("direct"));
        QCOMPARE(exported(generation, slot, "pid"), QStringLiteral("11"));
        QCOMPARE(exported(generation, slot, "fd"), QStringLiteral("3"));
        const TreeScope chosen{{partOf(generation.snapshot->processes[first].key)}};
        QCOMPARE(cellText(*columnById("process"), RowRef(generation, slot, &chosen)), QStringLiteral("ring +1"));
        QCOMPARE(cellText(*columnById("fd"), RowRef(generation, slot, &chosen)), QStringLiteral("ring 9 +1"));
    }

    void cutALongListOfHoldersInTheTooltip()
    {
        SmallWorld world;
        const quint32 worker = world.add(process(10, "worker"));
        std::vector<Holder> holders;
        for (qint32 fd = 0; fd < 25; ++fd)
            holders.push_back({worker, 10, fd});
        const quint32 slot = world.add(tcp(listening, "::", 80), holders);
        const QString text = tip(world.generation(), slot, "process");
        QVERIFY(text.endsWith(QLatin1String("worker[10]:19\nand 5 more")));
        QCOMPARE(exported(world.generation(), slot, "holders").count(u';'), 24);
    }

    void keepHostileNamesFromLying()
    {
        SmallWorld world;
        const quint32 liar = world.add(process(10, "x[1]:3;y\n", QByteArray("a\033[2J\0", 6)));
        const quint32 slot
            = world.add(unixSocket(listening), {{liar, 10, 6}}, {}, QByteArray("/tmp/\xe2\x80\xae\n\0", 10));
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "process"), QStringLiteral("x[1]:3;y\\n"));
        QCOMPARE(exported(generation, slot, "holders"), QStringLiteral("x\\x5b1]:3\\x3by\\n[10]:6"));
        QCOMPARE(cell(generation, slot, "command-line"), QStringLiteral("a\\x1b[2J"));
        QCOMPARE(cell(generation, slot, "local-address"), QStringLiteral("/tmp/\\u{202e}\\n"));
    }

    void nameAUnixSocketByItsPath()
    {
        SmallWorld world;
        Socket named = unixSocket(listening);
        named.recvQueue = 1;
        named.sendQueue = 128;
        const quint32 path = world.add(named, {}, {}, QByteArray("/run/x\0", 7));
        const quint32 abstract = world.add(unixSocket(listening), {}, {}, QByteArray("\0bus", 4));
        const quint32 unnamed = world.add(unixSocket(established));
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, path, "local-address"), QStringLiteral("/run/x"));
        QCOMPARE(exported(generation, path, "unix-path"), QStringLiteral("/run/x"));
        QCOMPARE(exported(generation, abstract, "local-address"), QStringLiteral("@bus"));
        COMPARE_WHY(valueIn(generation, unnamed, "local-address"), Why::None);
        QCOMPARE(exported(generation, path, "family"), QStringLiteral("unix"));
        QCOMPARE(columnsThatSay(generation, path, Why::DoesNotApply),
            (QSet<QByteArray>{"local-port", "remote-address", "remote-port", "rtt", "retrans", "receive-rate",
                "send-rate", "cwnd", "congestion", "delivery-rate", "bytes-received", "bytes-sent", "timer", "tos",
                "peer-process", "peer-pid", "peer-socket", "peer-how"}));
        // It was made in a control group as others were, only nobody says which.
        COMPARE_WHY_AND_TIP(generation, path, "cgroup", Why::NotTold, "UNIX sockets");
        // SO_MARK and SO_BINDTODEVICE, too, are any socket's, and no handler but that of the internet tells them.
        COMPARE_WHY(valueIn(generation, path, "mark"), Why::NotTold);
        COMPARE_WHY(valueIn(generation, path, "interface"), Why::NotTold);
        QVERIFY(tip(generation, path, "mark").contains(QLatin1String("No kernel tells the mark")));
        QVERIFY(tip(generation, path, "interface").contains(QLatin1String("No kernel tells the interface")));
    }

    void leaveBlankWhatUdpDoesNotHave()
    {
        SmallWorld world;
        Socket bound = udp("::", 5353);
        bound.recvQueue = 832;
        const quint32 slot = world.add(bound, {},
            inetMessage({.family = AF_INET6, .state = unconnected})
                .attribute(tclassAttribute, u8(0xb8))
                .attribute(memoryAttribute, u32s({832, 0, 100, 0, 0, 9, 0, 0, 0})));
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, slot, "state"), QStringLiteral("UNCONN"));
        QCOMPARE(exported(generation, slot, "tos"), QStringLiteral("0xb8"));
        QCOMPARE(exported(generation, slot, "memory"), QStringLiteral("932"));
        QCOMPARE(cell(generation, slot, "recv-q"), QStringLiteral("832 B"));
        QVERIFY(tip(generation, slot, "recv-q").contains(QLatin1String("overhead included")));
        for (const char *id : {"remote-address", "remote-port", "interface"})
            COMPARE_WHY(valueIn(generation, slot, id), Why::None);
        QCOMPARE(columnsThatSay(generation, slot, Why::DoesNotApply),
            (QSet<QByteArray>{"rtt", "retrans", "receive-rate", "send-rate", "cwnd", "congestion", "delivery-rate",
                "bytes-received", "bytes-sent", "timer", "unix-path", "peer-process", "peer-pid", "peer-socket",
                "peer-how"}));
    }

    void explainABoundSocketThatNeitherListensNorIsConnected()
    {
        SmallWorld world;
        Socket socket = tcp(unconnected, "0.0.0.0", 8080);
        socket.boundInactive = true;
        const quint32 slot = world.add(socket, {},
            inetMessage({.state = unconnected})
                .attribute(tosAttribute, u8(0x10))
                .attribute(memoryAttribute, u32s({1832, 0, 0, 0, 0, 0, 0, 0, 0})));
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, slot, "state"), QStringLiteral("UNCONN")); // as ss prints it
        QVERIFY(tip(generation, slot, "state").contains(QLatin1String("neither listening nor connected")));
        for (const char *id : {"rtt", "receive-rate", "bytes-sent"})
            COMPARE_WHY(valueIn(generation, slot, id), Why::DoesNotApply);
        QCOMPARE(exported(generation, slot, "tos"), QStringLiteral("0x10"));
        QCOMPARE(exported(generation, slot, "memory"), QStringLiteral("1832"));
        COMPARE_WHY(valueIn(generation, slot, "congestion"), Why::NotTold); // it can be chosen before connecting
    }

    void saysNothingOfAConnectionThatIsOver_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::newRow("tcp") << int(Protocol::Tcp);
        QTest::newRow("mptcp") << int(Protocol::Mptcp);
    }
    void saysNothingOfAConnectionThatIsOver()
    {
        // What connect(AF_UNSPEC) leaves: the address without its port, and a difference of sequence numbers.
        QFETCH(int, protocol);
        SmallWorld world;
        Socket disconnected = tcp(unconnected, "127.0.0.1", 23450, "127.0.0.1", 0);
        disconnected.protocol = static_cast<Protocol>(protocol);
        disconnected.sendQueue = 65485;
        // What a reset leaves: both, and what was received before can still be read.
        Socket reset = tcp(unconnected, "127.0.0.1", 23451, "127.0.0.1", 80);
        reset.protocol = disconnected.protocol;
        reset.recvQueue = 1000;
        const quint32 left = world.add(disconnected), over = world.add(reset);
        const Generation generation = world.generation();
        for (const quint32 slot : {left, over}) {
            COMPARE_WHY(valueIn(generation, slot, "send-q"), Why::DoesNotApply);
            QCOMPARE(cell(generation, slot, "send-q"), QString());
            QVERIFY(tip(generation, slot, "send-q").contains(QLatin1String("left over")));
            COMPARE_WHY(valueIn(generation, slot, "peer-socket"), Why::DoesNotApply);
        }
        for (const char *id : {"remote-address", "remote-port"}) {
            COMPARE_WHY_AND_TIP(generation, left, id, Why::None, "earlier connection");
            QVERIFY(tip(generation, over, id).contains(QLatin1String("was connected")));
        }
        QCOMPARE(exported(generation, over, "remote-port"), QStringLiteral("80"));
        QCOMPARE(exported(generation, over, "recv-q"), QStringLiteral("1000"));
        QCOMPARE(exported(generation, left, "recv-q"), QStringLiteral("0"));
    }

    void sayNothingOfARowThatOnlyADescriptorNames()
    {
        SmallWorld world;
        Process daemon = process(10, "dockerd", {}, 0, "docker.service");
        daemon.parent = 1;
        daemon.group = 10;
        const quint32 docker = world.add(daemon);
        const quint32 slot = world.add(unknownSocket(4711), {{docker, 10, 3}});
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, slot, "protocol"), QStringLiteral("unknown"));
        QCOMPARE(exported(generation, slot, "process"), QStringLiteral("dockerd"));
        QCOMPARE(exported(generation, slot, "inode"), QStringLiteral("4711"));
        QCOMPARE(exported(generation, slot, "unit"), QStringLiteral("docker.service"));
        QVERIFY(tip(generation, slot, "protocol").contains(QLatin1String("another network namespace")));
        QSet<QByteArray> rest;
        for (const Column &column : columns())
            rest += column.id;
        for (const char *id : {"protocol", "process", "pid", "fd", "holders", "inode", "unit", "first-seen", "owner",
                 "owner-how", "fd-flags", "fd-locks", "socket-context", "context", "ppid", "pgid",
                 "source"}) // flags: nobody asked for them
            rest -= id;
        rest -= "command-line"; // this process has none
        QCOMPARE(columnsThatSay(generation, slot, Why::NotTold), rest);
        QCOMPARE(cell(generation, slot, "state"), QStringLiteral("not described"));
        rest -= "state";
        for (const QByteArray &id : std::as_const(rest)) {
            QCOMPARE(cell(generation, slot, id.constData()), QString()); // said once is enough
            if (!id.startsWith("peer-") && !id.startsWith("netns"))
                QVERIFY(tip(generation, slot, id.constData()).contains(QLatin1String("another network namespace")));
        }
        QVERIFY(tip(generation, slot, "peer-process").contains(QLatin1String("did not describe")));
        COMPARE_WHY(valueIn(generation, slot, "command-line"), Why::None);
    }

    void tellAbsentFromZeroOnOldKernels()
    {
        SmallWorld world;
        const Socket socket = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        const quint32 old = world.add(socket, {}, connection(tcpInfo(104)));
        const quint32 none = world.add(socket, {}, inetMessage({.state = established}));
        const Generation generation = world.generation();
        QCOMPARE(number(valueIn(generation, old, "rtt")), quint64(1234));
        QCOMPARE(number(valueIn(generation, old, "retrans")), quint64(3));
        for (const char *id : {"bytes-received", "delivery-rate", "bytes-sent"}) {
            COMPARE_WHY(valueIn(generation, old, id), Why::NotTold);
            QCOMPARE(exported(generation, old, id), QString());
        }
        for (const char *id : {"rtt", "cwnd", "congestion", "memory", "tos", "cgroup", "receive-rate"})
            COMPARE_WHY(valueIn(generation, none, id), Why::NotTold);
    }

    void doNotPassPlaceholdersOffAsAddresses()
    {
        SmallWorld world;
        const quint32 connected = world.add(tcp(established, "198.18.0.1", 1000, "198.18.0.2", 443));
        const quint32 mapped = world.add(tcp(established, "::ffff:198.18.0.1", 1000, "2001:db8::1", 443));
        const quint32 loopback = world.add(tcp(listening, "127.0.0.1", 80));
        const quint32 any = world.add(tcp(listening, "::", 80));
        const quint32 path = world.add(unixSocket(listening), {}, {}, "/withheld/1");
        const quint32 nameless = world.add(unixSocket(established));
        const QLatin1String says("A placeholder");
        for (const char *id : {"local-address", "remote-address"})
            QVERIFY(!tip(world.generation(), connected, id).contains(says)); // it may be true
        world.snapshot().origin.withheld = RedactingSink::withheld();
        const Generation redacted = world.generation();
        for (const quint32 slot : {connected, mapped})
            for (const char *id : {"local-address", "remote-address"})
                QVERIFY(tip(redacted, slot, id).contains(says));
        for (const char *id : {"local-address", "unix-path"}) {
            QVERIFY(tip(redacted, path, id).contains(says));
            QVERIFY(!tip(redacted, nameless, id).contains(says));
        }
        for (const quint32 slot : {loopback, any})
            for (const char *id : {"local-address", "remote-address", "remote-port"})
                QVERIFY(!tip(redacted, slot, id).contains(says));
    }

    void doNotPromiseRatesOfAFile()
    {
        SmallWorld world;
        const quint32 slot
            = world.add(tcp(established, "192.0.2.1", 1000, "203.0.113.9", 443), {}, connection(tcpInfo(232)));
        Generation live = world.generation();
        live.entries[slot].hasCounters = true;
        world.snapshot().origin.file = true;
        Generation opened = world.generation();
        opened.entries[slot].hasCounters = true;
        for (const char *id : {"receive-rate", "send-rate"}) {
            COMPARE_WHY(valueIn(live, slot, id), Why::NotYet);
            COMPARE_WHY(valueIn(opened, slot, id), Why::NotRecorded);
        }
    }

    void sayNotYetOfWhatIsNotMeasured()
    {
        SmallWorld world;
        const quint32 slot
            = world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), {}, connection(tcpInfo(232, 0)));
        Generation generation = world.generation();
        generation.entries[slot].hasCounters = true;
        for (const char *id : {"rtt", "delivery-rate", "receive-rate", "send-rate"}) {
            COMPARE_WHY(valueIn(generation, slot, id), Why::NotYet);
            QCOMPARE(cell(generation, slot, id), QStringLiteral("not yet"));
        }
        QCOMPARE(tip(generation, slot, "rtt"), QStringLiteral("Not measured yet."));
        QCOMPARE(number(valueIn(generation, slot, "cwnd")), quint64(10));
    }

    void sayNotAskedOfWhatWasNotAsked()
    {
        SmallWorld world;
        Socket stream = unixSocket(established);
        stream.told = static_cast<quint16>(stream.told & ~static_cast<quint16>(Told::Uid));
        const Socket connected = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        const quint32 bare = world.add(connected, {}, inetMessage({.state = established}));
        const quint32 thrownAway = world.add(connected);
        const quint32 unixRow = world.add(stream, {}, unixMessage({.state = established}));
        for (DumpOutcome &dump : world.snapshot().dumps)
            dump.scope.asked = 0;
        const Generation generation = world.generation();
        for (const char *id : {"rtt", "retrans", "cwnd", "delivery-rate", "congestion", "memory", "tos"}) {
            COMPARE_WHY(valueIn(generation, bare, id), Why::NotAsked);
            COMPARE_WHY(valueIn(generation, thrownAway, id), Why::NotAsked);
            QCOMPARE(cell(generation, bare, id), QStringLiteral("not asked"));
        }
        for (const char *id : {"receive-rate", "send-rate"}) { // as the counters they are made of
            COMPARE_WHY(valueIn(generation, bare, id), Why::NotAsked);
            COMPARE_WHY(valueIn(generation, thrownAway, id), Why::NotAsked);
        }
        COMPARE_WHY(valueIn(generation, unixRow, "memory"), Why::NotAsked);
        COMPARE_WHY(valueIn(generation, unixRow, "uid"), Why::NotAsked);
        COMPARE_WHY(valueIn(generation, unixRow, "user"), Why::NotAsked);
    }

    void sayNotRecordedOfRatesWhoseCountersAreNot()
    {
        SmallWorld world;
        const Socket connected = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        const quint32 bare = world.add(connected, {}, inetMessage({.state = established}));
        for (DumpOutcome &dump : world.snapshot().dumps)
            dump.scope.asked = 0;
        world.snapshot().origin.file = world.snapshot().origin.socketsOnly = true;
        const Generation generation = world.generation();
        for (const char *id : {"bytes-received", "bytes-sent", "receive-rate", "send-rate"})
            COMPARE_WHY(valueIn(generation, bare, id), Why::NotRecorded);
    }

    void addUpTheMemoryOfAUnixSocket()
    {
        SmallWorld world;
        const quint32 slot = world.add(unixSocket(established), {},
            unixMessage({.state = established}).attribute(unixMemoryAttribute, u32s({10, 0, 768, 0, 0, 0, 0, 0, 0})));
        QCOMPARE(exported(world.generation(), slot, "memory"), QStringLiteral("778"));
    }

    void sayWhyThereIsNoMark()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        COMPARE_WHY_AND_TIP(world.generation(), slot, "mark", Why::Denied, "CAP_NET_ADMIN");
        QVERIFY(columnHelp(*columnById("mark")).contains(QLatin1String("CAP_NET_ADMIN")));
        QCOMPARE(columnHelp(*columnById("rtt")), QLatin1String(columnById("rtt")->meaning));
    }

    void doNotCallRootDenied()
    {
        SmallWorld world;
        const quint32 gone = world.add(tcp(timeWait, "192.0.2.1", 1, "192.0.2.2", 2));
        world.snapshot().host.euid = 1000;
        COMPARE_WHY(valueIn(world.generation(), gone, "mark"), Why::Denied);
        world.snapshot().host.euid = 0;
        COMPARE_WHY(valueIn(world.generation(), gone, "mark"), Why::NotTold); // an older kernel keeps none
    }

    void tellWhatAUnixDumpWasNotAskedFor()
    {
        SmallWorld world;
        Socket socket = unixSocket(established);
        socket.told = 0;
        const quint32 slot = world.add(socket);
        COMPARE_WHY(valueIn(world.generation(), slot, "unix-path"), Why::None);
        COMPARE_WHY(valueIn(world.generation(), slot, "recv-q"), Why::NotTold);
        world.snapshot().dumps[4].scope.asked = 0x04;
        for (const char *id : {"unix-path", "local-address", "recv-q", "send-q", "uid"})
            COMPARE_WHY(valueIn(world.generation(), slot, id), Why::NotAsked);
    }

    void sayThatAProcessMayBeUnseen()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        COMPARE_WHY(valueIn(world.generation(), slot, "process"), Why::None);
        world.snapshot().unseen = Unseen::HidePid;
        COMPARE_WHY_AND_TIP(world.generation(), slot, "process", Why::Denied, "hidepid");
        world.snapshot().unseen = Unseen::OtherNamespaces;
        COMPARE_WHY_AND_TIP(world.generation(), slot, "process", Why::Denied, "namespace");
    }

    void sayNothingOfTheRateOfWhatIsClosed()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        Generation generation = world.generation();
        generation.entries[slot].hasCounters = true;
        COMPARE_WHY(valueIn(generation, slot, "send-rate"), Why::NotYet);
        generation.entries[slot].mark = Mark::Closed;
        COMPARE_WHY(valueIn(generation, slot, "send-rate"), Why::DoesNotApply);
    }

    void sayWhereAUnitComesFrom()
    {
        SmallWorld world;
        Socket socket = tcp(listening, "::", 22);
        socket.cgroupId = 5;
        socket.tell(Told::Cgroup);
        world.snapshot().cgroups = {{5, "/system.slice/ssh.socket"}};
        const quint32 alone = world.add(socket);
        Process bash = process(10, "bash");
        bash.cgroup = "/";
        const quint32 held = world.add(socket, {{world.add(bash), 10, 3}});
        const quint32 unread = world.add(socket, {{world.add(process(11, "sh")), 11, 3}});
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, alone, "unit"), QStringLiteral("ssh.socket"));
        QVERIFY(tip(generation, alone, "unit").contains(QLatin1String("Created in this unit")));
        COMPARE_WHY(valueIn(generation, held, "unit"), Why::None); // its holder is in no unit
        COMPARE_WHY(valueIn(generation, unread, "unit"), Why::NotTold);
        QCOMPARE(exported(generation, held, "cgroup"), QStringLiteral("/system.slice/ssh.socket"));
    }

    void giveTheNumberOfWhatHasNoName()
    {
        SmallWorld world;
        Socket socket = tcp(established, "fe80::1", 1, "fe80::2", 2);
        socket.uid = 4711;
        socket.interface = 9;
        socket.cgroupId = 0x1f;
        socket.tell(Told::Cgroup);
        const quint32 slot = world.add(socket);
        const Generation generation = world.generation();
        QCOMPARE(exported(generation, slot, "user"), QStringLiteral("4711"));
        QCOMPARE(exported(generation, slot, "interface"), QStringLiteral("if9"));
        QCOMPARE(exported(generation, slot, "cgroup"), QStringLiteral("unreachable:1f"));
        QCOMPARE(exported(generation, slot, "remote-address"), QStringLiteral("fe80::2"));
    }

    void readAClosedRowFromTheGraveyard()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        SmallWorld after;
        Generation generation = world.generation();
        generation.graveyard = generation.snapshot;
        generation.snapshot = after.generation().snapshot;
        generation.entries[slot].mark = Mark::Closed;
        generation.entries[slot].buried = true;
        QCOMPARE(exported(generation, slot, "local-address"), QStringLiteral("192.0.2.1"));
    }

    void haveAGreyWordOrABlankForEachReason()
    {
        for (const Why why : {Why::Present, Why::DoesNotApply, Why::None})
            QCOMPARE(wordFor(why), QString());
        QSet<QString> words;
        for (const Why why : {Why::NotTold, Why::Denied, Why::NotAsked, Why::NotYet, Why::NotRecorded, Why::Lost}) {
            QVERIFY(!wordFor(why).isEmpty());
            words += wordFor(why);
        }
        QCOMPARE(words.size(), 6);
        for (const Reason &reason : reasons())
            QVERIFY(!explain(reason.why).isEmpty());
        QVERIFY(explain(Why::Present).isEmpty() && !idOf(Why::Present));
        QByteArrayList ids;
        for (const Reason &reason : reasons())
            ids += idOf(reason.why);
        QCOMPARE(ids.join(' '),
            QByteArray("does-not-apply not-told denied none not-asked not-yet not-recorded lost withheld"));
    }

    void nameTheOtherEnd()
    {
        const EndsWorld world;
        const Generation &generation = world.generation();
        QCOMPARE(cell(generation, world.client, "peer-process"), QStringLiteral("nginx"));
        QCOMPARE(exported(generation, world.client, "peer-pid"), QStringLiteral("443"));
        QCOMPARE(exported(generation, world.client, "peer-socket"), QStringLiteral("127.0.0.1:80"));
        QCOMPARE(exported(generation, world.client, "peer-how"), QStringLiteral("exact"));
        QCOMPARE(cell(generation, world.server, "peer-process"), QStringLiteral("curl"));
        QVERIFY(tip(generation, world.client, "peer-process").contains(QLatin1String("the other way round")));
        QCOMPARE(cell(generation, world.unixClient, "peer-socket"),
            QStringLiteral("unix socket:[%1] /run/x").arg(world.snapshot().sockets[world.unixServer].inode));
    }

    void markWhatIsInferred()
    {
        const EndsWorld world;
        const Generation &generation = world.generation();
        QCOMPARE(cell(generation, world.sender, "peer-process"), QStringLiteral("≈ nginx +1"));
        QCOMPARE(cell(generation, world.sender, "peer-pid"), QStringLiteral("≈ 443 +1"));
        QCOMPARE(cell(generation, world.sender, "peer-socket"), QStringLiteral("≈ 0.0.0.0:53 +1"));
        QCOMPARE(exported(generation, world.sender, "peer-process"), QStringLiteral("nginx"));
        QCOMPARE(exported(generation, world.sender, "peer-how"), QStringLiteral("inferred"));
        QVERIFY(tip(generation, world.sender, "peer-process").contains(QLatin1String("may be the true one")));
        // The other end is certain, and that its process is the listener's is not.
        QCOMPARE(cell(generation, world.waitingClient, "peer-process"), QStringLiteral("≈ nginx"));
        QCOMPARE(exported(generation, world.waitingClient, "peer-how"), QStringLiteral("listener"));
    }

    void showWhatWaitsWithItsListener()
    {
        const EndsWorld world;
        const Generation &generation = world.generation();
        QCOMPARE(cell(generation, world.waiting, "process"), QStringLiteral("≈ nginx"));
        QCOMPARE(cell(generation, world.waiting, "pid"), QStringLiteral("≈ 443"));
        QVERIFY(tip(generation, world.waiting, "process").contains(QLatin1String("waits to be accepted")));
        for (const char *id : {"process", "pid", "fd", "holders"}) // no script takes it for a holder
            QCOMPARE(exported(generation, world.waiting, id), QString());
        QCOMPARE(exported(generation, world.waiting, "owner"), QStringLiteral("nginx[443]"));
        QCOMPARE(exported(generation, world.waiting, "owner-how"), QStringLiteral("listener"));
        QCOMPARE(exported(generation, world.client, "owner-how"), QStringLiteral("held"));
    }

    void markWhatWaitsAtOneOfSeveralListeners()
    {
        const EndsWorld world;
        const Generation &generation = world.generation();
        QCOMPARE(cell(generation, world.shared, "process"), QStringLiteral("≈ nginx"));
        QCOMPARE(exported(generation, world.shared, "owner-how"), QStringLiteral("ambiguous"));
        QVERIFY(tip(generation, world.shared, "process").contains(QLatin1String("one of 2 listeners")));
        QVERIFY(tip(generation, world.shared, "process").contains(QLatin1String("is a guess")));
        QCOMPARE(cell(generation, world.sharedClient, "peer-process"), QStringLiteral("≈ nginx"));
        QCOMPARE(exported(generation, world.sharedClient, "peer-how"), QStringLiteral("ambiguous"));
        QVERIFY(tip(generation, world.sharedClient, "peer-process").contains(QLatin1String("one of 2 listeners")));
        // Both queues are taken, so that nobody is even likely.
        QCOMPARE(cell(generation, world.late, "process"), QString());
        for (const char *id : {"owner", "owner-how"})
            COMPARE_WHY(valueIn(generation, world.late, id), Why::NotTold);
        COMPARE_WHY(valueIn(generation, world.late, "pid"), Why::None);
        QVERIFY(tip(generation, world.late, "process").contains(QLatin1String("one of 2 listeners")));
        for (const char *id : {"peer-process", "peer-pid"})
            COMPARE_WHY(valueIn(generation, world.lateClient, id), Why::NotTold);
        QCOMPARE(exported(generation, world.lateClient, "peer-how"), QStringLiteral("ambiguous"));
    }

    void doNotTakeTheHiddenForNobody()
    {
        EndsWorld world;
        world.hideServer();
        const Generation &generation = world.generation();
        for (const quint32 client : {world.client, world.waitingClient, world.unixClient})
            for (const char *id : {"peer-process", "peer-pid"}) {
                COMPARE_WHY(valueIn(generation, client, id), Why::Denied);
                QCOMPARE(cell(generation, client, id), QStringLiteral("hidden"));
                QVERIFY(tip(generation, client, id).contains(QLatin1String("1 process does not let us see")));
            }
        for (const char *id : {"process", "pid", "owner", "owner-how"})
            COMPARE_WHY(valueIn(generation, world.waiting, id), Why::Denied);
        QCOMPARE(cell(generation, world.waiting, "process"), QStringLiteral("hidden"));
        const QString note = tip(generation, world.waiting, "process");
        QVERIFY2(note.contains(QLatin1String("waits to be accepted")), qPrintable(note));
        QVERIFY2(note.contains(QLatin1String("1 process does not let us see")), qPrintable(note));
        // Nobody has a descriptor of what was not accepted, whoever the listener's process is.
        COMPARE_WHY(valueIn(generation, world.waiting, "fd"), Why::None);
        COMPARE_WHY(valueIn(generation, world.late, "process"), Why::None);
        COMPARE_WHY(valueIn(generation, world.lateClient, "peer-process"), Why::NotTold);
    }

    void rememberWhoHeldWhatTheKernelKeeps()
    {
        const EndsWorld world;
        const Generation &generation = world.generation();
        QCOMPARE(cell(generation, world.over, "process"), QStringLiteral("was: curl"));
        QCOMPARE(cell(generation, world.over, "pid"), QStringLiteral("was: 4711"));
        QVERIFY(tip(generation, world.over, "process").contains(QLatin1String("held by curl (4711)")));
        QCOMPARE(exported(generation, world.over, "process"), QString());
        QCOMPARE(exported(generation, world.over, "owner-how"), QStringLiteral("was"));
        COMPARE_WHY(valueIn(generation, world.over, "fd"), Why::None);
    }

    void rememberWhoHeldTheOtherEnd()
    {
        EndsWorld world;
        world.loseClient();
        QCOMPARE(cell(world.generation(), world.server, "peer-process"), QStringLiteral("was: curl"));
        QCOMPARE(cell(world.generation(), world.server, "peer-pid"), QStringLiteral("was: 4711"));
        QCOMPARE(exported(world.generation(), world.server, "peer-process"), QString());
        QCOMPARE(exported(world.generation(), world.server, "peer-how"), QStringLiteral("exact"));
    }

    void sayWhyThereIsNoOtherEnd()
    {
        const EndsWorld world;
        const Generation &generation = world.generation();
        QVERIFY(tip(generation, world.over, "peer-process").contains(QLatin1String("not on this machine")));
        QVERIFY(tip(generation, world.listener, "peer-process").contains(QLatin1String("listener")));
        COMPARE_WHY(valueIn(generation, world.listener, "peer-socket"), Why::DoesNotApply);
        COMPARE_WHY(valueIn(generation, world.over, "peer-socket"), Why::DoesNotApply);
    }

    void tellTheReasonsOfNoOtherEndApart()
    {
        SmallWorld world;
        world.add(NetNamespace{9, 100, NamespaceRecord::Reached::Home, 0, {}, {}, 0});
        world.add(NetNamespace{1, 101, NamespaceRecord::Reached::Entered, 1, {}, {}, 0});
        world.add(NetNamespace{2, 102, NamespaceRecord::Reached::Entered, 2, {}, {}, 0});
        const auto in = [](quint16 netns, Socket socket) {
            socket.netns = netns;
            return socket;
        };
        constexpr quint8 synSent = 2;
        const auto to = [](quint8 state, const char *remote) { return tcp(state, "10.0.0.1", 1000, remote, 80); };
        Socket unixClient = unixSocket(established), unixAlone = unixSocket(established);
        unixClient.peerInode = 4'000'000;
        unixClient.tell(Told::Peer);
        unixAlone.tell(Told::Peer);
        const struct {
            Socket socket;
            Why why;
            const char *says;
        } rows[] = {
            {in(0, to(established, "10.0.0.2")), Why::NotTold, "Several sockets"},
            {in(1, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000)), Why::NotTold, "Several sockets"},
            {in(2, tcp(established, "10.0.0.2", 80, "10.0.0.1", 1000)), Why::NotTold, "Several sockets"},
            {in(0, to(established, "203.0.113.9")), Why::DoesNotApply, "not on this machine"},
            {in(0, to(synSent, "203.0.113.9")), Why::DoesNotApply, "not on this machine"},
            {in(0, udp("10.0.0.1", 1001, "203.0.113.9", 53)), Why::DoesNotApply, "not on this machine"},
            {in(0, udp("10.0.0.1", 1001, "203.0.113.9", 5353)), Why::NotTold, "does not know whether"},
            {in(0, tcp(established, "10.0.0.1", 1001, "10.0.0.2", 81)), Why::NotTold, "Another network namespace"},
            {in(0, tcp(synSent, "127.0.0.1", 1000, "127.0.0.1", 81)), Why::NotYet, "answered yet"},
            {in(0, tcp(established, "127.0.0.1", 1000, "127.0.0.1", 82)), Why::NotTold, "sent elsewhere"},
            {in(0, tcp(timeWait, "127.0.0.1", 1000, "127.0.0.1", 83)), Why::None, "gone"},
            {in(0, udp("127.0.0.1", 1000, "127.0.0.1", 54)), Why::None, "there was none"},
            {unixClient, Why::NotTold, "socket:[4000000]"},
            {unixAlone, Why::None, "closed, or not accepted yet"},
            {netlink(16, 4711, established), Why::None, "talks to the kernel"},
            {vsock(established, 3, 700, 2, 5000), Why::DoesNotApply, "not on this machine"},
            {in(1, udp("0.0.0.0", 5353)), Why::DoesNotApply, "not connected"},
        };
        for (const auto &row : rows)
            world.add(row.socket);
        addLists(world.snapshot(), {9, 1, 2});
        joinEnds(world.snapshot(), {});
        const Generation generation = world.generation();
        for (quint32 slot = 0; slot < std::size(rows); ++slot)
            for (const char *id : {"peer-process", "peer-pid", "peer-socket", "peer-how"}) {
                const auto told = valueIn(generation, slot, id).why;
                QVERIFY2(told == rows[slot].why, qPrintable(QStringLiteral("%1 %2").arg(slot).arg(int(told))));
                QCOMPARE(cell(generation, slot, id), QString()); // as quiet as of others that have none
                QVERIFY2(tip(generation, slot, id).contains(QLatin1String(rows[slot].says)), rows[slot].says);
            }
    }

    void claimNothingOfOtherEndsThatMayBeInWhatWasNotRead()
    {
        SmallWorld world;
        world.add(NetNamespace{9, 100, NamespaceRecord::Reached::Home, 0, {}, {}, 0});
        world.add(NetNamespace{1, 101, NamespaceRecord::Reached::Entered, 1, {}, {}, 0});
        addLists(world.snapshot(), {9, 1});
        const auto unixTo = [](quint32 peer, quint8 shutdown) {
            Socket socket = unixSocket(established);
            socket.peerInode = peer;
            socket.tell(Told::Peer);
            socket.shutdown = shutdown;
            socket.tell(Told::Shutdown);
            return socket;
        };
        Socket server = unixSocket(established), closed = unixTo(0, 0);
        server.type = closed.type = SOCK_DGRAM;
        const Socket sockets[] = {tcp(established, "10.0.0.1", 1000, "203.0.113.9", 80),
            udp("10.0.0.1", 1001, "203.0.113.9", 53), unixTo(0, 0), unixTo(4'000'000, 0), server, // may be anywhere
            tcp(timeWait, "127.0.0.1", 1000, "127.0.0.1", 83),                                    // not elsewhere
            unixTo(0, 3), closed, netlink(16, 4711, established), // told, whatever else was read
            vsock(established, 3, 700, 2, 5000), tcp(listening, "0.0.0.0", 22)};
        for (Socket socket : sockets) {
            socket.netns = 0;
            world.add(socket);
        }
        using Reasons = QList<Why>;
        const auto reasons = [&] {
            joinEnds(world.snapshot(), {});
            const Generation generation = world.generation();
            Reasons all;
            for (quint32 slot = 0; slot < std::size(sockets); ++slot)
                all += valueIn(generation, slot, "peer-socket").why;
            return all;
        };
        const auto with = [](Reasons first, Why within) {
            return first + Reasons{within, Why::None, Why::None, Why::None, Why::DoesNotApply, Why::DoesNotApply};
        };
        const auto all = [&](Why elsewhere, Why within) {
            return with({elsewhere, elsewhere, elsewhere, elsewhere, elsewhere}, within);
        };
        const Reasons whole
            = with({Why::DoesNotApply, Why::DoesNotApply, Why::None, Why::NotTold, Why::None}, Why::None);
        Snapshot &snapshot = world.snapshot();
        QCOMPARE(reasons(), whole);

        snapshot.namespaces[1].reached = NamespaceRecord::Reached::Unread;
        QCOMPARE(reasons(), all(Why::Denied, Why::None));
        QVERIFY(tip(world.generation(), 0, "peer-socket").contains(QLatin1String("may not read")));
        QVERIFY(tip(world.generation(), 2, "peer-socket").contains(QLatin1String("may not read")));
        QVERIFY(tip(world.generation(), 3, "peer-socket").contains(QLatin1String("socket:[4000000]")));
        snapshot.namespaces[1].reached = NamespaceRecord::Reached::ByProcess;
        for (DumpOutcome &dump : snapshot.dumps)
            if (dump.scope.netns == 1)
                dump.ending.end = DumpEnd::Refused;
        QCOMPARE(reasons(), all(Why::NotTold, Why::None));
        QVERIFY(tip(world.generation(), 0, "peer-socket").contains(QLatin1String("could not be read")));
        for (DumpOutcome &dump : snapshot.dumps)
            dump.ending.end = DumpEnd::Complete;

        snapshot.ownersRead = false; // processes and other namespaces come later
        QCOMPARE(reasons(), all(Why::NotYet, Why::None));
        snapshot.ownersRead = true;

        snapshot.origin.file = snapshot.origin.incomplete = true;
        QCOMPARE(reasons(), all(Why::Lost, Why::None));
        QVERIFY(tip(world.generation(), 0, "peer-socket").contains(QLatin1String("cut off")));
        for (DumpOutcome &dump : snapshot.dumps)
            if (dump.scope.netns == 9 && dump.scope.family == AF_INET6 && dump.scope.protocol == IPPROTO_TCP)
                dump.scope.netns = 77; // so that there is none
        QCOMPARE(reasons(), all(Why::Lost, Why::Lost));
        snapshot.origin.incomplete = false;
        snapshot.origin.socketsOnly = true;
        QCOMPARE(reasons(), all(Why::NotRecorded, Why::NotRecorded));
    }

    void filesDoNotTellTheOtherEndsOfUnixSockets()
    {
        SmallWorld world;
        Socket bare = unixSocket(7), datagram = bare;
        datagram.type = SOCK_DGRAM;
        world.addLine(unixSocket(established), "unix", "x");
        world.addLine(datagram, "unix", "x");
        world.addLine(bare, "unix", "x");
        world.addLine(unixSocket(listening), "unix", "x");
        joinEnds(world.snapshot(), {});
        const Generation generation = world.generation();
        for (const quint32 slot : {0u, 1u}) {
            COMPARE_WHY(valueIn(generation, slot, "peer-socket"), Why::NotTold);
            QVERIFY(tip(generation, slot, "peer-socket").contains(QLatin1String("does not tell")));
        }
        for (const quint32 slot : {2u, 3u})
            COMPARE_WHY(valueIn(generation, slot, "peer-socket"), Why::DoesNotApply);
    }

    void aFileMayHaveLostWhoMapsTheRingOfASocket()
    {
        SmallWorld world;
        world.add(process(7, "secret"));
        const quint32 ring = world.add(packet(3, 1)), other = world.add(udp("0.0.0.0", 53));
        world.snapshot().origin.file = true;
        COMPARE_WHY(valueIn(world.generation(), ring, "process"), Why::None);
        world.snapshot().origin.incomplete = true;
        COMPARE_WHY(valueIn(world.generation(), ring, "process"), Why::Lost);
        COMPARE_WHY(valueIn(world.generation(), other, "process"), Why::None); // all processes are there
        world.snapshot().deniedProcesses = 1;
        for (const char *id : {"process", "pid", "owner"})
            COMPARE_WHY(valueIn(world.generation(), ring, id), Why::Lost);
        COMPARE_WHY(valueIn(world.generation(), other, "process"), Why::Denied);
    }

    void aFileMayHaveLostWhoHoldsTheListenersOfAConnection()
    {
        SmallWorld world;
        Socket waiting = tcp(established, "127.0.0.1", 80, "127.0.0.1", 1000), listener = tcp(listening, "0.0.0.0", 80);
        waiting.told = static_cast<quint16>(Told::State);
        listener.recvQueue = 1;
        const quint32 slot = world.add(waiting);
        world.add(listener);
        world.add(listener);
        world.putInOneNamespace();
        joinEnds(world.snapshot(), {});
        COMPARE_WHY(valueIn(world.generation(), slot, "owner"), Why::NotTold);
        world.snapshot().origin.file = world.snapshot().origin.incomplete = true;
        world.snapshot().ownersRead = world.snapshot().processesComplete = false;
        COMPARE_WHY(valueIn(world.generation(), slot, "owner"), Why::Lost);
    }
};

QTEST_GUILESS_MAIN(TestColumns)
#include "tst_columns.moc"
