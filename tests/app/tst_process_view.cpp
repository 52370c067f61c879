// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process_view.h"

#include "model/tree_namespaces.h"
#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/trees.h"
#include "tests/support/warnings.h"

#include <QtCore/QSet>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 listening = 10;

/// One socket for each of these pids, of a process named so that it stands at the pid's place.
Generation listeners(const std::vector<qint32> &pids)
{
    SmallWorld world;
    for (const qint32 pid : pids) {
        const quint32 owner = world.add(process(pid, "p" + QByteArray::number(pid)));
        const quint32 slot = world.add(tcp(listening, "0.0.0.0", static_cast<quint16>(pid)), {{owner, pid, 3}});
        Q_UNUSED(slot)
    }
    Generation generation = world.generation();
    for (Entry &entry : generation.entries) // a slot is the same only for the same process
        entry.born = static_cast<quint64>(
            generation.snapshot
                ->processes[generation.snapshot->holders[generation.snapshot->sockets[entry.index].firstHolder].process]
                .key.pid);
    return generation;
}

std::vector<qint32> upTo(qint32 last)
{
    std::vector<qint32> all;
    for (qint32 pid = 1; pid <= last; ++pid)
        all.push_back(pid);
    return all;
}

/// One socket in each of the namespaces of these ids, each of a process of its own, with pids from 1 on. That of id 1
/// is the reader's own.
Generation inNamespaces(const std::vector<quint64> &ids)
{
    SmallWorld world;
    auto &namespaces = world.snapshot().namespaces;
    qint32 pid = 0;
    for (const quint64 id : ids) {
        ++pid;
        const quint16 known = world.snapshot().placeOfNamespace(id);
        const auto place = known == noShortIndex ? static_cast<quint16>(namespaces.size()) : known;
        if (known == noShortIndex)
            namespaces.push_back({.id = id, .name = "net" + QByteArray::number(id)});
        const quint32 owner = world.add(process(pid, "p" + QByteArray::number(pid)));
        Socket socket = tcp(listening, "0.0.0.0", static_cast<quint16>(pid));
        socket.netns = place;
        world.add(socket, {{owner, pid, 3}});
    }
    return world.generation();
}

} // namespace

class TestProcessView : public QObject
{
    Q_OBJECT
    std::unique_ptr<ProcessTreeModel> m_model;
    std::unique_ptr<ProcessView> m_view;

