// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/record_codec.h"

#include <algorithm>
#include <utility>

namespace socktree::capture {

namespace {

using std::chrono::nanoseconds;

constexpr qint64 mostOffset = qint64(1) << 61; // 73 years, so that no difference of two overflows

qint64 sinceEpoch(WallTime time)
{
    return std::chrono::duration_cast<nanoseconds>(time.time_since_epoch()).count();
}

WallTime wallTime(qint64 sinceEpoch)
{
    return WallTime(std::chrono::duration_cast<WallTime::duration>(nanoseconds(sinceEpoch)));
}

} // namespace

quint64 Fields::skipRest()
{
    const quint64 rest = m_left;
    while (m_left > 0 && !m_reader.failed()) {
        m_reader.skip();
        --m_left;
    }
    return rest;
}

void beginRecord(cbor::Writer &out, RecordType type, quint64 fields)
{
    out.array(fields + 1);
    out.number(quint64(type));
}

qint64 offsetOf(SteadyTime time, SteadyTime began)
{
    return std::chrono::duration_cast<nanoseconds>(time - began).count();
}

SteadyTime timeAt(qint64 offset, SteadyTime began)
{
    return began + nanoseconds(std::clamp(offset, -mostOffset, mostOffset));
}

void encode(cbor::Writer &out, const HostRecord &record)
{
    beginRecord(out, RecordType::Host, 8);
    out.bytes(record.name);
    out.bytes(record.kernel);
    if (record.btfHasEcnMode)
        out.boolean(*record.btfHasEcnMode);
    else
        out.null();
    out.number(record.netns);
    if (record.euid)
        out.number(*record.euid);
    else
        out.null();
    out.integer(record.pid);
    out.integer(sinceEpoch(record.taken));
    out.bytes(record.services);
}

void decode(Fields &fields, HostRecord &record)
{
    fields.take(record.name);
    fields.take(record.kernel);
    fields.take(record.btfHasEcnMode);
    fields.take(record.netns);
    fields.take(record.euid);
    fields.take(record.pid);
    qint64 taken = 0;
    fields.take(taken);
    record.taken = wallTime(taken);
    fields.take(record.services);
}

void encode(cbor::Writer &out, const NamespaceRecord &record)
{
    beginRecord(out, RecordType::Namespace, 7);
    out.number(record.id);
    out.number(record.inode);
    out.choice(record.reached);
    out.integer(record.pid);
    out.bytes(record.mounted);
    out.integer(record.error);
    out.number(record.netFile);
}

void decode(Fields &fields, NamespaceRecord &record)
{
    using Reached = NamespaceRecord::Reached;
    fields.take(record.id);
    fields.take(record.inode);
    fields.take(record.reached, Reached::Unread, Reached::Unread);
    fields.take(record.pid);
    fields.take(record.mounted);
    fields.take(record.error);
    fields.take(record.netFile);
}

void encode(cbor::Writer &out, quint64 stream, const Scope &scope)
{
    beginRecord(out, RecordType::DumpBegan, 7);
    out.number(stream);
    out.number(scope.netns);
    out.number(scope.family);
    out.number(scope.protocol);
    out.number(scope.states);
    out.number(scope.asked);
    out.bytes(scope.file);
}

void decode(Fields &fields, quint64 &stream, Scope &scope)
{
    fields.take(stream);
    fields.take(scope.netns);
    fields.take(scope.family);
    fields.take(scope.protocol);
    fields.take(scope.states);
    fields.take(scope.asked);
    fields.take(scope.file);
}

void encode(cbor::Writer &out, quint64 stream, std::span<const std::byte> datagram)
{
    beginRecord(out, RecordType::Datagram, 2);
    out.number(stream);
    out.bytes(datagram);
}

void decode(Fields &fields, quint64 &stream, std::span<const std::byte> &datagram)
{
    fields.take(stream);
    if (fields.next())
        datagram = fields.reader().bytes().value_or(std::span<const std::byte>());
}

void encode(cbor::Writer &out, quint64 stream, const DumpEnding &ending, SteadyTime began)
{
    beginRecord(out, RecordType::DumpEnded, 6);
    out.number(stream);
    out.choice(ending.end);
    out.integer(ending.error);
    out.number(ending.strangers);
    out.integer(offsetOf(ending.began, began));
    out.integer(offsetOf(ending.ended, began));
}

void decode(Fields &fields, quint64 &stream, DumpEnding &ending, SteadyTime began)
{
    fields.take(stream);
    fields.take(ending.end, DumpEnd::Failed, DumpEnd::Failed);
    fields.take(ending.error);
    fields.take(ending.strangers);
    qint64 start = 0, end = 0;
    fields.take(start);
    fields.take(end);
    ending.began = timeAt(start, began);
    ending.ended = timeAt(end, began);
}

void encode(cbor::Writer &out, const NameRecord &record)
{
    beginRecord(out, RecordType::Name, 4);
    out.choice(record.of);
    out.number(record.number);
    out.bytes(record.name);
    out.number(record.netns);
}

bool decode(Fields &fields, NameRecord &record)
{
    quint64 of = 0;
    fields.take(of);
    record.of = static_cast<NameRecord::Of>(std::min(of, quint64(NameRecord::Of::Cgroup)));
    fields.take(record.number);
    fields.take(record.name);
    fields.take(record.netns);
    return of <= quint64(NameRecord::Of::Cgroup);
}

void encode(cbor::Writer &out, const Problem &problem)
{
    beginRecord(out, RecordType::Problem, 3);
    out.bytes(problem.source);
    out.bytes(problem.what);
    out.integer(problem.error);
}

void decode(Fields &fields, Problem &problem)
{
    fields.take(problem.source);
    fields.take(problem.what);
    fields.take(problem.error);
}

void encode(cbor::Writer &out, const RememberedRecord &record)
{
    beginRecord(out, RecordType::Remembered, 9);
    out.number(record.cookie);
    out.number(record.netns);
    out.number(record.inode);
    out.number(record.family);
    out.number(record.protocol);
    out.integer(sinceEpoch(record.firstSeen));
    out.integer(record.pid);
    out.number(record.startTime);
    out.bytes(record.comm);
}

void decode(Fields &fields, RememberedRecord &record)
{
    fields.take(record.cookie);
    fields.take(record.netns);
    fields.take(record.inode);
    fields.take(record.family);
    fields.take(record.protocol);
    qint64 firstSeen = 0;
    fields.take(firstSeen);
    record.firstSeen = wallTime(firstSeen);
    fields.take(record.pid);
    fields.take(record.startTime);
    fields.take(record.comm);
}

void encodeFinished(cbor::Writer &out, SteadyTime ended, SteadyTime began)
{
    beginRecord(out, RecordType::Finished, 1);
    out.integer(offsetOf(ended, began));
}

void decodeFinished(Fields &fields, SteadyTime &ended, SteadyTime began)
{
    qint64 offset = 0;
    fields.take(offset);
    ended = timeAt(offset, began);
}

} // namespace socktree::capture
