// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "model/details.h"
#include "model/field_help.h"
#include "tests/support/ends_world.h"
#include "tests/support/message_builder.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QLocale>
#include <QtTest/QTest>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, timeWait = 6, listening = 10;

/// What the details say, as tests ask it.
class Details
{
public:
    explicit Details(const SmallWorld &world, quint32 slot = 0)
        : m_generation(world.generation()), m_groups(detailsOf(RowRef(m_generation, slot))),
          m_text(detailsText(m_groups))
    {
    }
    const DetailLine *line(const char *id) const
    {
        for (const DetailGroup &group : m_groups)
            for (const DetailLine &line : group.lines)
                if (line.id == id)
                    return &line;
        return nullptr;
    }
    QString value(const char *id) const { return line(id) ? line(id)->value : QStringLiteral("(no line)"); }
    const DetailGroup *group(const QString &title) const
    {
        for (const DetailGroup &group : m_groups)
            if (group.title == title)
                return &group;
        return nullptr;
    }
    QStringList titles() const
    {
        QStringList titles;
        for (const DetailGroup &group : m_groups)
            titles += group.title;
        return titles;
    }
    const QString &text() const { return m_text; }

private:
    Generation m_generation;
    std::vector<DetailGroup> m_groups;
    QString m_text;
};

SmallWorld connection(const QByteArray &message)
{
    SmallWorld world;
    world.add(tcp(established, "192.0.2.1", 40000, "203.0.113.9", 443), {}, message);
    return world;
}

QByteArray info()
{
    QByteArray bytes(232, '\0');
    bytes.replace(5, 1, u8(7)); // options: ts sack wscale
    bytes.replace(68, 4, u32(1234));
    bytes.replace(76, 4, u32(0x7fffffff));
    bytes.replace(104, 8, u64(~quint64(0)));
    bytes.replace(128, 8, u64(5'000'000));
    return bytes;
}

} // namespace

