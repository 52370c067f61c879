// SPDX-License-Identifier: GPL-3.0-or-later
// Leaves out of a netlink dump the very socket that it is read with.
#pragma once

#include "collector/capture/record.h"

namespace socktree {

/// For a socket that is closed once its namespace is read: it was not there before, is gone when its row is looked at,
/// and no process is seen to hold it. All else passes as it came.
class OwnSocketSink final : public DumpSink
{
public:
    /// @p port is the port id of the reading socket.
    OwnSocketSink(DumpSink &next, quint32 port) : m_next(next), m_port(port) { }
    void datagram(std::span<const std::byte> bytes) override;
    void ended(const DumpEnding &ending) override { m_next.ended(ending); }

private:
    bool isOwn(std::span<const std::byte> message) const;

    DumpSink &m_next;
    quint32 m_port;
};

} // namespace socktree
