// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/export.h"
#include "model/text.h"
#include "model/tree_scope.h"
#include "tests/support/csv_reader.h"
#include "tests/support/ends_world.h"
#include "tests/support/exported.h"
#include "tests/support/hostile_names.h"
#include "tests/support/message_builder.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtTest/QTest>

#include <fcntl.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, timeWait = 6, listening = 10;

/// One row with everything that the golden texts show.
SmallWorld connectionWorld()
{
    SmallWorld world;
    Process client = process(20, "curl", QByteArray("curl\0-s\0", 8), 1000, "user@1000.service");
    client.parent = 1;
    client.group = 19;
    client.session = 0; // its leader is in another namespace of PIDs
    const quint32 curl = world.add(client);
    Socket socket = tcp(established, "192.0.2.1", 40000, "203.0.113.9", 443);
    socket.uid = 1000;
    socket.inode = 777;
    socket.cookie = 0xfffffffffffffff1;
    const QByteArray message = inetMessage({.state = established,
                                               .timer = 2,
                                               .local = "192.0.2.1",
                                               .localPort = 40000,
                                               .remote = "203.0.113.9",
                                               .remotePort = 443,
                                               .expires = 34'000,
                                               .uid = 1000,
                                               .inode = 777})
                                   .attribute(4, cString("cubic"))
                                   .attribute(8, u8(1))
                                   .attribute(15, u32(0x10))
                                   .attribute(21, u64(quint64(1) << 53 | 1))
                                   .attribute(99, u32(0xddccbbaa));
    Holder first{curl, 20, 4};
    first.flags = O_RDWR | O_NONBLOCK;
    world.snapshot().descriptorNotes.push_back({{"flock write"}, {}, Got::Read});
    first.note = 0;
    world.add(socket, {first, {curl, 21, 5}}, message);
    return world;
}

} // namespace

class TestExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        QLocale::setDefault(QLocale(QLocale::German)); // no locale may be seen in what is exported
    }

    void writesCsvInTheOrderAskedFor()
    {
        Generation generation = connectionWorld().generation();
        generation.entries[0].receiveRate = 1234567.25;
        QCOMPARE(
            exported(Format::Csv, generation,
                {"pid", "process", "local-address", "local-port", "rtt", "receive-rate", "cookie", "holders", "state"}),
            QByteArray(
                "pid,process,local-address,local-port,rtt,receive-rate,cookie,holders,state\r\n"
                "20,curl,192.0.2.1,40000,,1234567.250,0xfffffffffffffff1,\"curl[20]:4;curl[20/21]:5\",ESTAB\r\n"));
    }

    void writesTsv()
    {
        QCOMPARE(
            exported(Format::Tsv, connectionWorld().generation(), {"process", "command-line", "unit", "rtt", "fd"}),
            QByteArray("process\tcommand-line\tunit\trtt\tfd\ncurl\tcurl -s\tuser@1000.service\t\t4\n"));
    }

    void writesTheReasonBesideEachCell()
    {
        SmallWorld world = connectionWorld();
        world.add(tcp(listening, "::", 22));
        world.snapshot().deniedProcesses = 1;
        const Generation generation = world.generation();
        const auto withReasons = [&](Format format) {
            return exported(format, generation, {"pid", "rtt", "interface", "remote-port"}, Reasons::Told);
        };
        QCOMPARE(withReasons(Format::Csv),
            QByteArray("pid,pid-why,rtt,rtt-why,interface,interface-why,remote-port,remote-port-why\r\n"
                       "20,,,not-told,,none,443,\r\n"
                       ",denied,,does-not-apply,,none,,does-not-apply\r\n"));
        QCOMPARE(withReasons(Format::Tsv),
            QByteArray("pid\tpid-why\trtt\trtt-why\tinterface\tinterface-why\tremote-port\tremote-port-why\n"
                       "20\t\t\tnot-told\t\tnone\t443\t\n"
                       "\tdenied\t\tdoes-not-apply\t\tnone\t\tdoes-not-apply\n"));
        // JSON has them anyway.
        QCOMPARE(withReasons(Format::Json), exported(Format::Json, generation));
    }

    void hasForEachColumnAValueOrAReason()
    {
        SmallWorld world = connectionWorld();
        world.add(tcp(listening, "::", 22));
        world.add(udp("::", 53));
        world.add(unixSocket(established));
        world.add(unknownSocket(4711));
        const QJsonArray sockets = jsonOf(world.generation())[u"sockets"].toArray();
        QCOMPARE(sockets.size(), 5);
        for (const auto &value : sockets) {
            const QJsonObject socket = value.toObject();
            const QJsonObject why = socket[u"why"].toObject();
            for (const Column &column : columns()) {
                const QLatin1String id(column.id);
                const bool isThere
                    = id == QLatin1String("holders") ? !socket[id].toArray().isEmpty() : socket.contains(id);
                QVERIFY2(isThere != why.contains(id), column.id);
            }
        }
    }

    void writesTheHeaderWhenThereAreNoRows()
    {
        const Generation generation = SmallWorld().generation();
        QCOMPARE(exported(Format::Csv, generation, {"pid", "fd"}), QByteArray("pid,fd\r\n"));
        QCOMPARE(jsonOf(generation)[u"sockets"].toArray().size(), 0);
    }

    void writesRowsInViewOrder()
    {
        SmallWorld world;
        for (quint16 port = 1; port <= 3; ++port)
            world.add(tcp(listening, "::", port));
        const Generation generation = world.generation();
        QByteArray bytes;
        const std::vector<quint32> order{2, 0};
        QVERIFY(exportRows(Format::Csv, {generation, order}, columnsNamed({"local-port"}), [&](QByteArrayView piece) {
            bytes += piece;
            return true;
        }));
        QCOMPARE(bytes, QByteArray("local-port\r\n3\r\n1\r\n"));
    }

    void letsNoTextBecomeAFormula_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<QByteArray>("tsv");
        QTest::newRow("equals") << QByteArray("=1+1") << QByteArray("'=1+1") << QByteArray("'=1+1");
        QTest::newRow("plus") << QByteArray("+1") << QByteArray("'+1") << QByteArray("'+1");
        QTest::newRow("minus") << QByteArray("-x") << QByteArray("'-x") << QByteArray("'-x");
        QTest::newRow("at") << QByteArray("@A1") << QByteArray("'@A1") << QByteArray("'@A1");
        QTest::newRow("full width") << QByteArray("\xef\xbc\x9d"
                                                  "1")
                                    << QByteArray("'\xef\xbc\x9d"
                                                  "1")
                                    << QByteArray("'\xef\xbc\x9d"
                                                  "1");
        QTest::newRow("apostrophe") << QByteArray("'=1") << QByteArray("''=1") << QByteArray("''=1");
        QTest::newRow("quote") << QByteArray("\"a") << QByteArray("\"'\"\"a\"") << QByteArray("'\"a");
        QTest::newRow("after a separator") << QByteArray("a;=1") << QByteArray("\"a;=1\"") << QByteArray("a;=1");
        QTest::newRow("after a comma") << QByteArray("a,=1") << QByteArray("\"a,=1\"") << QByteArray("a,=1");
        QTest::newRow("tab first") << QByteArray("\t=1") << QByteArray("\\t=1") << QByteArray("\\t=1");
        QTest::newRow("newline") << QByteArray("a\n=1") << QByteArray("a\\n=1") << QByteArray("a\\n=1");
        QTest::newRow("return") << QByteArray("\r=1") << QByteArray("\\x0d=1") << QByteArray("\\x0d=1");
        QTest::newRow("blank") << QByteArray(" =1") << QByteArray("\" =1\"") << QByteArray(" =1");
        QTest::newRow("inside") << QByteArray("a=1") << QByteArray("a=1") << QByteArray("a=1");
    }
    void letsNoTextBecomeAFormula()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, csv);
        QFETCH(QByteArray, tsv);
        SmallWorld world;
        const quint32 holder = world.add(process(9, name));
        world.add(tcp(listening, "::", 1), {{holder, 9, 1}});
        const Generation generation = world.generation();
        QCOMPARE(exported(Format::Csv, generation, {"process", "pid"}), "process,pid\r\n" + csv + ",9\r\n");
        QCOMPARE(exported(Format::Tsv, generation, {"process", "pid"}), "process\tpid\n" + tsv + "\t9\n");
    }

    void writesTheHolderThatWasChosenInTheTree()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a")), b = world.add(process(2, "b"));
        world.add(tcp(listening, "::", 1), {{a, 1, 3}, {b, 2, 4}});
        const Generation generation = world.generation();
        const TreeScope chosen{{partOf(generation.snapshot->processes[b].key)}};
        const std::vector<quint32> all = allSlots(generation);
        const RowList rows{generation, all, &chosen};
        QCOMPARE(rowsAsText(rows, columnsNamed({"process", "pid", "fd"})), QStringLiteral("b\t2\t4\n"));
        QByteArray text;
        for (const Format format : {Format::Csv, Format::Json})
            QVERIFY(exportRows(format, rows, columnsNamed({"process", "pid", "fd"}), [&](QByteArrayView piece) {
                text += piece;
                return true;
            }));
        QVERIFY(text.startsWith("process,pid,fd\r\nb,2,4\r\n"));
        QVERIFY(text.contains("\"pid\":2,\"fd\":4"));
    }

    void copiesNamesAsTheyAre()
    {
        SmallWorld world;
        qint32 pid = 0;
        for (const char *name : {"-bash", "=1", "'x", "\"q", "a\tb\nc"}) {
            const quint32 holder = world.add(process(++pid, name));
            world.add(tcp(listening, "::", 1), {{holder, pid, 1}});
        }
        const Generation generation = world.generation();
        QCOMPARE(rowsAsText({generation, allSlots(generation)}, columnsNamed({"process", "pid"})),
            QStringLiteral("-bash\t1\n=1\t2\n'x\t3\n\"q\t4\na\\tb\\nc\t5\n"));
    }

    void keepsEveryHostileNameInItsCell()
    {
        SmallWorld world;
        std::vector<QString> shown;
        for (const QByteArray &name : hostileNames()) {
            const auto pid = static_cast<qint32>(100 + shown.size());
            const quint32 holder = world.add(process(pid, name, name + '\0', 0, name));
            world.add(unixSocket(listening), {{holder, pid, 3}}, {}, '\0' + name);
            shown.push_back(visible(name));
        }
        const Generation generation = world.generation();
        QByteArrayList ids;
        for (const Column &column : columns())
            ids += column.id;

        const auto csv = readCsv(exported(Format::Csv, generation, ids));
        QVERIFY(csv);
        QCOMPARE(csv->size(), generation.entries.size() + 1);
        const QList<QByteArray> tsv = exported(Format::Tsv, generation, ids).split('\n');
        QCOMPARE(static_cast<std::size_t>(tsv.size()), generation.entries.size() + 2); // the last one is empty
        for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
            const QStringList &record = (*csv)[slot + 1];
            QCOMPARE(record.size(), ids.size());
            QCOMPARE(tsv[slot + 1].split('\t').size(), ids.size());
            for (qsizetype i = 0; i < ids.size(); ++i) {
                QString cell = record[i];
                if (cell.startsWith(u'\''))
                    cell = cell.mid(1);
                QCOMPARE(cell, exportText(*columnById(ids[i]), RowRef(generation, slot)));
                QVERIFY(!record[i].startsWith(u'=') && !record[i].startsWith(u'@'));
            }
        }

        const QJsonArray sockets = jsonOf(generation)[u"sockets"].toArray();
        QCOMPARE(static_cast<std::size_t>(sockets.size()), generation.entries.size());
        for (qsizetype i = 0; i < sockets.size(); ++i)
            QCOMPARE(sockets[i].toObject()[u"process"].toString(), shown[static_cast<std::size_t>(i)]);
    }

    void stopsWhenTheTargetFails()
    {
        SmallWorld world;
        for (int i = 0; i < 5000; ++i)
            world.add(tcp(listening, "2001:db8::1234:5678", 1));
        const Generation generation = world.generation();
        for (const FormatName &format : formats()) {
            int pieces = 0;
            QVERIFY(!exportRows(format.format, {generation, allSlots(generation)}, columnsNamed({"local-address"}),
                [&](QByteArrayView) { return ++pieces < 2; }));
            QCOMPARE(pieces, 2);
        }
    }

    void comesInPieces()
    {
        SmallWorld world;
        for (int i = 0; i < 5000; ++i)
            world.add(tcp(listening, "2001:db8::1234:5678", 1));
        const Generation generation = world.generation();
        qsizetype longest = 0, all = 0;
        QVERIFY(exportRows(Format::Json, {generation, allSlots(generation)}, {}, [&](QByteArrayView piece) {
            longest = std::max(longest, piece.size());
            all += piece.size();
            return true;
        }));
        QVERIFY2(longest < 128 * 1024 && all > 10 * longest, qPrintable(QString::number(longest)));
    }

    void writesJsonOfTheWholeCapture()
    {
        SmallWorld world = connectionWorld();
        world.snapshot().deniedProcesses = 3;
        world.snapshot().host.euid = 1000;
        world.snapshot().problems = {{"tcp over ipv6", "not\nthere", 2}};
        world.snapshot().dumps[1].ending.end = DumpEnd::Unsupported;
        world.snapshot().dumps[1].ending.error = 2;
        world.snapshot().dumps[0].rows = 1;
        const QJsonObject json = jsonOf(world.generation());
        QCOMPARE(json[u"schema"].toString(), QStringLiteral("socktree/1"));
        QCOMPARE(json[u"host"].toString(), QStringLiteral("testhost"));
        QCOMPARE(json[u"kernel"].toString(), QStringLiteral("6.1.0-test"));
        QCOMPARE(json[u"taken"].toString(), QStringLiteral("2023-11-14T22:13:20.000Z"));
        QCOMPARE(json[u"euid"].toInt(), 1000);
        QCOMPARE(json[u"denied-processes"].toInt(), 3);
        QCOMPARE(json[u"owners-read"].toBool(), true);
        const QJsonObject problem = json[u"problems"].toArray()[0].toObject();
        QCOMPARE(problem[u"what"].toString(), QStringLiteral("not\\nthere"));
        QCOMPARE(problem[u"errno"].toInt(), 2);
        const QJsonArray dumps = json[u"dumps"].toArray();
        QCOMPARE(dumps.size(), 5);
        QCOMPARE(dumps[0].toObject()[u"ending"].toString(), QStringLiteral("complete"));
        QCOMPARE(dumps[0].toObject()[u"rows"].toInt(), 1);
        QCOMPARE(dumps[1].toObject()[u"ending"].toString(), QStringLiteral("unsupported"));
        QCOMPARE(dumps[1].toObject()[u"dump"].toString(), QStringLiteral("tcp over ipv6"));
        QCOMPARE(dumps[4].toObject()[u"dump"].toString(), QStringLiteral("unix"));
    }

    void aListThatProcessesAreMissingFromIsNotComplete()
    {
        SmallWorld world = connectionWorld();
        QCOMPARE(jsonOf(world.generation())[u"processes-complete"], QJsonValue(true));
        for (const Unseen unseen : {Unseen::HidePid, Unseen::OtherNamespaces}) {
            world.snapshot().unseen = unseen;
            const QJsonObject json = jsonOf(world.generation());
            QVERIFY(json.contains(u"unseen-processes"));
            QCOMPARE(json[u"processes-complete"], QJsonValue(false));
        }
    }

    void writesJsonOfASocket()
    {
        const QJsonObject socket = jsonOf(connectionWorld().generation())[u"sockets"].toArray()[0].toObject();
        QCOMPARE(socket[u"process"].toString(), QStringLiteral("curl"));
        QCOMPARE(socket[u"pid"].toInt(), 20);
        QCOMPARE(socket[u"local-port"].toInt(), 40000);
        QCOMPARE(socket[u"remote-address"].toString(), QStringLiteral("203.0.113.9"));
        QCOMPARE(socket[u"cookie"].toString(), QStringLiteral("0xfffffffffffffff1"));
        QVERIFY(!socket.contains(u"unix-path")); // does not apply
        QVERIFY(!socket.contains(u"rtt"));       // the kernel did not tell it
        QCOMPARE(socket[u"why"].toObject()[u"rtt"].toString(), QStringLiteral("not-told"));
        QCOMPARE(socket[u"why"].toObject()[u"unix-path"].toString(), QStringLiteral("does-not-apply"));

        const QJsonArray holders = socket[u"holders"].toArray();
        QCOMPARE(holders.size(), 2);
        const QJsonObject first = holders[0].toObject(), second = holders[1].toObject();
        QCOMPARE(first[u"process"].toString(), QStringLiteral("curl"));
        QCOMPARE(first[u"pid"].toInt(), 20);
        QCOMPARE(first[u"fd"].toInt(), 4);
        QVERIFY(!first.contains(u"tid"));
        QCOMPARE(first[u"flags"].toArray(), (QJsonArray{QStringLiteral("rdwr"), QStringLiteral("nonblock")}));
        QCOMPARE(first[u"locks"].toArray(), QJsonArray{QStringLiteral("flock write")});
        QVERIFY(!second.contains(u"flags"));
        QCOMPARE(first[u"ppid"].toInt(), 1);
        QCOMPARE(first[u"pgid"].toInt(), 19);
        QVERIFY(!first.contains(u"sid"));
        QCOMPARE(second[u"tid"].toInt(), 21);
        QCOMPARE(first[u"user"].toString(), QStringLiteral("ann"));
        QCOMPARE(first[u"command-line"].toString(), QStringLiteral("curl -s"));
        QCOMPARE(first[u"unit"].toString(), QStringLiteral("user@1000.service"));

        const QJsonObject attributes = socket[u"attributes"].toObject();
        QCOMPARE(attributes[u"inet.timer"].toString(), QStringLiteral("keepalive"));
        QCOMPARE(attributes[u"inet.expires"].toInt(), 34000);
        QCOMPARE(attributes[u"inet.cong"].toString(), QStringLiteral("cubic"));
        QCOMPARE(attributes[u"inet.shutdown"].toArray(), QJsonArray{QStringLiteral("receive")});
        QCOMPARE(attributes[u"inet.mark"].toInt(), 16);
        QCOMPARE(attributes[u"inet.cgroup-id"].toString(), QStringLiteral("9007199254740993")); // 2^53 + 1
        QVERIFY(!attributes.contains(u"tcp.rtt"));

        const QJsonArray unknown = socket[u"unknown"].toArray();
        QCOMPARE(unknown.size(), 1);
        QCOMPARE(unknown[0].toObject()[u"number"].toInt(), 99);
        QCOMPARE(unknown[0].toObject()[u"hex"].toString(), QStringLiteral("aabbccdd"));
    }

    void saysWhatASentinelMeans()
    {
        QByteArray info(232, '\0');
        info.replace(76, 4, u32(0x7fffffff));
        info.replace(104, 8, u64(~quint64(0)));
        info += "beyond";
        SmallWorld world;
        world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), {},
            inetMessage({.state = established}).attribute(2, info).attribute(7, u32s({0, 0, 0, 0, 0xfffff000})));
        const QJsonObject socket = jsonOf(world.generation())[u"sockets"].toArray()[0].toObject();
        const QJsonObject attributes = socket[u"attributes"].toObject();
        QCOMPARE(attributes[u"tcp.snd-ssthresh"].toString(), QStringLiteral("infinite"));
        QCOMPARE(attributes[u"tcp.pacing-rate"].toString(), QStringLiteral("unlimited"));
        QCOMPARE(attributes[u"tcp.rtt"].toString(), QStringLiteral("not measured"));
        QCOMPARE(attributes[u"tcp.total-retrans"].toInt(-1), 0);
        QCOMPARE(attributes[u"mem.fwd-alloc"].toInt(), -4096);
        QVERIFY(!attributes.contains(u"mem.wmem-queued"));
        QCOMPARE(socket[u"unknown"].toArray()[0].toObject()[u"end-of"].toString(), QStringLiteral("inet.info"));
        QVERIFY(socket[u"unknown"].toArray()[0].toObject()[u"hex"].toString().endsWith(u"6e64"));
    }

    void showsNoSecret()
    {
        SmallWorld world;
        world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), {},
            inetMessage({.state = established})
                .attribute(18, QByteArray(20, '\0') + QByteArray(80, 'K'))
                .attribute(18, QByteArray(20, '\0') + QByteArray(80, 'K')));
        const QByteArray bytes = exported(Format::Json, world.generation());
        QVERIFY(bytes.contains("\"inet.md5sig\":\"present, hidden\""));
        QVERIFY(!bytes.contains("KK") && !bytes.contains("4b4b"));
    }

    void nestsWhatIsNestedAndKeepsWhatIsSentTwice()
    {
        const QByteArray tls = attribute(1, u16(0x0304)) + attribute(5, {}) + attribute(77, u32(1));
        const QByteArray storage = attribute(2, u32(5)) + attribute(3, "ab");
        SmallWorld world;
        world.add(tcp(established, "192.0.2.1", 1, "192.0.2.2", 2), {},
            inetMessage({.state = established})
                .attribute(19, attribute(1, cString("tls")) + attribute(2, tls))
                .attribute(20, attribute(1, storage) + attribute(1, attribute(2, u32(6))))
                .attribute(5, u8(8))
                .attribute(5, u8(9)));
        const QJsonObject socket = jsonOf(world.generation())[u"sockets"].toArray()[0].toObject();
        const QJsonObject attributes = socket[u"attributes"].toObject();
        const QJsonObject ulp = attributes[u"inet.ulp"].toObject();
        QCOMPARE(ulp[u"ulp.name"].toString(), QStringLiteral("tls"));
        QCOMPARE(ulp[u"ulp.tls"].toObject()[u"tls.version"].toString(), QStringLiteral("1.3"));
        QCOMPARE(ulp[u"ulp.tls"].toObject()[u"tls.zc-ro-tx"].toBool(), true);
        const QJsonArray storages = attributes[u"inet.bpf-storages"].toObject()[u"bpf.storage"].toArray();
        QCOMPARE(storages.size(), 2);
        QCOMPARE(storages[0].toObject()[u"bpf.map-value"].toString(), QStringLiteral("6162"));
        QCOMPARE(storages[1].toObject()[u"bpf.map-id"].toInt(), 6);
        QCOMPARE(attributes[u"inet.tos"].toInt(), 8);
        const QJsonArray unknown = socket[u"unknown"].toArray();
        QCOMPARE(unknown.size(), 2);
        QCOMPARE(unknown[0].toObject()[u"number"].toInt(), 77);
        QCOMPARE(unknown[0].toObject()[u"in"].toString(), QStringLiteral("ulp.tls"));
        QVERIFY(!unknown[1].toObject().contains(u"in"));
        QCOMPARE(unknown[1].toObject()[u"number"].toInt(), 5);
        QCOMPARE(unknown[1].toObject()[u"hex"].toString(), QStringLiteral("09"));
    }

    void writesTheAttributesOfAUnixSocket()
    {
        SmallWorld world;
        world.add(unixSocket(listening), {},
            unixMessage({.type = 1, .state = listening, .inode = 5})
                    .attribute(0, QByteArray("/run/x\0", 7))
                    .attribute(3, u32s({11, 12}))
                    .attribute(2, u32(0))
                + QByteArray("\x09\x00\x01", 3),
            QByteArray("/run/x\0", 7));
        const QJsonObject socket = jsonOf(world.generation())[u"sockets"].toArray()[0].toObject();
        const QJsonObject attributes = socket[u"attributes"].toObject();
        QCOMPARE(socket[u"local-address"].toString(), QStringLiteral("/run/x"));
        QCOMPARE(attributes[u"unix.name"].toString(), QStringLiteral("/run/x"));
        QCOMPARE(attributes[u"unix.icons"].toArray(), (QJsonArray{11, 12}));
        QVERIFY(attributes[u"unix.peer"].toString().startsWith(u"none"));
        QCOMPARE(socket[u"unknown"].toArray()[0].toObject()[u"cut-short"].toString(), QStringLiteral("message"));
        QCOMPARE(socket[u"unknown"].toArray()[0].toObject()[u"hex"].toString(), QStringLiteral("090001"));
    }

    void writesWhatIsNoNumber()
    {
        constexpr quint8 synSent = 2;
        QByteArray info(104, '\0');
        info.replace(44, 4, u32(2'039'572));
        const QByteArray membership
            = u32(2) + u32(1) + u16(0) + u16(6) + QByteArray::fromHex("01005e0000fb").leftJustified(32, '\0');
        const std::vector<QByteArray> messages = {
            inetMessage({.state = synSent}).attribute(2, info).attribute(12, socketAddress(AF_INET, "10.0.0.1", 5)),
            packetMessage({}).attribute(1, membership).attribute(7, {}),
            netlinkSocketMessage({}).attribute(1, u32(0x11)),
        };
        SmallWorld world;
        for (const QByteArray &message : messages)
            world.add(tcp(synSent, "192.0.2.1", 1, "192.0.2.2", 2), {}, message);
        const QJsonArray sockets = jsonOf(world.generation())[u"sockets"].toArray();
        const auto attributes = [&](qsizetype i) { return sockets[i].toObject()[u"attributes"].toObject(); };
        QCOMPARE(attributes(0)[u"tcp.last-data-sent"].toString(), QStringLiteral("never"));
        QCOMPARE(attributes(0)[u"inet.locals"].toArray(), QJsonArray{QStringLiteral("10.0.0.1:5")});
        const QJsonArray memberships = attributes(1)[u"packet.mclist"].toArray();
        QCOMPARE(memberships[0].toObject()[u"packet.mc-addr"].toString(), QStringLiteral("01:00:5e:00:00:fb"));
        QCOMPARE(attributes(1)[u"packet.filter"].toString(), QStringLiteral("withheld"));
        QCOMPARE(attributes(2)[u"netlink.groups"].toArray(), (QJsonArray{1, 5}));
    }

    void marksClosedRowsAndRowsThatNoDumpDescribes()
    {
        SmallWorld world;
        const quint32 holder = world.add(process(9, "x"));
        world.add(unknownSocket(4711), {{holder, 9, 1}});
        world.add(tcp(timeWait, "192.0.2.1", 1, "192.0.2.2", 2));
        Generation generation = world.generation();
        generation.entries[1].mark = Mark::Closed;
        const QJsonArray sockets = jsonOf(generation)[u"sockets"].toArray();
        QCOMPARE(sockets[0].toObject()[u"protocol"].toString(), QStringLiteral("unknown"));
        QCOMPARE(sockets[0].toObject()[u"why"].toObject()[u"state"].toString(), QStringLiteral("not-told"));
        QVERIFY(sockets[0].toObject()[u"attributes"].toObject().isEmpty());
        QVERIFY(!sockets[0].toObject().contains(u"closed"));
        QCOMPARE(sockets[1].toObject()[u"closed"].toBool(), true);
    }

    void knowsItsFormats()
    {
        QCOMPARE(formats().size(), std::size_t(3));
        for (const FormatName &format : formats()) {
            QCOMPARE(QByteArray(idOf(format.format)), QByteArray(format.id));
            QVERIFY(formatById(format.id) == format.format);
        }
        QVERIFY(!formatById("ods") && !formatById(""));
    }

    void tellsOtherEndsWithWhatIsInferred()
    {
        const EndsWorld world;
        const QJsonArray sockets = jsonOf(world.generation())[u"sockets"].toArray();
        const auto socket = [&](quint32 slot) { return sockets[int(slot)].toObject(); };
        const QJsonObject peer = socket(world.client)[u"peers"].toArray()[0].toObject();
        QCOMPARE(peer[u"process"].toString(), QStringLiteral("nginx"));
        QCOMPARE(peer[u"pid"].toInt(), 443);
        QCOMPARE(peer[u"socket"].toString(), QStringLiteral("127.0.0.1:80"));
        QCOMPARE(peer[u"inferred"].toBool(true), false);
        QCOMPARE(peer[u"cookie"], socket(world.server)[u"cookie"]);
        QCOMPARE(peer[u"inode"], socket(world.server)[u"inode"]);
        const QJsonArray receivers = socket(world.sender)[u"peers"].toArray();
        QCOMPARE(receivers.size(), 2);
        QVERIFY(receivers[1].toObject()[u"inferred"].toBool());
        QCOMPARE(socket(world.waitingClient)[u"peers"].toArray()[0].toObject()[u"owner-how"].toString(),
            QStringLiteral("listener"));
        QVERIFY(!socket(world.listener).contains(u"peers"));
    }

    void isNotCertainWhichOfSeveralListenersItIs()
    {
        const EndsWorld world;
        const QJsonArray sockets = jsonOf(world.generation())[u"sockets"].toArray();
        const auto socket = [&](quint32 slot) { return sockets[int(slot)].toObject(); };
        const auto peerOf = [&](quint32 slot) { return socket(slot)[u"peers"].toArray()[0].toObject(); };
        QVERIFY(!socket(world.waiting).contains(u"listener-candidates"));
        QCOMPARE(peerOf(world.waitingClient)[u"inferred"].toBool(true), false);

        QCOMPARE(socket(world.shared)[u"listener-candidates"].toInt(), 2);
        QCOMPARE(socket(world.shared)[u"owner-how"].toString(), QStringLiteral("ambiguous"));
        QCOMPARE(socket(world.shared)[u"listener"].toObject()[u"process"].toString(), QStringLiteral("nginx"));
        QVERIFY(peerOf(world.sharedClient)[u"inferred"].toBool());
        QCOMPARE(peerOf(world.sharedClient)[u"owner-how"].toString(), QStringLiteral("ambiguous"));

        QCOMPARE(socket(world.late)[u"listener-candidates"].toInt(), 2);
        QVERIFY(!socket(world.late).contains(u"listener"));
        QCOMPARE(socket(world.late)[u"why"].toObject()[u"owner"].toString(), QStringLiteral("not-told"));
        QVERIFY(peerOf(world.lateClient)[u"inferred"].toBool());
        QVERIFY(!peerOf(world.lateClient).contains(u"process"));
        QCOMPARE(socket(world.lateClient)[u"why"].toObject()[u"peer-pid"].toString(), QStringLiteral("not-told"));
    }

    void saysThatAnEndIsHidden()
    {
        EndsWorld world;
        world.hideServer();
        const QJsonArray sockets = jsonOf(world.generation())[u"sockets"].toArray();
        const auto socket = [&](quint32 slot) { return sockets[int(slot)].toObject(); };
        const auto peerOf = [&](quint32 slot) { return socket(slot)[u"peers"].toArray()[0].toObject(); };
        QCOMPARE(socket(world.client)[u"why"].toObject()[u"peer-process"].toString(), QStringLiteral("denied"));
        QCOMPARE(socket(world.waiting)[u"why"].toObject()[u"owner"].toString(), QStringLiteral("denied"));
        QCOMPARE(socket(world.waiting)[u"why"].toObject()[u"process"].toString(), QStringLiteral("none"));
        const QJsonObject listener = socket(world.waiting)[u"listener"].toObject();
        QVERIFY(!listener.contains(u"process"));
        QCOMPARE(listener[u"process-why"].toString(), QStringLiteral("denied"));
        QCOMPARE(peerOf(world.client)[u"process-why"].toString(), QStringLiteral("denied"));
        QCOMPARE(peerOf(world.waitingClient)[u"process-why"].toString(), QStringLiteral("denied"));
        QCOMPARE(peerOf(world.lateClient)[u"process-why"].toString(), QStringLiteral("not-told"));
        QVERIFY(!peerOf(world.server).contains(u"process-why"));
    }

    void givesTheReasonOfWhatIsExported()
    {
        const EndsWorld world; // cells show the process of what waits, and no script takes it for a holder
        QCOMPARE(exported(Format::Csv, world.generation(), {"process", "peer-pid"}, Reasons::Told)
                     .split('\n')[int(world.over + 1)],
            QByteArray(",none,,does-not-apply\r"));
    }

    void takesNobodyForAHolderWhoIsNone()
    {
        const EndsWorld world;
        const QJsonArray sockets = jsonOf(world.generation())[u"sockets"].toArray();
        const QJsonObject waiting = sockets[int(world.waiting)].toObject(), over = sockets[int(world.over)].toObject();
        for (const QJsonObject &socket : {waiting, over}) {
            QVERIFY(!socket.contains(u"process"));
            QVERIFY(!socket.contains(u"pid"));
            QVERIFY(socket[u"holders"].toArray().isEmpty());
        }
        QCOMPARE(waiting[u"listener"].toObject()[u"process"].toString(), QStringLiteral("nginx"));
        QCOMPARE(waiting[u"owner-how"].toString(), QStringLiteral("listener"));
        QCOMPARE(over[u"former-owner"].toObject()[u"process"].toString(), QStringLiteral("curl"));
        QCOMPARE(over[u"former-owner"].toObject()[u"pid"].toInt(), 4711);
        QCOMPARE(exported(Format::Csv, world.generation(), {"process", "owner", "owner-how"})
                     .split('\n')[int(world.over + 1)],
            QByteArray(",curl[4711],was\r"));
    }
};

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
