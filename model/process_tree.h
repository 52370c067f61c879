// SPDX-License-Identifier: GPL-3.0-or-later
// The tree's content: process → its sockets, with roll-ups, and a group for sockets without a process and for hidden
// owners; all that below its network namespace, if there are several.
#pragma once

#include "model/arrangement.h"

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace socktree {

/// Leaves of one node beyond these are counted, not listed: a tree view pays for each row it exposes.
constexpr quint32 maxLeaves = 2000;

struct TreeNode {
    using Kind = TreePart::Kind;
    TreePart part; ///< its netns is the same in all nodes if there is no level of namespaces
    quint32 processIndex
        = noIndex; ///< in the generation's snapshot; noIndex: only closed rows are left of it (see graveyard)
    quint16 netnsIndex
        = noShortIndex;       ///< of Kind::Namespace, in Snapshot::namespaces; noShortIndex: as above, or not told
    quint32 parent = noIndex; ///< in Tree::nodes, where it comes first; noIndex: of the top level
    quint32 childCount = 0;   ///< of Kind::Namespace: the nodes that follow it
    quint32 firstLeaf = 0, leafCount = 0; ///< in Tree::leaves; none of Kind::Namespace
    quint32 sockets = 0;                  ///< live ones
    quint32 listening = 0, established = 0;
    quint32 shared = 0;                     ///< of these, held by other processes, too
    Mark mark = Mark::None;                 ///< Closed: the process is gone. New: all its sockets are
    double receiveRate = -1, sendRate = -1; ///< sums; < 0: none known
    quint64 recvQueue = 0, sendQueue = 0;   ///< sums over connected sockets, bytes
    bool isNamespace() const { return part.kind == Kind::Namespace; }
    /// Leaves that a tree view lists, how many it only counts in a last row, and the rows that makes.
    quint32 listed() const { return std::min(leafCount, maxLeaves); }
    quint32 more() const { return leafCount - listed(); }
    int rows() const { return static_cast<int>(isNamespace() ? childCount : listed() + (more() ? 1 : 0)); }
};

struct Tree {
    GenerationPtr generation;
    std::vector<TreeNode> nodes; ///< in order: a namespace, its processes by name then pid, its groups, the next one
    std::vector<quint32> leaves; ///< slots, grouped by node
    /// All of them, listed or not.
    std::span<const quint32> leavesOf(const TreeNode &node) const
    {
        return std::span(leaves).subspan(node.firstLeaf, node.leafCount);
    }
};
using TreePtr = std::shared_ptr<const Tree>;

/// Pure and cancellable: null if cancelled. Of the rows that match the request's filters, whatever its scope and sort;
/// but what is selected stays even when nothing of it matches.
TreePtr buildTree(const GenerationPtr &generation, const ViewRequest &request, const Matching &matching,
    const std::atomic<bool> &cancelled);

} // namespace socktree
