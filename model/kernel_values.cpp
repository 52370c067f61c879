// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "collector/snapshot/protocol_numbers.h"
#include "model/column_values.h"
#include "model/owners.h"
#include "model/row_source.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace socktree::column {

namespace {

/// What makes the kernel send an attribute: the bit of idiag_ext or udiag_show.
enum AskedBit : quint32 {
    AskInfo = 0x02,
    AskCongestion = 0x08,
    AskTos = 0x10,
    AskTclass = 0x20,
    AskMemory = 0x40,
    AskUnixMemory = 0x20
};

/// By which numbers the tables of a protocol are found; no sock_diag message describes ping sockets.
ProtocolNumbers tableOf(Protocol protocol)
{
    return protocol == Protocol::Ping ? ProtocolNumbers() : numbersOf(protocol);
}

/// Fields by their ids in the tables of each protocol that has one of them.
class FieldOf
{
public:
    FieldOf(std::initializer_list<const char *> ids)
    {
        for (const Protocol protocol : everyProtocol())
            for (const char *id : ids)
                if (const ProtocolNumbers key = tableOf(protocol); key.family && !of(protocol))
                    m_refs[static_cast<std::size_t>(protocol)] = fieldById(id, key.family, key.number);
    }
    const FieldRef &of(Protocol protocol) const { return m_refs[static_cast<std::size_t>(protocol)]; }

private:
    std::array<FieldRef, protocolCount> m_refs;
};

/// Why a row lacks what bit @p asked of idiag_ext or udiag_show brings; the other families are asked for everything.
Why absence(const RowRef &row, quint32 asked)
{
    const Socket &socket = row.socket();
    const Snapshot &snapshot = row.snapshot();
    if (snapshot.sourceOf(socket) != Source::SockDiag)
        return Why::NotTold;
    const Scope *scope = scopeOf(row);
    const bool hasBits = scope->family == AF_INET || scope->family == AF_INET6 || scope->family == AF_UNIX;
    if (snapshot.message(socket).empty() || (hasBits && !(scope->asked & asked)))
        return snapshot.origin.socketsOnly ? Why::NotRecorded : Why::NotAsked;
    return Why::NotTold;
}

/// Whether sockets of this protocol have the field in this state. What nobody described may be of any.
bool applies(const Socket &socket, const FieldRef &ref)
{
    if (socket.protocol == Protocol::Unknown)
        return true;
    if (!ref || isMiniSocket(socket))
        return false;
    const Record record = socket.association ? Record::Association : Record::Endpoint;
    if (socket.protocol == Protocol::Sctp && ref.record != Record::Any && ref.record != record)
        return false;
    return !socket.has(Told::State)
        || (appliesIn(*ref.field, socket.state) && (!ref.attribute || appliesIn(*ref.attribute, socket.state)));
}

Value fieldValue(const RowRef &row, const FieldOf &field, quint32 asked)
{
    const Socket &socket = row.socket();
    const FieldRef &ref = field.of(socket.protocol);
    if (!applies(socket, ref))
        return Why::DoesNotApply;
    if (ref)
        if (const auto raw = valueOf(ref, row.snapshot().message(socket)))
            return Value::of(*raw);
    return absence(row, asked);
}

/// A field of the protocol's own struct, which means something on connections only: a listener's are zeros or something
/// else.
Value info(const RowRef &row, const FieldOf &field)
{
    return isListening(row.socket()) ? Value(Why::DoesNotApply) : fieldValue(row, field, AskInfo);
}

/// The same where the kernel says 0 before it has measured.
Value measured(const RowRef &row, const FieldOf &field)
{
    const Value value = info(row, field);
    return value.present() && std::get<quint64>(value.data) == 0 ? Value(Why::NotYet) : value;
}

/// The attribute of this number in the tables of the protocol, or null.
const Attribute *attributeOf(Protocol protocol, quint16 number)
{
    const ProtocolNumbers key = tableOf(protocol);
    const auto all = attributesOf(key.family, key.number);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Attribute &one) { return one.number == number; });
    return found == all.end() ? nullptr : &*found;
}

