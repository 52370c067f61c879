// SPDX-License-Identifier: GPL-3.0-or-later
// Hands on what a file holds to a sink so that the sink's rules hold, whatever the file holds.
#pragma once

#include "collector/capture/capture_reader.h"
#include "collector/capture/record_codec.h"

#include <map>
#include <memory>
#include <span>
#include <vector>

namespace socktree::capture {

/// Notes what is wrong with a file, the first faults whole and the others by number.
class Faults
{
public:
    Faults(CaptureReadResult &result, std::size_t most) : m_result(result), m_most(most) { }
    void add(quint64 offset, const QByteArray &what, bool isEnd = false);
    /// As problems of the file.
    void tell(Sink &sink) const;

private:
    CaptureReadResult &m_result;
    std::size_t m_most;
};

class Replay
{
public:
    Replay(Sink &sink, const CaptureLimits &limits, CaptureReadResult &result);
    ~Replay();
    Replay(const Replay &) = delete;
    Replay &operator=(const Replay &) = delete;

    /// One whole CBOR item that shall be a record; @p offset is where a fault in it is said to be. False: the limits
    /// are reached, and nothing more is taken.
    bool record(std::span<const std::byte> item, quint64 offset);
    /// Something that the file held cannot be read: what is under way lacks it.
    void lost(quint64 offset, const QByteArray &what, bool isEnd = false);
    /// How far the records came: what was under way, for a message about a file that ends there.
    QByteArray place() const;
    /// Ends what is open, tells the faults, finishes. @p size: of the file, bytes.
    void finish(quint64 size);

private:
    struct Stream {
        std::unique_ptr<DumpSink> sink;
        bool isText = false;
        bool lossy = false;
    };

    bool within(quint64 cost, quint64 offset);
    void take(RecordType type, Fields &fields, quint64 offset);
    void takeHost(Fields &fields, quint64 offset);
    void takeDumpBegan(Fields &fields, quint64 offset);
    void takeDatagram(Fields &fields, quint64 offset);
    void takeDumpEnded(Fields &fields, quint64 offset);
    void takeProcess(Fields &fields, quint64 offset);
    void takeProcessesEnded(Fields &fields, quint64 offset);
    template <typename Record> void takeSimple(Fields &fields, quint64 offset, void (Sink::*handOn)(const Record &));
    bool accept(const Fields &fields, quint64 offset);
    void end(Stream &stream, const DumpEnding &ending);
    void needHost(quint64 offset);

    Sink &m_sink;
    const CaptureLimits &m_limits;
    CaptureReadResult &m_result;
    Faults m_faults;
    std::map<quint64, Stream> m_streams; ///< open ones
    std::vector<std::byte> m_datagram;
    SteadyTime m_ended;
    quint64 m_cost = 0, m_dumps = 0, m_namespaces = 0;
    bool m_host = false, m_anyProcess = false, m_processesEnded = false, m_finished = false, m_lossy = false,
         m_full = false;
};

} // namespace socktree::capture
