// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tree_sameness.h"

namespace socktree {

static TreePart anyOf(TreePart part)
{
    if (part.kind != TreePart::Kind::Namespace)
        part.netns = everyNamespace;
    return part;
}

TreeSameness::TreeSameness(const Tree &from, const Tree &to)
{
    bool anywhere = false;
    for (std::size_t node = 0; node < to.nodes.size(); ++node) {
        const TreePart &part = to.nodes[node].part;
        m_nodeOf.insert(part, static_cast<int>(node));
        anywhere = anywhere || part.netns == everyNamespace;
    }
    for (const TreeNode &node : from.nodes)
        anywhere = anywhere || node.part.netns == everyNamespace;
    for (std::size_t node = 0; anywhere && node < to.nodes.size(); ++node)
        if (const TreePart part = anyOf(to.nodes[node].part); !m_firstOf.contains(part))
            m_firstOf.insert(part, static_cast<int>(node));
}

int TreeSameness::take(const TreePart &part)
{
    const auto exact = m_nodeOf.constFind(part);
    if (exact != m_nodeOf.cend())
        return *exact;
    const TreePart any = anyOf(part);
    return m_firstOf.contains(any) ? m_firstOf.take(any) : -1;
}

} // namespace socktree
