// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/redact_message.h"
#include "collector/capture/redact_text.h"
#include "collector/capture/redacting_sink.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/message_builder.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/packet_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>
#include <random>
#include <set>

using namespace socktree;
using namespace socktree::test;

namespace {

template <typename Array> Array parsed(const char *text)
{
    Array made{};
    inet_pton(made.size() == 4 ? AF_INET : AF_INET6, text, made.data());
    return made;
}

template <typename Array> QByteArray shown(const Array &address)
{
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(address.size() == 4 ? AF_INET : AF_INET6, address.data(), text, sizeof text);
    return text;
}

QByteArray four(Pseudonyms &pseudonyms, const char *text)
{
    return shown(pseudonyms.of(parsed<Pseudonyms::Four>(text)));
}

QByteArray six(Pseudonyms &pseudonyms, const char *text)
{
    return shown(pseudonyms.of(parsed<Pseudonyms::Sixteen>(text)));
}

/// sockaddr_storage as SCTP's attributes have them.
QByteArray storage(const char *text)
{
    QByteArray made(128, '\0');
    const quint16 family = std::strchr(text, ':') ? AF_INET6 : AF_INET;
    std::memcpy(made.data(), &family, sizeof family);
    inet_pton(family, text, made.data() + (family == AF_INET ? 4 : 8));
    return made;
}

QByteArray redacted(const QByteArray &bytes, quint8 family, quint16 protocol, quint64 *dropped = nullptr)
{
    Pseudonyms pseudonyms;
    quint64 left = 0;
    const auto made = redactDatagram(viewOf(bytes), family, protocol, pseudonyms, left);
    if (dropped)
        *dropped = left;
    return QByteArray(reinterpret_cast<const char *>(made.data()), qsizetype(made.size()));
}

QByteArray bytesOf(const char *address)
{
    const bool isFour = !std::strchr(address, ':');
    QByteArray made(isFour ? 4 : 16, '\0');
    inet_pton(isFour ? AF_INET : AF_INET6, address, made.data());
    return made;
}

} // namespace

