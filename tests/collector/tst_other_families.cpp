// SPDX-License-Identifier: GPL-3.0-or-later
// VSOCK, XDP, SMC and TIPC, which few kernels describe: as bytes of our making.
#include "collector/decode/attribute.h"
#include "collector/decode/smc_message.h"
#include "collector/decode/tipc_message.h"
#include "collector/decode/vsock_message.h"
#include "collector/decode/xdp_message.h"
#include "tests/support/decoded.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;
using socktree::test::named;
using socktree::test::value;
using socktree::test::viewOf;

namespace {

using Lines = QList<std::pair<const char *, quint64>>;
constexpr quint64 someCookie = 0x1122334455667788;

QByteArray bytesOfField(const DecodedMessage &message, QByteArrayView id)
{
    for (const DecodedAttribute &attribute : message.attributes)
        for (const DecodedField &field : attribute.fields)
            if (id == QByteArrayView(field.field->id))
                return QByteArray(reinterpret_cast<const char *>(field.bytes.data()), qsizetype(field.bytes.size()));
    return "absent";
}

} // namespace

class tst_other_families : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsVsock()
    {
        const QByteArray message = test::vsockMessage({.type = SOCK_SEQPACKET,
            .state = 10,
            .shutdown = 3,
            .localCid = 2,
            .localPort = 1024,
            .remoteCid = vsockAny,
            .remotePort = vsockAny,
            .inode = 20,
            .cookie = someCookie});
        const auto fixed = parseVsockFixed(viewOf(message));
        QVERIFY(fixed);
        QCOMPARE(fixed->type, quint8(SOCK_SEQPACKET));
        QCOMPARE(fixed->state, quint8(10));
        QCOMPARE(fixed->shutdown, quint8(3));
        QCOMPARE(fixed->localCid, 2u);
        QCOMPARE(fixed->localPort, 1024u);
        QCOMPARE(fixed->remoteCid, vsockAny);
        QCOMPARE(fixed->remotePort, vsockAny);
        QCOMPARE(fixed->inode, 20u);
        QCOMPARE(fixed->cookie, someCookie);
        QVERIFY(!parseVsockFixed(viewOf(message.chopped(1))));
        const DecodedMessage decoded = decodeMessage(AF_VSOCK, 0, viewOf(message + test::attribute(1, "new")));
        const Lines expected = {{"vsock.type", SOCK_SEQPACKET}, {"vsock.state", 10}, {"vsock.shutdown", 3},
            {"vsock.src-cid", 2}, {"vsock.src-port", 1024}, {"vsock.dst-cid", vsockAny}, {"vsock.dst-port", vsockAny},
            {"vsock.inode", 20}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.fixed, line.first), std::optional(line.second));
        QVERIFY(!decoded.attributes.at(0).attribute); // it has none that we know; one that comes is kept
        QCOMPARE(sentinelOf(*fieldById("vsock.dst-port", AF_VSOCK).field, vsockAny)->text, "any");
    }

    void readsXdp()
    {
        using test::u32, test::u32s, test::u64;
        const QByteArray message = test::xdpMessage({.inode = 4, .cookie = someCookie})
                                       .attribute(1, u32s({2, 3}))
                                       .attribute(2, u32(1000))
                                       .attribute(3, u32(2048))
                                       .attribute(4, u32(1024))
                                       .attribute(5, u64(quint64(1) << 33) + u32s({8, 12, 16, 20, 24, 28, 1, 36}))
                                       .attribute(6, u32(512))
                                       .attribute(7, u32(256))
                                       .attribute(8, u32s({1, 2, 3, 4, 5, 6, 7, 8, 9}))
                                       .attribute(9, u64(1) + u64(2) + u64(3) + u64(4) + u64(5) + u64(6));
        const auto fixed = parseXdpFixed(viewOf(message));
        QVERIFY(fixed);
        QCOMPARE(fixed->type, quint8(SOCK_RAW));
        QCOMPARE(fixed->inode, 4u);
        QCOMPARE(fixed->cookie, someCookie);
        QVERIFY(!parseXdpFixed(viewOf(message.first(15))));
        QVERIFY(!parseXdpFixed(viewOf(test::packetMessage({}))));
        const DecodedMessage decoded = decodeMessage(AF_XDP, 0, viewOf(message));
        const Lines expected = {{"xdp.if", 2}, {"xdp.queue-id", 3}, {"xdp.uid", 1000}, {"xdp.rx-ring", 2048},
            {"xdp.tx-ring", 1024}, {"xdp.umem-size", quint64(1) << 33}, {"xdp.umem-id", 8}, {"xdp.umem-num-pages", 12},
            {"xdp.umem-chunk-size", 16}, {"xdp.umem-headroom", 20}, {"xdp.umem-if", 24}, {"xdp.umem-queue-id", 28},
            {"xdp.umem-flags", 1}, {"xdp.umem-refs", 36}, {"xdp.fill-ring", 512}, {"xdp.completion-ring", 256},
            {"mem.drops", 9}, {"xdp.rx-dropped", 1}, {"xdp.rx-invalid", 2}, {"xdp.rx-full", 3},
            {"xdp.fill-ring-empty", 4}, {"xdp.tx-invalid", 5}, {"xdp.tx-ring-empty", 6}};
        for (const auto &line : expected) {
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
            QCOMPARE(valueOf(fieldById(line.first, AF_XDP), viewOf(message)), std::optional(line.second));
        }
    }

    void readsSmc()
    {
        const QByteArray message = test::smcMessage({.state = 22,
            .mode = 2,
            .shutdown = 1,
            .local = "10.0.0.1",
            .localPort = 443,
            .remote = "10.0.0.2",
            .remotePort = 50000,
            .interface = 40,
            .cookie = someCookie,
            .uid = 52,
            .inode = quint64(1) << 32});
        const auto fixed = parseSmcFixed(viewOf(message));
        QVERIFY(fixed);
        QCOMPARE(fixed->state, quint8(22));
        QCOMPARE(fixed->shutdown, quint8(1));
        QCOMPARE(fixed->localPort, quint16(443));
        QCOMPARE(fixed->remotePort, quint16(50000));
        QCOMPARE(fixed->local, (std::array<quint8, 16>{10, 0, 0, 1}));
        QCOMPARE(fixed->remote, (std::array<quint8, 16>{10, 0, 0, 2}));
        QCOMPARE(fixed->addressLength(), quint8(4));
        QCOMPARE(fixed->interface, 40u);
        QCOMPARE(fixed->cookie, someCookie);
        QCOMPARE(fixed->uid, 52u);
        QCOMPARE(fixed->inode, quint64(1) << 32);
        QVERIFY(!parseSmcFixed(viewOf(message.chopped(1))));
        const QByteArray six = test::smcMessage({.addressFamily = AF_INET6, .local = "::1", .remote = "::1"});
        QCOMPARE(parseSmcFixed(viewOf(six))->addressLength(), quint8(16));
        const DecodedMessage decoded = decodeMessage(AF_SMC, 0, viewOf(message));
        const Lines expected = {{"smc.state", 22}, {"smc.mode", 2}, {"smc.shutdown", 1}, {"smc.sport", 443},
            {"smc.dport", 50000}, {"smc.if", 40}, {"smc.uid", 52}, {"smc.inode", quint64(1) << 32}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.fixed, line.first), std::optional(line.second));
    }

    void readsWhatSmcTellsOfItself()
    {
        using test::u16, test::u32, test::u32s, test::u64, test::u8;
        const auto cursor = [](quint16 wrap, quint32 count) { return u16(0) + u16(wrap) + u32(count); };
        const QByteArray link = u8(1) + QByteArray("mlx5_0").leftJustified(64, '\0') + u8(2)
            + QByteArray("fe80::1").leftJustified(40, '\0') + QByteArray(40, 'g') + u8(1);
        QCOMPARE(link.size(), 147);
        const QByteArray message
            = test::smcMessage({})
                  .attribute(1,
                      u32s({0xabcd, 65536, 131072, 262144}) + cursor(1, 16) + cursor(2, 24) + cursor(3, 32)
                          + cursor(4, 40) + u8(48) + u8(49) + u8(50) + u8(51) + cursor(5, 52) + cursor(6, 60)
                          + cursor(7, 68))
                  .attribute(2, link)
                  .attribute(3, u8(2))
                  .attribute(4, u32(7) + u32(0) + u64(8) + u64(16) + u64(24) + u64(32) + u64(40) + u64(48))
                  .attribute(5, u32s({0x03010000, 0x05}));
        const DecodedMessage decoded = decodeMessage(AF_SMC, 0, viewOf(message));
        const Lines expected = {{"smc.token", 0xabcd}, {"smc.sndbuf-size", 65536}, {"smc.rmbe-size", 131072},
            {"smc.peer-rmbe-size", 262144}, {"smc.rx-prod-wrap", 1}, {"smc.rx-prod-count", 16}, {"smc.rx-cons-wrap", 2},
            {"smc.rx-cons-count", 24}, {"smc.tx-prod-wrap", 3}, {"smc.tx-prod-count", 32}, {"smc.tx-cons-wrap", 4},
            {"smc.tx-cons-count", 40}, {"smc.rx-prod-flags", 48}, {"smc.rx-conn-state-flags", 49},
            {"smc.tx-prod-flags", 50}, {"smc.tx-conn-state-flags", 51}, {"smc.tx-prep-wrap", 5},
            {"smc.tx-prep-count", 52}, {"smc.tx-sent-wrap", 6}, {"smc.tx-sent-count", 60}, {"smc.tx-fin-wrap", 7},
            {"smc.tx-fin-count", 68}, {"smc.link-id", 1}, {"smc.ibport", 2}, {"smc.role", 1},
            {"smc.shutdown-attribute", 2}, {"smc.dmb-linkid", 7}, {"smc.dmb-peer-gid", 8}, {"smc.dmb-my-gid", 16},
            {"smc.dmb-token", 24}, {"smc.dmb-peer-token", 32}, {"smc.dmb-peer-gid-ext", 40}, {"smc.dmb-my-gid-ext", 48},
            {"smc.fallback-reason", 0x03010000}, {"smc.peer-diagnosis", 5}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
        QCOMPARE(bytesOfField(decoded, "smc.ibname"), QByteArray("mlx5_0"));
        QCOMPARE(bytesOfField(decoded, "smc.gid"), QByteArray("fe80::1"));
        QCOMPARE(bytesOfField(decoded, "smc.peer-gid"), QByteArray(40, 'g')); // no NUL at all
    }

    void readsTipc()
    {
        using test::attribute, test::u32;
        const QByteArray connection = attribute(1, {}) + attribute(2, u32(0x1001002)) + attribute(3, u32(77))
            + attribute(4, u32(18888)) + attribute(5, u32(17));
        const QByteArray queues
            = attribute(0, u32(5)) + attribute(1, u32(6)) + attribute(2, {}) + attribute(3, {}) + attribute(4, u32(4));
        const QByteArray group = attribute(0, u32(4711)) + attribute(1, {}) + attribute(2, {}) + attribute(3, {})
            + attribute(4, u32(9)) + attribute(5, u32(10));
        const QByteArray message = test::tipcMessage({.type = SOCK_RDM,
                                                         .state = 8,
                                                         .node = 0x1001001,
                                                         .port = 99,
                                                         .inode = 7,
                                                         .uid = 1000,
                                                         .cookie = someCookie},
            attribute(0x8003, connection) + attribute(4, {}) + attribute(5, queues) + attribute(11, {})
                + attribute(12, group) + attribute(77, "new"));
        const auto socket = parseTipcSocket(viewOf(message));
        QVERIFY(socket);
        QCOMPARE(socket->type, quint8(SOCK_RDM));
        QCOMPARE(socket->state, quint8(8));
        QCOMPARE(socket->inode, 7u);
        QCOMPARE(socket->cookie, someCookie);
        QCOMPARE(socket->uid, std::optional(1000u));
        QCOMPARE(socket->node, std::optional(0x1001001u));
        QCOMPARE(socket->port, std::optional(99u));
        QVERIFY(socket->peer);
        QCOMPARE(socket->peer->node, 0x1001002u);
        QCOMPARE(socket->peer->port, 77u);
        QCOMPARE(socket->receiveQueue, std::optional(5u));
        QCOMPARE(socket->sendQueue, std::optional(6u));

        const DecodedMessage decoded = decodeMessage(AF_TIPC, 0, viewOf(message));
        QVERIFY(decoded.fixed.empty() && decoded.malformed.empty());
        const Lines expected = {{"tipc.addr", 0x1001001}, {"tipc.ref", 99}, {"tipc.con-node", 0x1001002},
            {"tipc.con-sock", 77}, {"tipc.con-type", 18888}, {"tipc.con-inst", 17}, {"tipc.rcvq", 5}, {"tipc.sendq", 6},
            {"tipc.drop", 4}, {"tipc.type", SOCK_RDM}, {"tipc.ino", 7}, {"tipc.uid", 1000}, {"tipc.tipc-state", 8},
            {"tipc.cookie", someCookie}, {"tipc.group-id", 4711}, {"tipc.group-instance", 9},
            {"tipc.group-bc-send-next", 10}};
        for (const auto &line : expected)
            QCOMPARE(value(decoded.attributes, line.first), std::optional(line.second));
        const auto &nest = named(decoded.attributes, "tipc.sock")->nested;
        QVERIFY(named(nest, "tipc.has-publ"));
        QVERIFY(named(named(nest, "tipc.con")->nested, "tipc.con-flag"));
        QVERIFY(named(named(nest, "tipc.stat")->nested, "tipc.link-cong"));
        QVERIFY(named(named(nest, "tipc.group")->nested, "tipc.group-cluster-scope"));
        QCOMPARE(nest.back().number, quint16(77));
        QVERIFY(!nest.back().attribute);
    }

    void takesATipcMessageWithoutASocketForNone()
    {
        QVERIFY(!parseTipcSocket({}));
        const DecodedMessage empty = decodeMessage(AF_TIPC, 0, {});
        QVERIFY(empty.attributes.empty() && empty.malformed.empty());
        const QByteArray whole = test::tipcMessage({.inode = 7});
        for (qsizetype length = 0; length < whole.size(); ++length)
            QVERIFY(!parseTipcSocket(viewOf(whole.first(length))));
        const auto socket = parseTipcSocket(viewOf(whole));
        QVERIFY(socket && !socket->peer && !socket->receiveQueue && !socket->sendQueue);
        // Not of the family that is asked for: the first bytes are a length, and no family.
        QVERIFY(!named(decodeMessage(0, viewOf(whole)).attributes, "tipc.sock"));
    }
};

QTEST_GUILESS_MAIN(tst_other_families)
#include "tst_other_families.moc"
