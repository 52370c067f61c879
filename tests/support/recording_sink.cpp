// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/recording_sink.h"

#include <QtCore/QMutexLocker>

namespace socktree::test {

QByteArray RecordedDump::bytes() const
{
    QByteArray all;
    for (const QByteArray &datagram : datagrams)
        all += datagram;
    return all;
}

void RecordingDumpSink::datagram(std::span<const std::byte> bytes)
{
    m_record.datagrams.push_back(
        QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())));
}

void RecordingDumpSink::ended(const DumpEnding &ending)
{
    m_record.endings.push_back(ending);
}

void RecordingSink::arrived()
{
    if (hosts.size() != 1 || finishes != 0)
        outOfOrder = true;
}

void RecordingSink::host(const HostRecord &record)
{
    const QMutexLocker lock(&m_mutex);
    hosts.push_back(record);
    arrived();
}

std::unique_ptr<DumpSink> RecordingSink::dump(const Scope &scope)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    RecordedDump &record = dumps.emplace_back();
    record.scope = scope;
    return std::make_unique<RecordingDumpSink>(record);
}

void RecordingSink::process(ProcessRecord &&record)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    processes.push_back(std::move(record));
}

void RecordingSink::processesEnded(const ProcessesEnd &end)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    processesEnds.push_back(end);
}

void RecordingSink::name(const NameRecord &record)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    names.push_back(record);
}

void RecordingSink::networkNamespace(const NamespaceRecord &record)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    namespaces.push_back(record);
}

void RecordingSink::loneSocket(const LoneSocketRecord &record)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    loneSockets.push_back(record);
}

void RecordingSink::problem(const Problem &problem)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    problems.push_back(problem);
}

void RecordingSink::mappedSocket(const MappedSocketRecord &record)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    mappedSockets.push_back(record);
}

void RecordingSink::remembered(const RememberedRecord &record)
{
    const QMutexLocker lock(&m_mutex);
    arrived();
    rememberedRecords.push_back(record);
}

void RecordingSink::finished(SteadyTime ended)
{
    const QMutexLocker lock(&m_mutex);
    endedAt = ended;
    arrived();
    ++finishes;
}

const ProcessRecord *RecordingSink::processWith(qint32 pid) const
{
    for (const ProcessRecord &process : processes) {
        if (process.pid == pid)
            return &process;
    }
    return nullptr;
}

const RecordedDump *RecordingSink::dumpOf(quint8 family, quint8 protocol) const
{
    for (auto dump = dumps.rbegin(); dump != dumps.rend(); ++dump) {
        const Scope &scope = dump->scope;
        const bool isHere = hosts.empty() || scope.netns == hosts.front().netns;
        if (isHere && scope.file.isEmpty() && scope.family == family && scope.protocol == protocol)
            return &*dump;
    }
    return nullptr;
}

std::optional<QByteArray> RecordingSink::nameOf(NameRecord::Of of, quint64 number) const
{
    for (const NameRecord &name : names) {
        if (name.of == of && name.number == number)
            return name.name;
    }
    return std::nullopt;
}

} // namespace socktree::test
