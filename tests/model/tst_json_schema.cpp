// SPDX-License-Identifier: GPL-3.0-or-later
// The schema says what the tables say, the file in the tree says what the schema says, and what we write is as it says.
#include "collector/capture/redacting_sink.h"
#include "model/opened_capture.h"
#include "model/reference/json_schema.h"
#include "model/reference/reference.h"
#include "model/timeline.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/exported.h"
#include "tests/support/message_builder.h"
#include "tests/support/random_capture.h"
#include "tests/support/random_walk.h"
#include "tests/support/schema_check.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <netinet/in.h>

using namespace socktree;
using namespace socktree::test;

namespace {

QString complaintsOf(const QJsonObject &json)
{
    static const QJsonObject schema = jsonSchemaObject();
    return schemaComplaints(schema, json).join(u'\n');
}

constexpr char tcpLine[]
    = "   0: 0100007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   102        0 24051 "
      "1 0000000000000000 100 0 0 10 -1";

/// Everything that json.cpp can write beside columns and attributes.
SmallWorld eventfulWorld()
{
    SmallWorld world;
    Process process = socktree::test::process(20, "curl", QByteArray("curl\0-s\0", 8), 1000, "user@1000.service");
    process.exe = "/usr/bin/curl";
    process.context = "unconfined";
    process.parent = process.group = process.session = 7;
    const quint32 curl = world.add(process);
    world.add(tcp(1, "192.0.2.1", 40000, "203.0.113.9", 443), {{curl, 20, 4}, {curl, 21, 5}},
        inetMessage({.state = 1})
                .attribute(2, QByteArray(300, '\1'))
                .attribute(99, u32(1))
                .attribute(19, attribute(9, {}))
            + QByteArray("\x09\x00\x01", 3));
    Holder ring{curl, 20, 9};
    ring.registered = true;
    world.snapshot().holders.push_back(ring);
    Holder open{curl, 20, 10};
    open.flags = 0x80000802; // one that has no name
    open.note = 0;
    world.snapshot().holders.push_back(open);
    world.snapshot().descriptorNotes.push_back({{"flock write"}, "user_u:curl_t", Got::Read});
    Holder mapped{curl, 20, -1};
    mapped.mapped = true;
    world.snapshot().holders.push_back(mapped);
    world.snapshot().sockets[0].holderCount += 3;
    Socket line = raw(7, "0.0.0.0", 1);
    line.doubtful = true;
    const quint32 slot = world.addLine(line, "raw",
        "   1: 00000000:0001 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1670140 2 "
        "0000000008acf949 0 what-is-this");
    world.snapshot().sockets[slot].listener = world.snapshot().sockets[slot].partOf = 0;
    world.snapshot().sockets[0].listener = noIndex;
    world.snapshot().peers = {{0, true}};
    world.snapshot().sockets[slot].peerCount = 1;
    // The process of a socket that holds one itself is no listener's, so one more that is.
    Socket waiting = tcp(1, "192.0.2.1", 80, "192.0.2.2", 50000);
    waiting.listener = 0;
    world.add(waiting);
    const quint32 nobodys = world.add(tcp(1, "192.0.2.1", 81, "192.0.2.2", 50001));
    world.snapshot().peers.push_back({slot + 1, false});
    world.snapshot().peers.push_back({nobodys, false});
    world.snapshot().sockets[slot].peerCount = 3;
    world.snapshot().sockets[slot].partOf = slot + 1;
    world.snapshot().sockets[slot + 1].partOf = nobodys;
    world.add(NetNamespace{1, 4026531833, NamespaceRecord::Reached::ByProcess, 20, "/run/netns/blue", "blue", 1, 21});
    world.snapshot().unavailable = {{"sctp", "no handler"}};
    world.snapshot().problems = {{"tcp over ipv6", "not there", 2}, {"x", "y", 0, 7}};
    world.snapshot().origin = {.file = true, .madeBy = "socktree 0", .withheld = {"command lines"}};
    world.snapshot().host.euid = 0;
    world.snapshot().dumps[1].ending.end = DumpEnd::Unsupported;
    world.snapshot().dumps[1].ending.error = 2;
    world.snapshot().dumps[1].ending.strangers = 3;
    world.snapshot().dumps[1].scope.netns = 1;
    world.snapshot().unseen = Unseen::HidePid;
    world.snapshot().host.netns = ~quint64(0); // too large for a number
    return world;
}

QByteArray randomBytes(std::mt19937 &random, int most)
{
    QByteArray bytes(static_cast<qsizetype>(random() % static_cast<unsigned>(most + 1)), '\0');
    const bool ascii = random() % 2;
    for (char &c : bytes)
        c = static_cast<char>(ascii ? 'a' + random() % 26 : random() % 3 ? random() : 0xff);
    return bytes;
}

/// Each attribute of the table most of the time, with a payload that may be anything, and now and then once more.
QByteArray randomAttributes(std::mt19937 &random, std::span<const Attribute> table)
{
    QByteArray all;
    for (const Attribute &one : table)
        for (int times = random() % 8 ? 1 : static_cast<int>(random() % 3); times > 0; --times)
            all += attribute(one.number,
                one.payload == Payload::Nest ? randomAttributes(random, one.nest) : randomBytes(random, 300));
    return all;
}

QSet<QString> idsIn(const QJsonObject &schema, const QString &definition)
{
    const QJsonObject properties = schema[u"$defs"].toObject()[definition].toObject()[u"properties"].toObject();
    const QStringList ids = properties.keys();
    return {ids.begin(), ids.end()};
}

} // namespace

class TestJsonSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void isTheFileInTheTree()
    {
        QFile file(QStringLiteral(SOCKTREE_SOURCE_DIR "/resources/schema/socktree-1.schema.json"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
        QVERIFY2(file.readAll() == jsonSchema(),
            "the tables have changed; to renew the file, run\n"
            "socktree --fields --format schema --output resources/schema/socktree-1.schema.json");
        QCOMPARE(QJsonDocument::fromJson(jsonSchema()).object(), jsonSchemaObject());
    }

    void hasEveryIdAndNoOther()
    {
        const QJsonObject schema = jsonSchemaObject();
        QSet<QString> columnIds, contentIds;
        for (const ReferenceLine &line : reference()) {
            const QString id = QLatin1String(line.id());
            const auto isKey = [&] {
                if (line.text)
                    return true;
                if (line.field)
                    return line.attribute == nullptr || line.attribute->payload == Payload::Struct
                        || (line.attribute->payload == Payload::Array && line.attribute->fields.size() > 1);
                return line.attribute->payload != Payload::Struct && line.attribute->payload != Payload::Padding;
            };
            if (line.column)
                columnIds += id;
            else if (isKey())
                contentIds += id;
        }
        for (const char *id : {"why", "closed", "doubtful", "peers", "listener", "listener-candidates", "part-of",
                 "former-owner", "attributes", "unknown"})
            columnIds += QLatin1String(id);
        QCOMPARE(idsIn(schema, QStringLiteral("socket")), columnIds);
        QSet<QString> found = idsIn(schema, QStringLiteral("attributes"));
        for (const ReferenceLine &line : reference())
            if (!line.field && line.attribute && line.attribute->payload == Payload::Nest)
                found += idsIn(schema, QLatin1String(line.attribute->id));
        for (const AttributeTable &table : allTables())
            for (const Attribute &attribute : table.attributes)
                if (attribute.payload == Payload::Array && attribute.fields.size() > 1)
                    for (const Field &field : attribute.fields)
                        found += QLatin1String(field.id);
        QCOMPARE(found, contentIds);
    }

    void saysUnitAndMeaningOfTheTables()
    {
        const QJsonObject schema = jsonSchemaObject();
        const auto property = [&](const char *definition, const char *id) {
            return schema[u"$defs"]
                .toObject()[QLatin1String(definition)]
                .toObject()[u"properties"]
                .toObject()[QLatin1String(id)]
                .toObject();
        };
        const FieldRef rtt = fieldById("tcp.rtt", AF_INET, IPPROTO_TCP);
        const QJsonObject field = property("attributes", "tcp.rtt");
        QCOMPARE(field[u"description"].toString(), QLatin1String(rtt.field->meaning));
        QCOMPARE(field[u"x-unit"].toString(), QStringLiteral("microseconds"));
        QCOMPARE(field[u"x-attribute"].toString(), QStringLiteral("INET_DIAG_INFO"));
        QCOMPARE(property("attributes", "inet.mark")[u"x-needs"].toString(), QStringLiteral("CAP_NET_ADMIN"));
        QCOMPARE(property("socket", "rtt")[u"x-unit"].toString(), QStringLiteral("microseconds"));
        QCOMPARE(property("socket", "rtt")[u"description"].toString(), QLatin1String(columnById("rtt")->meaning));
    }

    void acceptsAllThatCanHappenToACapture()
    {
        const QJsonObject json = jsonOf(eventfulWorld().generation());
        QCOMPARE(complaintsOf(json), QString());
        SmallWorld ownerless = eventfulWorld();
        ownerless.snapshot().ownersRead = false;
        const QJsonObject without = jsonOf(ownerless.generation());
        QCOMPARE(complaintsOf(without), QString());
        // And describes nothing that does not happen.
        const QJsonObject schema = jsonSchemaObject();
        for (const QString &key : schema[u"properties"].toObject().keys())
            QVERIFY2(json.contains(key) || without.contains(key), qPrintable(key));
        const auto isComplete = [&](const char *definition, const QJsonArray &objects) {
            QSet<QString> keys;
            for (const auto &one : objects)
                for (const QString &key : one.toObject().keys())
                    keys += key;
            return keys == idsIn(schema, QLatin1String(definition));
        };
        const QJsonObject socket = json[u"sockets"].toArray()[0].toObject();
        QVERIFY(isComplete("problem", json[u"problems"].toArray()));
        QVERIFY(isComplete("file", QJsonArray{json[u"file"]}));
        QVERIFY(isComplete("dump", json[u"dumps"].toArray()));
        QVERIFY(isComplete("holder", socket[u"holders"].toArray()));
        QJsonArray unknown = socket[u"unknown"].toArray();
        const QJsonObject line = json[u"sockets"].toArray()[1].toObject();
        for (const auto &one : line[u"unknown"].toArray())
            unknown += one;
        QVERIFY(isComplete("unknown", unknown));
        QVERIFY(isComplete("unavailable", json[u"unavailable"].toArray()));
        QVERIFY(isComplete("namespace", json[u"namespaces"].toArray()));
        const QJsonObject waiting = json[u"sockets"].toArray()[2].toObject();
        QVERIFY(isComplete("end", QJsonArray{line[u"listener"], line[u"part-of"], waiting[u"part-of"]}));
        QVERIFY(isComplete("peer", line[u"peers"].toArray()));
        QVERIFY(line[u"doubtful"].toBool());
        QCOMPARE(line[u"attributes"].toObject()[u"proc-inet.local-port"].toInteger(), 1);
        QCOMPARE(line[u"attributes"].toObject()[u"proc-inet.st"].toString(), QStringLiteral("UNCONN"));
    }

    void acceptsOpenedFiles()
    {
        const auto capture = [](Sink &sink) {
            std::mt19937_64 random(7);
            writeRandomCapture(random, sink);
        };
        const auto opened = [](const QByteArray &file) {
            QBuffer buffer;
            buffer.setData(file);
            buffer.open(QIODevice::ReadOnly);
            return jsonOf(*socktree::advance(nullptr, openCapture(buffer).snapshot));
        };
        const QByteArray whole = written(capture);
        QCOMPARE(complaintsOf(opened(whole)), QString());
        const QByteArray redacted = written(
            [&](Sink &sink) {
                RedactingSink redacting(sink);
                capture(redacting);
            },
            {.withheld = RedactingSink::withheld()});
        QCOMPARE(complaintsOf(opened(redacted)), QString());
        const qsizetype step = std::max<qsizetype>(1, whole.size() / 60);
        for (qsizetype size = 0; size < whole.size(); size += step)
            QCOMPARE(complaintsOf(opened(whole.first(size))), QString());
        for (qsizetype bad = 0; bad < whole.size(); bad += step) {
            QByteArray damaged = whole;
            damaged[bad] = static_cast<char>(~damaged[bad]);
            QCOMPARE(complaintsOf(opened(damaged)), QString());
        }
        const QByteArray dump = datagram({inetMessage({.state = 10, .localPort = 80, .cookie = 1, .inode = 5})}, 1, 1)
            + done(1, 1) + done(1, 1);
        for (qsizetype size = dump.size(); size > 0; --size)
            QCOMPARE(complaintsOf(opened(dump.first(size))), QString());
    }

    void saysWhatIsLeftOutAndWhatIsNot()
    {
        const QString withheld
            = jsonSchemaObject()[u"$defs"][u"file"][u"properties"][u"withheld"][u"description"].toString();
        for (const QByteArray &what : RedactingSink::withheld() + RedactingSink::kept())
            QVERIFY2(withheld.contains(QString::fromUtf8(what)), what);
    }

    void acceptsEveryLineOfAFile_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("tcp") << QByteArray("tcp") << QByteArray(tcpLine);
        QTest::newRow("netlink") << QByteArray(
            "netlink") << QByteArray("0000000000000000 0   4711       00000111 0        0        0     2        0 123");
        QTest::newRow("packet") << QByteArray("packet")
                                << QByteArray("0000000000000000 3      3    0003   2     1 832    0      9876");
        QTest::newRow("sctp/assocs")
            << QByteArray("sctp/assocs")
            << QByteArray(
                   "0000000000000000 0000000000000000 2   1   3  2208    1        0        0       0 12345 1000  2000 "
                   "*127.0.0.1 192.0.2.1 <-> *127.0.0.1   7500    10    10    0    0        0        1        0   "
                   "212992   212992");
        QTest::newRow("signed") << QByteArray("tcp") << QByteArray(tcpLine).replace("10 -1", "10 -2");
    }
    void acceptsEveryLineOfAFile()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, line);
        SmallWorld world;
        Socket socket = raw(7, "0.0.0.0", 1);
        world.addLine(socket, file, line);
        const QJsonObject json = jsonOf(world.generation());
        QCOMPARE(complaintsOf(json), QString());
        QVERIFY(!json[u"sockets"].toArray()[0].toObject()[u"attributes"].toObject().isEmpty());
    }

    void acceptsMadeUpSystems()
    {
        RandomWalk walk(20261125, {.failures = 0.2});
        for (int step = 0; step < 12; ++step)
            QCOMPARE(complaintsOf(jsonOf(*walk.next())), QString());
    }

    void acceptsAnyBytesInEveryAttribute()
    {
        std::mt19937 random(3);
        SmallWorld world;
        for (int round = 0; round < 150; ++round) {
            const auto anyByte = [&] { return static_cast<quint8>(random()); };
            const InetPieces pieces{.state = anyByte(), .timer = anyByte(), .retrans = anyByte()};
            world.add(tcp(1, "192.0.2.1", 1, "192.0.2.2", 2), {},
                inetMessage(pieces) + randomAttributes(random, attributesOf(AF_INET, IPPROTO_TCP)));
            world.add(
                udp("::", 53), {}, inetMessage(pieces) + randomAttributes(random, attributesOf(AF_INET, IPPROTO_UDP)));
            world.add(unixSocket(1), {},
                unixMessage({.type = anyByte(), .state = anyByte()})
                    + randomAttributes(random, attributesOf(AF_UNIX, 0)));
        }
        QCOMPARE(complaintsOf(jsonOf(world.generation())), QString());
    }

    void refusesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const auto row
            = [](const char *key, const QJsonValue &value) { QTest::newRow(key) << QString::fromLatin1(key) << value; };
        row("no-such-column", 1);
        row("pid", QStringLiteral("20"));
        row("pid", 1.5);
        row("pid", -1);
        row("process", 7);
        row("cookie", 7);
        row("cookie", QStringLiteral("17"));
        row("why", QJsonObject{{QStringLiteral("rtt"), QStringLiteral("because")}});
        row("why", QJsonObject{{QStringLiteral("no-such-column"), QStringLiteral("none")}});
        row("holders", QJsonArray{QJsonObject{{QStringLiteral("pid"), 1}}});
        row("attributes", QJsonObject{{QStringLiteral("tcp.no-such"), 1}});
        row("attributes", QJsonObject{{QStringLiteral("tcp.rtt"), QStringLiteral("long")}});
        row("attributes", QJsonObject{{QStringLiteral("tcp.rtt"), QJsonValue()}});
        row("attributes", QJsonObject{{QStringLiteral("tcp.snd-wscale"), 16}});
        row("attributes", QJsonObject{{QStringLiteral("tcp.options"), QJsonArray{QStringLiteral("no-such")}}});
        row("attributes", QJsonObject{{QStringLiteral("inet.ulp"), QJsonObject{{QStringLiteral("tcp.rtt"), 1}}}});
        row("closed", false);
    }
    void refusesWhatIsWrong()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QJsonObject json = jsonOf(eventfulWorld().generation());
        QJsonObject socket = json[u"sockets"].toArray()[0].toObject();
        socket[key] = value;
        json[u"sockets"] = QJsonArray{socket};
        QVERIFY(!complaintsOf(json).isEmpty());
    }

    void refusesAnotherVersionAndAMissingKey()
    {
        QJsonObject json = jsonOf(eventfulWorld().generation());
        json[u"schema"] = QStringLiteral("socktree/2");
        QVERIFY(!complaintsOf(json).isEmpty());
        json = jsonOf(eventfulWorld().generation());
        json.remove(u"problems");
        QVERIFY(complaintsOf(json).contains(QLatin1String("problems is missing")));
    }

    void isCheckedByNoKeywordThatIsNotUnderstood()
    {
        const QJsonObject schema{{QStringLiteral("minLength"), 1}};
        QVERIFY(!schemaComplaints(schema, QStringLiteral("text")).isEmpty());
        const QJsonObject lost{{QStringLiteral("$ref"), QStringLiteral("#/$defs/lost")}};
        QVERIFY(!schemaComplaints(lost, 1).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestJsonSchema)
#include "tst_json_schema.moc"
