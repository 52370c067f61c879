// SPDX-License-Identifier: GPL-3.0-or-later
// What rows of every family say: values, reasons, where they were read, and how they are found.
#include "model/arrangement.h"
#include "model/column.h"
#include "model/details.h"
#include "model/filter/cell_word.h"
#include "model/filter/toggles.h"
#include "model/filter/word_filter.h"
#include "model/owners.h"
#include "model/rates.h"
#include "model/tree_cells.h"
#include "tests/support/cells.h"
#include "tests/support/message_builder.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QLocale>
#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, unconnected = 7, listening = 10;
constexpr char rawLine[] = "   1: 00000000:0001 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
                           "1670140 2 0000000008acf949 7";

Why why(const Generation &generation, quint32 slot, const char *id)
{
    return columnById(id)->value(RowRef(generation, slot)).why;
}

/// "address port > address port" as the cells have it.
QString ends(const Generation &generation, quint32 slot)
{
    QStringList cells;
    for (const char *id : {"local-address", "local-port", "remote-address", "remote-port"}) {
        const QString text = cell(generation, slot, id);
        cells += text.isEmpty() ? QStringLiteral("-") : text;
    }
    return cells.join(u' ');
}

std::vector<quint32> matching(const Generation &generation, const QString &filter)
{
    std::vector<quint32> slots;
    const auto predicate = parseFilter(filter);
    if (!predicate || !*predicate)
        return slots;
    (*predicate)->prepare(generation);
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
        if ((*predicate)->matches(RowRef(generation, slot)))
            slots.push_back(slot);
    return slots;
}

QString valueIn(const std::vector<DetailGroup> &groups, const QString &title, const QByteArray &id)
{
    for (const DetailGroup &group : groups)
        for (const DetailLine &line : group.lines)
            if (group.title == title && line.id == id)
                return line.value;
    return {};
}

} // namespace

#define COMPARE_WHY(actual, reason) QCOMPARE(static_cast<int>(actual), static_cast<int>(reason))

