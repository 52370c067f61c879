// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree.h"

#include "model/owner_group.h"
#include "model/shown_owner.h"
#include "model/socket_state.h"
#include "model/sort_keys.h"
#include "model/tree_namespaces.h"

#include <algorithm>
#include <numeric>

namespace socktree {

namespace {

constexpr std::size_t pollEvery = 4096;

/// Builds nodes and leaves in the order of first sight, then puts them into the tree's order.
class Builder
{
public:
    Builder(const Generation &generation, bool byNamespace)
        : m_generation(generation), m_namespaces(generation, byNamespace), m_ranks(rankProcesses(generation)),
          m_lastHere(m_ranks.here.size(), noIndex), m_lastBuried(m_ranks.buried.size(), noIndex)
    {
    }

    const ProcessRanks &ranks() const { return m_ranks; }

    void add(const RowRef &row)
    {
        const quint64 netns = m_namespaces.of(row);
        nodesOf(row, netns);
        const bool shared = m_nodesOfRow.size() > 1;
        for (const quint32 node : m_nodesOfRow) {
            m_nodes[node].leaves.push_back(row.slot());
            count(m_nodes[node], row, shared);
        }
        if (m_namespaces.areLevel() && !m_nodesOfRow.empty())
            count(m_nodes[nodeFor(partOf(TreePart::Kind::Namespace, netns))], row, shared);
    }

    /// What is selected stays, even if nothing of it matches, as long as it is there.
    void keep(const TreeScope &scope)
    {
        for (TreePart part : scope.parts) {
            const quint32 process = part.kind == TreePart::Kind::Process ? indexHere(part.process) : noIndex;
            const bool isGone = part.kind == TreePart::Kind::Process && process == noIndex;
            if (isGone || (part.kind == TreePart::Kind::Namespace && !m_namespaces.areLevel()))
                continue;
            const bool anywhere = part.netns == everyNamespace;
            if (anywhere && m_namespaces.areLevel()) {
                if (isThere(part))
                    continue;
                part.netns = process == noIndex ? ownNamespace() : netnsOfProcess(process);
            } else if (anywhere) {
                part.netns = m_namespaces.only();
            } else if (m_namespaces.areLevel() ? m_generation.snapshot->placeOfNamespace(part.netns) == noShortIndex
                                               : part.netns != m_namespaces.only()) {
                continue;
            }
            nodeFor(part);
        }
    }

    std::shared_ptr<Tree> finish(const GenerationPtr &generation)
    {
        mark();
        std::vector<quint32> order(m_nodes.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [this](quint32 a, quint32 b) { return before(m_nodes[a], m_nodes[b]); });

        auto tree = std::make_shared<Tree>();
        tree->generation = generation;
        tree->nodes.reserve(order.size());
        quint32 above = noIndex;
        for (const quint32 index : order) {
            const Node &node = m_nodes[index];
            TreeNode &content = tree->nodes.emplace_back(node.content);
            if (content.isNamespace()) {
                above = static_cast<quint32>(tree->nodes.size() - 1);
            } else if (above != noIndex) {
                content.parent = above;
                ++tree->nodes[above].childCount;
            }
            content.firstLeaf = static_cast<quint32>(tree->leaves.size());
            content.leafCount = static_cast<quint32>(node.leaves.size());
            tree->leaves.insert(tree->leaves.end(), node.leaves.begin(), node.leaves.end());
        }
        return tree;
    }

private:
    struct Node {
        TreeNode content;
        quint32 netnsRank = 0;
        quint32 rank = 0;
        bool counted = false; ///< any row
        bool allNew = true;
        std::vector<quint32> leaves;
    };

    static bool before(const Node &a, const Node &b)
    {
        return std::tie(a.netnsRank, a.content.part.netns, a.content.part.kind, a.rank, a.content.part.process)
            < std::tie(b.netnsRank, b.content.part.netns, b.content.part.kind, b.rank, b.content.part.process);
    }

    void nodesOf(const RowRef &row, quint64 netns)
    {
        m_nodesOfRow.clear();
        const auto holders = shownHolders(row.snapshot(), row.socket());
        const bool buried = row.entry().buried;
        for (const Holder &holder : holders) {
            const quint32 node = nodeOfHolder(holder.process, buried, netns);
            // One process may hold it several times. Holders come by pid, so it was the one before if any.
            if (m_nodesOfRow.empty() || m_nodesOfRow.back() != node)
                m_nodesOfRow.push_back(node);
        }
        if (holders.empty())
            if (const auto group = ownerGroupOf(row))
                m_nodesOfRow.push_back(nodeFor(partOf(*group, netns)));
    }

