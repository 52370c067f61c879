// SPDX-License-Identifier: GPL-3.0-or-later
// Gives one capture to two sinks: what is shown and what is saved are of the same moment.
#pragma once

#include "collector/capture/record.h"

namespace socktree {

/// Each sink sees what it would see alone. Keep both alive.
class TeeSink : public Sink
{
public:
    TeeSink(Sink &first, Sink &second) : m_first(first), m_second(second) { }

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

private:
    Sink &m_first, &m_second;
};

} // namespace socktree
