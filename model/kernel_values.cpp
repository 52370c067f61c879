// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "model/column_values.h"
#include "model/owners.h"
#include "model/text.h"

#include <netinet/in.h>
#include <sys/socket.h>

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

/// A field by its id in the tables of each protocol we have rows of.
struct FieldOf {
    FieldRef tcp, udp, unix_;
    explicit FieldOf(const char *id)
        : tcp(fieldById(id, AF_INET, IPPROTO_TCP)), udp(fieldById(id, AF_INET, IPPROTO_UDP)),
          unix_(fieldById(id, AF_UNIX))
    {
    }
    const FieldRef &of(Protocol protocol) const
    {
        return protocol == Protocol::Unix ? unix_ : protocol == Protocol::Udp ? udp : tcp;
    }
};

/// Bound and neither listening nor connected, or no more than an address pair: the kernel has none of the attributes.
bool isBare(const Socket &socket)
{
    return socket.boundInactive || isMiniSocket(socket);
}

/// Why the message lacks what bit @p asked brings.
Why absence(const RowRef &row, quint32 asked)
{
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unknown)
        return Why::NotTold;
    if (isBare(socket))
        return Why::DoesNotApply;
    const auto &dumps = row.snapshot().dumps;
    if (row.snapshot().message(socket).empty()
        || (socket.dump < dumps.size() && !(dumps[socket.dump].scope.asked & asked)))
        return Why::NotAsked;
    return Why::NotTold;
}

Value fieldValue(const RowRef &row, const FieldRef &ref, quint32 asked)
{
    if (ref)
        if (const auto raw = valueOf(ref, row.snapshot().message(row.socket())))
            return Value::of(*raw);
    return absence(row, asked);
}

bool isConnection(const Socket &socket)
{
    constexpr quint8 listening = 10;
    return socket.protocol == Protocol::Tcp && socket.state != listening && !isBare(socket);
}

/// A field of tcp_info, which means something on connections only: a listener's are zeros or something else.
Value tcpInfo(const RowRef &row, const FieldRef &ref)
{
    const Socket &socket = row.socket();
    if (socket.protocol != Protocol::Unknown && !isConnection(socket))
        return Why::DoesNotApply;
    return fieldValue(row, ref, AskInfo);
}

/// The same where the kernel says 0 before it has measured.
Value measured(const RowRef &row, const FieldRef &ref)
{
    const Value value = tcpInfo(row, ref);
    return value.present() && std::get<quint64>(value.data) == 0 ? Value(Why::NotYet) : value;
}

} // namespace

Value rtt(const RowRef &row)
{
    static const FieldRef field = fieldById("tcp.rtt", AF_INET, IPPROTO_TCP);
    return measured(row, field);
}

Value retransmissions(const RowRef &row)
{
    static const FieldRef field = fieldById("tcp.total-retrans", AF_INET, IPPROTO_TCP);
    return tcpInfo(row, field);
}

Value congestionWindow(const RowRef &row)
{
    static const FieldRef field = fieldById("tcp.snd-cwnd", AF_INET, IPPROTO_TCP);
    return tcpInfo(row, field);
}

Value deliveryRate(const RowRef &row)
{
    static const FieldRef field = fieldById("tcp.delivery-rate", AF_INET, IPPROTO_TCP);
    return measured(row, field);
}

Value bytesReceived(const RowRef &row)
{
    static const FieldRef field = fieldById("tcp.bytes-received", AF_INET, IPPROTO_TCP);
    return tcpInfo(row, field);
}

Value bytesSent(const RowRef &row)
{
    static const FieldRef field = fieldById("tcp.bytes-sent", AF_INET, IPPROTO_TCP);
    return tcpInfo(row, field);
}

Value congestionControl(const RowRef &row)
{
    constexpr quint16 congestionAttribute = 4; // INET_DIAG_CONG
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Udp || socket.protocol == Protocol::Unix)
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
    // What waits to be read, and what was written and is not gone. TCP keeps the latter in its write queue, of which
    // wmem_alloc counts copies once more; the others have no write queue and only wmem_alloc.
    static const FieldOf receive("mem.rmem-alloc"), queued("mem.wmem-queued"), allocated("mem.wmem-alloc");
    const Protocol protocol = row.socket().protocol;
    const quint32 asked = protocol == Protocol::Unix ? AskUnixMemory : AskMemory;
    const Value in = fieldValue(row, receive.of(protocol), asked);
    const Value out = fieldValue(row, (protocol == Protocol::Tcp ? queued : allocated).of(protocol), asked);
    if (!in.present() || !out.present())
        return in.present() ? out : in;
    return Value::of(std::get<quint64>(in.data) + std::get<quint64>(out.data));
}

Value typeOfService(const RowRef &row)
{
    static const FieldOf tos("inet.tos"), trafficClass("inet.tclass");
    const Socket &socket = row.socket();
    if (socket.protocol == Protocol::Unix)
        return Why::DoesNotApply;
    return socket.family == AF_INET6 ? fieldValue(row, trafficClass.of(socket.protocol), AskTclass)
                                     : fieldValue(row, tos.of(socket.protocol), AskTos);
}

} // namespace socktree::column
