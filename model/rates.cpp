// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rates.h"

#include "collector/decode/attribute.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

/// Where a protocol's own struct counts bytes.
struct CounterFields {
    FieldRef received, sent, acked;
    CounterFields(const QByteArray &prefix, quint16 protocol)
        : received(fieldById((prefix + "bytes-received").constData(), AF_INET, protocol)),
          sent(fieldById((prefix + "bytes-sent").constData(), AF_INET, protocol)),
          acked(fieldById((prefix + "bytes-acked").constData(), AF_INET, protocol))
    {
    }
};

const CounterFields *fieldsOf(Protocol protocol)
{
    static const CounterFields tcp("tcp.", IPPROTO_TCP), mptcp("mptcpinfo.", IPPROTO_MPTCP);
    return protocol == Protocol::Tcp ? &tcp : protocol == Protocol::Mptcp ? &mptcp : nullptr;
}

} // namespace

std::optional<ByteCounters> byteCounters(const Snapshot &snapshot, const Socket &socket)
{
    const CounterFields *fields = fieldsOf(socket.protocol);
    if (!fields)
        return std::nullopt;
    // One walk for the struct that has them all.
    const auto info = attributePayload(snapshot.message(socket), fields->received.attribute->number);
    if (!info)
        return std::nullopt;
    const auto in = valueOf(*fields->received.field, *info);
    auto out = valueOf(*fields->sent.field, *info);
    if (!out)
        out = valueOf(*fields->acked.field, *info);
    if (!in || !out)
        return std::nullopt;
    return ByteCounters{*in, *out};
}

double bytesPerSecond(quint64 before, quint64 now, SteadyTime::duration elapsed)
{
    if (elapsed <= SteadyTime::duration::zero())
        return -1;
    const quint64 moved = now > before ? now - before : 0;
    return double(moved) / std::chrono::duration<double>(elapsed).count();
}

void updateRates(Entry &entry, const Snapshot &snapshot, const Socket &socket)
{
    const auto counters = byteCounters(snapshot, socket);
    const SteadyTime dumpedAt
        = socket.dump < snapshot.dumps.size() ? snapshot.dumps[socket.dump].ending.ended : snapshot.ended;
    entry.receiveRate = entry.sendRate = -1;
    if (counters && entry.hasCounters) {
        entry.receiveRate = bytesPerSecond(entry.received, counters->received, dumpedAt - entry.dumpedAt);
        entry.sendRate = bytesPerSecond(entry.sent, counters->sent, dumpedAt - entry.dumpedAt);
    }
    entry.hasCounters = counters.has_value();
    entry.received = counters ? counters->received : 0;
    entry.sent = counters ? counters->sent : 0;
    entry.dumpedAt = dumpedAt;
}

} // namespace socktree