    void mark()
    {
        bool anyNew = false;
        for (Node &node : m_nodes) {
            TreeNode &content = node.content;
            const bool isGroup
                = content.part.kind == TreePart::Kind::NoProcess || content.part.kind == TreePart::Kind::Hidden;
            if (isGroup || !node.counted)
                continue;
            // Also what is not told is gone when nothing of it is left.
            const bool isGone
                = content.isNamespace() ? content.netnsIndex == noShortIndex : content.processIndex == noIndex;
            if (isGone && !content.sockets)
                content.mark = Mark::Closed;
            else if (node.allNew)
                content.mark = Mark::New;
            anyNew = anyNew || content.mark == Mark::New;
        }
        // A process is not new because all that match of it is.
        for (quint32 slot = 0; anyNew && slot < m_generation.entries.size(); ++slot) {
            const Entry &entry = m_generation.entries[slot];
            if (!entry.used() || entry.mark == Mark::New)
                continue;
            const RowRef row(m_generation, slot);
            const quint64 netns = m_namespaces.of(row);
            for (const Holder &holder : shownHolders(row.snapshot(), row.socket()))
                notNew(knownNode(holder.process, entry.buried, netns));
            if (m_namespaces.areLevel())
                notNew(m_nodeOf.value(partOf(TreePart::Kind::Namespace, netns), noIndex));
        }
    }

    void notNew(quint32 node)
    {
        if (node != noIndex && m_nodes[node].content.mark == Mark::New)
            m_nodes[node].content.mark = Mark::None;
    }

    /// Of a holder, or noIndex. Most processes are in one namespace, so that is looked at before the part is looked up.
    quint32 knownNode(quint32 process, bool buried, quint64 netns) const
    {
        const quint32 last = (buried ? m_lastBuried : m_lastHere)[process];
        if (last == noIndex ? !buried : m_nodes[last].content.part.netns == netns)
            return last;
        const Snapshot &snapshot = buried ? *m_generation.graveyard : *m_generation.snapshot;
        return m_nodeOf.value(partOf(snapshot.processes[process].key, netns), noIndex);
    }

    quint32 nodeOfHolder(quint32 process, bool buried, quint64 netns)
    {
        quint32 &last = (buried ? m_lastBuried : m_lastHere)[process];
        if (last != noIndex && m_nodes[last].content.part.netns == netns)
            return last;
        const Snapshot &snapshot = buried ? *m_generation.graveyard : *m_generation.snapshot;
        last = nodeFor(partOf(snapshot.processes[process].key, netns));
        Node &node = m_nodes[last];
        if (node.content.processIndex == noIndex && buried)
            node.rank = m_ranks.buried[process];
        return last;
    }

    quint32 nodeFor(const TreePart &part)
    {
        const auto found = m_nodeOf.constFind(part);
        if (found != m_nodeOf.cend())
            return *found;
        if (m_namespaces.areLevel() && part.kind != TreePart::Kind::Namespace)
            nodeFor(partOf(TreePart::Kind::Namespace, part.netns));
        const auto made = static_cast<quint32>(m_nodes.size());
        m_nodeOf.insert(part, made);
        Node &node = m_nodes.emplace_back();
        node.content.part = part;
        if (m_namespaces.areLevel())
            node.netnsRank = m_namespaces.rankOf(part.netns);
        if (part.kind == TreePart::Kind::Namespace)
            node.content.netnsIndex = m_generation.snapshot->placeOfNamespace(part.netns);
        // While the process is there it goes by the name it has now, whatever it was called when the socket closed.
        if (part.kind == TreePart::Kind::Process)
            node.content.processIndex = indexHere(part.process);
        if (node.content.processIndex != noIndex)
            node.rank = m_ranks.here[node.content.processIndex];
        return made;
    }

    /// Whether there is a node of what @p anywhere names in any namespace.
    bool isThere(const TreePart &anywhere) const
    {
        return std::any_of(m_nodes.begin(), m_nodes.end(), [&](const Node &node) {
            return node.content.part.kind == anywhere.kind && node.content.part.process == anywhere.process;
        });
    }

    quint64 ownNamespace() const
    {
        const auto &all = m_generation.snapshot->namespaces;
        return all.empty() ? untoldNamespace : all.front().id;
    }

    quint64 netnsOfProcess(quint32 process) const
    {
        const Snapshot &snapshot = *m_generation.snapshot;
        const quint16 place = snapshot.processes[process].netns;
        return place < snapshot.namespaces.size() ? snapshot.namespaces[place].id : untoldNamespace;
    }

    quint32 indexHere(const ProcessKey &key) const
    {
        const Process *process = m_generation.snapshot->findProcess(key.pid);
        return process && process->key == key ? static_cast<quint32>(process - m_generation.snapshot->processes.data())
                                              : noIndex;
    }

    static void addRate(double &sum, double rate)
    {
        if (rate >= 0)
            sum = std::max(sum, 0.0) + rate;
    }

    static void count(Node &node, const RowRef &row, bool shared)
    {
        TreeNode &content = node.content;
        node.counted = true;
        node.allNew = node.allNew && row.entry().mark == Mark::New;
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
            content.sendQueue += isUnconnected(socket) ? 0 : socket.sendQueue;
        }
    }

    const Generation &m_generation;
    TreeNamespaces m_namespaces;
    ProcessRanks m_ranks;
    std::vector<Node> m_nodes;
    QHash<TreePart, quint32> m_nodeOf;
    std::vector<quint32> m_lastHere, m_lastBuried; ///< by process index: its node that was found last
    std::vector<quint32> m_nodesOfRow;
};

} // namespace

TreePtr buildTree(const GenerationPtr &generation, const ViewRequest &request, const Matching &matching,
    const std::atomic<bool> &cancelled)
{
    Builder builder(*generation, request.byNamespace);
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
