// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/coverage.h"

#include <sys/socket.h>

namespace socktree {

static Scope groupOf(const Scope &scope, quint8 family, const QByteArray &file)
{
    return {.netns = scope.netns, .family = family, .protocol = scope.protocol, .file = file};
}

Coverage::Coverage(const Snapshot &snapshot)
    : m_descriptors(snapshot.ownersRead && snapshot.processesComplete && !snapshot.brokenProcesses)
{
    for (const NetNamespace &netns : snapshot.namespaces)
        m_namespaces.insert(netns.id);
    QSet<Scope> repeated;
    for (auto dump = snapshot.dumps.rbegin(); dump != snapshot.dumps.rend(); ++dump) {
        const Scope &scope = dump->scope;
        if (repeated.contains(scope))
            continue;
        repeated.insert(scope);
        Group &group = m_groups[groupOf(scope, scope.family, scope.file)];
        group.states |= scope.states;
        group.complete = group.complete && dump->ending.end == DumpEnd::Complete;
    }
}

const Coverage::Group *Coverage::find(const Scope &scope, quint8 family, const QByteArray &file) const
{
    const auto group = m_groups.constFind(groupOf(scope, family, file));
    return group == m_groups.cend() ? nullptr : &*group;
}

bool Coverage::isGone(quint64 netns) const
{
    return m_descriptors && !m_namespaces.empty() && !m_namespaces.contains(netns);
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
