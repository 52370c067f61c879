// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/replay.h"

#include "collector/capture/secrets.h"

#include <algorithm>

namespace socktree::capture {

namespace {

/// What a record comes to in memory beyond its own bytes, roughly; and each descriptor of a process.
constexpr quint64 costOfRecord = 256, costOfDescriptor = 64;

} // namespace

void Faults::add(quint64 offset, const QByteArray &what, bool isEnd)
{
    if (m_result.faults.size() < m_most)
        m_result.faults.push_back({offset, what, isEnd});
    else
        ++m_result.moreFaults;
}

void Faults::tell(Sink &sink) const
{
    for (const CaptureFault &fault : m_result.faults)
        sink.problem({"capture file", "at byte " + QByteArray::number(fault.offset) + ": " + fault.what, 0});
    if (m_result.moreFaults > 0)
        sink.problem({"capture file", "and " + QByteArray::number(m_result.moreFaults) + " more faults", 0});
}

Replay::Replay(Sink &sink, const CaptureLimits &limits, CaptureReadResult &result)
    : m_sink(sink), m_limits(limits), m_result(result), m_faults(result, limits.faults)
{
}

Replay::~Replay() = default;

void Replay::lost(quint64 offset, const QByteArray &what, bool isEnd)
{
    m_faults.add(offset, what, isEnd);
    m_lossy = true;
    for (auto &[number, stream] : m_streams)
        stream.lossy = true;
}

bool Replay::within(quint64 cost, quint64 offset)
{
    m_cost += cost;
    if (!m_full && m_cost > m_limits.bytes) {
        m_full = true;
        lost(offset, "it holds more than we take in; the rest is left unread");
    }
    return !m_full;
}

bool Replay::record(std::span<const std::byte> item, quint64 offset)
{
    if (!within(item.size() + costOfRecord, offset))
        return false;
    cbor::Reader reader(item);
    Fields fields(reader);
    quint64 type = 0;
    fields.take(type);
    if (!fields.good() || type == 0) {
        lost(offset, "a record has no type");
    } else if (m_finished) {
        lost(offset, "a record comes after the end of the capture, and is left out");
    } else if (type > quint64(RecordType::MappedSocket)) {
        ++m_result.skipped;
    } else {
        if (type != quint64(RecordType::Host))
            needHost(offset);
        take(static_cast<RecordType>(type), fields, offset);
    }
    return !m_full;
}

void Replay::take(RecordType type, Fields &fields, quint64 offset)
{
    switch (type) {
    case RecordType::Host: takeHost(fields, offset); break;
    case RecordType::Namespace:
        if (++m_namespaces <= m_limits.namespaces)
            takeSimple<NamespaceRecord>(fields, offset, &Sink::networkNamespace);
        else
            lost(offset, "it holds more network namespaces than we take in");
        break;
    case RecordType::DumpBegan: takeDumpBegan(fields, offset); break;
    case RecordType::Datagram: takeDatagram(fields, offset); break;
    case RecordType::DumpEnded: takeDumpEnded(fields, offset); break;
    case RecordType::Process: takeProcess(fields, offset); break;
    case RecordType::ProcessesEnded: takeProcessesEnded(fields, offset); break;
    case RecordType::Name: {
        NameRecord name{};
        const bool known = decode(fields, name);
        if (!known)
            ++m_result.skipped;
        else if (accept(fields, offset))
            m_sink.name(name);
        break;
    }
    case RecordType::LoneSocket: takeSimple<LoneSocketRecord>(fields, offset, &Sink::loneSocket); break;
    case RecordType::Problem: takeSimple<Problem>(fields, offset, &Sink::problem); break;
    case RecordType::Remembered: takeSimple<RememberedRecord>(fields, offset, &Sink::remembered); break;
    case RecordType::MappedSocket: takeSimple<MappedSocketRecord>(fields, offset, &Sink::mappedSocket); break;
    case RecordType::Finished: {
        SteadyTime ended;
        decodeFinished(fields, ended, SteadyTime());
        if (accept(fields, offset)) {
            m_ended = ended;
            m_finished = true;
        }
        break;
    }
    }
    if (fields.good())
        m_result.extraFields += fields.left();
}

/// Whether the record was understood and shall be handed on.
bool Replay::accept(const Fields &fields, quint64 offset)
{
    if (!fields.good()) {
        lost(offset, "a record is malformed, and is left out");
        return false;
    }
    ++m_result.records;
    return true;
}

template <typename Record> void Replay::takeSimple(Fields &fields, quint64 offset, void (Sink::*handOn)(const Record &))
{
    Record record;
    decode(fields, record);
    if (accept(fields, offset))
        (m_sink.*handOn)(record);
}

void Replay::needHost(quint64 offset)
{
    if (m_host)
        return;
    m_host = true;
    m_sink.host({});
    lost(offset, "the record of the host is not where it belongs, before all others");
}

void Replay::takeHost(Fields &fields, quint64 offset)
{
    if (m_host) {
        lost(offset, "a second record of the host is left out");
        return;
    }
    HostRecord host;
    decode(fields, host);
    host.began = SteadyTime();
    if (!accept(fields, offset))
        return;
    m_host = true;
    m_sink.host(host);
}

void Replay::takeDumpBegan(Fields &fields, quint64 offset)
{
    quint64 number = 0;
    Scope scope;
    decode(fields, number, scope);
    if (++m_dumps > m_limits.dumps) {
        lost(offset, "it holds more lists of sockets than we take in");
        return;
    }
    if (!accept(fields, offset))
        return;
    if (const auto known = m_streams.find(number); known != m_streams.end()) {
        lost(offset, "a list of sockets begins while one of the same number is open, which ends there");
        end(known->second, {.end = DumpEnd::Truncated});
        m_streams.erase(known);
    }
    m_streams.emplace(number, Stream{m_sink.dump(scope), !scope.file.isEmpty(), false});
}

void Replay::takeDatagram(Fields &fields, quint64 offset)
{
    quint64 number = 0;
    std::span<const std::byte> bytes;
    decode(fields, number, bytes);
    if (!accept(fields, offset))
        return;
    const auto stream = m_streams.find(number);
    if (stream == m_streams.end()) {
        lost(offset, "sockets of a list that was not begun are left out");
        return;
    }
    m_datagram.assign(bytes.begin(), bytes.end());
    if (!stream->second.isText)
        zeroKeys(m_datagram);
    stream->second.sink->datagram(m_datagram);
}

void Replay::end(Stream &stream, const DumpEnding &ending)
{
    DumpEnding told = ending;
    if (stream.lossy && told.end == DumpEnd::Complete)
        told.end = DumpEnd::Truncated;
    stream.sink->ended(told);
}

void Replay::takeDumpEnded(Fields &fields, quint64 offset)
{
    quint64 number = 0;
    DumpEnding ending;
    decode(fields, number, ending, SteadyTime());
    if (!accept(fields, offset))
        return;
    const auto stream = m_streams.find(number);
    if (stream == m_streams.end()) {
        lost(offset, "a list of sockets ends that was not begun");
        return;
    }
    m_ended = std::max(m_ended, ending.ended); // until the capture's own end is known
    end(stream->second, ending);
    m_streams.erase(stream);
}

void Replay::takeProcess(Fields &fields, quint64 offset)
{
    ProcessRecord record;
    decode(fields, record);
    const std::size_t descriptors = record.descriptors.size() + record.descriptorTexts.size() + record.rings.size();
    if (m_processesEnded)
        lost(offset, "a process comes after the last process, and is left out");
    else if (accept(fields, offset) && within(descriptors * costOfDescriptor, offset)) {
        m_result.owners = m_anyProcess = true;
        m_sink.process(std::move(record));
    }
}

void Replay::takeProcessesEnded(Fields &fields, quint64 offset)
{
    ProcessesEnd end;
    decode(fields, end);
    if (m_processesEnded) {
        lost(offset, "the processes end a second time");
    } else if (accept(fields, offset)) {
        if (m_lossy && end.got == Got::Read)
            end.got = Got::Broken; // which of them were lost nobody can tell
        m_processesEnded = m_result.owners = true;
        m_sink.processesEnded(end);
    }
}

QByteArray Replay::place() const
{
    if (m_finished)
        return "all records were read, and nothing but the count of them is missing";
    if (!m_host)
        return "nothing was read before";
    QList<QByteArray> underWay;
    if (!m_streams.empty())
        underWay += m_streams.size() == 1 ? QByteArray("a list of sockets")
                                          : QByteArray::number(m_streams.size()) + " lists of sockets";
    if (m_anyProcess && !m_processesEnded)
        underWay += "the processes";
    QByteArray place = underWay.isEmpty() ? QByteArray("between lists") : "within " + underWay.join(" and ");
    if (!m_anyProcess && !m_processesEnded)
        place += ", before the processes";
    else if (m_processesEnded)
        place += ", after the processes";
    return place;
}

void Replay::finish(quint64 size)
{
    if (!m_finished && m_result.faults.empty())
        m_faults.add(size, "the capture was not finished when it was written");
    if (!m_host)
        m_sink.host({});
    m_host = true;
    for (auto &[number, stream] : m_streams)
        end(stream, {.end = DumpEnd::Truncated});
    m_streams.clear();
    if (m_result.owners && !m_processesEnded)
        m_sink.processesEnded({.got = Got::Broken});
    m_faults.tell(m_sink);
    if (m_result.format == CaptureFormat::Socktree && !m_result.owners && !m_result.faults.empty())
        m_sink.problem({"capture file", "it is cut off or damaged before its processes: owners are not known", 0});
    m_sink.finished(m_ended);
}

} // namespace socktree::capture
