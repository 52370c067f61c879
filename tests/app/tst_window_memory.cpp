// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_memory.h"

#include "app/column_keeper.h"
#include "app/details_model.h"
#include "app/panel_splitter.h"
#include "app/zoom.h"
#include "tests/app/open_window.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTreeView>

#include <memory>

using namespace socktree;
using namespace socktree::test;

class WindowMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void remembersItsLayout();
    void remembersTheColumnsOfEveryView();
    void remembersHowLargePanelsAreAlsoHiddenOnes();
    void givesTheTableRoomInANarrowWindow();
    void remembersHowItLooksAndWhatItShows();
    void remembersWithoutBeingClosed();
    void resetLayoutResetsTheColumnsOfEveryView();
    void survivesAHostileSettingsFile();

private:
    /// Closes it and starts again with the same settings.
    void openAgain()
    {
        m_open->window.close();
        m_open.reset();
        m_open = std::make_unique<Open>(*m_stage, *m_settings);
        QVERIFY(QTest::qWaitForWindowExposed(&m_open->window));
        QVERIFY(m_open->refresh());
        m_open->table().goTo(m_open->slotOf(21)); // so that the details have something to show
    }
    QAction *action(Act act) { return m_open->part<Actions>()[act]; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Open> m_open;
};

void WindowMemoryTest::initTestCase()
{
    failOnWarnings();
    qRegisterMetaType<TreeScope>();
}

void WindowMemoryTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.conf")), QSettings::IniFormat);
    m_stage = std::make_unique<Stage>();
    fill(*m_stage);
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
}

void WindowMemoryTest::cleanup()
{
    m_open.reset();
    m_stage.reset();
    m_settings.reset();
}

void WindowMemoryTest::remembersTheColumnsOfEveryView()
{
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(21));
    m_open->table().setColumnWidth(columnIndex("rtt"), 97);
    m_open->table().setColumnHidden(columnIndex("rtt"), true);
    QHeaderView *tree = m_open->tree().header();
    tree->moveSection(tree->visualIndex(ProcessTreeModel::Sockets), 0);
    tree->resizeSection(ProcessTreeModel::Sockets, 111);
    tree->resizeSection(ProcessTreeModel::Pid, 93);
    tree->setSectionHidden(ProcessTreeModel::Pid, true);
    tree->setSectionHidden(ProcessTreeModel::User, false);
    QTreeView *details = m_open->part<DetailsPanel>().view();
    details->header()->resizeSection(DetailsModel::Name, 123);
    details->header()->resizeSection(DetailsModel::Value, 177);
    details->collapse(details->model()->index(1, 0));
    const QString folded = details->model()->index(1, 0).data().toString();
    QVERIFY(!folded.isEmpty());

    for (int times = 0; times < 2; ++times) { // what is hidden stays so from start to start
        openAgain();
        tree = m_open->tree().header();
        QCOMPARE(tree->visualIndex(ProcessTreeModel::Sockets), 0);
        QCOMPARE(tree->sectionSize(ProcessTreeModel::Sockets), 111);
        QVERIFY(!tree->isSectionHidden(ProcessTreeModel::User));
        QVERIFY(tree->isSectionHidden(ProcessTreeModel::Pid));
        QVERIFY(m_open->table().isColumnHidden(columnIndex("rtt")));
        details = m_open->part<DetailsPanel>().view();
        QCOMPARE(details->header()->sectionSize(DetailsModel::Name), 123);
        QCOMPARE(details->header()->sectionSize(DetailsModel::Value), 177);
        for (int group = 0; group < details->model()->rowCount(); ++group) {
            const QModelIndex index = details->model()->index(group, 0);
            QCOMPARE(details->isExpanded(index), index.data().toString() != folded);
        }
    }
    m_open->table().setColumnHidden(columnIndex("rtt"), false);
    QCOMPARE(m_open->table().columnWidth(columnIndex("rtt")), 97);
    tree->setSectionHidden(ProcessTreeModel::Pid, false);
    QCOMPARE(tree->sectionSize(ProcessTreeModel::Pid), 93);
}

