// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/coverage.h"

#include <sys/socket.h>

#include <algorithm>

namespace socktree {

Coverage::Coverage(const Snapshot &snapshot) : m_descriptors(snapshot.ownersRead && snapshot.processesComplete)
{
    for (const NetNamespace &netns : snapshot.namespaces)
        m_namespaces.push_back(netns.id);
    const auto &dumps = snapshot.dumps;
    for (auto dump = dumps.begin(); dump != dumps.end(); ++dump) {
        const Scope &scope = dump->scope;
        const bool repeated
            = std::any_of(dump + 1, dumps.end(), [&](const DumpOutcome &later) { return later.scope == scope; });
        if (repeated)
            continue;
        const bool complete = dump->ending.end == DumpEnd::Complete;
        const auto group = std::find_if(m_groups.begin(), m_groups.end(), [&](const Group &known) {
            return known.netns == scope.netns && known.family == scope.family && known.protocol == scope.protocol
                && known.file == scope.file;
        });
        if (group == m_groups.end()) {
            m_groups.push_back({scope.netns, scope.family, scope.protocol, scope.file, scope.states, complete});
        } else {
            group->states |= scope.states;
            group->complete = group->complete && complete;
        }
    }
}

const Coverage::Group *Coverage::find(const Scope &scope, quint8 family, const QByteArray &file) const
{
    for (const Group &group : m_groups)
        if (group.netns == scope.netns && group.family == family && group.protocol == scope.protocol
            && group.file == file)
            return &group;
    return nullptr;
}

bool Coverage::isGone(quint64 netns) const
{
    return m_descriptors && !m_namespaces.empty()
        && std::find(m_namespaces.begin(), m_namespaces.end(), netns) == m_namespaces.end();
}

bool Coverage::covers(const Scope &scope) const
{
    const Group *group = find(scope, scope.family, scope.file);
    if (!group && !scope.file.isEmpty())
        group = find(scope, scope.family, {});
    if (!group || !group->complete || (scope.states & ~group->states) != 0)
        return false;
    const Group *ipv4 = scope.family == AF_INET6 && scope.file.isEmpty() ? find(scope, AF_INET, {}) : nullptr;
    return !ipv4 || ipv4->complete;
}

} // namespace socktree
