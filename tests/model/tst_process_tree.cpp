// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree.h"

#include "model/owner_group.h"
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
        all.push_back(node.process.pid);
    return all;
}

/// Which slots belong under whom, found the slow way: -1 is the group without process, -2 the hidden one.
std::map<std::pair<int, ProcessKey>, QSet<quint32>> expected(const Generation &generation, const ViewRequest &request)
{
    std::map<std::pair<int, ProcessKey>, QSet<quint32>> nodes;
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
        if (!generation.entries[slot].used())
            continue;
        const RowRef row(generation, slot);
        if (!std::all_of(
                request.filters.begin(), request.filters.end(), [&](auto &each) { return each->matches(row); }))
            continue;
        for (const Holder &holder : row.snapshot().holdersOf(row.socket()))
            nodes[{0, row.snapshot().processes[holder.process].key}].insert(slot);
        if (const auto group = ownerGroupOf(row))
            nodes[{*group == TreeScope::Group::Hidden ? 2 : 1, {}}].insert(slot);
    }
    for (const ProcessKey &key : request.scope.processes)
        for (const Process &process : generation.snapshot->processes)
            if (process.key == key)
                nodes[{0, key}];
    for (const TreeScope::Group group : request.scope.groups)
        nodes[{group == TreeScope::Group::Hidden ? 2 : 1, {}}];
    return nodes;
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
        QVERIFY(tree->nodes[4].kind == NodeKind::NoProcess);
        QVERIFY(tree->nodes[5].kind == NodeKind::Hidden);
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
        QCOMPARE(node.process.pid, 1);
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
        QCOMPARE(tree->nodes[0].process, then.snapshot->processes[0].key);
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
        request.scope = {{key, {99, 1}}, {TreeScope::Group::Hidden}}; // pid 99 is not there
        const auto tree = treeOf(world.generation(), request);
        QCOMPARE(pids(*tree), (std::vector<qint32>{1, 0}));
        QCOMPARE(tree->nodes[0].leafCount, 0u);
        QVERIFY(tree->nodes[1].kind == NodeKind::Hidden);
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

    void holdsExactlyWhatMadeUpSystemsHold()
    {
        RandomWalk walk(7, {.failures = 0.1});
        for (int step = 0; step < 150; ++step) {
            const GenerationPtr generation = walk.next();
            const ViewRequest request = walk.request();
            const auto tree = treeOf(generation, request);
            const auto wanted = expected(*generation, request);
            QCOMPARE(tree->nodes.size(), wanted.size());
            for (std::size_t i = 0; i < tree->nodes.size(); ++i) {
                const TreeNode &node = tree->nodes[i];
                const auto found = wanted.find({static_cast<int>(node.kind), node.process});
                QVERIFY(found != wanted.end());
                const Slots shown = leaves(*tree, i);
                QCOMPARE(QSet<quint32>(shown.begin(), shown.end()), found->second);
                QCOMPARE(shown.size(), static_cast<std::size_t>(found->second.size())); // each once
            }
        }
    }

    void whatWaitsIsUnderItsListenersProcessAndWhatIsOverUnderNone()
    {
        const EndsWorld world;
        const auto tree = treeOf(world.generation());
        QCOMPARE(pids(*tree), (std::vector<qint32>{4711, 5000, 443, 0}));
        const Slots ofNginx = leaves(*tree, 2);
        QVERIFY(std::find(ofNginx.begin(), ofNginx.end(), world.waiting) != ofNginx.end());
        QVERIFY(tree->nodes[3].kind == NodeKind::NoProcess);
        QCOMPARE(leaves(*tree, 3), Slots{world.over});
    }
};

QTEST_GUILESS_MAIN(TestProcessTree)
#include "tst_process_tree.moc"
