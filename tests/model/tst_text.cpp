// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/end_text.h"
#include "model/text.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QLocale>
#include <QtTest/QTest>

#include <ctime>
#include <sys/socket.h>

using namespace socktree;
using namespace socktree::test;

namespace {

/// The escapes undone, written from the description in text.h alone.
QByteArray undone(const QString &text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] != u'\\') {
            const qsizetype length = text[i].isHighSurrogate() ? 2 : 1;
            bytes += text.mid(i, length).toUtf8();
            i += length;
            continue;
        }
        const QChar kind = text[i + 1];
        i += 2;
        if (kind == u'n') {
            bytes += '\n';
        } else if (kind == u't') {
            bytes += '\t';
        } else if (kind == u'\\') {
            bytes += '\\';
        } else if (kind == u'x') {
            bytes += static_cast<char>(text.mid(i, 2).toUInt(nullptr, 16));
            i += 2;
        } else {
            const qsizetype end = text.indexOf(u'}', i);
            const char32_t point = text.mid(i + 1, end - i - 1).toUInt(nullptr, 16);
            bytes += QStringView(QChar::fromUcs4(point)).toUtf8();
            i = end + 1;
        }
    }
    return bytes;
}

Address v4(quint8 a, quint8 b, quint8 c, quint8 d)
{
    Address address;
    address.length = 4;
    address.bytes = {a, b, c, d};
    return address;
}

Address v6(std::array<quint16, 8> words)
{
    Address address;
    address.length = 16;
    for (std::size_t i = 0; i < 8; ++i) {
        address.bytes[2 * i] = static_cast<quint8>(words[i] >> 8);
        address.bytes[2 * i + 1] = static_cast<quint8>(words[i] & 0xff);
    }
    return address;
}

Socket inState(Protocol protocol, quint8 state)
{
    Socket socket;
    socket.protocol = protocol;
    socket.family = protocol == Protocol::Unix ? AF_UNIX : AF_INET;
    socket.state = state;
    socket.tell(Told::State);
    return socket;
}

constexpr ValueName optionNames[] = {{1, "ts"}, {2, "sack"}, {4, "wscale"}};
constexpr ValueName modeNames[] = {{0, "disabled"}, {1, "rfc3168"}};
constexpr Sentinel noSample[] = {{0xffffffff, false, "no sample"}};
constexpr Sentinel infinite[] = {{0x7fffffff, true, "infinite"}};

} // namespace

