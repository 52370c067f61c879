// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/process_tree_model.h"

#include "model/tree_cells.h"
#include "tests/support/random_walk.h"
#include "tests/support/range_watch.h"
#include "tests/support/small_world.h"
#include "tests/support/trees.h"
#include "tests/support/warnings.h"

#include <QtCore/QItemSelectionModel>
#include <QtCore/QSet>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>

#include <optional>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, listening = 10;
using Tester = QAbstractItemModelTester;

/// A node by itself, or a leaf under it; unique over a whole walk.
struct Item {
    TreePart part;
    quint32 slot = noIndex;
    quint64 born = 0;
    bool operator==(const Item &) const = default;
};
size_t qHash(const Item &item, size_t seed = 0)
{
    return qHashMulti(seed, item.part, item.slot, item.born);
}

Item itemAt(const ProcessTreeModel &model, const QModelIndex &index)
{
    Item item{model.partOf(index)};
    item.slot = model.slotOf(index);
    if (item.slot != noIndex)
        item.born = model.tree()->generation->entries[item.slot].born;
    return item;
}

QSet<Item> itemsOf(const Tree &tree)
{
    QSet<Item> all;
    for (const TreeNode &node : tree.nodes) {
        all.insert({node.part});
        for (const quint32 slot : tree.leavesOf(node).first(node.listed()))
            all.insert({node.part, slot, tree.generation->entries[slot].born});
    }
    return all;
}

/// What the model shows, against what the tree says; empty if they agree.
QByteArray difference(const ProcessTreeModel &model, const Tree &tree)
{
    const QModelIndexList nodes = model.nodes();
    if (nodes.size() != static_cast<qsizetype>(tree.nodes.size()))
        return "another number of nodes";
    int top = 0;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const TreeNode &node = tree.nodes[i];
        const QModelIndex index = nodes[static_cast<qsizetype>(i)];
        const QModelIndex above = node.parent == noIndex ? QModelIndex() : nodes[static_cast<qsizetype>(node.parent)];
        const int row = node.parent == noIndex ? top++ : static_cast<int>(i) - static_cast<int>(node.parent) - 1;
        if (index != model.index(row, 0, above) || index.parent() != above)
            return "a node in another place";
        if (itemAt(model, index) != Item{node.part})
            return "another node";
        if (model.rowCount(index) != node.rows())
            return "another number of leaves";
        const auto leaves = tree.leavesOf(node);
        for (int leaf = 0; leaf < static_cast<int>(node.listed()); ++leaf)
            if (model.slotOf(model.index(leaf, 0, index)) != leaves[static_cast<std::size_t>(leaf)])
                return "another leaf";
        if (model.indexOf(node.part) != index)
            return "a node is not found";
    }
    return model.rowCount() == top ? QByteArray() : QByteArray("another number of rows at the top");
}

/// Nodes and leaves.
QModelIndexList everyRow(const ProcessTreeModel &model)
{
    QModelIndexList all;
    for (const QModelIndex &node : model.nodes()) {
        all.append(node);
        for (int leaf = 0; model.partOf(node).kind != TreePart::Kind::Namespace && leaf < model.rowCount(node); ++leaf)
            all.append(model.index(leaf, 0, node));
    }
    return all;
}

bool hasLevel(const Tree &tree)
{
    return !tree.nodes.empty() && tree.nodes[0].isNamespace();
}

/// Whether each that is still held is of the same process or group and the same socket.
void followsWithoutNamespaces(
    const ProcessTreeModel &model, const std::vector<std::pair<QPersistentModelIndex, Item>> &held)
{
    for (const auto &[index, item] : held) {
        if (!index.isValid())
            continue;
        Item now = itemAt(model, index), then = item;
        now.part.netns = then.part.netns = everyNamespace;
        QCOMPARE(now, then);
    }
}

/// Process a holds a socket in each of the namespaces 1 (the reader's own) and 7 ("blue"), b only in that.
SmallWorld twoNamespaces()
{
    SmallWorld world;
    NetNamespace blue{.id = 7, .inode = 70};
    blue.reached = NamespaceRecord::Reached::Entered;
    blue.pid = 2;
    blue.mounted = "/run/netns/blue";
    blue.name = "blue";
    world.snapshot().namespaces = {{.id = 1, .inode = 10}, blue};
    const quint32 a = world.add(process(1, "a"));
    const quint32 b = world.add(process(2, "b"));
    const auto add = [&world](quint16 place, quint16 port, quint32 owner, qint32 pid) {
        Socket socket = tcp(listening, "0.0.0.0", port);
        socket.netns = place;
        world.add(socket, {{owner, pid, 3}});
    };
    add(0, 1, a, 1);
    add(1, 2, a, 1);
    add(1, 3, b, 2);
    return world;
}

} // namespace

class TestProcessTreeModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void namesLeavesSoThatNoTwoLookAlike()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        Socket abstract = unixSocket(listening);
        abstract.tell(Told::Name);
        world.add(tcp(established, "10.0.0.5", 5432, "10.0.0.9", 443), {{a, 1, 3}});
        world.add(tcp(listening, "127.0.0.1", 631), {{a, 1, 4}});
        world.add(tcp(established, "2001:db8::1", 5, "2001:db8::2", 6), {{a, 1, 5}});
        world.add(abstract, {{a, 1, 6}}, {}, QByteArray("\0/tmp/x\n<b>", 11));
        world.add(unknownSocket(56789), {{a, 1, 7}});
        Socket nameless = unixSocket(established);
        nameless.inode = 4711;
        world.add(nameless, {{a, 1, 8}});
        world.add(udp("0.0.0.0", 68), {{a, 1, 9}});
        ProcessTreeModel model;
        const QAbstractItemModelTester tester(&model, Tester::FailureReportingMode::Fatal);
        model.apply(treeOf(world.generation()));
        const QModelIndex top = model.index(0, 0);
        QStringList labels;
        for (int leaf = 0; leaf < model.rowCount(top); ++leaf)
            labels += model.index(leaf, 0, top).data().toString();
        labels.sort();
        QCOMPARE(labels,
            (QStringList{QStringLiteral("tcp 10.0.0.5:5432 → 10.0.0.9:443 ESTAB"),
                QStringLiteral("tcp LISTEN 127.0.0.1:631"),
                QStringLiteral("tcp [2001:db8::1]:5 → [2001:db8::2]:6 ESTAB"), QStringLiteral("udp UNCONN 0.0.0.0:68"),
                QStringLiteral("unix ESTAB socket:[4711]"), QStringLiteral("unix LISTEN @/tmp/x\\n<b>"),
                QStringLiteral("unknown socket:[56789]")}));
    }

    void shortensTheLocalEndWhereTheNameDoesNotFit()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        world.add(tcp(established, "2001:db8::1", 5, "2001:db8::2", 6), {{a, 1, 5}});
        world.add(tcp(listening, "127.0.0.1", 631), {{a, 1, 4}});
        const Generation generation = world.generation();
        QCOMPARE(shortLeafLabel(RowRef(generation, 0)), QStringLiteral("tcp :5 → [2001:db8::2]:6 ESTAB"));
        QCOMPARE(shortLeafLabel(RowRef(generation, 1)), leafLabel(RowRef(generation, 1)));
    }

    void showsRollUpsAndLeavesUnknownOnesBlank()
    {
        SmallWorld world;
        Process holder = process(1, "a", QByteArray("a\0-x\0<b>\0", 9), 0, "a.service");
        world.add(holder);
        const quint32 slot = world.add(tcp(listening, "127.0.0.1", 631), {{0, 1, 3}});
        Generation generation = world.generation();
        generation.entries[slot].mark = Mark::New;
        ProcessTreeModel model;
        model.apply(treeOf(generation));
        const QModelIndex top = model.index(0, 0);
        const auto cell = [&](int column) { return model.index(0, column).data().toString(); };
        QCOMPARE(cell(ProcessTreeModel::Name), QStringLiteral("a"));
        QCOMPARE(cell(ProcessTreeModel::Pid), QStringLiteral("1"));
        QCOMPARE(cell(ProcessTreeModel::Sockets), QStringLiteral("1"));
        QCOMPARE(cell(ProcessTreeModel::Listening), QStringLiteral("1"));
        QCOMPARE(cell(ProcessTreeModel::Established), QString());
        QCOMPARE(cell(ProcessTreeModel::RecvRate), QString());
        QCOMPARE(cell(ProcessTreeModel::UnitName), QStringLiteral("a.service"));
        QVERIFY(top.data(Qt::ToolTipRole).toString().startsWith(QLatin1String("a -x <b>")));
        const QModelIndex leaf = model.index(0, 0, top);
        QCOMPARE(leaf.data(ProcessTreeModel::MarkRole).toInt(), static_cast<int>(Mark::New));
        QCOMPARE(leaf.data(ProcessTreeModel::SlotRole).toUInt(), slot);
        QVERIFY(leaf.flags() & Qt::ItemNeverHasChildren);
        QVERIFY(!(top.flags() & Qt::ItemNeverHasChildren));
        QVERIFY(model.headerData(0, Qt::Horizontal).toString().size() > 0);
        QVERIFY(model.data({}).isNull());
    }

    void turnsSelectedRowsIntoAScope()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "b"));
        const quint32 b = world.add(process(2, "a"));
        world.add(tcp(listening, "127.0.0.1", 1), {{a, 1, 3}});
        world.add(tcp(listening, "127.0.0.1", 2), {{b, 2, 3}});
        world.add(tcp(listening, "127.0.0.1", 3));
        world.snapshot().deniedProcesses = 1;
        const ProcessKey first = world.snapshot().processes[a].key, second = world.snapshot().processes[b].key;
        ProcessTreeModel model;
        QVERIFY(!model.indexOf(first).isValid());
        model.apply(treeOf(world.generation()));
        const QModelIndex leaf = model.index(0, 0, model.indexOf(first));
        QCOMPARE(model.scopeFor({leaf, model.indexOf(first), model.indexOf(second)}),
            (TreeScope{{partOf(first), partOf(second)}}));
        QCOMPARE(model.scopeFor({model.indexOf(partOf(TreePart::Kind::Hidden))}),
            (TreeScope{{partOf(TreePart::Kind::Hidden)}}));
        QVERIFY(!model.indexOf(partOf(TreePart::Kind::NoProcess)).isValid());
        QVERIFY(model.scopeFor({}).everything());
    }

    void saysInALastRowHowManyLeavesItLeavesOut()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        for (quint32 i = 0; i < maxLeaves + 3; ++i)
            world.add(tcp(listening, "0.0.0.0", static_cast<quint16>(i + 1)), {{a, 1, static_cast<qint32>(i)}});
        const Generation full = world.generation();
        ProcessTreeModel model;
        model.apply(treeOf(full));
        const QModelIndex top = model.index(0, 0);
        const QPersistentModelIndex last = model.index(static_cast<int>(maxLeaves), 0, top);
        QCOMPARE(last.data().toString(), QStringLiteral("3 more: shown in the table"));
        QCOMPARE(model.slotOf(last), noIndex);
        QCOMPARE(model.scopeFor({last}).parts.size(), std::size_t(1));
        Generation fewer = full;
        fewer.entries[5].index = noIndex;
        model.apply(treeOf(fewer));
        QCOMPARE(last.data().toString(), QStringLiteral("2 more: shown in the table"));
        for (const quint32 slot : {6u, 7u})
            fewer.entries[slot].index = noIndex;
        model.apply(treeOf(fewer));
        QVERIFY(!last.isValid());
        QCOMPARE(model.rowCount(top), static_cast<int>(maxLeaves));
    }

    void tellsNarrowlyOfValuesWhenNothingMoves()
    {
        SmallWorld world;
        const quint32 a = world.add(process(1, "a"));
        const quint32 b = world.add(process(2, "b"));
        world.add(tcp(listening, "127.0.0.1", 1), {{a, 1, 3}});
        const quint32 changes = world.add(tcp(established, "127.0.0.1", 2, "127.0.0.1", 3), {{b, 2, 3}});
        Generation generation = world.generation();
        ProcessTreeModel model;
        model.apply(treeOf(generation));
        RangeWatch watch(model);
        model.apply(treeOf(generation));
        QCOMPARE(watch.changes(), 0);
        generation.entries[changes].receiveRate = 1000;
        model.apply(treeOf(generation));
        QCOMPARE(watch.changes(), 2); // the process's sum and its leaf
        QCOMPARE(watch.inserts() + watch.layouts() + watch.removes(), 0);
        QCOMPARE(watch.wrong(), QByteArray());
    }

    void followsProcessesAndSocketsThroughHundredsOfSnapshots_data()
    {
        QTest::addColumn<int>("namespaces");
        QTest::newRow("namespaces not told") << 0;
        QTest::newRow("one comes and goes") << 2;
        QTest::newRow("several come and go") << 5;
    }
    void followsProcessesAndSocketsThroughHundredsOfSnapshots()
    {
        QFETCH(int, namespaces);
        RandomWalk walk(99,
            {.processes = namespaces ? std::size_t(6) : std::size_t(10),
                .sockets = namespaces ? std::size_t(25) : std::size_t(50),
                .churn = 0.1,
                .messages = false,
                .namespaces = namespaces,
                .failures = 0.05});
        int levels = 0; // how often the level of namespaces came or went
        ProcessTreeModel model;
        const QAbstractItemModelTester tester(&model, Tester::FailureReportingMode::Fatal);
        QItemSelectionModel selection(&model);
        const RangeWatch watch(model);
        for (int step = 0; step < (namespaces ? 200 : 400); ++step) {
            const GenerationPtr generation = walk.next();
            const TreePtr before = model.tree(), next = treeOf(generation, walk.request());
            const QSet<Item> shown = itemsOf(*next);
            const bool toldApart = before && !next->nodes.empty() && !before->nodes.empty()
                && (before->nodes[0].part.netns == everyNamespace) == (next->nodes[0].part.netns == everyNamespace);
            levels += before && hasLevel(*before) != hasLevel(*next);

            std::vector<std::pair<QPersistentModelIndex, Item>> held; // as a view holds what is expanded
            QSet<Item> selected;
            const auto hold = [&](const QModelIndex &index) {
                held.emplace_back(index, itemAt(model, index));
                if (selection.isSelected(index))
                    selected.insert(itemAt(model, index));
            };
            for (const QModelIndex &index : everyRow(model))
                hold(index);
            std::optional<Item> current;
            if (selection.currentIndex().isValid())
                current = itemAt(model, selection.currentIndex());

            model.apply(next);

            QCOMPARE(watch.wrong(), QByteArray());
            QCOMPARE(difference(model, *next), QByteArray());
            if (!toldApart && namespaces > 0) { // then a process stands for the same one elsewhere
                followsWithoutNamespaces(model, held);
                selection.clear();
                continue;
            }
            for (const auto &[index, item] : held) {
                QCOMPARE(index.isValid(), shown.contains(item));
                if (index.isValid())
                    QCOMPARE(itemAt(model, index), item);
            }
            QSet<Item> selectedNow;
            for (const QModelIndex &index : selection.selectedRows())
                selectedNow.insert(itemAt(model, index));
            QCOMPARE(selectedNow, QSet<Item>(selected).intersect(shown));
            if (current && shown.contains(*current))
                QCOMPARE(itemAt(model, selection.currentIndex()), *current);

            const QModelIndexList nodes = model.nodes();
            for (int i = 0; !nodes.isEmpty() && i < 3; ++i) {
                const QModelIndex node = nodes[walk.below(static_cast<int>(nodes.size()))];
                const int below = model.rowCount(node);
                const QModelIndex chosen = below && walk.chance(0.6) ? model.index(walk.below(below), 0, node) : node;
                selection.select(chosen,
                    QItemSelectionModel::Rows
                        | (walk.chance(0.4) ? QItemSelectionModel::Deselect : QItemSelectionModel::Select));
                if (walk.chance(0.2))
                    selection.setCurrentIndex(chosen, QItemSelectionModel::NoUpdate);
            }
        }
        QCOMPARE(levels > 3, namespaces > 0);
    }

    void showsNamespacesWithTheirProcessesBelow()
    {
        SmallWorld world = twoNamespaces();
        ProcessTreeModel model;
        const QAbstractItemModelTester tester(&model, Tester::FailureReportingMode::Fatal);
        model.apply(treeOf(world.generation()));
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex own = model.index(0, 0), blue = model.index(1, 0);
        QCOMPARE(own.data().toString(), QStringLiteral("own"));
        QCOMPARE(blue.data().toString(), QStringLiteral("blue"));
        QCOMPARE(blue.data(Qt::AccessibleTextRole).toString(), QStringLiteral("network namespace blue"));
        QCOMPARE(blue.data(Qt::ToolTipRole).toString(),
            QStringLiteral("Network namespace blue\nnet:[70]\nMounted at: /run/netns/blue\nA process in it: b (2)\n"
                           "It was entered to read its sockets."));
        QCOMPARE(blue.siblingAtColumn(ProcessTreeModel::Sockets).data().toString(), QStringLiteral("2"));
        QCOMPARE(blue.siblingAtColumn(ProcessTreeModel::Pid).data().toString(), QString());
        QVERIFY(!(blue.flags() & Qt::ItemNeverHasChildren));
        const QModelIndex process = model.index(1, 0, blue);
        QCOMPARE(process.data().toString(), QStringLiteral("b"));
        QVERIFY(!model.isLeaf(process));
        const QModelIndex leaf = model.index(0, 0, process);
        QCOMPARE(leaf.data().toString(), QStringLiteral("tcp LISTEN 0.0.0.0:3"));
        QVERIFY(model.isLeaf(leaf));
        QCOMPARE(leaf.parent(), process);
        QCOMPARE(process.parent(), blue);
    }

    void meansTheSocketsOfOneNamespaceByWhatIsBelowIt()
    {
        SmallWorld world = twoNamespaces();
        const ProcessKey a = world.snapshot().processes[0].key, b = world.snapshot().processes[1].key;
        ProcessTreeModel model;
        model.apply(treeOf(world.generation()));
        const QModelIndex blue = model.indexOf(partOf(TreePart::Kind::Namespace, 7));
        const QModelIndex aInBlue = model.indexOf(partOf(a, 7)), onlyB = model.indexOf(b);
        const TreeScope mixed = model.scopeFor({onlyB, blue, aInBlue, model.index(0, 0, aInBlue)});
        QCOMPARE(mixed, (TreeScope{{partOf(TreePart::Kind::Namespace, 7), partOf(a, 7), partOf(b, 7)}}));
        QCOMPARE(model.indexesOf(mixed), (QModelIndexList{blue, aInBlue, onlyB}));
        QCOMPARE(model.indexesOf({{partOf(a)}}), (QModelIndexList{model.indexOf(partOf(a, 1)), aInBlue}));
        QCOMPARE(widened(mixed), (TreeScope{{partOf(a), partOf(b)}}));
        const auto slotsOf = [&](const TreePart &part) {
            const Generation generation = world.generation();
            const ScopeTest test({{part}}, generation);
            std::vector<quint32> slots;
            for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
                if (test.contains(RowRef(generation, slot)))
                    slots.push_back(slot);
            return slots;
        };
        QCOMPARE(slotsOf(partOf(a)), (std::vector<quint32>{0, 1}));
        QCOMPARE(slotsOf(partOf(a, 7)), std::vector<quint32>{1});
        QCOMPARE(slotsOf(partOf(TreePart::Kind::Namespace, 7)), (std::vector<quint32>{1, 2}));
        QCOMPARE(slotsOf(partOf(TreePart::Kind::NoProcess, 7)), std::vector<quint32>{});
    }

    void keepsWhatIsHeldWhenALevelComesAndGoes()
    {
        SmallWorld world = twoNamespaces();
        const Generation both = world.generation();
        Generation one = both;
        one.entries[1].index = one.entries[2].index = noIndex;
        ViewRequest plain;
        plain.byNamespace = false;
        ProcessTreeModel model;
        const QAbstractItemModelTester tester(&model, Tester::FailureReportingMode::Fatal);
        const RangeWatch watch(model);
        model.apply(treeOf(one));
        QCOMPARE(model.rowCount(), 1);
        const QPersistentModelIndex a = model.index(0, 0), leaf = model.index(0, 0, a);
        for (int i = 0; i < 2; ++i) {
            model.apply(treeOf(both)); // as namespaces come and go
            QCOMPARE(model.partOf(a.parent()), partOf(TreePart::Kind::Namespace, 1));
            QCOMPARE(leaf.parent(), a);
            QCOMPARE(leaf.parent().parent(), model.index(0, 0));
            model.apply(treeOf(one));
            QVERIFY(a.isValid() && !a.parent().isValid());
            QCOMPARE(model.slotOf(leaf), 0u);
        }
        for (int i = 0; i < 2; ++i) {
            model.apply(treeOf(both, plain)); // as somebody switches it on and off
            QVERIFY(a.isValid() && !a.parent().isValid());
            QCOMPARE(model.slotOf(leaf), 0u);
            model.apply(treeOf(both));
            QCOMPARE(model.partOf(a.parent()), partOf(TreePart::Kind::Namespace, 1));
            QCOMPARE(model.slotOf(leaf), 0u);
        }
        QCOMPARE(watch.wrong(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestProcessTreeModel)
#include "tst_process_tree_model.moc"
