// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process_view.h"

#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/trees.h"
#include "tests/support/warnings.h"

#include <QtCore/QSet>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
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

} // namespace

class TestProcessView : public QObject
{
    Q_OBJECT
    std::unique_ptr<ProcessTreeModel> m_model;
    std::unique_ptr<ProcessView> m_view;

    ProcessKey key(int row) const { return m_model->tree()->nodes[static_cast<std::size_t>(row)].process; }

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
        QCOMPARE(m_view->scope(), (TreeScope{{key(3)}, {}}));
        m_view->apply(treeOf(listeners(upTo(101))));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(m_view->scope(), (TreeScope{{key(3)}, {}}));
    }

    void saysWhenWhatWasSelectedIsGone()
    {
        m_view->setScope({{key(3), key(5)}, {}});
        QCOMPARE(m_view->scope().processes.size(), std::size_t(2));
        const ProcessKey stays = key(5);
        QSignalSpy asked(m_view.get(), &ProcessView::scopeChanged);
        std::vector<qint32> pids = upTo(100);
        pids.erase(pids.begin() + 3);
        m_view->apply(treeOf(listeners(pids)));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(m_view->scope(), (TreeScope{{stays}, {}}));
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
        m_view->apply(treeOf(none, {.scope = {{process}, {}}}));
        QCOMPARE(m_view->currentIndex(), m_model->indexOf(process));
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

    void keepsWhatIsExpandedThroughRandomSnapshots()
    {
        RandomWalk walk(31, {.processes = 15, .sockets = 80, .messages = false, .failures = 0.05});
        m_view->apply(treeOf(walk.next(), walk.request()));
        for (int step = 0; step < 150; ++step) {
            QSet<ProcessKey> expanded, selected;
            for (int row = 0; row < m_model->rowCount(); ++row)
                if (m_model->tree()->nodes[static_cast<std::size_t>(row)].kind == TreeNode::Kind::Process) {
                    if (m_view->isExpanded(m_model->index(row, 0)))
                        expanded.insert(key(row));
                    if (m_view->selectionModel()->isRowSelected(row))
                        selected.insert(key(row));
                }
            m_view->apply(treeOf(walk.next(), walk.request()));
            QSet<ProcessKey> expandedNow, selectedNow, shown;
            for (int row = 0; row < m_model->rowCount(); ++row)
                if (m_model->tree()->nodes[static_cast<std::size_t>(row)].kind == TreeNode::Kind::Process) {
                    shown.insert(key(row));
                    if (m_view->isExpanded(m_model->index(row, 0)))
                        expandedNow.insert(key(row));
                    if (m_view->selectionModel()->isRowSelected(row))
                        selectedNow.insert(key(row));
                }
            QCOMPARE(expandedNow, QSet<ProcessKey>(expanded).intersect(shown));
            QCOMPARE(selectedNow, QSet<ProcessKey>(selected).intersect(shown));
            const auto &scope = m_view->scope().processes;
            QCOMPARE(QSet<ProcessKey>(scope.begin(), scope.end()), selectedNow);
            for (int i = 0; m_model->rowCount() && i < 3; ++i) {
                const QModelIndex top = m_model->index(walk.below(m_model->rowCount()), 0);
                m_view->setExpanded(top, walk.chance(0.6));
                m_view->selectionModel()->select(top,
                    QItemSelectionModel::Rows
                        | (walk.chance(0.5) ? QItemSelectionModel::Select : QItemSelectionModel::Deselect));
            }
            m_view->verticalScrollBar()->setValue(walk.below(m_view->verticalScrollBar()->maximum() + 1));
        }
    }
};

QTEST_MAIN(TestProcessView)
#include "tst_process_view.moc"
