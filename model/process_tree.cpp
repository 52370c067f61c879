// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree.h"

#include "model/owner_group.h"
#include "model/shown_owner.h"
#include "model/socket_state.h"
#include "model/sort_keys.h"

#include <algorithm>
#include <numeric>

namespace socktree {

namespace {

constexpr std::size_t pollEvery = 4096;

/// Builds nodes and leaves in the order of first sight, then puts them into the tree's order.
class Builder
{
public:
    explicit Builder(const Generation &generation)
        : m_generation(generation), m_ranks(rankProcesses(generation)), m_nodeHere(m_ranks.here.size(), noIndex),
          m_nodeBuried(m_ranks.buried.size(), noIndex)
    {
    }

    const ProcessRanks &ranks() const { return m_ranks; }

    void add(const RowRef &row)
    {
        const auto holders = shownHolders(row.snapshot(), row.socket());
        nodesOf(row, holders);
        for (const quint32 node : m_nodesOfRow)
            count(m_nodes[node], row, m_nodesOfRow.size() > 1);
    }

    /// What is selected stays, even if nothing of it matches, as long as the process is there.
    void keep(const TreeScope &scope)
    {
        for (const ProcessKey &key : scope.processes) {
            const quint32 process = indexHere(key);
            if (process != noIndex)
                nodeOfProcess(process, false);
        }
        for (const TreeScope::Group group : scope.groups)
            nodeOfGroup(group);
    }

    std::shared_ptr<Tree> finish(const GenerationPtr &generation)
    {
        markProcesses();
        std::vector<quint32> order(m_nodes.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [this](quint32 a, quint32 b) { return before(m_nodes[a], m_nodes[b]); });

        auto tree = std::make_shared<Tree>();
        tree->generation = generation;
        tree->nodes.reserve(order.size());
        for (const quint32 index : order) {
            const Node &node = m_nodes[index];
            tree->nodes.push_back(node.content);
            tree->nodes.back().firstLeaf = static_cast<quint32>(tree->leaves.size());
            tree->nodes.back().leafCount = static_cast<quint32>(node.leaves.size());
            tree->leaves.insert(tree->leaves.end(), node.leaves.begin(), node.leaves.end());
        }
        return tree;
    }

private:
    struct Node {
        TreeNode content;
        quint32 rank = 0;
        std::vector<quint32> leaves;
    };

    static bool before(const Node &a, const Node &b)
    {
        return std::tie(a.content.kind, a.rank, a.content.process)
            < std::tie(b.content.kind, b.rank, b.content.process);
    }

    void nodesOf(const RowRef &row, std::span<const Holder> holders)
    {
        m_nodesOfRow.clear();
        const bool buried = row.entry().buried;
        for (const Holder &holder : holders) {
            const quint32 node = nodeOfProcess(holder.process, buried);
            // One process may hold it several times. Holders come by pid, so it was the one before if any.
            if (m_nodesOfRow.empty() || m_nodesOfRow.back() != node)
                m_nodesOfRow.push_back(node);
        }
        if (holders.empty())
            if (const auto group = ownerGroupOf(row))
                m_nodesOfRow.push_back(nodeOfGroup(*group));
    }

    void markProcesses()
    {
        bool anyNew = false;
        for (Node &node : m_nodes) {
            TreeNode &content = node.content;
            if (content.kind != TreeNode::Kind::Process || node.leaves.empty())
                continue;
            if (content.processIndex == noIndex && !content.sockets)
                content.mark = Mark::Closed;
            else if (std::all_of(node.leaves.begin(), node.leaves.end(),
                         [this](quint32 slot) { return m_generation.entries[slot].mark == Mark::New; }))
                content.mark = Mark::New;
            anyNew = anyNew || content.mark == Mark::New;
        }
        // A process is not new because all that match of it is.
        for (quint32 slot = 0; anyNew && slot < m_generation.entries.size(); ++slot) {
            const Entry &entry = m_generation.entries[slot];
            if (!entry.used() || entry.mark == Mark::New)
                continue;
            const RowRef row(m_generation, slot);
            for (const Holder &holder : shownHolders(row.snapshot(), row.socket()))
                if (const quint32 node = (entry.buried ? m_nodeBuried : m_nodeHere)[holder.process];
                    node != noIndex && m_nodes[node].content.mark == Mark::New)
                    m_nodes[node].content.mark = Mark::None;
        }
    }

