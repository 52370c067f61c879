// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/other_end.h"

#include "app/view_query.h"
#include "tests/app/open_window.h"
#include "tests/support/warnings.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QMenu>

#include <memory>

using namespace socktree;
using namespace socktree::test;

/// nginx serves curl over loopback; another connection of curl waits to be accepted; a third goes elsewhere.
static void fillPairs(Stage &stage)
{
    stage.addProcess(100, "nginx");
    stage.addProcess(200, "curl");
    stage.addTcp(10, listening, "0.0.0.0", 80);
    stage.addTcp(11, established, "127.0.0.1", 80, "127.0.0.1", 40000);
    stage.addTcp(21, established, "127.0.0.1", 40000, "127.0.0.1", 80);
    stage.addTcp(22, established, "10.0.0.1", 40001, "198.51.100.7", 443);
    // A datagram socket that sends to a port that two share.
    stage.addConnectedUdp(31, "127.0.0.1", 5000, "127.0.0.1", 53);
    stage.addUdp(41, 53);
    stage.addUdp(42, 53);
    stage.addDescriptor(100, 3, 10);
    stage.addDescriptor(100, 4, 11);
    stage.addDescriptor(200, 3, 21);
    stage.addDescriptor(200, 4, 22);
    stage.addDescriptor(200, 5, 31);
    stage.addDescriptor(100, 5, 41);
    stage.addDescriptor(100, 6, 42);
}

class OtherEndTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }
    void init();
    void cleanup();
    void goesFromTheTablesRowToItsOtherEndAndBack();
    void saysWhyThereIsNone();
    void clearsTheFilterThatHidesIt();
    void showsAllKindsAndStatesIfTheseHideIt();
    void showsAllProcessesIfTheTreeHidesIt();
    void leavesAloneWhatDoesNotHideIt();
    void selectsInTheTreeFromTheTree();
    void asksWhichIfThereAreSeveral();
    void isInBothMenusOfRows();
    void survivesTheEndOfTheWindow();

private:
    QAction &action() { return *m_open->part<Actions>()[Act::GoToOtherEnd]; }
    quint32 currentInode()
    {
        const auto row = m_open->part<SocketPanel>().currentRow();
        return row ? row->socket().inode : 0;
    }
    void chooseInTable(quint32 inode)
    {
        m_open->table().setFocus();
        m_open->table().goTo(m_open->slotOf(inode));
        QCOMPARE(currentInode(), inode);
    }
    QString said() { return m_open->part<StatusCounts>().message(); }

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Open> m_open;
};

void OtherEndTest::init()
{
    m_stage = std::make_unique<Stage>();
    fillPairs(*m_stage);
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
    m_open->window.activateWindow();
    QVERIFY(m_open->refresh());
}

void OtherEndTest::cleanup()
{
    m_open.reset();
    m_settings.reset();
    m_stage.reset();
}

void OtherEndTest::goesFromTheTablesRowToItsOtherEndAndBack()
{
    chooseInTable(21);
    QVERIFY(action().isEnabled());
    QTest::keyClick(&m_open->window, Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(currentInode(), 11u);
    QCOMPARE(said(), QString());
    action().trigger();
    QTRY_COMPARE(currentInode(), 21u);
}

void OtherEndTest::saysWhyThereIsNone()
{
    chooseInTable(22);
    QVERIFY(!action().isEnabled());
    QVERIFY2(action().toolTip().contains(QLatin1String("not on this machine")), qPrintable(action().toolTip()));
    chooseInTable(10);
    QVERIFY(!action().isEnabled());
    QVERIFY(action().toolTip().contains(QLatin1String("listener")));
    chooseInTable(21);
    QVERIFY(action().toolTip().contains(QLatin1String("Ctrl+Shift+O")));
}

void OtherEndTest::clearsTheFilterThatHidesIt()
{
    m_open->part<ViewQuery>().setFilterText(QStringLiteral("curl"));
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22, 31}));
    chooseInTable(21);
    action().trigger();
    QTRY_COMPARE(currentInode(), 11u);
    QCOMPARE(m_open->filter().text(), QString());
    QVERIFY2(said().contains(QLatin1String("filter was cleared")), qPrintable(said()));
}

