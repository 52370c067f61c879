// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree.h"

#include "model/owner_group.h"
#include "model/state_counts.h"
#include "model/tree_namespaces.h"
#include "tests/support/ends_world.h"
#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/trees.h"
#include "tests/support/warnings.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

#include <map>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, listening = 10;
using NodeKind = TreeNode::Kind;
using Slots = std::vector<quint32>;

Slots leaves(const Tree &tree, std::size_t node)
{
    const auto all = tree.leavesOf(tree.nodes[node]);
    return {all.begin(), all.end()};
}

std::vector<qint32> pids(const Tree &tree)
{
    std::vector<qint32> all;
    for (const TreeNode &node : tree.nodes)
        all.push_back(node.part.process.pid);
    return all;
}

/// Whether a level of namespaces is due, found the slow way, and the one that all nodes are of if not.
std::pair<bool, quint64> levelOf(const Generation &generation, bool wanted)
{
    QSet<quint64> told;
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
        if (generation.entries[slot].used())
            if (const quint64 netns = netnsOf(RowRef(generation, slot)); netns != untoldNamespace)
                told.insert(netns);
    if (!wanted || told.isEmpty())
        return {false, everyNamespace};
    return {told.size() > 1, told.size() > 1 ? everyNamespace : *told.begin()};
}

/// Which slots belong under whom, found the slow way; a namespace has those of all its nodes.
std::map<TreePart, QSet<quint32>> expected(const Generation &generation, const ViewRequest &request)
{
    const auto [isLevel, only] = levelOf(generation, request.byNamespace);
    std::map<TreePart, QSet<quint32>> nodes;
    const auto add = [&nodes, level = isLevel](const TreePart &part, quint32 slot) {
        nodes[part].insert(slot);
        if (level)
            nodes[partOf(NodeKind::Namespace, part.netns)].insert(slot);
    };
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
        if (!generation.entries[slot].used())
            continue;
        const RowRef row(generation, slot);
        if (!std::all_of(
                request.filters.begin(), request.filters.end(), [&](auto &each) { return each->matches(row); }))
            continue;
        const quint64 netns = isLevel ? netnsOf(row) : only;
        for (const Holder &holder : row.snapshot().holdersOf(row.socket()))
            add(partOf(row.snapshot().processes[holder.process].key, netns), slot);
        if (const auto group = ownerGroupOf(row))
            add(partOf(*group, netns), slot);
    }
    return nodes;
}

/// What has to be there since it is selected, whatever namespace it is put in.
bool isKept(const Generation &generation, const TreePart &part)
{
    const auto &processes = generation.snapshot->processes;
    return part.kind != NodeKind::Process
        || std::any_of(processes.begin(), processes.end(), [&](const Process &one) { return one.key == part.process; });
}

} // namespace

class TestProcessTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void ordersProcessesByNameThenPidThenTheGroups()
    {
        SmallWorld world;
        const quint32 zoe = world.add(process(1, "zoe"));
        const quint32 ten = world.add(process(2, "ada10"));
        const quint32 two = world.add(process(3, "ada2"));
        const quint32 alsoTwo = world.add(process(4, "ada2"));
        world.add(process(5, "idle")); // holds nothing, so it is not listed
        Socket gone = tcp(6, "127.0.0.1", 1, "127.0.0.1", 2);
        gone.told = static_cast<quint16>(gone.told & ~static_cast<quint16>(Told::Inode));
        world.add(gone);
        world.add(tcp(established, "127.0.0.1", 1, "127.0.0.1", 2));
        world.add(tcp(listening, "0.0.0.0", 1), {{zoe, 1, 3}});
        world.add(tcp(listening, "0.0.0.0", 2), {{ten, 2, 3}});
        world.add(tcp(listening, "0.0.0.0", 3), {{alsoTwo, 4, 3}});
        world.add(tcp(listening, "0.0.0.0", 4), {{two, 3, 3}});
        world.snapshot().deniedProcesses = 1;
        const auto tree = treeOf(world.generation());
        QCOMPARE(pids(*tree), (std::vector<qint32>{3, 4, 2, 1, 0, 0}));
        QVERIFY(tree->nodes[4].part.kind == NodeKind::NoProcess);
        QVERIFY(tree->nodes[5].part.kind == NodeKind::Hidden);
        QCOMPARE(leaves(*tree, 4), Slots{0});
        QCOMPARE(leaves(*tree, 5), Slots{1});
    }

    void rollsUpWhatAProcessHolds()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        const quint32 b = world.add(process(2, "b"));
        Socket listener = tcp(listening, "0.0.0.0", 1);
        listener.recvQueue = 5; // connections
        Socket first = tcp(established, "127.0.0.1", 1, "127.0.0.1", 2);
        first.recvQueue = 100;
        first.sendQueue = 7;
        Socket second = first;
        const quint32 closed = world.add(tcp(established, "127.0.0.1", 9, "127.0.0.1", 2), {{a, 1, 9}});
        world.add(listener, {{a, 1, 3}, {b, 2, 3}});
        const quint32 slow = world.add(first, {{a, 1, 4}, {a, 1, 5}}); // twice in one process
        const quint32 fast = world.add(second, {{a, 1, 6}});
        Generation generation = world.generation();
        generation.entries[slow].receiveRate = 10;
        generation.entries[fast].receiveRate = 30;
        generation.entries[closed].mark = Mark::Closed;
        const auto tree = treeOf(generation);
        const TreeNode &node = tree->nodes[0];
        QCOMPARE(node.part.process.pid, 1);
        QCOMPARE(node.sockets, 3u); // a closed one is shown, not counted
        QCOMPARE(node.leafCount, 4u);
        QCOMPARE(node.listening, 1u);
        QCOMPARE(node.established, 2u);
        QCOMPARE(node.shared, 1u);
        QCOMPARE(node.recvQueue, quint64(200)); // connections are no bytes
        QCOMPARE(node.sendQueue, quint64(14));
        QCOMPARE(node.receiveRate, 40.0);
        QCOMPARE(node.sendRate, -1.0); // nobody knows, so it is not zero
        QCOMPARE(tree->nodes[1].sockets, 1u);
        QCOMPARE(tree->nodes[1].shared, 1u);
    }

    void namesAProcessThatIsGoneWhileItsClosedRowsAreShown()
    {
        SmallWorld old, fresh;
        const quint32 a = old.add(process(7, "left"));
        old.add(tcp(established, "127.0.0.1", 9, "127.0.0.1", 2), {{a, 7, 9}});
        const Generation then = old.generation();
        Generation now = fresh.generation();
        now.graveyard = then.snapshot;
        now.entries = then.entries;
        now.entries[0].buried = true;
        now.entries[0].mark = Mark::Closed;
        const auto tree = treeOf(now);
        QCOMPARE(tree->nodes.size(), std::size_t(1));
        QCOMPARE(tree->nodes[0].part.process, then.snapshot->processes[0].key);
        QCOMPARE(tree->nodes[0].processIndex, noIndex);
        QCOMPARE(tree->nodes[0].sockets, 0u);
        QCOMPARE(tree->nodes[0].mark, Mark::Closed);
        QCOMPARE(leaves(*tree, 0), Slots{0});
    }

    void marksAProcessAsNewOnlyIfAllItsSocketsAre()
    {
        SmallWorld world;
        const quint32 young = world.add(process(1, "young"));
        const quint32 old = world.add(process(2, "old"));
        world.add(tcp(listening, "0.0.0.0", 1), {{young, 1, 3}});
        world.add(tcp(listening, "0.0.0.0", 2), {{old, 2, 3}});
        const quint32 added = world.add(tcp(listening, "0.0.0.0", 3), {{old, 2, 4}});
        Generation generation = world.generation();
        generation.entries[0].mark = generation.entries[added].mark = Mark::New;
        ViewRequest request;
        for (const bool narrowed : {false, true}) { // what is filtered away makes nobody young
            if (narrowed)
                request.filters = {where([](const RowRef &row) { return row.socket().localPort != 2; })};
            const auto tree = treeOf(generation, request);
            QCOMPARE(pids(*tree), (std::vector<qint32>{2, 1}));
            QCOMPARE(tree->nodes[0].mark, Mark::None);
            QCOMPARE(tree->nodes[1].mark, Mark::New);
        }
    }

    void keepsWhatIsSelectedThoughNothingOfItMatches()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        world.add(tcp(listening, "0.0.0.0", 1), {{a, 1, 3}});
        const ProcessKey key = world.snapshot().processes[a].key;
        ViewRequest request;
        request.filters = {where([](const RowRef &) { return false; })};
        QVERIFY(treeOf(world.generation(), request)->nodes.empty());
        request.scope = {{partOf(key), partOf(ProcessKey{99, 1}), partOf(NodeKind::Hidden)}}; // pid 99 is not there
        const auto tree = treeOf(world.generation(), request);
        QCOMPARE(pids(*tree), (std::vector<qint32>{1, 0}));
        QCOMPARE(tree->nodes[0].leafCount, 0u);
        QVERIFY(tree->nodes[1].part.kind == NodeKind::Hidden);
    }

    void listsSoManyLeavesAndCountsTheRest()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        for (quint32 i = 0; i < maxLeaves + 3; ++i)
            world.add(tcp(listening, "0.0.0.0", static_cast<quint16>(i + 1)), {{a, 1, static_cast<qint32>(i)}});
        const auto tree = treeOf(world.generation());
        QCOMPARE(tree->nodes[0].listed(), maxLeaves);
        QCOMPARE(tree->nodes[0].more(), 3u);
        QCOMPARE(tree->nodes[0].rows(), static_cast<int>(maxLeaves) + 1);
        QCOMPARE(tree->leavesOf(tree->nodes[0]).size(), std::size_t(maxLeaves + 3)); // an export is whole
    }

    void givesNothingWhenCancelled()
    {
        SmallWorld world;
        world.add(tcp(listening, "0.0.0.0", 1));
        const auto generation = std::make_shared<const Generation>(world.generation());
        const std::atomic<bool> cancelled = true;
        QVERIFY(!buildTree(generation, {}, *match(generation, {}, never()), cancelled));
    }

    void holdsExactlyWhatMadeUpSystemsHold_data()
    {
        QTest::addColumn<int>("namespaces");
        QTest::newRow("namespaces not told") << 0;
        QTest::newRow("one namespace") << 1;
        QTest::newRow("namespaces come and go") << 4;
    }
    void holdsExactlyWhatMadeUpSystemsHold()
    {
        QFETCH(int, namespaces);
        RandomWalk walk(7, {.namespaces = namespaces, .failures = 0.1});
        int withLevel = 0;
        for (int step = 0; step < 150; ++step) {
            const GenerationPtr generation = walk.next();
            const ViewRequest request = walk.request();
            const auto tree = treeOf(generation, request);
            const auto wanted = expected(*generation, request);
            const bool isLevel = levelOf(*generation, request.byNamespace).first;
            withLevel += isLevel;
            QSet<TreePart> seen;
            quint32 above = noIndex;
            for (std::size_t i = 0; i < tree->nodes.size(); ++i) {
                const TreeNode &node = tree->nodes[i];
                QVERIFY(!seen.contains(node.part));
                seen.insert(node.part);
                if (node.isNamespace())
                    above = static_cast<quint32>(i);
                QCOMPARE(node.parent, node.isNamespace() ? noIndex : above);
                QCOMPARE(above == noIndex, !isLevel);
                if (node.parent != noIndex) {
                    QCOMPARE(tree->nodes[above].part.netns, node.part.netns);
                    QVERIFY(i <= above + tree->nodes[above].childCount);
                }
                const auto found = wanted.find(node.part);
                const QSet<quint32> slots = found == wanted.end() ? QSet<quint32>() : found->second;
                if (slots.isEmpty()) // it is there for the selection's sake
                    QVERIFY(isKept(*generation, node.part));
                if (node.isNamespace()) {
                    const auto isLive = [&](quint32 slot) { return generation->entries[slot].live(); };
                    QCOMPARE(static_cast<std::ptrdiff_t>(node.sockets), // a shared one once
                        std::count_if(slots.begin(), slots.end(), isLive));
                    QCOMPARE(node.leafCount, 0u);
                    continue;
                }
                const Slots shown = leaves(*tree, i);
                QCOMPARE(QSet<quint32>(shown.begin(), shown.end()), slots);
                QCOMPARE(shown.size(), static_cast<std::size_t>(slots.size())); // each once
            }
            for (const auto &[part, slots] : wanted)
                QVERIFY(seen.contains(part));
            for (const TreePart &part : request.scope.parts) {
                const auto isSame = [&](const TreePart &one) {
                    return one.kind == part.kind && one.process == part.process
                        && (one.netns == part.netns || part.netns == everyNamespace || !isLevel);
                };
                const bool isElsewhere = part.netns != everyNamespace
                    && (!isLevel || generation->snapshot->placeOfNamespace(part.netns) == noShortIndex);
                if (isKept(*generation, part) && !isElsewhere)
                    QVERIFY(std::any_of(seen.begin(), seen.end(), isSame));
            }
        }
        QCOMPARE(withLevel > 50, namespaces > 1);
        QVERIFY(withLevel < 150); // and there were times without it
    }

    void putsProcessesBelowTheirNamespaces()
    {
        SmallWorld world;
        world.snapshot().namespaces = {{.id = 1, .inode = 10}, {.id = 7, .inode = 70, .name = "green10"},
            {.id = 8, .inode = 80, .name = "green9"}, {.id = 9, .inode = 90, .name = "empty"}};
        const auto in = [](quint16 place, Socket socket) {
            socket.netns = place;
            return socket;
        };
        const quint32 a = world.add(process(1, "a"));
        const quint32 b = world.add(process(2, "b"));
        world.add(in(0, tcp(listening, "0.0.0.0", 1)), {{a, 1, 3}, {b, 2, 3}}); // shared
        world.add(in(1, tcp(established, "10.0.0.1", 2, "10.0.0.2", 3)), {{a, 1, 4}});
        world.add(in(2, tcp(listening, "0.0.0.0", 3)), {{b, 2, 5}});
        world.add(in(2, tcp(6, "10.0.0.1", 4, "10.0.0.2", 3)));
        world.add(unknownSocket(4711), {{a, 1, 6}});
        Generation generation = world.generation();
        generation.entries[1].receiveRate = 10;
        const auto tree = treeOf(generation);
        std::vector<TreePart> parts;
        for (const TreeNode &node : tree->nodes)
            parts.push_back(node.part);
        const ProcessKey first = world.snapshot().processes[a].key, second = world.snapshot().processes[b].key;
        QCOMPARE(parts,
            (std::vector<TreePart>{partOf(NodeKind::Namespace, 1), partOf(first, 1), partOf(second, 1),
                partOf(NodeKind::Namespace, 8), partOf(second, 8), partOf(NodeKind::NoProcess, 8),
                partOf(NodeKind::Namespace, 7), partOf(first, 7), partOf(NodeKind::Namespace, untoldNamespace),
                partOf(first, untoldNamespace)}));
        const TreeNode &own = tree->nodes[0], &nine = tree->nodes[3], &ten = tree->nodes[6];
        QCOMPARE(own.sockets, 1u);
        QCOMPARE(own.shared, 1u);
        QCOMPARE(own.listening, 1u);
        QCOMPARE(own.childCount, 2u);
        QCOMPARE(nine.sockets, 2u);
        QCOMPARE(nine.rows(), 2);
        QCOMPARE(ten.established, 1u);
        QCOMPARE(ten.receiveRate, 10.0);

        ViewRequest plain;
        plain.byNamespace = false;
        QCOMPARE(pids(*treeOf(generation, plain)), (std::vector<qint32>{1, 2, 0}));
        // What is told of one namespace only needs no level, whatever is not told.
        for (const quint32 slot : {1u, 2u, 3u})
            generation.entries[slot].index = noIndex;
        const auto alone = treeOf(generation);
        QCOMPARE(pids(*alone), (std::vector<qint32>{1, 2}));
        QCOMPARE(leaves(*alone, 0), (Slots{0, 4}));
    }

    void marksANamespaceAsNewOrGoneAsAWhole()
    {
        SmallWorld world;
        world.snapshot().namespaces = {{.id = 1}, {.id = 7}};
        const quint32 a = world.add(process(1, "a"));
        for (const quint16 place : {quint16(0), quint16(1), quint16(1)}) {
            Socket socket = tcp(listening, "0.0.0.0", 1);
            socket.netns = place;
            world.add(socket, {{a, 1, 3}});
        }
        Generation generation = world.generation();
        generation.entries[1].mark = generation.entries[2].mark = Mark::New;
        const auto markOf = [](const TreePtr &tree, quint64 netns) {
            const auto found = std::find_if(tree->nodes.begin(), tree->nodes.end(),
                [&](const TreeNode &node) { return node.part == partOf(NodeKind::Namespace, netns); });
            return found == tree->nodes.end() ? Mark::Changed : found->mark;
        };
        QCOMPARE(markOf(treeOf(generation), 7), Mark::New);
        QCOMPARE(markOf(treeOf(generation), 1), Mark::None);
        generation.entries[2].mark = Mark::None;
        ViewRequest narrowed;
        narrowed.filters = {where([](const RowRef &row) { return row.slot() == 1; })};
        QCOMPARE(markOf(treeOf(generation, narrowed), 7), Mark::None);

        SmallWorld fresh;
        fresh.snapshot().namespaces = {{.id = 1}};
        Socket stays = tcp(listening, "0.0.0.0", 1);
        stays.netns = 0;
        fresh.add(stays);
        Generation now = fresh.generation();
        now.graveyard = generation.snapshot;
        now.entries.push_back(generation.entries[1]);
        now.entries[1].buried = true;
        now.entries[1].mark = Mark::Closed;
        QCOMPARE(markOf(treeOf(now), 7), Mark::Closed);
    }

    void whatWaitsIsUnderItsListenersProcessAndWhatIsOverUnderNone()
    {
        const EndsWorld world;
        const auto tree = treeOf(world.generation());
        QCOMPARE(pids(*tree), (std::vector<qint32>{5500, 4711, 5000, 443, 0}));
        const Slots ofNginx = leaves(*tree, 3);
        QVERIFY(std::find(ofNginx.begin(), ofNginx.end(), world.waiting) != ofNginx.end());
        QVERIFY(tree->nodes[4].part.kind == NodeKind::NoProcess);
        QCOMPARE(leaves(*tree, 4), (Slots{world.late, world.over}));
    }

    void whatWaitsAtAHiddenListenerIsHiddenToo()
    {
        EndsWorld world;
        world.hideServer();
        const auto tree = treeOf(world.generation());
        const auto hidden = std::find_if(tree->nodes.begin(), tree->nodes.end(),
            [](const TreeNode &node) { return node.part.kind == NodeKind::Hidden; });
        QVERIFY(hidden != tree->nodes.end());
        const Slots under = leaves(*tree, quint32(hidden - tree->nodes.begin()));
        for (const quint32 slot : {world.listener, world.waiting})
            QVERIFY(std::find(under.begin(), under.end(), slot) != under.end());
        QVERIFY(std::find(under.begin(), under.end(), world.late) == under.end());
        QCOMPARE(countStates(world.generation()).hidden, quint32(under.size()));
    }
};

QTEST_GUILESS_MAIN(TestProcessTree)
#include "tst_process_tree.moc"
