// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of sock_diag: the walk, every table, the snapshot of several dumps, and all that is said of its rows.
// Input: a byte for the layout of tcp_info; then dumps, each a byte for its table, one for its protocol (0: the
// table's), one of flags, and a piece with its bytes.
#include "collector/decode/attribute.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "collector/snapshot/read_socket.h"
#include "collector/snapshot/snapshot_builder.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/rows.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <vector>

using namespace socktree;
using namespace socktree::fuzz;

namespace {

enum DumpFlag : quint8 { isDatagram = 1, isOverIpv6 = 2, interrupted = 4, elsewhere = 8 };

struct Dump {
    Scope scope;
    QByteArray datagram;
    bool complete = true;
};

QByteArray framed(Bytes message)
{
    nlmsghdr header{};
    header.nlmsg_len = quint32(sizeof header + message.size());
    header.nlmsg_type = 20;
    QByteArray bytes(reinterpret_cast<const char *>(&header), sizeof header);
    bytes += textOf(message);
    return bytes;
}

Dump takeDump(Input &input)
{
    Dump dump;
    const AttributeTable &table = allTables()[input.byte() % allTables().size()];
    const quint8 protocol = input.byte();
    const quint8 flags = input.byte();
    dump.scope.netns = flags & elsewhere ? 2 : 1;
    dump.scope.family = table.family == AF_INET && (flags & isOverIpv6) ? AF_INET6 : table.family;
    dump.scope.protocol = protocol == 0 ? table.protocol : protocol == 0xff ? quint16(262) : protocol;
    dump.scope.states = 0xffff;
    dump.scope.asked = 0xff;
    dump.complete = !(flags & interrupted);
    const Bytes bytes = input.piece();
    dump.datagram = flags & isDatagram ? copyOf(bytes) : framed(bytes);
    return dump;
}

void checkPayloads(const std::vector<DecodedAttribute> &attributes, Bytes whole);

void checkPayload(const DecodedAttribute &decoded, Bytes whole)
{
    require(isWithin(decoded.payload, whole), "a payload is within its message");
    require(isWithin(decoded.unknownTail, decoded.payload), "a tail is within its payload");
    for (const DecodedField &field : decoded.fields)
        require(isWithin(field.bytes, decoded.payload), "a field is within its payload");
    if (!decoded.attribute)
        return;
    const Attribute &attribute = *decoded.attribute;
    if (attribute.payload == Payload::Secret)
        require(decoded.payload.empty() && decoded.text.isEmpty() && decoded.fields.empty(), "a secret is none told");
    if (attribute.payload == Payload::Array || attribute.payload == Payload::Struct) {
        // What is neither in a field nor in the tail is a gap of the table, or zeros that fill up.
        std::size_t end = decoded.payload.size() - decoded.unknownTail.size();
        std::size_t known
            = attribute.payload == Payload::Array ? attribute.elementSize * decoded.elements : attribute.knownSize;
        for (const DecodedField &field : decoded.fields)
            known = std::max(known, field.field->offset + sizeOf(*field.field));
        require(end <= known, "bytes of a struct are in fields or in its tail");
    }
    if (attribute.payload == Payload::Nest) {
        std::size_t seen = decoded.unknownTail.size();
        for (const DecodedAttribute &inner : decoded.nested)
            seen += netlinkAligned(attributeHeaderSize + inner.payload.size());
        require(seen >= decoded.payload.size() && seen < decoded.payload.size() + 4, "a nest loses no byte");
        checkPayloads(decoded.nested, decoded.payload);
    }
}

void checkPayloads(const std::vector<DecodedAttribute> &attributes, Bytes whole)
{
    for (const DecodedAttribute &attribute : attributes)
        checkPayload(attribute, whole);
}

/// Every attribute that was sent is there, in order, and what is none is kept.
void checkMessage(const Dump &dump, Bytes message, TcpInfoLayout layout)
{
    const DecodedMessage decoded = decodeMessage(dump.scope.family, dump.scope.protocol, message, layout);
    require(isWithin(decoded.malformed, message), "malformed bytes are within their message");
    checkPayloads(decoded.attributes, message);
    const quint8 family = dump.scope.family == AF_TIPC ? quint8(AF_TIPC)
        : message.empty()                              ? quint8(0)
                                                       : std::to_integer<quint8>(message.front());
    const std::size_t fixed = fixedSizeOf(family);
    const bool isKnown = family == AF_TIPC || fixed > 0;
    if (!isKnown || message.size() < fixed) {
        require(decoded.attributes.empty(), "no attributes without the fixed part");
        return;
    }
    std::size_t count = 0;
    const Bytes rest = walkAttributes(message.subspan(fixed), [&](const RawAttribute &raw) {
        require(count < decoded.attributes.size() && decoded.attributes[count].number == raw.number,
            "attributes come as they were sent");
        ++count;
    });
    require(count == decoded.attributes.size(), "no attribute is lost, none is made up");
    require(decoded.malformed.size() <= rest.size() && rest.empty() == decoded.malformed.empty(),
        "what is no attribute is kept");
}

/// How many messages of the datagram are rows, and how many are not understood, by what each says alone.
struct Counts {
    quint32 rows = 0;
    quint32 damaged = 0;
};

Counts countRows(const Dump &dump, TcpInfoLayout layout)
{
    Counts counts;
    const Bytes bytes = std::as_bytes(std::span(dump.datagram.constData(), std::size_t(dump.datagram.size())));
    std::size_t seen = 0;
    const Bytes rest = walkMessages(bytes, [&](const NetlinkMessage &message) {
        seen += netlinkAligned(netlinkHeaderSize + message.payload.size());
        if (message.type < NLMSG_MIN_TYPE)
            return;
        checkMessage(dump, message.payload, layout);
        const auto row = readSocket(message.payload, dump.scope);
        counts.rows += row ? 1 : 0;
        counts.damaged += row ? (row->damaged ? 1 : 0) : isEmptyAnswer(message.payload, dump.scope) ? 0 : 1;
    });
    require(seen + rest.size() >= bytes.size() && seen + rest.size() < bytes.size() + 4, "a datagram loses no byte");
    counts.damaged += rest.empty() ? 0 : 1;
    return counts;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t mostDumps = 6;
    Input input(data, size);
    static constexpr const char *kernels[] = {"6.1.0", "6.18.1", "7.1.0"};
    HostRecord host;
    host.kernel = kernels[input.byte() % 3];
    const TcpInfoLayout layout = tcpInfoLayoutOf(host.kernel, std::nullopt);

    SnapshotBuilder builder(true, true);
    builder.host(host);
    std::vector<Counts> expected;
    while (!input.atEnd() && expected.size() < mostDumps) {
        const Dump dump = takeDump(input);
        expected.push_back(countRows(dump, layout));
        const auto sink = builder.dump(dump.scope);
        sink->datagram(std::as_bytes(std::span(dump.datagram.constData(), std::size_t(dump.datagram.size()))));
        DumpEnding ending;
        ending.end = dump.complete ? DumpEnd::Complete : DumpEnd::Interrupted;
        ending.ended = SteadyTime(std::chrono::milliseconds(expected.size()));
        sink->ended(ending);
    }
    builder.processesEnded({});
    builder.finished(SteadyTime(std::chrono::seconds(1)));
    const SnapshotPtr snapshot = builder.take();

    require(snapshot->dumps.size() == expected.size(), "every dump has an outcome");
    quint32 rows = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        require(snapshot->dumps[i].rows == expected[i].rows, "every message that is a row is counted as one");
        require(snapshot->dumps[i].damaged == expected[i].damaged, "what is not understood is counted");
        rows += expected[i].rows;
    }
    require(snapshot->sockets.size() <= rows, "rows come of messages only");
    if (expected.size() == 1)
        require(snapshot->sockets.empty() == (rows == 0), "a dump's rows are in the snapshot");
    checkRows(snapshot);
    return 0;
}
