// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tree_scope.h"

#include "model/owner_group.h"
#include "model/shown_owner.h"

#include <algorithm>

namespace socktree {

namespace {

std::vector<bool> flags(const Snapshot *snapshot, const QSet<ProcessKey> &wanted)
{
    std::vector<bool> flags;
    if (!snapshot)
        return flags;
    flags.reserve(snapshot->processes.size());
    for (const Process &process : snapshot->processes)
        flags.push_back(wanted.contains(process.key));
    return flags;
}

} // namespace

quint64 netnsOf(const RowRef &row)
{
    const NetNamespace *const netns = row.snapshot().namespaceOf(row.socket());
    return netns ? netns->id : untoldNamespace;
}

TreeScope widened(const TreeScope &scope)
{
    TreeScope wide;
    for (TreePart part : scope.parts) {
        if (part.kind == TreePart::Kind::Namespace)
            continue;
        part.netns = everyNamespace;
        if (std::find(wide.parts.begin(), wide.parts.end(), part) == wide.parts.end())
            wide.parts.push_back(part);
    }
    return wide;
}

ScopeTest::ScopeTest(const TreeScope &scope) : m_parts(scope.parts.begin(), scope.parts.end()) { }

ScopeTest::ScopeTest(const TreeScope &scope, const Generation &generation) : ScopeTest(scope)
{
    QSet<ProcessKey> processes;
    for (const TreePart &part : scope.parts) {
        switch (part.kind) {
        case TreePart::Kind::Namespace: m_namespaces = true; break;
        case TreePart::Kind::Process: processes.insert(part.process); break;
        case TreePart::Kind::NoProcess:
        case TreePart::Kind::Hidden: m_groups = true; break;
        }
    }
    m_here = flags(generation.snapshot.get(), processes);
    m_buried = flags(generation.graveyard.get(), processes);
}

bool TreeScope::hasProcess(const ProcessKey &process) const
{
    return std::any_of(parts.begin(), parts.end(),
        [&](const TreePart &part) { return part.kind == TreePart::Kind::Process && part.process == process; });
}

bool ScopeTest::names(const TreePart &part) const
{
    TreePart anywhere = part;
    anywhere.netns = everyNamespace;
    return m_parts.contains(part) || m_parts.contains(anywhere);
}

bool ScopeTest::contains(const RowRef &row) const
{
    if (m_parts.empty())
        return true;
    const quint64 netns = netnsOf(row);
    if (m_namespaces && m_parts.contains(partOf(TreePart::Kind::Namespace, netns)))
        return true;
    const auto &wanted = row.entry().buried ? m_buried : m_here;
    const auto holders = shownHolders(row.snapshot(), row.socket());
    const bool held = std::any_of(holders.begin(), holders.end(), [&](const Holder &holder) {
        return wanted[holder.process] && names(partOf(row.snapshot().processes[holder.process].key, netns));
    });
    const auto group = held || !m_groups ? std::nullopt : ownerGroupOf(row);
    return held || (group && names(partOf(*group, netns)));
}

bool contains(const TreeScope &scope, const RowRef &row)
{
    return ScopeTest(scope, row.generation()).contains(row);
}

} // namespace socktree
