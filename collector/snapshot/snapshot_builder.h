// SPDX-License-Identifier: GPL-3.0-or-later
// The sink that understands a capture: decodes each datagram while it is hot, removes duplicates, joins sockets to
// their holders.
#pragma once

#include "collector/capture/record.h"
#include "collector/snapshot/snapshot.h"

#include <memory>

namespace socktree {

/// A pure function of the records it is given; knows no past. Streams may be fed from several threads.
class SnapshotBuilder final : public Sink
{
public:
    /// @p keepMessages: keep verbatim messages (Needs::messages); @p owners: whether processes will come
    /// (Needs::owners).
    SnapshotBuilder(bool keepMessages, bool owners);
    ~SnapshotBuilder() override;

    void host(const HostRecord &record) override;
    std::unique_ptr<DumpSink> dump(const Scope &scope) override;
    void process(ProcessRecord &&record) override;
    void processesEnded(const ProcessesEnd &end) override;
    void name(const NameRecord &record) override;
    void networkNamespace(const NamespaceRecord &record) override;
    void loneSocket(const LoneSocketRecord &record) override;
    void mappedSocket(const MappedSocketRecord &record) override;
    void problem(const Problem &problem) override;
    void remembered(const RememberedRecord &record) override;
    void finished(SteadyTime ended) override;

    /// After finished(): the snapshot. Once.
    SnapshotPtr take(Origin origin = {});

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace socktree