void WindowMemoryTest::givesTheTableRoomInANarrowWindow()
{
    QVERIFY(QTest::qWaitForWindowExposed(&m_open->window));
    auto *splitter = m_open->window.findChild<PanelSplitter *>(QString(), Qt::FindChildrenRecursively);
    for (PanelSplitter *one : m_open->window.findChildren<PanelSplitter *>())
        if (one->orientation() == Qt::Horizontal)
            splitter = one;
    const QList<int> before = splitter->sizes();
    const QSize whole = m_open->window.size();
    m_open->window.resize(640, whole.height());
    QTRY_VERIFY(splitter->sizes()[0] < splitter->sizes()[1]);
    QCOMPARE(splitter->panelSizes()[0], before[0]); // what is remembered is what was wanted
    m_open->window.resize(whole);
    QTRY_COMPARE(splitter->sizes(), before);
}

void WindowMemoryTest::remembersHowLargePanelsAreAlsoHiddenOnes()
{
    const auto sizes = [this](Qt::Orientation orientation) {
        for (const PanelSplitter *splitter : m_open->window.findChildren<PanelSplitter *>())
            if (splitter->orientation() == orientation)
                return splitter->sizes();
        return QList<int>();
    };
    QVERIFY(QTest::qWaitForWindowExposed(&m_open->window));
    for (PanelSplitter *splitter : m_open->window.findChildren<PanelSplitter *>()) {
        const QList<int> before = splitter->sizes();
        splitter->setSizes({before[0] + before[1] - 217, 217}); // the tree is given much, the details little
    }
    const QList<int> wide = sizes(Qt::Horizontal), high = sizes(Qt::Vertical);
    QCOMPARE(high[1], 217);
    openAgain();
    QCOMPARE(sizes(Qt::Horizontal), wide);
    QCOMPARE(sizes(Qt::Vertical), high);

    action(Act::ShowDetails)->trigger();
    action(Act::ShowTree)->trigger();
    QVERIFY(m_open->part<DetailsPanel>().isHidden());
    openAgain();
    openAgain(); // hidden from start to end
    QVERIFY(m_open->part<DetailsPanel>().isHidden());
    action(Act::ShowTree)->trigger();
    action(Act::ShowDetails)->trigger();
    QTRY_COMPARE(sizes(Qt::Horizontal), wide);
    QTRY_COMPARE(sizes(Qt::Vertical), high);
}

void WindowMemoryTest::remembersHowItLooksAndWhatItShows()
{
    QVERIFY(m_open->refresh());
    QHeaderView *header = m_open->table().horizontalHeader();
    for (int clicks = 0; clicks < 2; ++clicks) {
        const int x = header->sectionViewportPosition(columnIndex("pid")) + header->sectionSize(columnIndex("pid")) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    }
    for (const Act act : {Act::ZoomIn, Act::ZoomIn, Act::Udp, Act::Slower, Act::Marks})
        action(act)->trigger();
    openAgain();
    QCOMPARE(m_open->part<Zoom>().steps(), 2);
    QCOMPARE(m_open->refresher.interval(), std::chrono::milliseconds(2000));
    header = m_open->table().horizontalHeader();
    QCOMPARE(header->sortIndicatorSection(), columnIndex("pid"));
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    QVERIFY(!action(Act::Marks)->isChecked());
    QCOMPARE(m_open->inodes(), (Inodes{11, 12, 21, 31})); // no UDP
    QCOMPARE(m_open->rows().rowAt(0).socket().inode, 21u);
}

void WindowMemoryTest::remembersWithoutBeingClosed()
{
    const auto written = [this](const char *text) {
        QFile file(m_settings->fileName());
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(text);
    };
    m_open->tree().header()->resizeSection(ProcessTreeModel::Sockets, 119);
    QTRY_VERIFY(written("sockets:119"));
    action(Act::Slower)->trigger();
    QTRY_VERIFY(written("interval=2000"));
    action(Act::ShowDetails)->trigger();
    QTRY_VERIFY(written("details=false"));
}