void OtherEndTest::showsAllKindsAndStatesIfTheseHideIt()
{
    // Both ends of a connection have the same kind, so only what is in another state can be hidden.
    m_stage->addTcp(11, 8, "127.0.0.1", 80, "127.0.0.1", 40000);
    QVERIFY(m_open->refresh());
    Toggles toggles;
    toggles.state = StateToggle::CloseWait;
    m_open->part<ViewQuery>().setToggles(toggles);
    QTRY_COMPARE(m_open->inodes(), Inodes{11});
    chooseInTable(11);
    action().trigger();
    QTRY_COMPARE(currentInode(), 21u);
    QCOMPARE(m_open->part<ViewQuery>().toggles(), Toggles());
    QVERIFY2(said().contains(QLatin1String("all kinds and states")), qPrintable(said()));
}

void OtherEndTest::showsAllProcessesIfTheTreeHidesIt()
{
    m_open->part<ProcessPanel>().select({200, 200});
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22, 31}));
    chooseInTable(21);
    action().trigger();
    QTRY_COMPARE(currentInode(), 11u);
    QVERIFY(m_open->part<ProcessPanel>().scope().everything());
    QVERIFY2(said().contains(QLatin1String("all processes")), qPrintable(said()));
}

void OtherEndTest::leavesAloneWhatDoesNotHideIt()
{
    m_open->part<ViewQuery>().setFilterText(QStringLiteral("127.0.0.1:80"));
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 21}));
    chooseInTable(21);
    action().trigger();
    QTRY_COMPARE(currentInode(), 11u);
    QCOMPARE(m_open->filter().text(), QStringLiteral("127.0.0.1:80"));
    QCOMPARE(said(), QString());
}

void OtherEndTest::selectsInTheTreeFromTheTree()
{
    const QModelIndex curl = m_open->process(200);
    m_open->tree().expand(curl);
    m_open->part<ViewQuery>().setFilterText(QStringLiteral("curl"));
    QTRY_COMPARE(m_open->processes().rowCount(), 1);
    m_open->tree().setFocus();
    const QModelIndex leaf = m_open->processes().indexOfSocket(m_open->slotOf(21));
    QVERIFY(leaf.isValid());
    m_open->click(leaf);
    QTRY_COMPARE(currentInode(), 21u);
    QVERIFY(action().isEnabled());
    action().trigger();
    QTRY_COMPARE(currentInode(), 11u);
    QTRY_COMPARE(m_open->tree().currentSlot(), m_open->slotOf(11)); // its leaf
    QCOMPARE(m_open->part<ProcessPanel>().scope(), (TreeScope{{partOf(ProcessKey{100, 100})}}));
    // Its process's sockets are shown now, and no others.
    QVERIFY2(!said().contains(QLatin1String("all processes")), qPrintable(said()));
    QVERIFY2(said().contains(QLatin1String("the selection in the tree went to it")), qPrintable(said()));
    // A process is no socket.
    m_open->click(m_open->process(100));
    QVERIFY(!action().isEnabled());
}

void OtherEndTest::asksWhichIfThereAreSeveral()
{
    chooseInTable(31);
    action().trigger();
    auto *menu = m_open->window.findChild<QMenu *>(QStringLiteral("other-ends"));
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 2);
    QVERIFY2(menu->actions()[1]->text().contains(QStringLiteral("≈ nginx (100) 0.0.0.0:53")),
        qPrintable(menu->actions()[1]->text()));
    menu->actions()[1]->trigger();
    QTRY_COMPARE(currentInode(), 42u);
    menu->close();
}

void OtherEndTest::isInBothMenusOfRows()
{
    chooseInTable(21);
    Q_EMIT m_open->table().menuRequested(QPoint(10, 10));
    auto *rowMenu = m_open->window.findChild<QMenu *>(QStringLiteral("row-menu"));
    QVERIFY(rowMenu && rowMenu->actions().contains(&action()) && rowMenu->toolTipsVisible());
    rowMenu->close();
    Q_EMIT m_open->tree().menuRequested(QPoint(10, 10));
    auto *treeMenu = m_open->window.findChild<QMenu *>(QStringLiteral("tree-menu"));
    QVERIFY(treeMenu && treeMenu->actions().contains(&action()));
    treeMenu->close();
}

void OtherEndTest::survivesTheEndOfTheWindow()
{
    chooseInTable(21);
    m_open->tree().setFocus();
    m_open.reset(); // focus moves while the parts go
}

QTEST_MAIN(OtherEndTest)
#include "tst_other_end.moc"
