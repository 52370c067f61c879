// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever bytes come: nothing is read past their end (a sanitizer watches), and nothing of them is lost.
#include "collector/capture/namespace_files.h"
#include "collector/decode/attribute.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "collector/decode/netlink_message.h"
#include "collector/decode/packet_message.h"
#include "collector/decode/proc_fdinfo.h"
#include "collector/decode/proc_net.h"
#include "collector/decode/proc_pid.h"
#include "collector/decode/smc_message.h"
#include "collector/decode/sock_proto_name.h"
#include "collector/decode/socket_address.h"
#include "collector/decode/tipc_message.h"
#include "collector/decode/units.h"
#include "collector/decode/unix_message.h"
#include "collector/decode/vsock_message.h"
#include "collector/decode/xdp_message.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>

#include <algorithm>
#include <random>

using namespace socktree;
using socktree::test::viewOf;

namespace {

/// A message of our making with a few bytes overwritten and the end cut off, in a block of exactly its size.
std::vector<std::byte> spoiled(QByteArray message, std::mt19937 &random)
{
    const auto upTo = [&](qsizetype limit) { return qsizetype(random() % quint32(limit + 1)); };
    for (qsizetype i = upTo(6); i > 0; --i)
        message[upTo(message.size() - 1)] = char(random());
    if (random() % 2)
        message.truncate(upTo(message.size()));
    const Bytes view = viewOf(message);
    return {view.begin(), view.end()};
}

bool within(Bytes part, Bytes whole)
{
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

bool within(const std::vector<DecodedAttribute> &attributes, Bytes whole)
{
    return std::all_of(attributes.begin(), attributes.end(), [&](const DecodedAttribute &a) {
        return within(a.payload, whole) && within(a.unknownTail, a.payload) && within(a.nested, a.payload);
    });
}

QByteArray internetMessage()
{
    using test::attribute, test::u16, test::u32, test::u32s, test::u8;
    return test::inetMessage({.local = "10.0.0.1", .localPort = 443, .inode = 5})
        .attribute(2, QByteArray(280, '\3'))
        .attribute(4, test::cString("cubic"))
        .attribute(7, u32s({1, 2, 3, 4, 5, 6, 7, 8, 9}))
        .attribute(8, u8(0))
        .attribute(19, attribute(1, test::cString("tls")) + attribute(2, attribute(1, u16(0x304)) + attribute(5, {})))
        .attribute(18, QByteArray(100, 'k'))
        .attribute(22, u16(0x52));
}

QByteArray unixDomainMessage()
{
    return test::unixMessage({.inode = 5})
        .attribute(0, test::cString("/run/x"))
        .attribute(1, test::u32s({1, 2}))
        .attribute(3, test::u32s({1, 2, 3}))
        .attribute(5, test::u32s({1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

/// One of each table, with all its attributes: a family and a protocol to decode it by, and the bytes.
struct Sample {
    const AttributeTable *table;
    QByteArray message;
};

QByteArray attributesLike(std::span<const Attribute> attributes)
{
    QByteArray bytes;
    for (const Attribute &line : attributes) {
        std::size_t size = line.elementSize * 2U;
        for (const Field &field : line.fields)
            size = std::max(size, field.offset + sizeOf(field));
        bytes += test::attribute(
            line.number, line.nest.empty() ? QByteArray(qsizetype(size), '\2') : attributesLike(line.nest));
    }
    return bytes;
}

std::vector<Sample> everyKind()
{
    std::vector<Sample> samples;
    for (const AttributeTable &table : allTables()) {
        QByteArray fixed(qsizetype(fixedSizeOf(table.family)), '\1');
        if (!fixed.isEmpty())
            fixed[0] = char(table.family);
        samples.push_back({&table, fixed + attributesLike(table.attributes)});
    }
    return samples;
}

bool fieldsWithin(const std::vector<DecodedAttribute> &attributes, Bytes whole)
{
    return std::all_of(attributes.begin(), attributes.end(), [&](const DecodedAttribute &a) {
        return std::all_of(a.fields.begin(), a.fields.end(), [&](const DecodedField &field) {
            return within(field.bytes, whole);
        }) && fieldsWithin(a.nested, whole);
    });
}

} // namespace

class tst_any_bytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void decodesAnyMessageWithinItsBytes()
    {
        std::mt19937 random(20261123);
        const QByteArray messages[] = {internetMessage(), unixDomainMessage()};
        const FieldRef rtt = fieldById("tcp.rtt", AF_INET, IPPROTO_TCP);
        for (int round = 0; round < 20000; ++round) {
            const auto bytes = spoiled(messages[round % 2], random);
            const Bytes view(bytes);
            const DecodedMessage decoded
                = decodeMessage(round % 4 < 2 ? IPPROTO_TCP : IPPROTO_UDP, view, TcpInfoLayout(round % 3));
            QVERIFY(within(decoded.attributes, view));
            QVERIFY(within(decoded.malformed, view));
            valueOf(rtt, view);
        }
    }

    void decodesAnyMessageOfEveryFamilyWithinItsBytes()
    {
        std::mt19937 random(20261125);
        const auto samples = everyKind();
        for (int round = 0; round < 20000; ++round) {
            const Sample &sample = samples[std::size_t(round) % samples.size()];
            const auto bytes = spoiled(sample.message, random);
            const Bytes view(bytes);
            // By the protocol it is of, or by another.
            const auto protocol = round % 3 ? sample.table->protocol : quint16(random() % 300);
            const DecodedMessage decoded
                = decodeMessage(sample.table->family, protocol, view, TcpInfoLayout(round % 3));
            QVERIFY(within(decoded.attributes, view) && fieldsWithin(decoded.attributes, view));
            QVERIFY(within(decoded.malformed, view));
            for (const DecodedAttribute &attribute : decoded.attributes)
                QVERIFY(addressesIn(attribute.payload).size() <= attribute.payload.size() / 128 + 1);
            parseInetFixed(view);
            parseUnixFixed(view);
            parsePacketFixed(view);
            parseNetlinkFixed(view);
            parseVsockFixed(view);
            parseXdpFixed(view);
            parseTipcSocket(view);
            if (const auto smc = parseSmcFixed(view))
                QVERIFY(smc->addressLength() == 4 || smc->addressLength() == 16);
            isAssociation(view);
        }
    }

    void losesNoByteOfADatagram()
    {
        std::mt19937 random(4711);
        const QByteArray whole = test::datagram({internetMessage(), unixDomainMessage()}, 1, 2) + test::done(1, 2);
        for (int round = 0; round < 20000; ++round) {
            const auto bytes = spoiled(whole, random);
            std::size_t seen = 0;
            const Bytes rest = walkMessages(Bytes(bytes),
                [&](const NetlinkMessage &m) { seen += netlinkAligned(netlinkHeaderSize + m.payload.size()); });
            // A last message may come without its padding.
            QVERIFY(seen + rest.size() >= bytes.size());
            QVERIFY(seen + rest.size() < bytes.size() + 4);
        }
    }

    void parsesAnyTextOfAProcess()
    {
        std::mt19937 random(1234);
        const QByteArray stat = "7 (a b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22\n";
        const QByteArray status = "Name:\ta\\nb\nState:\tS\nUid:\t1\t2\t3\t4\nNSpid:\t5\t6\nCapEff:\t00ff\n";
        const QByteArray cgroup = "1:name=systemd:/a.service\n0::/docker/0123456789ab/x\\x2dy.scope (deleted)\n";
        for (int round = 0; round < 20000; ++round) {
            for (const QByteArray &text : {stat, status, cgroup}) {
                const auto bytes = spoiled(text, random);
                const QByteArrayView view(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
                if (const auto parsed = parseStat(view))
                    QVERIFY(parsed->pid >= 0 && parsed->comm.size() < view.size());
                effectiveUid(view);
                QVERIFY(parseComm(view).size() <= view.size());
                if (const auto path = parseCgroup(view))
                    QVERIFY(path->startsWith('/') && unitOfCgroup(*path).size() <= path->size());
            }
        }
    }

    void losesNoLineOfAListOfSockets()
    {
        std::mt19937 random(3);
        const QByteArray lines[] = {
            "  sl  local_address\n 0: 0100007F:1F90 00000000:0000 0A 00000000:00000001 00:00000000 00000000 0 0 127 2 "
            "0 "
            "20 4 31 10 -1\n",
            "Num \n00000000a7e31a20: 00000003 00000000 00000000 0001 03 1274119 /x\ny\n"
            "00000000a7e31a21: 00000003 00000000 00010000 0001 01 1274120\n",
            "sk\n0000 3 3 0800 1 1 0 0 1274112 1 2\n",
            " ENDPT\n0 0 2 10 22 88 0 187 0.0.0.0 fe80:0:0:0:0:0:0:1\n",
            " ASSOC\n0 0 2 1 3 0 2 0 0 0 187 8888 4038 127.0.0.1 *1.2.3.4 <-> *127.0.0.1 \t7500 10 10\n",
            "SKt\n 2 0 02:00:00:00:00:01@42 02:00:00:00:00:02@AA 12 0 7 5 1\n",
        };
        for (int round = 0; round < 60000; ++round) {
            const auto bytes = spoiled(lines[round % 6], random);
            const QByteArrayView text(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
            const auto file = ProcNetFile(round / 6 % procNetFiles);
            qsizetype seen = 0;
            const quint32 notUnderstood = parseProcNet(file, text, [&](const ProcNetRow &row) {
                seen += row.line.count('\n') + 1;
                decodeProcNetLine(file, row.line);
            });
            // The first line may be the titles, the last one cut.
            const qsizetype all = text.count('\n') + (text.isEmpty() || text.endsWith('\n') ? 0 : 1);
            QVERIFY(seen + notUnderstood == all || seen + notUnderstood + 1 == all);
            decodeProcNetLine(file, text);
        }
    }

    void parsesAnyOtherTextOfTheProcFileSystem()
    {
        std::mt19937 random(5);
        const QByteArray info = "flags:\t02000002\nino:\t13\nscm_fds: 2\nUserFiles:\t4\n    0: socket:[13]\n";
        const QByteArray mounts = "66 44 0:4 net:[402] /tmp/a\\040b rw shared:1 - nsfs nsfs rw\n";
        for (int round = 0; round < 20000; ++round) {
            for (const QByteArray &text : {info, mounts}) {
                const auto bytes = spoiled(text, random);
                const QByteArrayView view(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
                parseFdInfo(view);
                for (const NamespaceMount &mount : namespaceMounts(view.toByteArray()))
                    QVERIFY(mount.path.size() < view.size());
                QVERIFY(sockProtoOfName(view).label.size() <= std::max(view.size(), qsizetype(7)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_any_bytes)
#include "tst_any_bytes.moc"