    ProcessKey key(int row) const { return m_model->tree()->nodes[static_cast<std::size_t>(row)].part.process; }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        qRegisterMetaType<TreeScope>();
    }
    void init()
    {
        m_model = std::make_unique<ProcessTreeModel>();
        m_view = std::make_unique<ProcessView>(*m_model);
        m_view->resize(500, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->apply(treeOf(listeners(upTo(100))));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void asksForTheSocketsOfTheProcessThatWasClicked()
    {
        QSignalSpy asked(m_view.get(), &ProcessView::scopeChanged);
        const QPoint at = m_view->visualRect(m_model->index(3, 0)).center();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(m_view->scope(), (TreeScope{{partOf(key(3))}}));
        m_view->apply(treeOf(listeners(upTo(101))));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(m_view->scope(), (TreeScope{{partOf(key(3))}}));
    }

    void saysWhenWhatWasSelectedIsGone()
    {
        m_view->setScope({{partOf(key(3)), partOf(key(5))}});
        QCOMPARE(m_view->scope().parts.size(), std::size_t(2));
        const ProcessKey stays = key(5);
        QSignalSpy asked(m_view.get(), &ProcessView::scopeChanged);
        std::vector<qint32> pids = upTo(100);
        pids.erase(pids.begin() + 3);
        m_view->apply(treeOf(listeners(pids)));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(m_view->scope(), (TreeScope{{partOf(stays)}}));
        m_view->setScope({});
        QVERIFY(m_view->scope().everything());
        QCOMPARE(asked.count(), 2);
    }

    void tellsOfALeafThatWasChosen()
    {
        QSignalSpy chosen(m_view.get(), &ProcessView::socketChosen);
        const QModelIndex top = m_model->index(2, 0);
        m_view->expand(top);
        m_view->setCurrentIndex(m_model->index(0, 0, top));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(m_view->currentSlot(), m_model->slotOf(m_view->currentIndex()));
        m_view->setCurrentIndex(top);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(m_view->currentSlot(), noIndex);
    }

    void goesToTheProcessWhenTheCurrentLeafGoes()
    {
        const QModelIndex top = m_model->index(2, 0);
        m_view->expand(top);
        m_view->setCurrentIndex(m_model->index(0, 0, top));
        Generation none = listeners(upTo(100));
        const ProcessKey process = key(2);
        none.entries[2].index = noIndex;
        m_view->apply(treeOf(none, {.scope = {{partOf(process)}}}));
        QCOMPARE(m_view->currentIndex(), m_model->indexOf(process));
    }

    void expandsAgainWhatTheFilterHid()
    {
        const ProcessKey open = key(4), shut = key(5);
        m_view->expandAll();
        m_view->collapse(m_model->indexOf(shut));
        ViewRequest narrowed;
        narrowed.filters = {where([](const RowRef &row) { return row.socket().localPort > 50; })};
        m_view->apply(treeOf(listeners(upTo(100)), narrowed));
        QVERIFY(!m_model->indexOf(open).isValid());
        m_view->apply(treeOf(listeners(upTo(100)), narrowed));
        m_view->apply(treeOf(listeners(upTo(100))));
        QVERIFY(m_view->isExpanded(m_model->indexOf(open)));
        QVERIFY(!m_view->isExpanded(m_model->indexOf(shut)));
    }

    void givesNamesTheWidthThatOtherColumnsLeave()
    {
        for (int column = ProcessTreeModel::User; column < ProcessTreeModel::ColumnCount; ++column)
            m_view->setColumnHidden(column, true);
        QTRY_VERIFY(m_view->verticalScrollBar()->isVisible());
        for (const int width : {500, 420, 700}) {
            m_view->resize(width, 300);
            QCOMPARE(m_view->header()->length(), m_view->viewport()->width());
            QTRY_VERIFY(!m_view->horizontalScrollBar()->isVisible());
        }
        m_view->header()->resizeSection(ProcessTreeModel::Pid, 80);
        QCOMPARE(m_view->header()->length(), m_view->viewport()->width());
        m_view->resize(100, 300); // names stay readable, so one has to scroll
        QVERIFY(m_view->columnWidth(ProcessTreeModel::Name) >= m_view->fontMetrics().averageCharWidth() * 16);
        QTRY_VERIFY(m_view->horizontalScrollBar()->isVisible());
    }

    void letsASocketsTextRunOverItsEmptyCells()
    {
        SmallWorld world;
        const quint32 owner = world.add(process(1, "p"));
        world.add(tcp(1, "192.168.100.100", 50000, "192.168.200.200", 50001), {{owner, 1, 3}});
        for (int column = ProcessTreeModel::User; column < ProcessTreeModel::ColumnCount; ++column)
            m_view->setColumnHidden(column, true);
        m_view->resize(400, 300);
        m_view->apply(treeOf(world.generation()));
        m_view->expandAll();
        const auto isBlank = [this](const QModelIndex &index) {
            const QImage image = m_view->viewport()->grab(m_view->visualRect(index)).toImage();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixel(x, y) != image.pixel(0, 0))
                        return false;
            return true;
        };
        const QModelIndex leaf = m_model->index(0, 0, m_model->index(0, 0));
        QVERIFY(!isBlank(leaf.siblingAtColumn(ProcessTreeModel::Sockets)));
        m_view->resize(1200, 300);
        QVERIFY(!isBlank(leaf));
        QVERIFY(isBlank(leaf.siblingAtColumn(ProcessTreeModel::Pid)));
    }

    void keepsTheTopRowAtItsPixel()
    {
        m_view->verticalScrollBar()->setValue(m_view->visualRect(m_model->index(50, 0)).top() + 5);
        const QPersistentModelIndex top = m_model->index(50, 0);
        const int y = m_view->visualRect(top).top();
        QVERIFY(y <= 0);
        std::vector<qint32> pids = upTo(100);
        pids.erase(pids.begin() + 10, pids.begin() + 20);
        m_view->apply(treeOf(listeners(pids)));
        QVERIFY(top.isValid());
        QCOMPARE(m_view->visualRect(top).top(), y);
        m_view->apply(treeOf(listeners(upTo(100))));
        QCOMPARE(m_view->visualRect(top).top(), y);
    }

    void staysAtTheVeryTopWhenItIsThere()
    {
        m_view->apply(treeOf(listeners({3, 4, 5})));
        m_view->apply(treeOf(listeners(upTo(100))));
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    }

    void keepsWhatIsExpandedThroughRandomSnapshots_data()
    {
        QTest::addColumn<int>("namespaces");
        QTest::newRow("namespaces not told") << 0;
        QTest::newRow("namespaces come and go") << 4;
    }
    void keepsWhatIsExpandedThroughRandomSnapshots()
    {
        QFETCH(int, namespaces);
        RandomWalk walk(
            31, {.processes = 15, .sockets = 80, .messages = false, .namespaces = namespaces, .failures = 0.05});
        // The level is not switched on and off: then a process stands for the same one elsewhere.
        const auto next = [&walk] {
            const GenerationPtr generation = walk.next();
            ViewRequest request = walk.request();
            request.byNamespace = true;
            return treeOf(generation, request);
        };
        const auto isNamespace = [](const TreePart &part) { return part.kind == TreePart::Kind::Namespace; };
        m_view->apply(next());
        QSet<TreePart> expanded, shut; // of what is there, shown or filtered away
        for (int step = 0; step < 150; ++step) {
            QSet<TreePart> selected;
            for (const QModelIndex &index : m_model->nodes()) {
                const TreePart part = m_model->partOf(index);
                auto &set = isNamespace(part) ? shut : expanded;
                if (m_view->isExpanded(index) != isNamespace(part))
                    set.insert(part);
                else
                    set.remove(part);
                if (m_view->selectionModel()->isSelected(index))
                    selected.insert(part);
            }
            m_view->apply(next());
            QSet<TreePart> selectedNow, shown;
            for (const QModelIndex &index : m_model->nodes()) {
                const TreePart part = m_model->partOf(index);
                shown.insert(part);
                QCOMPARE(m_view->isExpanded(index), isNamespace(part) ? !shut.contains(part) : expanded.contains(part));
                if (m_view->selectionModel()->isSelected(index))
                    selectedNow.insert(part);
            }
            QCOMPARE(selectedNow, QSet<TreePart>(selected).intersect(shown));
            QCOMPARE(m_view->scope().parts.size(), static_cast<std::size_t>(selectedNow.size()));
            const Snapshot &snapshot = *m_model->tree()->generation->snapshot;
            const auto isGone = [&](const TreePart &part) {
                const Process *process = snapshot.findProcess(part.process.pid);
                return !shown.contains(part) && part.kind == TreePart::Kind::Process
                    && !(process && process->key == part.process);
            };
            expanded.removeIf(isGone);
            shut.removeIf([&](const TreePart &part) {
                return !shown.contains(part) && snapshot.placeOfNamespace(part.netns) == noShortIndex;
            });
            const QModelIndexList nodes = m_model->nodes();
            for (int i = 0; !nodes.isEmpty() && i < 3; ++i) {
                const QModelIndex node = nodes[walk.below(static_cast<int>(nodes.size()))];
                m_view->setExpanded(node, walk.chance(0.6));
                m_view->selectionModel()->select(node,
                    QItemSelectionModel::Rows
                        | (walk.chance(0.5) ? QItemSelectionModel::Select : QItemSelectionModel::Deselect));
            }
            m_view->verticalScrollBar()->setValue(walk.below(m_view->verticalScrollBar()->maximum() + 1));
        }
    }

    void opensNamespacesUntilSomebodyShutsThem()
    {
        m_view->apply(treeOf(inNamespaces({1, 1})));
        const QModelIndex first = m_model->index(0, 0);
        m_view->setCurrentIndex(first);
        m_view->expand(first);
        m_view->apply(treeOf(inNamespaces({1, 1, 7, 8})));
        QCOMPARE(m_model->rowCount(), 3);
        for (int row = 0; row < 3; ++row)
            QVERIFY(m_view->isExpanded(m_model->index(row, 0)));
        // What was there before is where it was, one level deeper.
        QCOMPARE(m_model->partOf(m_view->currentIndex()).process.pid, 1);
        QCOMPARE(m_view->currentIndex().parent(), m_model->index(0, 0));
        QVERIFY(m_view->isExpanded(m_view->currentIndex()));
        m_view->collapse(m_model->index(1, 0));
        m_view->apply(treeOf(inNamespaces({1, 1, 7, 8, 9})));
        QVERIFY(m_view->isExpanded(m_model->index(0, 0)));
        QVERIFY(!m_view->isExpanded(m_model->index(1, 0)));
        QVERIFY(m_view->isExpanded(m_model->index(3, 0)));
        m_view->collapseProcesses();
        QVERIFY(m_view->isExpanded(m_model->index(0, 0)));
        QVERIFY(!m_view->isExpanded(m_view->currentIndex()));
        m_view->apply(treeOf(inNamespaces({1, 1})));
        QCOMPARE(m_view->currentIndex(), m_model->index(0, 0));
        QVERIFY(!m_view->currentIndex().parent().isValid());
    }

    void asksForMixedRows()
    {
        m_view->apply(treeOf(inNamespaces({1, 1, 7, 8})));
        const QModelIndex blue = m_model->index(1, 0), process = m_model->index(0, 0, m_model->index(0, 0));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->visualRect(blue).center());
        QTest::mouseClick(
            m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, m_view->visualRect(process).center());
        QCOMPARE(m_view->scope(),
            (TreeScope{{partOf(TreePart::Kind::Namespace, 7), partOf(m_model->partOf(process).process, 1)}}));
        m_view->addToSelection({{partOf(TreePart::Kind::Namespace, 8)}});
        QCOMPARE(m_view->scope().parts.size(), std::size_t(3));
        QCOMPARE(m_view->currentIndex(), process);
    }
};

QTEST_MAIN(TestProcessView)
#include "tst_process_view.moc"