/// Whose congestion control can be chosen, though no kernel sends its name.
bool choosesUntold(Protocol protocol)
{
    return protocol == Protocol::Mptcp || protocol == Protocol::Smc || protocol == Protocol::Dccp;
}

} // namespace

Value rtt(const RowRef &row)
{
    static const FieldOf field{"tcp.rtt", "dccp.rtt"};
    return measured(row, field);
}

Value retransmissions(const RowRef &row)
{
    static const FieldOf field{"tcp.total-retrans", "sctp.rtxchunks"};
    return info(row, field);
}

Value congestionWindow(const RowRef &row)
{
    static const FieldOf field{"tcp.snd-cwnd"};
    return info(row, field);
}

Value deliveryRate(const RowRef &row)
{
    static const FieldOf field{"tcp.delivery-rate"};
    return measured(row, field);
}

Value bytesReceived(const RowRef &row)
{
    static const FieldOf field{"tcp.bytes-received", "mptcpinfo.bytes-received"};
    return info(row, field);
}

Value bytesSent(const RowRef &row)
{
    static const FieldOf field{"tcp.bytes-sent", "mptcpinfo.bytes-sent"};
    return info(row, field);
}

Value congestionControl(const RowRef &row)
{
    constexpr quint16 congestionAttribute = 4; // INET_DIAG_CONG
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return Why::NotTold;
    // Other families number other attributes the same.
    const bool numbersIt = tableOf(socket.protocol).family == AF_INET;
    const Attribute *attribute = numbersIt ? attributeOf(socket.protocol, congestionAttribute) : nullptr;
    if (choosesUntold(socket.protocol))
        return Why::NotTold;
    if (!attribute || attribute->states == 0 || isMiniSocket(socket))
        return Why::DoesNotApply;
    const Bytes message = row.snapshot().message(socket);
    const auto sent = message.empty() ? std::nullopt : attributePayload(message, congestionAttribute);
    if (!sent)
        return absence(row, AskCongestion);
    const QByteArray bytes(reinterpret_cast<const char *>(sent->data()), static_cast<qsizetype>(sent->size()));
    return Value::of(visible(QByteArray(bytes.constData()))); // up to its NUL
}

Value memory(const RowRef &row)
{
    // What waits to be read, and what was written and is not gone. Streams keep the latter in a write queue, of which
    // wmem_alloc counts copies once more; the others have no write queue and only wmem_alloc.
    static const FieldOf receive{"mem.rmem-alloc"}, queued{"mem.wmem-queued"}, allocated{"mem.wmem-alloc"};
    const Socket &socket = row.socket();
    const bool hasWriteQueue = socket.protocol == Protocol::Tcp || socket.protocol == Protocol::Mptcp
        || socket.protocol == Protocol::Sctp || socket.protocol == Protocol::Dccp;
    if (!receive.of(socket.protocol) && !isMiniSocket(socket)) // they all take memory, whoever tells it
        return Why::NotTold;
    const quint32 asked = socket.protocol == Protocol::Unix ? AskUnixMemory : AskMemory;
    const Value in = fieldValue(row, receive, asked);
    const Value out = fieldValue(row, hasWriteQueue ? queued : allocated, asked);
    if (!in.present() || !out.present())
        return in.present() ? out : in;
    return Value::of(std::get<quint64>(in.data) + std::get<quint64>(out.data));
}

Value typeOfService(const RowRef &row)
{
    static const FieldOf tos{"inet.tos"}, trafficClass{"inet.tclass"};
    const Socket &socket = row.socket();
    if (isInternet(socket.protocol) && !tos.of(socket.protocol) && !isMiniSocket(socket)) // they all have it
        return Why::NotTold;
    return socket.family == AF_INET6 ? fieldValue(row, trafficClass, AskTclass) : fieldValue(row, tos, AskTos);
}

} // namespace socktree::column
