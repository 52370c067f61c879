// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rates.h"

#include "collector/decode/attribute.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

std::optional<ByteCounters> byteCounters(const Snapshot &snapshot, const Socket &socket)
{
    static const FieldRef received = fieldById("tcp.bytes-received", AF_INET, IPPROTO_TCP);
    static const FieldRef sent = fieldById("tcp.bytes-sent", AF_INET, IPPROTO_TCP);
    static const FieldRef acked = fieldById("tcp.bytes-acked", AF_INET, IPPROTO_TCP);
    if (socket.protocol != Protocol::Tcp)
        return std::nullopt;
    // One walk for the struct that has them all.
    const auto info = attributePayload(snapshot.message(socket), received.attribute->number);
    if (!info)
        return std::nullopt;
    const auto in = valueOf(*received.field, *info);
    auto out = valueOf(*sent.field, *info);
    if (!out)
        out = valueOf(*acked.field, *info);
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
