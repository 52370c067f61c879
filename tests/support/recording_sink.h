// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps every record of a capture as it came, for tests that look at what a reader wrote.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QMutex>

#include <deque>
#include <optional>
#include <vector>

namespace socktree::test {

struct RecordedDump {
    Scope scope;
    std::vector<QByteArray> datagrams;
    std::vector<DumpEnding> endings; ///< of a well-behaved stream exactly one
    QByteArray bytes() const;        ///< all datagrams, one after another
};

class RecordingDumpSink final : public DumpSink
{
public:
    explicit RecordingDumpSink(RecordedDump &record) : m_record(record) { }
    void datagram(std::span<const std::byte> bytes) override;
    void ended(const DumpEnding &ending) override;

private:
    RecordedDump &m_record;
};

class RecordingSink final : public Sink
{
public:
    void host(const HostRecord &record) override;
    std::unique_ptr<DumpSink> dump(const Scope &scope) override;
    void process(ProcessRecord &&record) override;
    void processesEnded(const ProcessesEnd &end) override;
    void name(const NameRecord &record) override;
    void networkNamespace(const NamespaceRecord &record) override;
    void loneSocket(const LoneSocketRecord &record) override;
    void problem(const Problem &problem) override;
    void mappedSocket(const MappedSocketRecord &record) override;
    void remembered(const RememberedRecord &record) override;
    void finished(SteadyTime ended) override;

    const ProcessRecord *processWith(qint32 pid) const;
    /// The last dump of this family and protocol in the reader's own namespace, or null.
    const RecordedDump *dumpOf(quint8 family, quint8 protocol) const;
    std::optional<QByteArray> nameOf(NameRecord::Of of, quint64 number) const;

    // To be read after finished().
    std::vector<HostRecord> hosts;
    std::deque<RecordedDump> dumps; ///< in the order they were begun
    std::vector<ProcessRecord> processes;
    std::vector<ProcessesEnd> processesEnds;
    std::vector<NameRecord> names;
    std::vector<NamespaceRecord> namespaces;
    std::vector<LoneSocketRecord> loneSockets;
    std::vector<MappedSocketRecord> mappedSockets;
    std::vector<Problem> problems;
    std::vector<RememberedRecord> rememberedRecords;
    SteadyTime endedAt; ///< what finished() was told
    int finishes = 0;
    bool outOfOrder = false; ///< something came before host() or after finished()

private:
    void arrived();
    QMutex m_mutex;
};

} // namespace socktree::test