class TestFamilies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        QLocale::setDefault(QLocale::c());
    }

    void haveTheirNaturalEnds()
    {
        SmallWorld world;
        const std::pair<Socket, const char *> rows[]
            = {{raw(unconnected, "0.0.0.0", 1), "0.0.0.0 - - -"}, {netlink(0, 4711), "route 4711 - -"},
                {netlink(16, 0), "generic kernel - -"}, {netlink(2, 1, established, 2), "usersock 1 usersock 2"},
                {netlink(2, 1, established, 0), "usersock 1 usersock kernel"}, {packet(3, 2), "all - - -"},
                {vsock(listening, 0xffffffff, 1024), "any 1024 - -"},
                {vsock(established, 1, 700, 2, 5000), "local 700 host 5000"},
                {tipc(unconnected, 4096, 7), "4096 7 - -"}, {xdp(2), "- - - -"}};
        for (const auto &row : rows)
            world.add(row.first);
        const Generation generation = world.generation();
        for (quint32 slot = 0; slot < std::size(rows); ++slot)
            QCOMPARE(ends(generation, slot), QLatin1String(rows[slot].second));
        QCOMPARE(cell(generation, 5, "interface"), QStringLiteral("eth0"));
        QVERIFY(tip(generation, 0, "local-address").contains(QLatin1String("icmp")));
        QVERIFY(tip(generation, 2, "local-port").contains(QLatin1String("kernel's own")));
        COMPARE_WHY(why(generation, 6, "remote-address"), Why::DoesNotApply); // it listens
        COMPARE_WHY(why(generation, 1, "remote-address"), Why::None);
        COMPARE_WHY(why(generation, 5, "local-port"), Why::DoesNotApply);
        COMPARE_WHY(why(generation, 5, "state"), Why::DoesNotApply);
    }

    void takeFieldsFromTheirOwnTables()
    {
        constexpr quint16 memoryInfo = 0, groups = 1;
        SmallWorld world;
        const QByteArray memory = u32s({1000, 212992, 24, 212992, 0, 0, 0, 0, 5});
        const quint32 slot = world.add(netlink(0, 4711), {},
            netlinkSocketMessage({.state = 7})
                .attribute(memoryInfo, memory)
                .attribute(groups, u32s({1}))
                .attribute(4, u32(1)));
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "memory"), QStringLiteral("1.02 kB"));
        for (const char *id : {"congestion", "rtt", "tos", "cwnd", "bytes-sent", "retrans", "timer"})
            QVERIFY2(why(generation, slot, id) == Why::DoesNotApply, id);
        QCOMPARE(cell(generation, slot, "family"), QStringLiteral("netlink"));
        const auto details = detailsOf(RowRef(generation, slot));
        QCOMPARE(valueIn(details, QStringLiteral("Kernel record"), "netlink.protocol"), QStringLiteral("route"));
        QCOMPARE(valueIn(details, QStringLiteral("Memory"), "mem.drops"), QStringLiteral("5 packets"));
    }

    void haveRatesWhereTheKernelCountsBytes()
    {
        QByteArray info(96, '\0');
        info.replace(56, 8, u64(7000));
        info.replace(64, 8, u64(9000));
        Socket socket = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        socket.protocol = Protocol::Mptcp;
        socket.told = static_cast<quint16>(socket.told & ~static_cast<quint16>(Told::Timer));
        SmallWorld world;
        const quint32 slot = world.add(socket, {}, inetMessage({.state = established}).attribute(2, info));
        const Generation generation = world.generation();
        const auto counters = byteCounters(*generation.snapshot, generation.snapshot->sockets[slot]);
        QVERIFY(counters);
        QCOMPARE(counters->sent, quint64(7000));
        QCOMPARE(counters->received, quint64(9000));
        QCOMPARE(cell(generation, slot, "bytes-sent"), QStringLiteral("7 kB"));
        COMPARE_WHY(why(generation, slot, "rtt"), Why::DoesNotApply); // only its subflows have one
        for (const char *id : {"timer", "congestion"})                // it has them, and does not tell
            COMPARE_WHY(why(generation, slot, id), Why::NotTold);
    }

    void haveMarkAndInterfaceEvenIfUntold()
    {
        SmallWorld world;
        const Socket sockets[] = {unixSocket(established), netlink(0, 4711), packet(3, 2),
            vsock(established, 1, 700, 2, 5000), tipc(unconnected, 4096, 7), xdp(2)};
        for (const Socket &socket : sockets)
            world.add(socket);
        const quint32 alg = world.addLone(otherSocket(AF_ALG, SOCK_SEQPACKET), {}, "alg");
        const Generation generation = world.generation();
        for (quint32 slot = 0; slot <= alg; ++slot) {
            COMPARE_WHY(why(generation, slot, "mark"), Why::NotTold);
            QVERIFY(tip(generation, slot, "mark").contains(QLatin1String("No kernel tells the mark")));
            const Protocol protocol = generation.snapshot->sockets[slot].protocol;
            if (protocol != Protocol::Packet && protocol != Protocol::Xdp)
                COMPARE_WHY(why(generation, slot, "interface"), Why::NotTold);
            COMPARE_WHY(why(generation, slot, "cgroup"), Why::NotTold);
        }
    }

    void haveATypeOfServiceIfTheyAreOfTheInternet()
    {
        SmallWorld world;
        Socket ping = udp("127.0.0.1", 5), smc = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        ping.protocol = Protocol::Ping;
        smc.protocol = Protocol::Smc;
        world.addLine(ping, "icmp", {});
        world.add(smc);
        const Generation generation = world.generation();
        for (const quint32 slot : {0u, 1u})
            COMPARE_WHY(why(generation, slot, "tos"), Why::NotTold);
    }

    void sayWhyAValueOfAFileIsNotThere()
    {
        SmallWorld world;
        Scope unsupported;
        unsupported.family = AF_INET;
        unsupported.protocol = IPPROTO_RAW;
        DumpOutcome outcome;
        outcome.scope = unsupported;
        outcome.ending.end = DumpEnd::Unsupported;
        world.snapshot().dumps.push_back(outcome);
        Socket socket = raw(unconnected, "0.0.0.0", 1);
        const quint32 slot = world.addLine(socket, "raw", rawLine);
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "source"), QStringLiteral("proc_net"));
        for (const char *id : {"tos", "memory", "cookie", "interface", "mark", "cgroup"}) {
            QVERIFY2(why(generation, slot, id) == Why::NotTold, id);
            QVERIFY2(tip(generation, slot, id)
                         .contains(QLatin1String("Read from net/raw, which tells less: this "
                                                 "kernel has no sock_diag handler")),
                id);
        }
        COMPARE_WHY(why(generation, slot, "rtt"), Why::DoesNotApply);
        const auto details = detailsOf(RowRef(generation, slot));
        QCOMPARE(valueIn(details, QStringLiteral("Socket"), "number"), QStringLiteral("icmp"));
        const QString line = QStringLiteral("Line of net/raw");
        QCOMPARE(valueIn(details, line, "proc-inet.st"), QStringLiteral("UNCONN"));
        QCOMPARE(valueIn(details, line, "proc-inet.drops"), QStringLiteral("7 packets"));
        QCOMPARE(valueIn(details, line, "proc-inet.inode"), QStringLiteral("1670140"));
    }

    void tellTheRecvQueueAloneWhereNoMoreIsTold()
    {
        SmallWorld world;
        Socket socket = tcp(listening, "127.0.0.1", 80);
        socket.told = 0;
        socket.tell(Told::State);
        socket.tell(Told::RecvQueue);
        socket.recvQueue = 3;
        const quint32 slot = world.addLine(socket, "tcp", {});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "recv-q"), QStringLiteral("3"));
        COMPARE_WHY(why(generation, slot, "send-q"), Why::NotTold);
        QVERIFY(tip(generation, slot, "send-q").contains(QLatin1String("how many connections may wait")));
        QVERIFY(!tip(generation, slot, "recv-q").contains(QLatin1String("full")));
    }

    void countQueuesInTheirOwnUnits()
    {
        SmallWorld world;
        Socket messages = tipc(unconnected, 1, 2);
        messages.recvQueue = 20'000;
        Socket memory = netlink(0, 1);
        memory.recvQueue = 20'000;
        Socket endpoint = sctpAssociation(unconnected, "192.0.2.1", 1, "0.0.0.0", 0);
        endpoint.association = false;
        endpoint.sendQueue = 20'000;
        Socket none = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2);
        none.protocol = Protocol::Dccp;
        for (const Socket &socket : {messages, memory, endpoint, none})
            world.add(socket);
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, 0, "recv-q"), QStringLiteral("20000"));
        QVERIFY(tip(generation, 0, "recv-q").contains(QLatin1String("Messages")));
        QCOMPARE(cell(generation, 1, "recv-q"), QStringLiteral("20 kB"));
        QVERIFY(tip(generation, 1, "recv-q").contains(QLatin1String("Memory")));
        QVERIFY(tip(generation, 2, "send-q").contains(QLatin1String("Limit of connections")));
        COMPARE_WHY(why(generation, 3, "recv-q"), Why::NotTold); // the kernel fills in 0
        QVERIFY(tip(generation, 3, "recv-q").contains(QLatin1String("No kernel tells")));
    }

    void knowWhatIsTheKernelsOwn()
    {
        SmallWorld world;
        world.snapshot().deniedProcesses = 1;
        const quint32 kernels = world.add(netlink(16, 0));
        const quint32 somebodys = world.add(netlink(16, 4711));
        const Generation generation = world.generation();
        COMPARE_WHY(why(generation, kernels, "process"), Why::None);
        QVERIFY(tip(generation, kernels, "process").contains(QLatin1String("kernel's own")));
        COMPARE_WHY(why(generation, somebodys, "process"), Why::Denied);
    }

    void nameTheRingThatHoldsThem()
    {
        SmallWorld world;
        const quint32 nginx = world.add(process(20, "nginx"));
        Holder ring{nginx, 20, 5};
        ring.registered = true;
        const quint32 registered = world.add(udp("127.0.0.1", 53), {ring});
        const quint32 both = world.add(udp("127.0.0.1", 54), {ring, {nginx, 20, 7}});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, registered, "fd"), QStringLiteral("ring 5"));
        QCOMPARE(exportText(*columnById("fd"), RowRef(generation, registered)), QString()); // no descriptor of it
        QCOMPARE(cell(generation, registered, "holders"), QStringLiteral("nginx[20]:ring 5"));
        QVERIFY(tip(generation, registered, "fd").contains(QLatin1String("registered with io_uring")));
        QCOMPARE(cell(generation, both, "fd"), QStringLiteral("7 +1"));
        QCOMPARE(exportText(*columnById("fd"), RowRef(generation, both)), QStringLiteral("7"));
        QCOMPARE(valueIn(detailsOf(RowRef(generation, registered)), QStringLiteral("Holders"), "holders"),
            QStringLiteral("ring 5 (registered with io_uring)"));
    }

    void nameTheMemoryThatHoldsThem()
    {
        SmallWorld world;
        const quint32 tcpdump = world.add(process(20, "tcpdump"));
        Holder map{tcpdump, 20, -1};
        map.mapped = true;
        const quint32 mapped = world.add(packet(0x88b5, 1), {map});
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, mapped, "process"), QStringLiteral("tcpdump"));
        QCOMPARE(cell(generation, mapped, "fd"), QStringLiteral("mapped"));
        QCOMPARE(exportText(*columnById("fd"), RowRef(generation, mapped)), QString());
        QCOMPARE(cell(generation, mapped, "holders"), QStringLiteral("tcpdump[20]:mapped"));
        QVERIFY(tip(generation, mapped, "fd").contains(QLatin1String("its descriptor was closed")));
        QCOMPARE(valueIn(detailsOf(RowRef(generation, mapped)), QStringLiteral("Holders"), "holders"),
            QStringLiteral("mapped (its ring; its descriptor was closed)"));
        QVERIFY(matching(generation, QStringLiteral("18446744073709551615")).empty()); // -1 is no number of it
    }

    void areMarkedWhereANameMayHaveForgedThem()
    {
        SmallWorld world;
        Socket socket = unixSocket(established);
        socket.doubtful = true;
        const quint32 slot = world.addLine(socket, "unix", {});
        const Generation generation = world.generation();
        QVERIFY(tip(generation, slot, "state").contains(QLatin1String("Doubtful")));
        QVERIFY(tip(generation, slot, "protocol").contains(QLatin1String("Doubtful")));
    }

    void callANamespaceThatOnlyAThreadIsInByItsProcess()
    {
        SmallWorld world;
        world.add(process(914, "mksockets"));
        world.add(NetNamespace{9, 100, NamespaceRecord::Reached::Home, 0, {}, {}, 0});
        world.add(NetNamespace{1, 0, NamespaceRecord::Reached::ByProcess, 914, {}, {}, 0, 915});
        Socket socket = tcp(listening, "0.0.0.0", 80);
        socket.netns = 1;
        const quint32 slot = world.add(socket);
        QCOMPARE(cell(world.generation(), slot, "netns"), QStringLiteral("of mksockets (914), thread 915"));
    }

    void sayInWhichNamespaceTheyAre()
    {
        SmallWorld world;
        Process init = process(1, "init");
        init.netns = 1;
        world.add(init);
        world.add(process(20, "nginx"));
        world.add(NetNamespace{9, 100, NamespaceRecord::Reached::Home, 0, {}, {}, 0});
        world.add(NetNamespace{1, 101, NamespaceRecord::Reached::Entered, 1, {}, {}, 0});
        world.add(NetNamespace{2, 102, NamespaceRecord::Reached::Entered, 0, "/run/netns/blue", "blue", 0});
        world.add(NetNamespace{3, 103, NamespaceRecord::Reached::ByProcess, 20, {}, {}, 1});
        for (quint16 netns = 0; netns < 4; ++netns) {
            Socket socket = tcp(listening, "0.0.0.0", 80);
            socket.netns = netns;
            world.add(socket);
        }
        world.add(unknownSocket(1));
        const Generation generation = world.generation();
        for (const auto &[slot, name] : {std::pair(0, "own"), {1, "host"}, {2, "blue"}, {3, "net:[103]"}}) {
            const auto row = static_cast<quint32>(slot);
            QCOMPARE(cell(generation, row, "netns"), QLatin1String(name));
            QCOMPARE(filterWord(*columnById("netns"), RowRef(generation, row)),
                QLatin1String("netns:") + QLatin1String(name));
            QCOMPARE(matching(generation, QLatin1String("netns:") + QLatin1String(name)), std::vector<quint32>{row});
        }
        COMPARE_WHY(why(generation, 4, "netns"), Why::NotTold);
        QVERIFY(tip(generation, 2, "netns").contains(QLatin1String("/run/netns/blue")));
        QVERIFY(tip(generation, 3, "netns").contains(QLatin1String("nginx (20)")));
        QVERIFY(tip(generation, 3, "netns").contains(QLatin1String("could not be entered")));
        QCOMPARE(matching(generation, QStringLiteral("netns:103")), std::vector<quint32>{3});
        QCOMPARE(valueIn(detailsOf(RowRef(generation, 2)), QStringLiteral("Network namespace"), "netns.mounted"),
            QStringLiteral("/run/netns/blue"));
    }

    void areFoundByTheirOwnWords()
    {
        SmallWorld world;
        const quint32 route = world.add(netlink(0, 4711));
        const quint32 all = world.add(packet(3, 2));
        const quint32 guest = world.add(vsock(listening, 2, 1024));
        const quint32 alg = world.addLone(otherSocket(AF_ALG, SOCK_SEQPACKET), {}, "alg");
        const quint32 association = world.add(sctpAssociation(1, "192.0.2.1", 1, "192.0.2.2", 2));
        const quint32 icmp = world.add(raw(unconnected, "0.0.0.0", 1));
        const quint32 lite = world.add([] {
            Socket socket = udp("127.0.0.1", 5);
            socket.protocol = Protocol::UdpLite;
            return socket;
        }());
        const quint32 plain = world.add(udp("127.0.0.1", 6));
        const Generation generation = world.generation();
        using Slots = std::vector<quint32>;
        QCOMPARE(matching(generation, QStringLiteral("netlink")), Slots{route});
        QCOMPARE(matching(generation, QStringLiteral("proto:netlink")), Slots{route});
        QCOMPARE(matching(generation, QStringLiteral("ROUTE")), Slots{route});
        QCOMPARE(matching(generation, QStringLiteral("route:4711")), Slots{route});
        QCOMPARE(matching(generation, QStringLiteral("4711")), Slots{route});
        QCOMPARE(matching(generation, QStringLiteral("all:eth0")), Slots{all});
        QCOMPARE(matching(generation, QStringLiteral("host:")), Slots{guest});
        QCOMPARE(matching(generation, QStringLiteral("alg")), Slots{alg});
        QCOMPARE(matching(generation, QStringLiteral("proto:ALG")), Slots{alg});
        QCOMPARE(matching(generation, QStringLiteral("cookie-wait")), Slots{association});
        QCOMPARE(matching(generation, QStringLiteral("icmp")), Slots{icmp});
        QCOMPARE(matching(generation, QStringLiteral("proto:udp")), Slots{plain});
        QCOMPARE(matching(generation, QStringLiteral("udp")), (Slots{lite, plain}));
        QCOMPARE(matching(generation, QStringLiteral("\"proto:udp\"")), Slots{}); // quoted is plain text
        QVERIFY(!parseFilter(QStringLiteral("netns:")));
    }

    void goWithTheirToggles()
    {
        SmallWorld world;
        Socket mptcp = tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), lite = udp("127.0.0.1", 5);
        mptcp.protocol = Protocol::Mptcp;
        lite.protocol = Protocol::UdpLite;
        world.add(mptcp);
        world.add(lite);
        world.add(unixSocket(established));
        world.add(netlink(0, 1));
        world.add(sctpAssociation(3, "192.0.2.1", 1, "192.0.2.2", 2));
        world.add(sctpAssociation(1, "192.0.2.1", 3, "192.0.2.2", 4));
        const Generation generation = world.generation();
        const auto shown = [&](const Toggles &toggles) {
            QString slots;
            const PredicatePtr predicate = togglePredicate(toggles);
            for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
                slots += predicate->matches(RowRef(generation, slot)) ? QString::number(slot) : QString();
            return slots;
        };
        QCOMPARE(shown({.tcp = false}), QStringLiteral("12345"));
        QCOMPARE(shown({.udp = false}), QStringLiteral("02345"));
        QCOMPARE(shown({.unix_ = false}), QStringLiteral("01345"));
        QCOMPARE(shown({.other = false}), QStringLiteral("012"));
        QCOMPARE(shown({.state = StateToggle::Established}), QStringLiteral("024")); // COOKIE-WAIT has TCP's number
    }

    void haveLabelsInTheTree()
    {
        SmallWorld world;
        world.add(netlink(0, 4711));
        world.add(netlink(2, 1, established, 2));
        world.add(packet(3, 2));
        world.add(vsock(established, 1, 700, 2, 5000));
        world.add(raw(unconnected, "0.0.0.0", 1));
        Socket alg = otherSocket(AF_ALG, SOCK_SEQPACKET);
        alg.inode = 99;
        world.addLone(alg, {}, "alg");
        const Generation generation = world.generation();
        const char *labels[] = {"netlink UNCONN route:4711", "netlink usersock:1 → usersock:2 ESTAB", "packet all:eth0",
            "vsock local:700 → host:5000 ESTAB", "raw UNCONN 0.0.0.0:icmp", "alg socket:[99]"};
        for (quint32 slot = 0; slot < std::size(labels); ++slot)
            QCOMPARE(leafLabel(RowRef(generation, slot)), QString::fromUtf8(labels[slot]));
    }

    void sayWhatADescriptorTold()
    {
        SmallWorld world;
        Socket socket = otherSocket(AF_ALG, SOCK_SEQPACKET);
        socket.number = 3;
        const quint32 slot = world.addLone(socket, {}, "alg");
        const Generation generation = world.generation();
        QCOMPARE(cell(generation, slot, "protocol"), QStringLiteral("alg"));
        QCOMPARE(cell(generation, slot, "family"), QStringLiteral("alg"));
        QCOMPARE(cell(generation, slot, "source"), QStringLiteral("descriptor"));
        COMPARE_WHY(why(generation, slot, "state"), Why::NotTold);
        QVERIFY(tip(generation, slot, "state").contains(QLatin1String("No list has it")));
        const auto details = detailsOf(RowRef(generation, slot));
        QCOMPARE(valueIn(details, QStringLiteral("Told by its descriptor"), "descriptor.protocol-number"),
            QStringLiteral("3"));
    }

    void haveTheEndsThatADescriptorTold()
    {
        SmallWorld world;
        const auto add = [&](quint64 cookie, bool connected, const QByteArray &name) {
            Socket socket = unixSocket(established);
            socket.told = 0;
            socket.tell(Told::Inode);
            if (connected)
                socket.tell(Told::State);
            socket.state = connected ? established : quint8(0);
            socket.cookie = cookie;
            if (!name.isEmpty()) {
                socket.name = static_cast<quint32>(world.snapshot().names.size());
                socket.tell(Told::Name);
                world.snapshot().names.push_back(name);
            }
            return world.addLone(socket);
        };
        const quint32 named = add(1, false, QByteArray("\0rexact", 7)), pair = add(2, true, {}),
                      denied = add(0, false, {});
        const Generation generation = world.generation();
        for (const char *id : {"local-address", "unix-path"}) {
            QCOMPARE(cell(generation, named, id), QStringLiteral("@rexact"));
            COMPARE_WHY(why(generation, pair, id), Why::None);
            COMPARE_WHY(why(generation, denied, id), Why::NotTold);
        }
        COMPARE_WHY(why(generation, named, "peer-socket"), Why::DoesNotApply);
        QVERIFY(tip(generation, named, "peer-socket").contains(QLatin1String("not connected")));
        COMPARE_WHY(why(generation, pair, "peer-socket"), Why::NotTold);
        QVERIFY(tip(generation, pair, "peer-socket").contains(QLatin1String("does not tell to whom")));
        COMPARE_WHY(why(generation, denied, "peer-socket"), Why::NotTold);
        QVERIFY(tip(generation, denied, "peer-socket").contains(QLatin1String("may not be asked")));
        QCOMPARE(cell(generation, pair, "state"), QStringLiteral("ESTAB"));
        QCOMPARE(
            valueIn(detailsOf(RowRef(generation, named)), QStringLiteral("Told by its descriptor"), "descriptor.local"),
            QStringLiteral("@rexact"));
    }

    void comeAfterInternetAndUnixByName()
    {
        SmallWorld world;
        world.add(xdp(2));
        world.add(netlink(0, 1));
        world.addLone(otherSocket(AF_ALG, SOCK_SEQPACKET), {}, "alg");
        world.add(packet(3, 2));
        world.add(unknownSocket(5));
        world.add(unixSocket(established));
        world.add(vsock(listening, 2, 1));
        world.add(sctpAssociation(3, "192.0.2.1", 1, "192.0.2.2", 2));
        const auto generation = std::make_shared<const Generation>(world.generation());
        const std::atomic<bool> cancelled = false;
        const auto arranged = arrange(generation, {}, nullptr, cancelled);
        QVERIFY(arranged);
        QCOMPARE(arranged->slots, (std::vector<quint32>{7, 5, 1, 3, 6, 0, 2, 4}));
    }
};

QTEST_GUILESS_MAIN(TestFamilies)
#include "tst_families.moc"