void WindowMemoryTest::resetLayoutResetsTheColumnsOfEveryView()
{
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(21));
    QHeaderView *tree = m_open->tree().header();
    QTreeView *details = m_open->part<DetailsPanel>().view();
    const int name = tree->sectionSize(ProcessTreeModel::Name);
    const int value = details->header()->sectionSize(DetailsModel::Value);
    tree->moveSection(tree->visualIndex(ProcessTreeModel::Sockets), 0);
    tree->resizeSection(ProcessTreeModel::Name, name + 30);
    details->header()->moveSection(DetailsModel::Value, 0);
    details->header()->resizeSection(DetailsModel::Value, value + 30);
    details->collapse(details->model()->index(0, 0));
    action(Act::ResetLayout)->trigger();
    QCOMPARE(tree->visualIndex(ProcessTreeModel::Name), 0);
    QCOMPARE(tree->sectionSize(ProcessTreeModel::Name), name);
    QCOMPARE(details->header()->visualIndex(DetailsModel::Name), 0);
    QCOMPARE(details->header()->sectionSize(DetailsModel::Value), value);
    QVERIFY(details->isExpanded(details->model()->index(0, 0)));
}

void WindowMemoryTest::remembersItsLayout()
{
    QVERIFY(m_open->refresh());
    QHeaderView *header = m_open->table().horizontalHeader();
    header->moveSection(header->visualIndex(columnIndex("remote-port")), 0);
    header->resizeSection(columnIndex("state"), 173);
    m_open->table().setColumnHidden(columnIndex("rtt"), true);
    m_open->table().setColumnHidden(columnIndex("inode"), false);
    QTest::keyClick(&m_open->window, Qt::Key_2, Qt::ControlModifier);
    QTest::keyClick(&m_open->window, Qt::Key_F9);
    m_open->window.resize(900, 600);
    m_open->window.close();

    m_open = std::make_unique<Open>(*m_stage, *m_settings);
    header = m_open->table().horizontalHeader();
    QCOMPARE(header->visualIndex(columnIndex("remote-port")), 0);
    QCOMPARE(header->sectionSize(columnIndex("state")), 173);
    QVERIFY(m_open->table().isColumnHidden(columnIndex("rtt")));
    QVERIFY(!m_open->table().isColumnHidden(columnIndex("inode")));
    QVERIFY(m_open->part<DetailsPanel>().isHidden());
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->inodes(), (Inodes{12, 21}));

    for (QAction *action : m_open->window.findChildren<QAction *>()) {
        if (action->text().contains(QStringLiteral("Reset la")))
            action->trigger();
    }
    QVERIFY(!m_open->table().isColumnHidden(columnIndex("rtt")));
    QVERIFY(!m_open->part<DetailsPanel>().isHidden());
    QCOMPARE(header->visualIndex(columnIndex("process")), 0);
}

void WindowMemoryTest::survivesAHostileSettingsFile()
{
    m_settings->setValue(QStringLiteral("version"), 1);
    m_settings->setValue(QStringLiteral("window/geometry"), QByteArray(200, '\xff'));
    m_settings->setValue(
        QStringLiteral("window/tree-and-table"), QStringList{QStringLiteral("20000"), QStringLiteral("0")});
    m_settings->setValue(
        QStringLiteral("tree/columns"), QStringList{QStringLiteral("-name:0"), QStringLiteral("user:99999")});
    m_settings->setValue(
        QStringLiteral("table/columns"), QStringList{QStringLiteral("-process:1"), QStringLiteral("x:y:z")});
    m_settings->setValue(QStringLiteral("view/zoom"), -1000);
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->rows().rowCount(), 5);
    QVERIFY(!m_open->table().isColumnHidden(columnIndex("pid")));
}

QTEST_MAIN(WindowMemoryTest)
#include "tst_window_memory.moc"
