// SPDX-License-Identifier: GPL-3.0-or-later
// Which node of one tree goes on as which of the next one.
#pragma once

#include "model/process_tree.h"

#include <QtCore/QHash>

namespace socktree {

/// Which node of a tree is the same as one of another tree. Where one of them does not tell namespaces apart, the first
/// node of the process that nothing else is the same as.
class TreeSameness
{
public:
    TreeSameness(const Tree &from, const Tree &to);
    /// -1: none. Each at most once.
    int take(const TreePart &part);

private:
    QHash<TreePart, int> m_nodeOf, m_firstOf;
};

} // namespace socktree