class TestDetails : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        QLocale::setDefault(QLocale::c());
    }

    void showWhatSocktreeKnowsFirst()
    {
        SmallWorld world;
        const quint32 init = world.add(process(1, "systemd"));
        Process curl = process(20, "curl", QByteArray("curl\0-s\0", 8), 1000, "user@1000.service");
        curl.parent = 1;
        curl.context = "unconfined";
        curl.group = 20;
        curl.session = 7;
        curl.exe = "/usr/bin/curl";
        const quint32 holder = world.add(curl);
        Socket socket = tcp(established, "192.0.2.1", 40000, "203.0.113.9", 443);
        socket.uid = 1000;
        socket.cookie = 0x1a2b;
        socket.sendQueue = 20000;
        Holder flagged{init, 1, 30};
        flagged.flags = O_RDWR | O_NONBLOCK;
        world.snapshot().descriptorNotes.push_back({{"flock write"}, "a_t", Got::Read});
        flagged.note = 0;
        world.add(socket, {flagged, {holder, 20, 4}, {holder, 22, 5}}, inetMessage({.state = established}));
        const Details details(world);
        QCOMPARE(details.titles().mid(0, 4).join(u'|'),
            QStringLiteral("Socket|Holders|Process systemd[1]|Process curl[20]"));
        QCOMPARE(details.value("protocol"), QStringLiteral("tcp"));
        QCOMPARE(details.value("state"), QStringLiteral("ESTAB"));
        QCOMPARE(details.value("remote-port"), QStringLiteral("443"));
        QCOMPARE(details.value("cookie"), QStringLiteral("0x1a2b"));
        QCOMPARE(details.value("send-q"), QStringLiteral("20000"));
        QCOMPARE(details.value("user"), QStringLiteral("ann"));
        QVERIFY(!details.line("interface")); // it is bound to none
        QVERIFY(details.line("send-q")->meaning.contains(QLatin1String("not yet acknowledged by the peer")));
        const auto &holders = details.group(QStringLiteral("Holders"))->lines;
        QCOMPARE(holders.size(), std::size_t(3));
        QCOMPARE(holders[1].name + QLatin1String(": ") + holders[1].value, QStringLiteral("curl[20]: fd 4"));
        QCOMPARE(
            holders[0].value, QStringLiteral("fd 30: rdwr nonblock; locked: flock write; label of the socket: a_t"));
        QVERIFY(holders[0].meaning.contains(QLatin1String("can change at any time")));
        QCOMPARE(holders[2].value, QStringLiteral("fd 5 of thread 22"));
        const DetailGroup *shown = details.group(QStringLiteral("Process curl[20]"));
        QStringList lines;
        for (const DetailLine &line : shown->lines)
            lines += line.name + u'=' + line.value;
        QCOMPARE(lines.join(u'|'),
            QStringLiteral("Command line=curl -s|Executable=/usr/bin/curl|User=ann|Parent=systemd[1]|"
                           "Process group=curl[20]|Session=7|Security context=unconfined|Unit=user@1000.service"));
    }

    void nameEveryHolderButNotEveryProcessAtLength()
    {
        SmallWorld world;
        std::vector<Holder> holders;
        for (qint32 pid = 10; pid < 40; ++pid)
            holders.push_back({world.add(process(pid, "worker")), pid, 3});
        world.add(tcp(listening, "::", 80), holders);
        const Details details(world);
        QCOMPARE(details.group(QStringLiteral("Holders"))->lines.size(), std::size_t(30));
        QCOMPARE(details.titles().filter(QStringLiteral("Process worker")).size(), 8);
    }

    void sayWhyThereIsNoHolder()
    {
        SmallWorld world;
        Socket gone = tcp(timeWait, "192.0.2.1", 80, "192.0.2.2", 4000);
        gone.told = 0;
        gone.tell(Told::State);
        world.add(gone, {}, inetMessage({.state = timeWait}));
        world.add(tcp(listening, "::", 22));
        world.snapshot().deniedProcesses = 2;
        QCOMPARE(Details(world, 0).value("process"), QStringLiteral("none"));
        QVERIFY(Details(world, 0).line("process")->meaning.startsWith(QLatin1String("No process")));
        QCOMPARE(Details(world, 1).value("process"), QStringLiteral("hidden"));
        QVERIFY(Details(world, 1).line("process")->meaning.contains(QLatin1String("2 processes")));
        QVERIFY(!Details(world, 0).line("uid"));
        QCOMPARE(Details(world, 0).value("recv-q"), QStringLiteral("not told"));
    }

    void spellFieldsWithUnitsNamesAndSentinels()
    {
        const Details details(connection(inetMessage({.state = established, .timer = 2, .expires = 34'000})
                                             .attribute(2, info())
                                             .attribute(4, cString("bbr"))
                                             .attribute(7, u32s({1, 131072, 0, 0, 0xfffff000, 0, 0, 0, 9}))
                                             .attribute(8, u8(3))
                                             .attribute(16, u32s({1'000'000, 0, 0xffffffff, 739, 512}))
                                             .attribute(22, QByteArray("\x52\x00", 2))));
        QCOMPARE(details.value("tcp.rtt"), QStringLiteral("1.23 ms"));
        QVERIFY(details.line("tcp.rtt")->meaning.contains(QLatin1String("raw value: 1234")));
        QCOMPARE(details.value("tcp.snd-ssthresh"), QStringLiteral("infinite"));
        QVERIFY(details.line("tcp.snd-ssthresh")->meaning.contains(QLatin1String("raw value: 2147483647")));
        QCOMPARE(details.value("tcp.pacing-rate"), QStringLiteral("unlimited"));
        QVERIFY(details.line("tcp.pacing-rate")->meaning.contains(QLatin1String("since Linux 3.15")));
        const FieldRef rtt = fieldById("tcp.rtt", AF_INET, IPPROTO_TCP);
        QCOMPARE(details.line("tcp.rtt")->meaning,
            fieldHelp(*rtt.field, rtt.attribute) + QLatin1String("\nraw value: 1234"));
        QVERIFY(
            details.line("tcp.rtt")->meaning.contains(QLatin1String("\nrtt in INET_DIAG_INFO\nunit: microseconds")));
        QCOMPARE(details.value("tcp.options"), QStringLiteral("ts sack wscale"));
        QCOMPARE(details.value("tcp.bytes-received"), QStringLiteral("5000000 B"));
        QCOMPARE(details.value("inet.timer"), QStringLiteral("keepalive"));
        QCOMPARE(details.value("inet.expires"), QStringLiteral("34 s"));
        QCOMPARE(details.value("inet.cong"), QStringLiteral("bbr"));
        QCOMPARE(details.value("inet.shutdown"), QStringLiteral("receive send"));
        QCOMPARE(details.value("bbr.bw"), QStringLiteral("1 MB/s"));
        QCOMPARE(details.value("bbr.min-rtt"), QStringLiteral("no sample"));
        QCOMPARE(details.value("mem.rcvbuf"), QStringLiteral("131072 B"));
        QCOMPARE(details.value("mem.fwd-alloc"), QStringLiteral("-4096 B"));
        QVERIFY(details.line("mem.fwd-alloc")->meaning.contains(QLatin1String("raw value: -4096")));
        QCOMPARE(details.value("mem.drops"), QStringLiteral("9 packets"));
        QCOMPARE(details.value("sockopt.is-icsk"), QStringLiteral("yes"));
        QCOMPARE(details.value("sockopt.freebind"), QStringLiteral("no"));
        QCOMPARE(details.line("tcp.rtt")->name, QStringLiteral("rtt"));
        for (const char *title : {"TCP", "Memory", "Options", "Kernel record", "Congestion control BBR"})
            QVERIFY2(details.group(QLatin1String(title)), title);
        QVERIFY(!details.group(QStringLiteral("Unknown attributes")));
        QVERIFY(!details.line("tcp.rcv-wnd")); // this kernel does not send it
    }

    void showEveryFieldOfEveryTable()
    {
        // A struct of ones is long enough for every field; each has a line of its own.
        const AttributeTable &tcp = allTables().front();
        QCOMPARE(tcp.name, "tcp");
        QByteArray every;
        for (const Attribute &attribute : tcp.attributes) {
            if (attribute.payload == Payload::Struct)
                every += test::attribute(attribute.number, QByteArray(400, '\1'));
        }
        const Details details(connection(inetMessage({.state = established}).bytes() + every));
        int lines = 0;
        for (const Field &field : tcp.fixed) {
            QVERIFY2(details.line(field.id), field.id);
            ++lines;
        }
        for (const Attribute &attribute : tcp.attributes) {
            for (const Field &field : attribute.fields) {
                // The end of tcp_info has two layouts; a kernel sends one.
                if (QByteArrayView(attribute.id) == "inet.info" && field.offset >= 276)
                    continue;
                if (attribute.payload != Payload::Struct)
                    continue;
                QVERIFY2(details.line(field.id), field.id);
                ++lines;
            }
        }
        QVERIFY2(lines > 90, qPrintable(QString::number(lines)));
    }

    void hideTheFillerOfAListener()
    {
        QByteArray filler(232, '\0');
        filler.replace(28, 4, u32(128)); // sacked: the most that may wait
        SmallWorld world;
        world.add(tcp(listening, "::", 80), {}, inetMessage({.state = listening}).attribute(2, filler));
        const Details details(world);
        QCOMPARE(details.value("tcp.sacked"), QStringLiteral("128 packets"));
        QCOMPARE(details.value("tcp.unacked"), QStringLiteral("0 packets")); // nobody waits, which is no filler
        for (const char *id : {"tcp.rtt", "tcp.rto", "tcp.bytes-acked", "tcp.snd-wscale"})
            QVERIFY2(!details.line(id), id);
    }

    void sayNeverWhereNoAnswerCameYet()
    {
        constexpr quint8 synSent = 2;
        QByteArray bytes(232, '\0');
        for (const qsizetype offset : {44, 52, 56})
            bytes.replace(offset, 4, u32(2'039'572)); // the time since boot
        const auto detailsIn = [&](quint8 state) {
            SmallWorld world;
            world.add(tcp(state, "192.0.2.1", 40000, "203.0.113.9", 443), {},
                inetMessage({.state = state}).attribute(2, bytes));
            return Details(world);
        };
        const Details connecting = detailsIn(synSent);
        const Details connected = detailsIn(established);
        for (const char *id : {"tcp.last-data-sent", "tcp.last-data-recv", "tcp.last-ack-recv"}) {
            QCOMPARE(connecting.value(id), QStringLiteral("never"));
            QVERIFY(connecting.line(id)->meaning.contains(QLatin1String("2039572")));
            QCOMPARE(connected.value(id), QStringLiteral("34 min"));
        }
    }

    void showWhatIsNoNumber()
    {
        const QByteArray membership
            = u32(2) + u32(1) + u16(0) + u16(6) + QByteArray::fromHex("01005e0000fb").leftJustified(32, '\0');
        const Details details(connection(
            packetMessage({.protocol = 0x9000}).attribute(0, u32s({0, 2, 0, 0, 0, 0})).attribute(1, membership)));
        QCOMPARE(details.value("packet.mc-addr"), QStringLiteral("01:00:5e:00:00:fb"));
        QVERIFY(details.line("packet.mc-addr")->meaning.contains(QLatin1String("01005e0000fb")));
        QCOMPARE(details.value("packet.if"), QStringLiteral("any"));
        QCOMPARE(details.value("packet.version"), QStringLiteral("tpacket-v3"));
        QCOMPARE(details.value("packet.num"), QStringLiteral("0x9000")); // without a name
        const Details groups(connection(netlinkSocketMessage({}).attribute(1, u32(0x11))));
        QCOMPARE(groups.value("netlink.groups"), QStringLiteral("1 5"));
        const Details addresses(connection(inetMessage({}).attribute(12,
            socketAddress(AF_INET, "10.0.0.1", 5) + socketAddress(AF_INET6, "::1", 6)
                + socketAddress(AF_INET6, "fe80::1", 7, 2))));
        QCOMPARE(addresses.value("inet.locals"), QStringLiteral("10.0.0.1:5"));
        QVERIFY(addresses.text().contains(QLatin1String("[::1]:6")));
        QVERIFY(addresses.text().contains(QLatin1String("[fe80::1%2]:7")));
    }

    void sayWhatNothingMeans()
    {
        const Details details(connection(packetMessage({}).attribute(1, {}).attribute(7, {})));
        QCOMPARE(details.value("packet.mclist"), QStringLiteral("none"));
        QCOMPARE(details.value("packet.filter"), QStringLiteral("withheld"));
        QCOMPARE(Details(connection(netlinkSocketMessage({}).attribute(1, u64(0)))).value("netlink.groups"),
            QStringLiteral("none"));
    }

    void keepWhatNoTableKnows()
    {
        const QByteArray tls = attribute(1, u16(0x0304)) + attribute(77, "xy");
        const Details details(connection(inetMessage({.state = established}).bytes() + attribute(2, info() + "\xab\xcd")
            + attribute(19, attribute(1, cString("tls")) + attribute(2, tls)) + attribute(300, QByteArray(300, '\x11'))
            + QByteArray("\x20\x00\x01", 3)));
        const DetailGroup *unknown = details.group(QStringLiteral("Unknown attributes"));
        QVERIFY(unknown);
        QStringList lines;
        for (const DetailLine &line : unknown->lines)
            lines += line.name + QLatin1String(" = ") + line.value;
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0], QStringLiteral("end of inet.info = 2 bytes: abcd"));
        QCOMPARE(lines[1], QStringLiteral("attribute 77 = 2 bytes: 7879"));
        QCOMPARE(lines[2], QStringLiteral("attribute 300 = 300 bytes: ") + QStringLiteral("11").repeated(256) + u'…');
        QCOMPARE(lines[3], QStringLiteral("cut short = 3 bytes: 200001"));
        QCOMPARE(details.value("ulp.name"), QStringLiteral("tls"));
        QCOMPARE(details.value("tls.version"), QStringLiteral("1.3"));
    }

    void showNoSecret()
    {
        const Details details(connection(inetMessage({.state = established}).attribute(18, QByteArray(200, 'K'))));
        QCOMPARE(details.value("inet.md5sig"), QStringLiteral("2 present, hidden"));
        QVERIFY(!details.text().contains(QLatin1String("KK")) && !details.text().contains(QLatin1String("4b4b")));
    }

    void describeAUnixSocket()
    {
        SmallWorld world;
        world.add(unixSocket(listening), {},
            unixMessage({.type = SOCK_STREAM, .state = listening, .inode = 5})
                .attribute(0, QByteArray("\0evil\nname", 10))
                .attribute(1, u32s({99, 0x0fe00000}))
                .attribute(2, u32(0))
                .attribute(3, u32s({11, 12}))
                .attribute(4, u32s({1, 128})),
            QByteArray("\0evil\nname", 10));
        const Details details(world);
        QCOMPARE(details.value("local-address"), QStringLiteral("@evil\\nname"));
        QCOMPARE(details.value("unix.name"), QStringLiteral("@evil\\nname"));
        QCOMPARE(details.value("unix.vfs-dev"), QStringLiteral("0xfe00000"));
        QVERIFY(details.value("unix.peer").startsWith(QLatin1String("none")));
        QCOMPARE(details.value("unix.wqueue"), QStringLiteral("128"));
        const auto &lines = details.group(QStringLiteral("Kernel record"))->lines;
        const auto icons = std::count_if(
            lines.begin(), lines.end(), [](const DetailLine &line) { return line.name.startsWith(u"icons["); });
        QCOMPARE(icons, 2);
    }

    void breakNoLineOfTheText()
    {
        SmallWorld world;
        const quint32 holder = world.add(process(9, "a\nb", QByteArray("c\nd\0", 4), 0, "e\nf"));
        world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), {{holder, 9, 1}},
            inetMessage({.state = established}).attribute(4, cString("x\ny")));
        const Details details(world);
        for (const QString &line : details.text().split(u'\n')) {
            const bool isTitle = details.titles().contains(line);
            QVERIFY2(line.isEmpty() || isTitle || line.startsWith(QLatin1String("  ")), qPrintable(line));
        }
        QVERIFY(details.text().contains(QLatin1String("  Unit: e\\nf")));
        QVERIFY(details.text().startsWith(QLatin1String("Socket\n  Protocol: tcp\n")));
    }

    void sayThatTheMessageWasNotKept()
    {
        SmallWorld world;
        world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        const Details details(world);
        QCOMPARE(details.group(QStringLiteral("Kernel record"))->lines[0].value, QStringLiteral("not asked"));
    }

    void sayWhatARowIsThatNoDumpDescribes()
    {
        SmallWorld world;
        const quint32 holder = world.add(process(9, "x"));
        world.add(unknownSocket(4711), {{holder, 9, 1}});
        const Details details(world);
        QCOMPARE(details.value("protocol"), QStringLiteral("unknown"));
        QVERIFY(details.line("protocol")->meaning.contains(QLatin1String("another network namespace")));
        QCOMPARE(details.value("inode"), QStringLiteral("4711"));
        QVERIFY(!details.group(QStringLiteral("Kernel record")));
    }

    void sayThatASocketIsClosed()
    {
        SmallWorld world;
        world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2));
        Generation generation = world.generation();
        generation.entries[0].mark = Mark::Closed;
        QCOMPARE(detailsOf(RowRef(generation, 0)).front().lines.front().id, QByteArray("closed"));
    }

    void theOtherEndHasAGroup()
    {
        const EndsWorld world;
        const auto textOf = [&](quint32 slot) { return detailsText(detailsOf(RowRef(world.generation(), slot))); };
        const QString client = textOf(world.client);
        QVERIFY(client.contains(QLatin1String("Other end\n  Process: nginx\n  PID: 443\n  Socket: 127.0.0.1:80\n")));
        QVERIFY(client.contains(QLatin1String("Unit: nginx.service")));
        QVERIFY(textOf(world.sender).contains(QLatin1String("Other end 2\n")));
        QVERIFY(textOf(world.sender).contains(QStringLiteral("Process: ≈ nginx")));
        QVERIFY(textOf(world.waiting).contains(QStringLiteral("Waits in the queue of\n  Process: ≈ nginx")));
        QVERIFY(!textOf(world.waiting).contains(QLatin1String("Listeners: one of")));
        QVERIFY(textOf(world.shared).contains(QStringLiteral("Waits in the queue of\n  Process: ≈ nginx")));
        QVERIFY(textOf(world.shared).contains(QLatin1String("  Listeners: one of 2")));
        QVERIFY(textOf(world.late).contains(QLatin1String("Waits in the queue of\n  Listeners: one of 2")));
        QVERIFY(!textOf(world.listener).contains(QLatin1String("Other end")));
    }

    void theFormerOwnerHasALine()
    {
        const EndsWorld world;
        const auto textOf = [&](quint32 slot) { return detailsText(detailsOf(RowRef(world.generation(), slot))); };
        QVERIFY(textOf(world.over).contains(QLatin1String("Holders\n  Process: none\n  Former owner: curl[4711]\n")));
        for (const quint32 slot : {world.client, world.waiting})
            QVERIFY(!textOf(slot).contains(QLatin1String("Former owner")));
    }

    void theOtherEndMayBeHidden()
    {
        EndsWorld world;
        world.hideServer();
        const auto textOf = [&](quint32 slot) { return detailsText(detailsOf(RowRef(world.generation(), slot))); };
        QVERIFY(textOf(world.server).contains(QLatin1String("Holders\n  Process: hidden\n")));
        QVERIFY(textOf(world.client).contains(QLatin1String("Other end\n  Process: hidden\n")));
        QVERIFY(textOf(world.waitingClient).contains(QLatin1String("Other end\n  Process: hidden\n")));
        QVERIFY(textOf(world.waiting).contains(QLatin1String("Holders\n  Process: none\n")));
        QVERIFY(textOf(world.waiting).contains(QLatin1String("Waits in the queue of\n  Process: hidden\n")));
        QVERIFY(textOf(world.lateClient).contains(QLatin1String("Other end\n  Process: not told\n")));
        for (const DetailGroup &group : detailsOf(RowRef(world.generation(), world.client)))
            for (const DetailLine &line : group.lines)
                if (line.id == "peer.process")
                    QVERIFY(line.meaning.contains(QLatin1String("does not let us see")));
        world.loseClient();
        QVERIFY(textOf(world.server).contains(QLatin1String("Other end\n  Process: was: curl\n")));
    }
};

QTEST_GUILESS_MAIN(TestDetails)
#include "tst_details.moc"
