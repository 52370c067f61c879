// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/lone_sockets.h"

#include <algorithm>
#include <limits>

namespace socktree {

/// What more there are of is asked in the captures that follow. The first one may be the only one.
static constexpr int mostAskedAtOnce = 512;

LoneSockets::LoneSockets(Sources sources) : m_sources(std::move(sources)) { }

void LoneSockets::ask(const HeldSocket &held, LoneSocketRecord &record) const
{
    const bool ownTable = held.tid != held.pid;
    const std::string table
        = std::to_string(held.pid) + (ownTable ? "/task/" + std::to_string(held.tid) : std::string());
    record.inode = held.inode;
    record.protoName = m_sources.descriptorAttribute(table + "/fd/" + std::to_string(held.fd), "system.sockprotoname");
    m_sources.askDescriptor(held.tid, held.fd, record);
}

void LoneSockets::read(const std::vector<HeldSocket> &held, std::vector<quint32> described, Sink &sink)
{
    ++m_round;
    std::sort(described.begin(), described.end());
    int left = m_round == 1 ? std::numeric_limits<int>::max() : mostAskedAtOnce;
    for (const HeldSocket &one : held) {
        if (std::binary_search(described.begin(), described.end(), static_cast<quint32>(one.inode)))
            continue;
        Asked &asked = m_asked[one.inode];
        // Another process that holds it, too, would say the same.
        const bool known = asked.seen + 1 >= m_round && asked.seen != 0;
        if (asked.seen == m_round && asked.answered)
            continue;
        if (!known || (asked.pid == one.pid && asked.startTime != one.startTime))
            asked = {.pid = one.pid, .tid = one.tid, .fd = one.fd, .startTime = one.startTime};
        const bool secondTime = known && asked.seen != m_round;
        asked.seen = m_round;
        if (!asked.answered && (m_round == 1 || secondTime) && left-- > 0) {
            ask(one, asked.record);
            asked.pid = one.pid;
            asked.tid = one.tid;
            asked.fd = one.fd;
            asked.startTime = one.startTime;
            asked.answered = true;
        }
        if (asked.answered)
            sink.loneSocket(asked.record);
    }
    m_asked.removeIf([this](const auto &entry) { return entry.value().seen != m_round; });
}

std::map<quint64, NamespaceWay> LoneSockets::namespacesBut(const std::set<quint64> &known) const
{
    std::map<quint64, NamespaceWay> ways;
    for (const Asked &asked : m_asked)
        if (asked.record.netns != 0 && known.count(asked.record.netns) == 0)
            ways.try_emplace(asked.record.netns, NamespaceWay{.pid = asked.tid, .fd = asked.fd});
    return ways;
}

} // namespace socktree