class TestText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        test::failOnWarnings();
        QLocale::setDefault(QLocale::c());
    }

    void leavesOrdinaryNamesAlone()
    {
        QCOMPARE(visible("Web Content (isolated)"), QStringLiteral("Web Content (isolated)"));
        QCOMPARE(visible("k\xc3\xb6ln-\xe6\x97\xa5\xe6\x9c\xac-\xf0\x9f\x90\x99"), QStringLiteral("köln-日本-🐙"));
        QCOMPARE(visible(""), QString());
    }

    void spellsOutWhatDoesNotShow_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("newline") << QByteArray("a\nb") << QStringLiteral("a\\nb");
        QTest::newRow("tab") << QByteArray("a\tb") << QStringLiteral("a\\tb");
        QTest::newRow("carriage return") << QByteArray("a\rb") << QStringLiteral("a\\x0db");
        QTest::newRow("backslash") << QByteArray("a\\nb") << QStringLiteral("a\\\\nb");
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QStringLiteral("a\\x00b");
        QTest::newRow("escape sequence") << QByteArray("\x1b[31m") << QStringLiteral("\\x1b[31m");
        QTest::newRow("delete") << QByteArray("\x7f") << QStringLiteral("\\x7f");
        QTest::newRow("C1 control") << QByteArray("\xc2\x85") << QStringLiteral("\\u{85}");
        QTest::newRow("right-to-left override")
            << QByteArray("a\xe2\x80\xaetxt.exe") << QStringLiteral("a\\u{202e}txt.exe");
        QTest::newRow("zero-width space") << QByteArray("a\xe2\x80\x8b") << QStringLiteral("a\\u{200b}");
        QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QStringLiteral("\\u{2028}");
        QTest::newRow("no-break space") << QByteArray("a\xc2\xa0") << QStringLiteral("a\\u{a0}");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfx") << QStringLiteral("\\u{feff}x");
        QTest::newRow("Hangul filler") << QByteArray("\xe3\x85\xa4") << QStringLiteral("\\u{3164}");
        QTest::newRow("tag character") << QByteArray("\xf3\xa0\x80\xa0") << QStringLiteral("\\u{e0020}");
        QTest::newRow("noncharacter") << QByteArray("\xef\xbf\xbf") << QStringLiteral("\\u{ffff}");
        QTest::newRow("private use") << QByteArray("\xee\x80\x80") << QStringLiteral("\\u{e000}");
        QTest::newRow("combining mark with nothing before it")
            << QByteArray("\xcc\x81x") << QStringLiteral("\\u{301}x");
        QTest::newRow("lone lead byte") << QByteArray("\xc3") << QStringLiteral("\\xc3");
        QTest::newRow("lone continuation") << QByteArray("a\x80z") << QStringLiteral("a\\x80z");
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << QStringLiteral("\\xc0\\xaf");
        QTest::newRow("overlong in three") << QByteArray("\xe0\x80\xaf") << QStringLiteral("\\xe0\\x80\\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xed\\xa0\\x80");
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("\\xf4\\x90\\x80\\x80");
        QTest::newRow("cut short") << QByteArray("\xf0\x9f\x90") << QStringLiteral("\\xf0\\x9f\\x90");
    }
    void spellsOutWhatDoesNotShow()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(visible(bytes), text);
        QCOMPARE(undone(visible(bytes)), bytes);
    }

    void canBeUndoneForEveryPairOfBytes()
    {
        for (int a = 0; a < 256; ++a) {
            for (int b = 0; b < 256; ++b) {
                const char pair[] = {static_cast<char>(a), static_cast<char>(b)};
                const QByteArray bytes(pair, 2);
                QCOMPARE(undone(visible(bytes)), bytes);
            }
        }
    }

    void canBeUndoneForEveryCodePointAndShowsNoControl()
    {
        for (char32_t point = 0; point <= 0x10ffff; ++point) {
            if (QChar::isSurrogate(point))
                continue;
            const QByteArray bytes = QStringView(QChar::fromUcs4(point)).toUtf8();
            const QString text = visible(bytes);
            if (undone(text) != bytes)
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(uint(point), 0, 16)));
            for (const QChar c : text)
                if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
                    QFAIL(qPrintable(QStringLiteral("U+%1").arg(uint(point), 0, 16)));
        }
    }

    void joinsArgumentsByBlanks()
    {
        Process process;
        process.cmdline = QByteArray("nginx\0-g\0daemon off;\n\0", 22);
        QCOMPARE(commandLine(process), QStringLiteral("nginx -g daemon off;\\n"));
        process.cmdline.clear();
        QCOMPARE(commandLine(process), QString());
        process.cmdline = QByteArray("a\0\0b", 4); // an empty argument; the last one not ended by NUL
        QCOMPARE(commandLine(process), QStringLiteral("a  b"));
    }

    void writesAddressesAsSsDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Address>("address");
        QTest::newRow("any4") << QStringLiteral("0.0.0.0") << v4(0, 0, 0, 0);
        QTest::newRow("v4") << QStringLiteral("192.0.2.255") << v4(192, 0, 2, 255);
        QTest::newRow("any6") << QStringLiteral("::") << v6({});
        QTest::newRow("loopback6") << QStringLiteral("::1") << v6({0, 0, 0, 0, 0, 0, 0, 1});
        QTest::newRow("longest run of zeros is cut, the first of equals")
            << QStringLiteral("2001:db8::1:0:0:1") << v6({0x2001, 0xdb8, 0, 0, 1, 0, 0, 1});
        QTest::newRow("one zero is no run")
            << QStringLiteral("2001:db8:0:1:1:1:1:1") << v6({0x2001, 0xdb8, 0, 1, 1, 1, 1, 1});
        QTest::newRow("lower case, no leading zeros")
            << QStringLiteral("fe80::abcd:ef") << v6({0xfe80, 0, 0, 0, 0, 0, 0xabcd, 0x00ef});
        QTest::newRow("v4-mapped") << QStringLiteral("::ffff:192.0.2.1") << v6({0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201});
        QTest::newRow("none") << QString() << Address();
    }
    void writesAddressesAsSsDoes()
    {
        QFETCH(QString, text);
        QFETCH(Address, address);
        QCOMPARE(addressText(address), text);
    }

    void namesUnixSocketsAsSsDoes()
    {
        QCOMPARE(unixName(QByteArray("/run/dbus\0", 10)), QStringLiteral("/run/dbus"));
        QCOMPARE(unixName("/run/cut-at-108-bytes-without-NUL"), QStringLiteral("/run/cut-at-108-bytes-without-NUL"));
        QCOMPARE(unixName(QByteArray("\0X11", 4)), QStringLiteral("@X11"));
        QCOMPARE(unixName(QByteArray("\0a\0b\0", 5)), QStringLiteral("@a\\x00b\\x00"));
        QCOMPARE(unixName(QByteArray("\0", 1)), QStringLiteral("@"));
        QCOMPARE(unixName(QByteArray()), QString());
        QCOMPARE(unixName(QByteArray("/tmp/a\nu_str LISTEN\0", 20)), QStringLiteral("/tmp/a\\nu_str LISTEN"));
    }

    void doesNotLetAFileNamedWithAnAtSignPassForAnAbstractName()
    {
        QCOMPARE(unixName(QByteArray("@X11\0", 5)), QStringLiteral("\\x40X11"));
    }

    void namesStatesAsSsDoes_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("name");
        const char *names[] = {"ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN",
            "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING"};
        for (int i = 0; i < 11; ++i)
            QTest::newRow(names[i]) << i + 1 << QString::fromLatin1(names[i]);
        QTest::newRow("not known to us") << 77 << QStringLiteral("77");
    }
    void namesStatesAsSsDoes()
    {
        QFETCH(int, state);
        QFETCH(QString, name);
        for (const Protocol protocol : {Protocol::Tcp, Protocol::Udp, Protocol::Unix})
            QCOMPARE(stateName(inState(protocol, static_cast<quint8>(state))), name);
    }

    void showsANameForANamelessProcess()
    {
        Process process;
        process.comm = "nginx";
        process.cmdline = QByteArray("/usr/sbin/other\0-x\0", 19);
        QCOMPARE(shownName(process), QStringLiteral("nginx"));
        for (const char *nothing : {"", "  "}) {
            process.comm = nothing;
            QCOMPARE(shownName(process), QStringLiteral("(no name)")); // argv[0] can say anything
            QCOMPARE(processName(process), QLatin1String(nothing));    // export tells what is
        }
        process.comm = "\n";
        QCOMPARE(shownName(process), QStringLiteral("\\n"));
    }

    void writesNameAndPidWhateverTheNameIs()
    {
        Process process;
        process.key.pid = 4711;
        process.comm = "%2 %1";
        QCOMPARE(nameAndPid(process), QStringLiteral("%2 %1 (4711)"));
    }

    void saysNothingOfAStateThatWasNotTold()
    {
        Socket socket;
        socket.state = 1;
        QCOMPARE(stateName(socket), QString());
    }

    void namesStatesByTheNumbersOfTheirFamily()
    {
        const auto name = [](Socket socket, quint8 state) {
            socket.state = state;
            socket.tell(Told::State);
            return stateName(socket);
        };
        QCOMPARE(name(sctpAssociation(0, "192.0.2.1", 1, "192.0.2.2", 2), 1), QStringLiteral("COOKIE-WAIT"));
        QCOMPARE(name(sctpAssociation(0, "192.0.2.1", 1, "192.0.2.2", 2), 3), QStringLiteral("ESTAB"));
        QCOMPARE(name(netlink(0, 1), 0), QStringLiteral("UNCONN"));
        QCOMPARE(name(netlink(0, 1), 1), QStringLiteral("ESTAB"));
        QCOMPARE(name(tipc(7, 1, 1), 7), QStringLiteral("OPEN"));
        QCOMPARE(name(otherSocket(43, SOCK_STREAM), 22), QStringLiteral("APP-CLOSE-WAIT-1"));
        QCOMPARE(name(otherSocket(AF_BLUETOOTH, SOCK_STREAM), 4), QStringLiteral("4")); // has its own numbers
    }

    void namesProtocolFamilyTypeAndTimer()
    {
        Snapshot snapshot;
        Socket socket;
        QCOMPARE(protocolName(snapshot, socket), QStringLiteral("unknown"));
        QCOMPARE(familyName(socket), QString());
        QCOMPARE(typeName(socket), QString());
        socket.protocol = Protocol::Unix;
        socket.family = AF_UNIX;
        socket.type = SOCK_SEQPACKET;
        QCOMPARE(protocolName(snapshot, socket), QStringLiteral("unix"));
        QCOMPARE(familyName(socket), QStringLiteral("unix"));
        QCOMPARE(typeName(socket), QStringLiteral("seqpacket"));
        const std::pair<int, const char *> families[] = {{AF_INET, "ipv4"}, {AF_INET6, "ipv6"}, {AF_NETLINK, "netlink"},
            {AF_PACKET, "packet"}, {AF_VSOCK, "vsock"}, {44, "xdp"}, {AF_ALG, "alg"}, {200, "200"}};
        for (const auto &[number, name] : families) {
            socket.family = static_cast<quint8>(number);
            QCOMPARE(familyName(socket), QLatin1String(name));
        }
        const std::pair<int, const char *> types[] = {{SOCK_STREAM, "stream"}, {SOCK_DGRAM, "dgram"}, {SOCK_RAW, "raw"},
            {SOCK_RDM, "rdm"}, {SOCK_DCCP, "dccp"}, {SOCK_PACKET, "packet"}, {7, "7"}};
        for (const auto &[number, name] : types) {
            socket.type = static_cast<quint8>(number);
            QCOMPARE(typeName(socket), QLatin1String(name));
        }
        socket.protocol = Protocol::Other;
        socket.label = 0;
        snapshot.labels = {"alg"};
        QCOMPARE(protocolName(snapshot, socket), QStringLiteral("alg"));
    }

    void namesTimersByTheNumbersOfTheProtocol()
    {
        Socket socket;
        const auto name = [&](Protocol protocol, quint8 timer) {
            socket.protocol = protocol;
            socket.timer = timer;
            return timerName(socket);
        };
        QCOMPARE(name(Protocol::Tcp, 2), QStringLiteral("keepalive"));
        QCOMPARE(name(Protocol::Tcp, 4), QStringLiteral("persist"));
        QCOMPARE(name(Protocol::Tcp, 5), QStringLiteral("delack"));
        QCOMPARE(name(Protocol::Tcp, 9), QStringLiteral("9"));
        QCOMPARE(name(Protocol::Sctp, 4), QStringLiteral("t3-rtx"));
    }

    void writesTheEndsOfEveryFamily_data()
    {
        QTest::addColumn<int>("place");
        QTest::addColumn<QString>("local");
        QTest::addColumn<QString>("remote");
        int place = 0;
        const auto row = [&](const char *name, const char *local, const char *remote = "") {
            QTest::newRow(name) << place++ << QString::fromLatin1(local) << QString::fromLatin1(remote);
        };
        row("tcp", "192.0.2.1:40000", "203.0.113.9:443");
        row("listener", "[::]:80");
        row("raw", "0.0.0.0:icmp");
        row("raw of a number", "[::1]:253");
        row("netlink", "route:4711");
        row("kernel", "generic:kernel");
        row("netlink, connected", "usersock:1", "usersock:2");
        row("netlink, new", "200:5");
        row("packet", "all:eth0");
        row("packet of a number", "0x88b5:*");
        row("packet of none", "none:if9");
        row("vsock", "any:1024");
        row("vsock, connected", "local:*", "host:5000");
        row("vsock of a guest", "3:7");
        row("tipc", "4096:77");
        row("xdp", "eth0");
        row("other", "");
        row("unix", "");
    }
    void writesTheEndsOfEveryFamily()
    {
        QFETCH(int, place);
        QFETCH(QString, local);
        QFETCH(QString, remote);
        SmallWorld world;
        world.add(tcp(1, "192.0.2.1", 40000, "203.0.113.9", 443));
        world.add(tcp(10, "::", 80, "::", 0));
        world.add(raw(7, "0.0.0.0", 1));
        world.add(raw(7, "::1", 253));
        world.add(netlink(0, 4711));
        world.add(netlink(16, 0));
        world.add(netlink(2, 1, 1, 2));
        world.add(netlink(200, 5));
        world.add(packet(3, 2));
        world.add(packet(0x88b5, 0));
        world.add(packet(0, 9));
        world.add(vsock(10, 0xffffffff, 1024));
        world.add(vsock(1, 1, 0xffffffff, 2, 5000));
        world.add(vsock(7, 3, 7));
        world.add(tipc(7, 4096, 77));
        world.add(xdp(2));
        world.addLone(otherSocket(AF_ALG, SOCK_SEQPACKET), {}, "alg");
        world.add(unixSocket(1));
        world.snapshot().namespaces = {NetNamespace()};
        for (Socket &socket : world.snapshot().sockets)
            socket.netns = 0;
        const Snapshot &snapshot = world.snapshot();
        const Socket &socket = snapshot.sockets[static_cast<std::size_t>(place)];
        QCOMPARE(localEnd(snapshot, socket), local);
        QCOMPARE(remoteEnd(snapshot, socket), remote);
    }

    void givesTheNumberOfAUserWithoutAName()
    {
        Snapshot snapshot;
        snapshot.users.insert(0, "root");
        snapshot.users.insert(7, "l\np");
        QCOMPARE(userName(snapshot, 0), QStringLiteral("root"));
        QCOMPARE(userName(snapshot, 7), QStringLiteral("l\\np"));
        QCOMPARE(userName(snapshot, 4711), QStringLiteral("4711"));
    }

    void keepsNumbersShort_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, Unit unit, const QString &text) {
            QTest::newRow(qPrintable(text)) << value << static_cast<int>(unit) << text;
        };
        row(0, Unit::Octets, QStringLiteral("0"));
        row(999, Unit::Octets, QStringLiteral("999 B"));
        row(1234, Unit::Octets, QStringLiteral("1.23 kB"));
        row(12345, Unit::Octets, QStringLiteral("12.3 kB"));
        row(123456, Unit::Octets, QStringLiteral("123 kB"));
        row(999'960, Unit::Octets, QStringLiteral("1.00 MB"));
        row(18446744073709551615.0, Unit::Octets, QStringLiteral("18.4 EB"));
        row(1.2e6, Unit::OctetsPerSecond, QStringLiteral("1.20 MB/s"));
        row(0.4, Unit::OctetsPerSecond, QStringLiteral("0.40 B/s"));
        row(340, Unit::Microseconds, QStringLiteral("340 µs"));
        row(1200, Unit::Microseconds, QStringLiteral("1.20 ms"));
        row(250'000, Unit::Microseconds, QStringLiteral("250 ms"));
        row(999'999, Unit::Microseconds, QStringLiteral("1.00 s"));
        row(34'000, Unit::Milliseconds, QStringLiteral("34 s"));
        row(59'990, Unit::Milliseconds, QStringLiteral("1 min"));
        row(7'199'000, Unit::Milliseconds, QStringLiteral("1 h 59 min"));
        row(100, Unit::Seconds, QStringLiteral("1 min 40 s"));
        row(90'000, Unit::Seconds, QStringLiteral("1 d 1 h"));
        row(255, Unit::Hex, QStringLiteral("0xff"));
        row(65535, Unit::Identifier, QStringLiteral("65535"));
        row(12, Unit::Packets, QStringLiteral("12"));
    }
    void keepsNumbersShort()
    {
        QFETCH(double, value);
        QFETCH(int, unit);
        QFETCH(QString, text);
        QCOMPARE(compact(value, static_cast<Unit>(unit)), text);
    }

    void spellsRawValuesByTheirField()
    {
        Field field{.id = "t.x",
            .name = "x",
            .offset = 0,
            .type = FieldType::U32,
            .unit = Unit::Microseconds,
            .kind = Kind::Gauge,
            .meaning = "",
            .since = ""};
        field.sentinels = noSample;
        QCOMPARE(exact(field, 1234), QStringLiteral("1234 µs"));
        QCOMPARE(exact(field, 0xffffffff), QStringLiteral("no sample"));

        field.unit = Unit::Packets;
        field.sentinels = infinite;
        QCOMPARE(exact(field, 0x7ffffffe), QStringLiteral("2147483646 packets"));
        QCOMPARE(exact(field, 0x7fffffff), QStringLiteral("infinite"));
        QCOMPARE(exact(field, 0x80000000), QStringLiteral("infinite"));

        field.sentinels = {};
        field.naming = Naming::Flags;
        field.names = optionNames;
        QCOMPARE(exact(field, 0), QStringLiteral("none"));
        QCOMPARE(exact(field, 5), QStringLiteral("ts wscale"));
        QCOMPARE(exact(field, 0x41), QStringLiteral("ts 0x40"));

        field.naming = Naming::Enumerators;
        field.names = modeNames;
        QCOMPARE(exact(field, 1), QStringLiteral("rfc3168"));
        QCOMPARE(exact(field, 9), QStringLiteral("9"));

        field.naming = Naming::Numbers;
        field.unit = Unit::Hex;
        QCOMPARE(exact(field, 0x1f), QStringLiteral("0x1f"));

        field.unit = Unit::Octets;
        field.type = FieldType::S32;
        QCOMPARE(exact(field, static_cast<quint64>(qint64(-4096))), QStringLiteral("-4096 B"));
    }

    void timesAreLocalAndNameTheirZone()
    {
        const QByteArray before = qgetenv("TZ");
        const bool was = qEnvironmentVariableIsSet("TZ");
        qputenv("TZ", "XYZ-5:30");
        tzset();
        const QString text = timeText(WallTime(std::chrono::seconds(1'700'000'000)));
        if (was)
            qputenv("TZ", before);
        else
            qunsetenv("TZ");
        tzset();
        QCOMPARE(text, QStringLiteral("2023-11-15 03:43:20 XYZ"));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
