// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/socket_table_model.h"

#include "tests/support/random_walk.h"
#include "tests/support/range_watch.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QItemSelectionModel>
#include <QtCore/QSet>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1, listening = 10;
using Fatal = QAbstractItemModelTester;
using Slots = std::vector<quint32>;

/// Cookie-like name of a socket that is unique over a whole walk.
using Who = std::pair<quint32, quint64>; ///< slot, born
Who who(const Arrangement &arrangement, quint32 slot)
{
    return {slot, arrangement.generation->entries[slot].born};
}

QSet<Who> shownBy(const Arrangement &arrangement)
{
    QSet<Who> all;
    for (const quint32 slot : arrangement.slots)
        all.insert(who(arrangement, slot));
    return all;
}

ArrangementPtr ports(const std::vector<quint16> &ports, const ViewRequest &request = {})
{
    SmallWorld world;
    for (const quint16 port : ports)
        world.add(tcp(listening, "0.0.0.0", port));
    return arrange(std::make_shared<const Generation>(world.generation()), request, nullptr, never());
}

int column(const char *id)
{
    return columnIndex(id);
}

} // namespace

class TestSocketTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void saysInEveryRoleWhatTheColumnSays()
    {
        SmallWorld world;
        const quint32 slot = world.add(tcp(established, "127.0.0.1", 443, "127.0.0.1", 50000));
        Generation generation = world.generation();
        generation.entries[slot].mark = Mark::Changed;
        SocketTableModel model;
        const QAbstractItemModelTester tester(&model, Fatal::FailureReportingMode::Fatal);
        model.apply(arrange(std::make_shared<const Generation>(generation), {}, nullptr, never()));
        const QModelIndex port = model.index(0, column("local-port"));
        QCOMPARE(port.data().toString(), QStringLiteral("443"));
        QCOMPARE(port.data(SocketTableModel::MarkRole).toInt(), static_cast<int>(Mark::Changed));
        QCOMPARE(port.data(SocketTableModel::SlotRole).toUInt(), slot);
        QCOMPARE(port.data(Qt::AccessibleDescriptionRole).toString(), QStringLiteral("changed"));
        QVERIFY(port.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QVERIFY(model.index(0, column("state")).data(Qt::TextAlignmentRole).toInt() & Qt::AlignLeft);
        QCOMPARE(model.headerData(port.column(), Qt::Horizontal).toString(), QStringLiteral("Local port"));
        QVERIFY(!model.headerData(port.column(), Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        // A blank cell cannot be heard.
        const QModelIndex path = model.index(0, column("unix-path"));
        QVERIFY(path.data().toString().isEmpty());
        QVERIFY(!path.data(Qt::AccessibleTextRole).toString().isEmpty());
    }

    void aWordStandsForAHiddenOwner()
    {
        SmallWorld world;
        world.add(tcp(established, "127.0.0.1", 443, "127.0.0.1", 50000));
        world.snapshot().deniedProcesses = 1;
        SocketTableModel model;
        model.apply(arrange(std::make_shared<const Generation>(world.generation()), {}, nullptr, never()));
        const QModelIndex owner = model.index(0, column("process"));
        QCOMPARE(owner.data().toString(), wordFor(Why::Denied));
        QVERIFY(!owner.data().toString().isEmpty());
    }

    void answersNothingForIndexesThatAreNotItsOwn()
    {
        SocketTableModel model;
        QVERIFY(model.data({}).isNull());
        QVERIFY(model.headerData(-1, Qt::Horizontal).isNull());
        QVERIFY(model.headerData(10000, Qt::Horizontal).isNull());
        QCOMPARE(model.slotAt(0), noIndex);
        QCOMPARE(model.slotAt(-1), noIndex);
        QCOMPARE(model.rowOf(3), -1);
        model.apply(ports({1}));
        QCOMPARE(model.rowOf(3), -1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    }

    void tellsOneInsertOneLayoutOneRemove()
    {
        SocketTableModel model;
        RangeWatch watch(model);
        model.apply(ports({1, 2, 3}));
        QCOMPARE(watch.inserts(), 1);
        watch.forget();
        model.apply(ports({1, 2, 3, 4, 5}, {.sortColumn = "local-port", .descending = true}));
        QCOMPARE(watch.inserts(), 1);
        QCOMPARE(watch.layouts(), 1);
        QCOMPARE(watch.removes(), 0);
        watch.forget();
        model.apply(ports({2}));
        QCOMPARE(watch.inserts(), 0);
        QCOMPARE(watch.layouts(), 1);
        QCOMPARE(watch.removes(), 1);
        QCOMPARE(watch.wrong(), QByteArray());
    }

    void tellsOnlyOfValuesWhenNoRowMoves()
    {
        SocketTableModel model;
        model.apply(ports({1, 2, 3}));
        RangeWatch watch(model);
        model.apply(ports({1, 2, 3}));
        QCOMPARE(watch.changes(), 1);
        QCOMPARE(watch.inserts() + watch.layouts() + watch.removes(), 0);
    }

    void choosesRowsAndTellsOnlyOfRealChanges()
    {
        SocketTableModel model;
        model.apply(ports({1, 2, 3, 4, 5}));
        QSignalSpy told(&model, &SocketTableModel::selectionChanged);
        model.selectRows(1, 3, true, true);
        QCOMPARE(model.selection().selected(), (Slots{1, 2, 3}));
        QCOMPARE(told.count(), 1);
        model.selectRows(1, 3, true, true);
        model.select(2, true);
        QCOMPARE(told.count(), 1);
        model.selectRows(2, 2, false, false);
        QCOMPARE(model.selection().selected(), (Slots{1, 3}));
        model.select(0, true);
        QCOMPARE(model.selection().count(), 3u);
        model.selectAll();
        QCOMPARE(model.selection().count(), 5u);
        model.selectRows(4, 99, true, true); // as far as there are rows
        QCOMPARE(model.selection().selected(), Slots{4});
        model.select(77, true); // not shown
        QCOMPARE(model.selection().selected(), Slots{4});
        model.clearSelection();
        QCOMPARE(model.selection().count(), 0u);
        QCOMPARE(told.count(), 6);
        model.clearSelection();
        QCOMPARE(told.count(), 6);
    }

    void deselectsWhatIsNoLongerShown()
    {
        SocketTableModel model;
        model.apply(ports({1, 2, 3}));
        model.selectAll();
        QSignalSpy told(&model, &SocketTableModel::selectionChanged);
        model.apply(ports({1, 2}));
        QCOMPARE(model.selection().selected(), (Slots{0, 1}));
        QCOMPARE(told.count(), 1);
        model.apply(ports({1, 2}));
        QCOMPARE(told.count(), 1);
    }

    void selectsAgainWhatTheFilterHid()
    {
        SocketTableModel model;
        const auto all = ports({1, 2, 3, 4});
        ViewRequest narrowed;
        narrowed.filters = {where([](const RowRef &row) { return row.socket().localPort > 2; })};
        const auto few = arrange(all->generation, narrowed, nullptr, never());
        model.apply(all);
        model.selectRows(1, 2, true, true);
        model.apply(few);
        QCOMPARE(model.selection().selected(), Slots{2});
        model.select(3, true);
        model.apply(few);
        model.apply(all);
        QCOMPARE(model.selection().selected(), (Slots{1, 2, 3}));
        model.apply(few);
        model.selectRows(1, 1, true, true); // another selection
        model.apply(all);
        QCOMPARE(model.selection().selected(), Slots{3});
        model.apply(few);
        model.clearSelection();
        model.apply(all);
        QCOMPARE(model.selection().count(), 0u);
    }

    void letsGoOfASlotThatMeansAnotherSocket()
    {
        SmallWorld world;
        world.add(tcp(listening, "0.0.0.0", 1));
        Generation generation = world.generation();
        SocketTableModel model;
        model.apply(arrange(std::make_shared<const Generation>(generation), {}, nullptr, never()));
        model.selectAll();
        const QPersistentModelIndex held = model.index(0, 0);
        generation.entries[0].born += 5;
        model.apply(arrange(std::make_shared<const Generation>(generation), {}, nullptr, never()));
        QVERIFY(!held.isValid());
        QCOMPARE(model.selection().count(), 0u);
    }

    void followsSocketsThroughFourHundredSnapshots()
    {
        RandomWalk walk(2024, {.sockets = 70, .churn = 0.1, .messages = false, .failures = 0.05});
        SocketTableModel model;
        const QAbstractItemModelTester tester(&model, Fatal::FailureReportingMode::Fatal);
        QItemSelectionModel current(&model);
        const RangeWatch watch(model);
        ArrangementPtr before;
        QSet<Who> away; // selected, and filtered away since
        for (int step = 0; step < 400; ++step) {
            const GenerationPtr generation = walk.next();
            const ViewRequest request = walk.request();
            const ArrangementPtr next = arrange(generation, request, before, never());
            const QSet<Who> shown = shownBy(*next);

            QSet<Who> selected;
            for (const quint32 slot : model.selection().selected())
                selected.insert(who(*before, slot));
            std::vector<std::pair<QPersistentModelIndex, Who>> held;
            for (int row = 0; row < model.rowCount(); row += 3)
                held.emplace_back(model.index(row, row % 5), who(*before, model.slotAt(row)));
            const bool hadCurrent = current.currentIndex().isValid();
            const Who currentWas = hadCurrent ? who(*before, model.slotAt(current.currentIndex().row())) : Who();
            QSignalSpy told(&model, &SocketTableModel::selectionChanged);

            model.apply(next);

            QCOMPARE(watch.wrong(), QByteArray());
            QCOMPARE(model.rowCount(), static_cast<int>(next->slots.size()));
            for (int row = 0; row < model.rowCount(); ++row) {
                const quint32 slot = next->slots[static_cast<std::size_t>(row)];
                QCOMPARE(model.slotAt(row), slot);
                QCOMPARE(model.rowOf(slot), row);
            }
            QSet<Who> selectedNow;
            for (const quint32 slot : model.selection().selected())
                selectedNow.insert(who(*next, slot));
            away.unite(selected);
            QCOMPARE(selectedNow, QSet<Who>(away).intersect(shown));
            QSet<Who> alive;
            for (quint32 slot = 0; slot < generation->entries.size(); ++slot)
                if (generation->entries[slot].used())
                    alive.insert(who(*next, slot));
            away.intersect(alive).subtract(shown);
            QCOMPARE(told.count(), selectedNow == selected ? 0 : 1);
            for (const auto &[index, socket] : held) {
                QCOMPARE(index.isValid(), shown.contains(socket));
                if (index.isValid())
                    QCOMPARE(who(*next, model.slotAt(index.row())), socket);
            }
            const QModelIndex now = current.currentIndex();
            QCOMPARE(now.isValid(), hadCurrent && shown.contains(currentWas));
            if (now.isValid())
                QCOMPARE(who(*next, model.slotAt(now.row())), currentWas);

            for (int i = 0; model.rowCount() && i < 4; ++i)
                model.select(model.slotAt(walk.below(model.rowCount())), walk.chance(0.7));
            if (walk.chance(0.1)) {
                model.selectAll();
                away.clear();
            }
            if (model.rowCount() && (!now.isValid() || walk.chance(0.1)))
                current.setCurrentIndex(model.index(walk.below(model.rowCount()), 2), QItemSelectionModel::NoUpdate);
            before = next;
        }
    }
};

QTEST_GUILESS_MAIN(TestSocketTableModel)
#include "tst_socket_table_model.moc"