    quint32 nodeOfProcess(quint32 process, bool buried)
    {
        quint32 &known = (buried ? m_nodeBuried : m_nodeHere)[process];
        if (known != noIndex)
            return known;
        const Snapshot &snapshot = buried ? *m_generation.graveyard : *m_generation.snapshot;
        const ProcessKey key = snapshot.processes[process].key;
        const auto found = m_nodeOf.constFind(key);
        if (found != m_nodeOf.cend())
            return known = *found;
        known = static_cast<quint32>(m_nodes.size());
        m_nodeOf.insert(key, known);
        Node &node = m_nodes.emplace_back();
        node.content.process = key;
        // While the process is there it goes by the name it has now, whatever it was called when the socket closed.
        node.content.processIndex = buried ? indexHere(key) : process;
        node.rank
            = node.content.processIndex == noIndex ? m_ranks.buried[process] : m_ranks.here[node.content.processIndex];
        return known;
    }

    quint32 indexHere(const ProcessKey &key) const
    {
        const Process *process = m_generation.snapshot->findProcess(key.pid);
        return process && process->key == key ? static_cast<quint32>(process - m_generation.snapshot->processes.data())
                                              : noIndex;
    }

    quint32 nodeOfGroup(TreeScope::Group group)
    {
        quint32 &known = m_nodeOfGroup[static_cast<std::size_t>(group)];
        if (known == noIndex) {
            known = static_cast<quint32>(m_nodes.size());
            m_nodes.emplace_back().content.kind
                = group == TreeScope::Group::Hidden ? TreeNode::Kind::Hidden : TreeNode::Kind::NoProcess;
        }
        return known;
    }

    static void addRate(double &sum, double rate)
    {
        if (rate >= 0)
            sum = std::max(sum, 0.0) + rate;
    }

    static void count(Node &node, const RowRef &row, bool shared)
    {
        TreeNode &content = node.content;
        node.leaves.push_back(row.slot());
        if (!row.entry().live())
            return;
        const Socket &socket = row.socket();
        ++content.sockets;
        content.shared += shared;
        addRate(content.receiveRate, row.entry().receiveRate);
        addRate(content.sendRate, row.entry().sendRate);
        content.listening += isListening(socket);
        content.established += isEstablished(socket);
        const bool countsBytes = !countsConnections(socket) && socket.protocol != Protocol::Tipc;
        if (socket.has(Told::Queues) && countsBytes) {
            content.recvQueue += socket.recvQueue;
            content.sendQueue += socket.sendQueue;
        }
    }

    const Generation &m_generation;
    ProcessRanks m_ranks;
    std::vector<Node> m_nodes;
    QHash<ProcessKey, quint32> m_nodeOf;
    std::vector<quint32> m_nodeHere, m_nodeBuried; ///< by process index
    quint32 m_nodeOfGroup[2] = {noIndex, noIndex};
    std::vector<quint32> m_nodesOfRow;
};

} // namespace

TreePtr buildTree(const GenerationPtr &generation, const ViewRequest &request, const Matching &matching,
    const std::atomic<bool> &cancelled)
{
    Builder builder(*generation);
    auto keys = defaultKeys(*generation, builder.ranks(), matching.slots, cancelled);
    if (!keys)
        return nullptr;
    // Handed out in the order of the whole, each node's leaves come in that order, too.
    const std::vector<quint32> slots = sorted(std::move(*keys), false, *generation);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (i % pollEvery == 0 && cancelled)
            return nullptr;
        builder.add(RowRef(*generation, slots[i]));
    }
    builder.keep(request.scope);
    return builder.finish(generation);
}

} // namespace socktree
