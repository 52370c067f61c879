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
    TreeNode::Kind kind;
    ProcessKey process;
    quint32 slot = noIndex;
    quint64 born = 0;
    bool operator==(const Item &) const = default;
};
size_t qHash(const Item &item, size_t seed = 0)
{
    return qHashMulti(seed, static_cast<int>(item.kind), item.process, item.slot, item.born);
}

Item itemAt(const ProcessTreeModel &model, const QModelIndex &index)
{
    const QModelIndex top = index.parent().isValid() ? index.parent() : index;
    const Tree &tree = *model.tree();
    const TreeNode &node = tree.nodes[static_cast<std::size_t>(top.row())];
    Item item{node.kind, node.process};
    item.slot = model.slotOf(index);
    if (item.slot != noIndex)
        item.born = tree.generation->entries[item.slot].born;
    return item;
}

QSet<Item> itemsOf(const Tree &tree)
{
    QSet<Item> all;
    for (const TreeNode &node : tree.nodes) {
        all.insert({node.kind, node.process});
        for (const quint32 slot : tree.leavesOf(node).first(node.listed()))
            all.insert({node.kind, node.process, slot, tree.generation->entries[slot].born});
    }
    return all;
}

/// What the model shows, against what the tree says; empty if they agree.
QByteArray difference(const ProcessTreeModel &model, const Tree &tree)
{
    if (model.rowCount() != static_cast<int>(tree.nodes.size()))
        return "another number of nodes";
    for (int row = 0; row < model.rowCount(); ++row) {
        const TreeNode &node = tree.nodes[static_cast<std::size_t>(row)];
        const QModelIndex top = model.index(row, 0);
        if (itemAt(model, top) != Item{node.kind, node.process})
            return "another node";
        if (model.rowCount(top) != node.rows())
            return "another number of leaves";
        const auto leaves = tree.leavesOf(node);
        for (int leaf = 0; leaf < static_cast<int>(node.listed()); ++leaf)
            if (model.slotOf(model.index(leaf, 0, top)) != leaves[static_cast<std::size_t>(leaf)])
                return "another leaf";
        if (node.kind == TreeNode::Kind::Process && model.indexOf(node.process) != top)
            return "a process is not found";
    }
    return {};
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
        QCOMPARE(model.scopeFor({leaf, model.indexOf(first), model.indexOf(second)}), (TreeScope{{first, second}, {}}));
        QCOMPARE(
            model.scopeFor({model.indexOf(TreeScope::Group::Hidden)}), (TreeScope{{}, {TreeScope::Group::Hidden}}));
        QVERIFY(!model.indexOf(TreeScope::Group::NoProcess).isValid());
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
        QCOMPARE(model.scopeFor({last}).processes.size(), std::size_t(1));
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

    void followsProcessesAndSocketsThroughFourHundredSnapshots()
    {
        RandomWalk walk(99, {.processes = 10, .sockets = 50, .churn = 0.1, .messages = false, .failures = 0.05});
        ProcessTreeModel model;
        const QAbstractItemModelTester tester(&model, Tester::FailureReportingMode::Fatal);
        QItemSelectionModel selection(&model);
        const RangeWatch watch(model);
        for (int step = 0; step < 400; ++step) {
            const GenerationPtr generation = walk.next();
            const TreePtr next = treeOf(generation, walk.request());
            const QSet<Item> shown = itemsOf(*next);

            std::vector<std::pair<QPersistentModelIndex, Item>> held; // as a view holds what is expanded
            QSet<Item> selected;
            const auto hold = [&](const QModelIndex &index) {
                held.emplace_back(index, itemAt(model, index));
                if (selection.isSelected(index))
                    selected.insert(itemAt(model, index));
            };
            for (int row = 0; row < model.rowCount(); ++row) {
                hold(model.index(row, 0));
                for (int leaf = 0; leaf < model.rowCount(model.index(row, 0)); ++leaf)
                    hold(model.index(leaf, 0, model.index(row, 0)));
            }
            std::optional<Item> current;
            if (selection.currentIndex().isValid())
                current = itemAt(model, selection.currentIndex());

            model.apply(next);

            QCOMPARE(watch.wrong(), QByteArray());
            QCOMPARE(difference(model, *next), QByteArray());
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

            for (int i = 0; model.rowCount() && i < 3; ++i) {
                const QModelIndex top = model.index(walk.below(model.rowCount()), 0);
                const int leaves = model.rowCount(top);
                const QModelIndex chosen = leaves && walk.chance(0.6) ? model.index(walk.below(leaves), 0, top) : top;
                selection.select(chosen,
                    QItemSelectionModel::Rows
                        | (walk.chance(0.4) ? QItemSelectionModel::Deselect : QItemSelectionModel::Select));
                if (walk.chance(0.2))
                    selection.setCurrentIndex(chosen, QItemSelectionModel::NoUpdate);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestProcessTreeModel)
#include "tst_process_tree_model.moc"
