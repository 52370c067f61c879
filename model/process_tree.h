// SPDX-License-Identifier: GPL-3.0-or-later
// The tree's content: process → its sockets, with roll-ups, and a group for sockets without a process and for hidden
// owners.
#pragma once

#include "model/arrangement.h"

#include <memory>
#include <span>
#include <vector>

namespace socktree {

struct TreeNode {
    enum class Kind : quint8 { Process, NoProcess, Hidden } kind = Kind::Process;
    ProcessKey process; ///< of Kind::Process
    quint32 processIndex
        = noIndex; ///< in the generation's snapshot; noIndex: only closed rows are left of it (see graveyard)
    quint32 firstLeaf = 0, leafCount = 0; ///< in Tree::leaves
    quint32 more = 0;                     ///< leaves left out since there are too many: a last row says so
    quint32 sockets = 0;                  ///< live ones
    quint32 listening = 0, established = 0;
    quint32 shared = 0;                     ///< of these, held by other processes, too
    double receiveRate = -1, sendRate = -1; ///< sums; < 0: none known
    quint64 recvQueue = 0, sendQueue = 0;   ///< sums over connected sockets, bytes
    /// Below it in a tree view: its leaves and the row that counts what is left out.
    int rows() const { return static_cast<int>(leafCount) + (more ? 1 : 0); }
};

/// Leaves of one node beyond these are counted, not listed: a view pays for each row it exposes.
constexpr quint32 maxLeaves = 2000;

struct Tree {
    GenerationPtr generation;
    std::vector<TreeNode> nodes; ///< in order: processes by name then pid; then the groups
    std::vector<quint32> leaves; ///< slots, grouped by node
    std::span<const quint32> leavesOf(const TreeNode &node) const
    {
        return std::span(leaves).subspan(node.firstLeaf, node.leafCount);
    }
};
using TreePtr = std::shared_ptr<const Tree>;

/// Pure and cancellable: null if cancelled. Filters as in the request (its scope and sort are not used); a selected
/// process stays even when nothing of it matches.
TreePtr buildTree(const GenerationPtr &generation, const ViewRequest &request, const std::atomic<bool> &cancelled);
TreePtr buildTree(const GenerationPtr &generation, const ViewRequest &request, const Matching &matching,
    const std::atomic<bool> &cancelled);

} // namespace socktree
