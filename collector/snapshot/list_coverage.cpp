// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/list_coverage.h"

#include "collector/snapshot/protocol_numbers.h"

#include <sys/socket.h>

namespace socktree {

static bool lacksRows(const DumpOutcome &dump)
{
    if (dump.superseded || dump.stoodInFor || dump.ending.end == DumpEnd::Unsupported)
        return false;
    return dump.ending.end != DumpEnd::Complete || dump.damaged > 0;
}

ListCoverage::ListCoverage(const Snapshot &snapshot)
    : m_snapshot(snapshot), m_lacksNamespaces(snapshot.unseen != Unseen::None)
{
    for (const DumpOutcome &dump : snapshot.dumps) {
        const Key list{dump.scope.netns, dump.scope.family, dump.scope.protocol};
        m_lists.insert(list, m_lists.value(list, true) && !lacksRows(dump));
    }
    m_everywhere.set();
    for (const NetNamespace &netns : snapshot.namespaces) {
        std::bitset<protocolCount> whole;
        for (const Protocol protocol : everyProtocol())
            whole[static_cast<std::size_t>(protocol)] = isWhole(netns.id, protocol);
        m_whole.push_back(whole);
        if (netns.reached == NamespaceRecord::Reached::Unread)
            m_lacksNamespaces = true;
        else
            m_everywhere &= whole;
    }
}

bool ListCoverage::isWhole(quint64 netns, Protocol protocol) const
{
    const ProtocolNumbers numbers = numbersOf(protocol);
    return isWhole({netns, numbers.family, numbers.number})
        && (numbers.family != AF_INET || isWhole({netns, AF_INET6, numbers.number}));
}

bool ListCoverage::isWholeAround(const Socket &socket) const
{
    if (socket.netns < m_whole.size())
        return m_whole[socket.netns][static_cast<std::size_t>(socket.protocol)];
    if (socket.dump < m_snapshot.dumps.size())
        return isWhole(m_snapshot.dumps[socket.dump].scope.netns, socket.protocol);
    return isWholeEverywhere(socket.protocol); // it is in one of them
}

bool ListCoverage::isWholeEverywhere(Protocol protocol) const
{
    return m_everywhere[static_cast<std::size_t>(protocol)];
}

} // namespace socktree