class TestRedaction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void pseudonymsKeepTheKindAndTellTheSameFromAnother()
    {
        Pseudonyms made;
        for (const char *kept : {"0.0.0.0", "127.0.0.1", "127.0.0.53", "255.255.255.255", "224.0.0.251"})
            QCOMPARE(four(made, kept), QByteArray(kept));
        for (const char *kept : {"::", "::1", "ff02::1", "ff02::fb", "::ffff:127.0.0.1", "::ffff:0.0.0.0"})
            QCOMPARE(six(made, kept), QByteArray(kept));
        const QByteArray one = four(made, "192.0.2.7");
        QVERIFY(one.startsWith("198.18."));
        QCOMPARE(four(made, "192.0.2.7"), one);
        QVERIFY(four(made, "192.0.2.8") != one);
        QCOMPARE(six(made, "::ffff:192.0.2.7"), "::ffff:" + one);
        QVERIFY(four(made, "169.254.8.9").startsWith("169.254.") && four(made, "169.254.8.9") != "169.254.8.9");
        QVERIFY(four(made, "232.1.2.3").startsWith("239."));
        QVERIFY(six(made, "2a00:1450::5").startsWith("2001:db8::"));
        QVERIFY(six(made, "fe80::1234:56ff:fe78:9abc").startsWith("fe80::"));
        QVERIFY(!six(made, "fe80::1234:56ff:fe78:9abc").contains("9abc"));
        QVERIFY(six(made, "ff02::1:ff78:9abc").startsWith("ff02:ff"));
    }

    void manyAddressesStayApart()
    {
        Pseudonyms made;
        std::set<Pseudonyms::Four> seen;
        for (quint32 i = 0; i < 200'000; ++i)
            seen.insert(made.of(Pseudonyms::Four{10, quint8(i >> 16), quint8(i >> 8), quint8(i)}));
        QCOMPARE(seen.size(), std::size_t(200'000));
    }

    void namesOfSocketsKeepTheirKind()
    {
        Pseudonyms made;
        const QByteArray path = made.ofName(QByteArray("/run/secret\0", 12));
        QVERIFY(path.startsWith("/withheld/") && path.endsWith('\0'));
        QCOMPARE(made.ofName("/run/secret") + '\0', path);
        QVERIFY(made.ofName(QByteArray("\0secret", 7)).startsWith(QByteArray("\0withheld-", 10)));
        QVERIFY(made.ofName("relative").startsWith("withheld-"));
        QCOMPARE(made.ofName(QByteArray()), QByteArray());
    }

    void endsOfASocketAreReplacedAndNothingElseIs()
    {
        const InetPieces pieces{.local = "192.0.2.1",
            .localPort = 4711,
            .remote = "203.0.113.9",
            .remotePort = 443,
            .cookie = 77,
            .inode = 5};
        const QByteArray info(232, 'i');
        const QByteArray before = datagram({inetMessage(pieces).attribute(INET_DIAG_INFO, info).bytes()}, 1, 1);
        const QByteArray after = redacted(before, AF_INET, IPPROTO_TCP);
        QCOMPARE(after.size(), before.size());
        QVERIFY(!after.contains(bytesOf("192.0.2.1")) && !after.contains(bytesOf("203.0.113.9")));
        QVERIFY(after.contains(info));
        QByteArray expected = before;
        expected.replace(bytesOf("192.0.2.1"), bytesOf("198.18.0.1"));
        expected.replace(bytesOf("203.0.113.9"), bytesOf("198.18.0.2"));
        QCOMPARE(after, expected);
    }

    void addressesInAttributesAreReplaced()
    {
        const QByteArray element
            = QByteArray(1, char(AF_INET)) + QByteArray(3, '\1') + bytesOf("203.0.113.9") + QByteArray(92, '\0');
        QByteArray sctp(368, 's');
        sctp.replace(168, 128, storage("203.0.113.9"));
        const QByteArray bytes
            = datagram({inetMessage({.remote = "203.0.113.9"})
                               .attribute(INET_DIAG_LOCALS, storage("192.0.2.1") + storage("2a00::7"))
                               .attribute(INET_DIAG_PEERS, storage("203.0.113.9"))
                               .attribute(INET_DIAG_MD5SIG, element)
                               .attribute(INET_DIAG_INFO, sctp)
                               .attribute(INET_DIAG_SK_BPF_STORAGES, bytesOf("203.0.113.9"))
                               .attribute(200, bytesOf("203.0.113.9"))
                               .bytes()},
                1, 1);
        const QByteArray after = redacted(bytes, AF_INET, IPPROTO_SCTP);
        for (const char *address : {"192.0.2.1", "203.0.113.9", "2a00::7"})
            QVERIFY2(!after.contains(bytesOf(address)), address);
        // The remote end, the peer, the key's address and the primary peer are still the same.
        QCOMPARE(after.count(bytesOf("198.18.0.1")), qsizetype(4));
        QVERIFY(after.contains(sctp.first(100)));
    }

    void otherFamiliesLoseWhatCouldTell()
    {
        QByteArray packet(16, '\0');
        packet[0] = AF_PACKET;
        const QByteArray filter = u64(0x0102'0304'0000'0015); // jeq with a constant of 1.2.3.4
        const QByteArray list
            = u32(2) + u32(1) + u16(1) + u16(6) + QByteArray("\x01\x00\x5e\x11\x22\x33", 6) + QByteArray(26, '\0');
        const QByteArray message = packet + attribute(PACKET_DIAG_MCLIST, list) + attribute(PACKET_DIAG_FILTER, filter);
        const QByteArray after = redacted(datagram({message}, 1, 1), AF_PACKET, 0);
        QVERIFY(!after.contains("\x11\x22\x33") && !after.contains(u32(0x01020304)));
        QVERIFY(after.contains(u32(0x15)));

        const QByteArray named = datagram(
            {unixMessage({.inode = 7}).attribute(UNIX_DIAG_NAME, "/home/secret").attribute(UNIX_DIAG_PEER, u32(8))}, 1,
            1);
        const QByteArray unixAfter = redacted(named, AF_UNIX, 0);
        QVERIFY(!unixAfter.contains("secret") && unixAfter.contains("/withheld/1"));
        QVERIFY(unixAfter.contains(attribute(UNIX_DIAG_PEER, u32(8))));

        quint64 dropped = 0;
        QCOMPARE(redacted(datagram({QByteArray(64, '\x63')}, 1, 1), 99, 0, &dropped), QByteArray());
        QCOMPARE(dropped, quint64(1));
    }

    void textsOfTheNetFolder()
    {
        Pseudonyms made;
        quint64 dropped = 0;
        const QByteArray tcp = "  sl  local_address rem_address   st\n"
                               "   0: 0100007F:1F90 00000000:0000 0A 0 0 1\n"
                               "   1: 070200C0:1F90 0100007F:0016 01 0 0 2\n";
        QCOMPARE(redactNetText("tcp", tcp, made, dropped), QByteArray(tcp).replace("070200C0", "010012C6"));
        const QByteArray mapped
            = "   1: 0000000000000000FFFF0000070200C0:1F90 B80D01200000000000000000FF000000:0016 01\n";
        const QByteArray after = redactNetText("tcp6", mapped, made, dropped);
        QVERIFY2(after.contains("0000000000000000FFFF0000010012C6:1F90"), after.constData()); // as in the other file
        QVERIFY(!after.contains("FF000000:0016"));
        const QByteArray unixFile = "Num       RefCount Protocol Flags    Type St Inode Path\n"
                                    "0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/a secret\n"
                                    "broken line of a name\n"
                                    "0000000000000000: 00000002 00000000 00010000 0001 01 12346 @secret\n"
                                    "0000000000000000: 00000003 00000000 00000000 0001 03 12347\n";
        const QByteArray names = redactNetText("unix", unixFile, made, dropped);
        QVERIFY(!names.contains("secret") && !names.contains("broken"));
        QVERIFY(names.contains("12345 /withheld/1\n") && names.contains("12346 @withheld-1\n"));
        QVERIFY(names.contains("12347\n"));
        QCOMPARE(dropped, quint64(1));
        QCOMPARE(redactNetText("sctp/eps", "0 0 2 10 17 8899 0 777 *192.0.2.7 2a00::9\n", made, dropped),
            QByteArray("0 0 2 10 17 8899 0 777 *198.18.0.1 2001:db8::2\n"));
        QCOMPARE(redactNetText("bluetooth", "aa:bb:cc:dd:ee:ff\n", made, dropped), QByteArray());
        QCOMPARE(redactRing("SqThread:\t-1\nUserFiles:\t2\n    0: socket:[123]\n    1: /home/secret\n"),
            QByteArray("UserFiles:\t2\n    0: socket:[123]\n"));
    }

    void socketAddresses()
    {
        Pseudonyms made;
        const QByteArray four = storage("192.0.2.7").first(16), six = storage("2a00::7").first(28);
        QVERIFY(redactSocketAddress(four, made).contains(bytesOf("198.18.0.1")));
        QVERIFY(!redactSocketAddress(six, made).contains(bytesOf("2a00::7")));
        QCOMPARE(redactSocketAddress(u16(AF_UNIX) + "/run/secret", made), u16(AF_UNIX) + "/withheld/1");
        QCOMPARE(redactSocketAddress(u16(AF_UNIX), made), u16(AF_UNIX));
        QCOMPARE(redactSocketAddress(u16(31) + "aabbcc", made), QByteArray()); // Bluetooth
        QCOMPARE(redactSocketAddress("x", made), QByteArray());
    }

    void aRedactedCaptureHoldsNothingOfIt()
    {
        const auto capture = [](Sink &sink) {
            HostRecord host;
            host.name = "secret-host";
            sink.host(host);
            auto stream = sink.dump({.family = AF_INET, .protocol = IPPROTO_TCP});
            const QByteArray there = datagram(
                {inetMessage(
                    {.local = "192.0.2.1", .localPort = 50000, .remote = "192.0.2.2", .remotePort = 443, .cookie = 1})},
                1, 1);
            const QByteArray back = datagram(
                {inetMessage(
                    {.local = "192.0.2.2", .localPort = 443, .remote = "192.0.2.1", .remotePort = 50000, .cookie = 2})},
                1, 1);
            stream->datagram(viewOf(there + back));
            stream->ended({});
            ProcessRecord process;
            process.pid = 42;
            process.stat = {Got::Read, 0, "42 (x) S 1"};
            process.cmdline = {Got::Read, 0, "secret --password"};
            process.exe = {Got::Read, 0, "/home/secret/x"};
            process.context = {Got::Read, 0, "/home/secret/x (enforce)"};
            process.descriptorTexts = {{42, 3,
                {Got::Read, 0,
                    "pos:\t0\nflags:\t02\nlater:\tsecret\nino:\tsecret\n"
                    "lock:\t1: FLOCK  ADVISORY  WRITE 9 00:09:7 0 EOF\nlock:\t2: /secret\n"},
                {Got::Read, 0, "secret_t"}}};
            sink.process(std::move(process));
            ProcessRecord kernel;
            kernel.pid = 2;
            kernel.cmdline.got = Got::Read;
            sink.process(std::move(kernel));
            sink.processesEnded({});
            sink.finished({});
        };
        const QByteArray file = written(
            [&](Sink &sink) {
                RedactingSink redacting(sink);
                capture(redacting);
            },
            {.withheld = RedactingSink::withheld()});
        const QByteArray plain = decompressed(file);
        QVERIFY(decompressed(written(capture)).contains("secret-host")); // or looking for it would prove nothing
        for (const QByteArray &secret : {QByteArray("secret"), bytesOf("192.0.2.1"), bytesOf("192.0.2.2")})
            QVERIFY2(!plain.contains(secret), secret.constData());

        RecordingSink sink;
        QVERIFY(read(file, sink).complete);
        QCOMPARE(sink.processes[0].cmdline.got, Got::Withheld);
        QCOMPARE(sink.processes[0].exe.got, Got::Withheld);
        QCOMPARE(sink.processes[0].context.got, Got::Withheld);
        QCOMPARE(sink.processes[0].descriptorTexts.at(0).text.bytes,
            QByteArray("pos:\t0\nflags:\t02\nlock:\t1: FLOCK  ADVISORY  WRITE 9 00:09:7 0 EOF\n"));
        QCOMPARE(sink.processes[0].descriptorTexts.at(0).label.got, Got::Withheld);
        QCOMPARE(sink.processes[1].cmdline.got, Got::Read); // a kernel thread has none
        std::vector<InetFixed> ends;
        const QByteArray messages = sink.dumps[0].bytes();
        walkMessages(
            viewOf(messages), [&](const NetlinkMessage &message) { ends.push_back(*parseInetFixed(message.payload)); });
        QCOMPARE(ends.size(), std::size_t(2));
        QVERIFY(ends[0].local == ends[1].remote && ends[0].remote == ends[1].local && ends[0].local != ends[0].remote);
        QCOMPARE(ends[0].localPort, ends[1].remotePort);
    }

    void isTotalOverAnyBytes()
    {
        std::mt19937 random(9);
        Pseudonyms made;
        static constexpr quint8 families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, 30, 40, 43, 44, 99};
        for (int round = 0; round < 20000; ++round) {
            QByteArray message(qsizetype(random() % 300), '\0');
            for (char &byte : message)
                byte = static_cast<char>(random() % 4 ? random() % 24 : random());
            const quint8 family = families[random() % std::size(families)];
            if (!message.isEmpty())
                message[0] = static_cast<char>(family);
            const QByteArray bytes = random() % 4 ? datagram({message}, 1, 1) : message;
            quint64 dropped = 0;
            const auto out = redactDatagram(viewOf(bytes), family, 132, made, dropped);
            QVERIFY(out.size() <= std::size_t(bytes.size()) + 64);
            redactNetText("tcp", message, made, dropped);
            redactNetText("unix", message, made, dropped);
            redactNetText("sctp/assocs", message, made, dropped);
            redactSocketAddress(message, made);
            redactRing(message);
        }
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
