// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/tee_sink.h"

namespace socktree {

namespace {

class TeeStream final : public DumpSink
{
public:
    TeeStream(std::unique_ptr<DumpSink> first, std::unique_ptr<DumpSink> second)
        : m_first(std::move(first)), m_second(std::move(second))
    {
    }
    void datagram(std::span<const std::byte> bytes) override
    {
        m_first->datagram(bytes);
        m_second->datagram(bytes);
    }
    void ended(const DumpEnding &ending) override
    {
        m_first->ended(ending);
        m_second->ended(ending);
    }

private:
    std::unique_ptr<DumpSink> m_first, m_second;
};

} // namespace

void TeeSink::host(const HostRecord &record)
{
    m_first.host(record);
    m_second.host(record);
}

std::unique_ptr<DumpSink> TeeSink::dump(const Scope &scope)
{
    auto first = m_first.dump(scope);
    return std::make_unique<TeeStream>(std::move(first), m_second.dump(scope));
}

void TeeSink::process(ProcessRecord &&record)
{
    m_first.process(ProcessRecord(record));
    m_second.process(std::move(record));
}

void TeeSink::processesEnded(const ProcessesEnd &end)
{
    m_first.processesEnded(end);
    m_second.processesEnded(end);
}

void TeeSink::name(const NameRecord &record)
{
    m_first.name(record);
    m_second.name(record);
}

void TeeSink::networkNamespace(const NamespaceRecord &record)
{
    m_first.networkNamespace(record);
    m_second.networkNamespace(record);
}

void TeeSink::loneSocket(const LoneSocketRecord &record)
{
    m_first.loneSocket(record);
    m_second.loneSocket(record);
}

void TeeSink::problem(const Problem &problem)
{
    m_first.problem(problem);
    m_second.problem(problem);
}

void TeeSink::mappedSocket(const MappedSocketRecord &record)
{
    m_first.mappedSocket(record);
    m_second.mappedSocket(record);
}

void TeeSink::remembered(const RememberedRecord &record)
{
    m_first.remembered(record);
    m_second.remembered(record);
}

void TeeSink::finished(SteadyTime ended)
{
    m_first.finished(ended);
    m_second.finished(ended);
}

} // namespace socktree
