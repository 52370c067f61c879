// SPDX-License-Identifier: GPL-3.0-or-later
// Notes the users and interfaces that sockets name by number, while their messages pass by, so that a capture can say
// what they are called.
#pragma once

#include "collector/capture/record.h"

#include <set>

namespace socktree {

struct SeenNumbers {
    std::set<quint32> users;
    std::set<quint32> interfaces;
    void add(const SeenNumbers &other);
};

/// Passes everything on. Looks only at the two fixed offsets and the one attribute where numbers with names stand.
class NumberNotingSink final : public DumpSink
{
public:
    NumberNotingSink(DumpSink &next, SeenNumbers &seen) : m_next(next), m_seen(seen) { }
    void datagram(std::span<const std::byte> bytes) override;
    void ended(const DumpEnding &ending) override { m_next.ended(ending); }

private:
    void note(std::span<const std::byte> message);
    DumpSink &m_next;
    SeenNumbers &m_seen;
};

} // namespace socktree
