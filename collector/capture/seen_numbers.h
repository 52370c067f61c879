// SPDX-License-Identifier: GPL-3.0-or-later
// Notes the users and interfaces that sockets name by number, and their inodes, while their messages pass by: so that a
// capture can say what they are called, and which descriptors no list describes.
#pragma once

#include "collector/capture/record.h"

#include <set>
#include <vector>

namespace socktree {

struct SeenNumbers {
    std::set<quint32> users;
    std::set<quint32> interfaces;
    std::vector<quint32> inodes; ///< in the order they came; some more than once
    std::set<quint32> mappable;  ///< those of packet and XDP sockets, which can have rings
    void add(const SeenNumbers &other);
};

/// Passes everything on. Looks only at the fixed offsets and the few attributes where such numbers stand.
class NumberNotingSink final : public DumpSink
{
public:
    NumberNotingSink(DumpSink &next, SeenNumbers &seen) : m_next(next), m_seen(seen) { }
    void datagram(std::span<const std::byte> bytes) override;
    void ended(const DumpEnding &ending) override { m_next.ended(ending); }
    quint32 datagrams() const { return m_datagrams; }

private:
    void note(std::span<const std::byte> message);
    void noteInet(std::span<const std::byte> message);
    void noteInode(std::span<const std::byte> message, std::size_t offset);
    void noteMappable(std::span<const std::byte> message, std::size_t offset);
    void noteAttributes(std::span<const std::byte> attributes, int user, int interface);
    DumpSink &m_next;
    SeenNumbers &m_seen;
    quint32 m_datagrams = 0;
};

} // namespace socktree
