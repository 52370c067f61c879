// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/text_sheet.h"
#include "app/tool_bar.h"
#include "tests/app/open_window.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>
#include <QtWidgets/QDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <memory>

using namespace socktree;
using namespace socktree::test;

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void saysThatItReadsBeforeTheFirstRows();
    void showsEverySocketAndEveryProcess();
    void clickOnAProcessShowsExactlyItsSockets();
    void clickOnASocketInTheTreeMakesItCurrentInTheTable();
    void theAllSocketsButtonEndsTheTreesSelection();
    void aProcessThatEndsKeepsTheTablesScope();
    void aSharedSocketIsShownWithTheProcessThatWasChosen();
    void typingNarrowsTheTable();
    void aWrongFilterIsToldAndKeepsTheRows();
    void escapeClearsThenLeaves();
    void anEmptyTableSaysWhyAndOffersTheWayOut();
    void aKernelThatRefusesIsNotAnEmptyMachine();
    void exportWritesExactlyTheRowsShown();
    void exportNeverWritesOverAFile();
    void exportAsWritesTheRowsShown();
    void exportsNoRowThatIsOnlyStillShown();
    void exportsTheSelectedRowsOnly();
    void exportsTheSocketsOfTheSelectedProcesses();
    void copyGivesTheSelectedRows();
    void copyKeepsANameThatBeginsLikeAFormula();
    void closedRowsAreMarked();
    void staysAsItIsThroughManyRefreshes();
    void detailsFollowTheCurrentSocketAndStayWhenItCloses();
    void spaceInTheTablePauses();
    void aBlankGoesOnWithANameBeingTyped();
    void escapeInTheTableClearsTheSelectionFirst();
    void countsFilterWhenClicked();
    void aClickShowsAsManyRowsAsTheCountSaid();
    void labelsOfTheRowMenuNameItsValues();
    void filterByAndExcludeTheCurrentCell();
    void fitsANarrowWindow();
    void badgesOpenTheirSheets();
    void returnInTheColumnsSheetKeepsWhatWasChosen();
    void newRowsComeUnderAPointerThatRests();
    void theStatusBarCountsSelectedRows();
    void aSocketNobodyDescribesIsTitledByItsNumber();
    void theDetailsSayThatTheirSocketIsNotAmongTheRows();
    void theDetailsAreOfTheRowThatIsChosen();
    void theTableKeepsRowsInALowWindow();
    void switchesLookLikeButtonsAlsoWhenOff();
    void theExportOfSeveralProcessesCountsThem();
    void sheetsAreAsLargeAsTheirText();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<test::Stage> m_stage;
    std::unique_ptr<Open> m_open;
};

void MainWindowTest::initTestCase()
{
    test::failOnWarnings();
    qRegisterMetaType<TreeScope>();
}

void MainWindowTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.conf")), QSettings::IniFormat);
    m_stage = std::make_unique<test::Stage>();
    fill(*m_stage);
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
}

void MainWindowTest::cleanup()
{
    m_open.reset();
    m_stage.reset();
    m_settings.reset();
}

void MainWindowTest::saysThatItReadsBeforeTheFirstRows()
{
    QCOMPARE(m_open->part<EmptyState>().text(), QStringLiteral("Reading sockets…"));
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->part<EmptyState>().text(), QString());
}

void MainWindowTest::showsEverySocketAndEveryProcess()
{
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->inodes(), (Inodes{11, 12, 21, 22, 31}));
    QVERIFY(m_open->process(100).isValid() && m_open->process(200).isValid());
    QCOMPARE(m_open->status("shown").text(), QStringLiteral("5 sockets"));
    QVERIFY(m_open->window.windowTitle().startsWith(QStringLiteral("stage")));
}

void MainWindowTest::clickOnAProcessShowsExactlyItsSockets()
{
    QVERIFY(m_open->refresh());
    m_open->click(m_open->process(100));
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 12}));
    m_open->click(m_open->process(200));
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22}));
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->inodes(), (Inodes{21, 22}));
}

void MainWindowTest::clickOnASocketInTheTreeMakesItCurrentInTheTable()
{
    QVERIFY(m_open->refresh());
    const QModelIndex firefox = m_open->process(200);
    m_open->tree().expand(firefox);
    QModelIndex leaf;
    for (int row = 0; row < m_open->processes().rowCount(firefox); ++row) {
        const QModelIndex each = m_open->processes().index(row, 0, firefox);
        if (m_open->processes().slotOf(each) == m_open->slotOf(22))
            leaf = each;
    }
    QVERIFY(leaf.isValid());
    m_open->click(leaf);
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22}));
    QTRY_COMPARE(m_open->table().currentSlot(), m_open->slotOf(22));
    QCOMPARE(m_open->rows().selection().count(), 1u);
}

void MainWindowTest::theAllSocketsButtonEndsTheTreesSelection()
{
    QVERIFY(m_open->refresh());
    m_open->click(m_open->process(100));
    QTRY_COMPARE(m_open->rows().rowCount(), 2);
    QTest::mouseClick(m_open->part<ProcessPanel>().findChild<QToolButton *>(), Qt::LeftButton);
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    QVERIFY(!m_open->tree().selectionModel()->hasSelection());
}

void MainWindowTest::aProcessThatEndsKeepsTheTablesScope()
{
    QVERIFY(m_open->refresh());
    m_open->click(m_open->process(200));
    QTRY_COMPARE(m_open->rows().rowCount(), 2);
    m_stage->removeProcess(200);
    m_stage->removeSocket(21);
    m_stage->removeSocket(22);
    QVERIFY(m_open->refresh());
    for (const quint32 inode : m_open->inodes()) // its closed rows or none, but nobody else's
        QVERIFY(inode == 21 || inode == 22);
}

void MainWindowTest::aSharedSocketIsShownWithTheProcessThatWasChosen()
{
    m_stage->addProcess(400, "worker");
    m_stage->addDescriptor(400, 5, 21);
    QVERIFY(m_open->refresh());
    const auto pid = [&] { return m_open->rows().index(0, columnIndex("pid")).data().toString(); };
    m_open->click(m_open->process(200));
    QTRY_COMPARE(m_open->rows().rowCount(), 2);
    QTRY_COMPARE(pid(), QStringLiteral("200 +1"));
    m_open->click(m_open->process(400));
    QTRY_COMPARE(m_open->inodes(), Inodes{21});
    QCOMPARE(pid(), QStringLiteral("400 +1"));
    m_open->table().setCurrentIndex(m_open->rows().index(0, 0));
    const auto &details = m_open->part<DetailsPanel>();
    QTRY_VERIFY2(details.title().contains(QLatin1String("worker +1 (400 +1)")), qPrintable(details.title()));
    m_open->trigger(Act::GoToDetails);
    QVERIFY2(details.title().contains(QLatin1String("worker +1 (400 +1)")), qPrintable(details.title()));
    QVERIFY(m_open->refresh());
    QVERIFY2(details.title().contains(QLatin1String("worker +1 (400 +1)")), qPrintable(details.title()));
}

void MainWindowTest::typingNarrowsTheTable()
{
    QVERIFY(m_open->refresh());
    QTest::keyClicks(&m_open->filter(), QStringLiteral("firefox"));
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22}));
    QTest::keyClicks(&m_open->filter(), QStringLiteral(" 443"));
    QTRY_COMPARE(m_open->inodes(), Inodes{21});
    QCOMPARE(m_open->status("shown").text(), QStringLiteral("1 of 5 sockets"));
    m_open->filter().clear();
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
}

void MainWindowTest::aWrongFilterIsToldAndKeepsTheRows()
{
    QVERIFY(m_open->refresh());
    QTest::keyClicks(&m_open->filter(), QStringLiteral("firefox "));
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22}));
    QTest::keyClicks(&m_open->filter(), QStringLiteral("\"x"));
    QTRY_VERIFY(m_open->part<SocketPanel>().filterError().contains(QStringLiteral("character 9")));
    QCOMPARE(m_open->inodes(), (Inodes{21, 22}));
    QTest::keyClick(&m_open->filter(), Qt::Key_Backspace);
    QTest::keyClick(&m_open->filter(), Qt::Key_Backspace);
    QTRY_COMPARE(m_open->part<SocketPanel>().filterError(), QString());
}

void MainWindowTest::escapeClearsThenLeaves()
{
    QVERIFY(m_open->refresh());
    m_open->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window));
    m_open->filter().setFocus();
    QTest::keyClicks(&m_open->filter(), QStringLiteral("nginx"));
    QTRY_COMPARE(m_open->rows().rowCount(), 3 - 1);
    m_open->press(Qt::Key_Escape);
    QCOMPARE(m_open->filter().text(), QString());
    QVERIFY(m_open->filter().hasFocus());
    m_open->press(Qt::Key_Escape);
    QVERIFY(m_open->table().hasFocus());
    m_open->press(Qt::Key_Slash);
    QVERIFY(m_open->filter().hasFocus());
}

void MainWindowTest::anEmptyTableSaysWhyAndOffersTheWayOut()
{
    QVERIFY(m_open->refresh());
    QTest::keyClicks(&m_open->filter(), QStringLiteral("<b>nobody</b>"));
    EmptyState &empty = m_open->part<EmptyState>();
    QTRY_COMPARE(empty.text(), QStringLiteral("No socket matches “<b>nobody</b>”.\n5 sockets hidden."));
    m_open->filter().setText(QStringLiteral("port:443"));
    QTRY_COMPARE(empty.text(),
        QStringLiteral(
            "No socket matches “port:443”.\nThere is no key “port:”, only proto: and netns:. Names and numbers are "
            "typed alone: 443\n5 sockets hidden."));
    QCOMPARE(empty.findChild<QLabel *>()->textFormat(), Qt::PlainText);
    QTest::mouseClick(empty.findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    QCOMPARE(empty.text(), QString());
    QCOMPARE(m_open->filter().text(), QString());
}

void MainWindowTest::aKernelThatRefusesIsNotAnEmptyMachine()
{
    m_stage->kernel().refuse(EPERM);
    m_stage->removeProcess(100);
    m_stage->removeProcess(200);
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->part<EmptyState>().text(), QStringLiteral("The kernel did not tell its sockets."));
    QVERIFY(m_open->status("problems").isVisible());
}

void MainWindowTest::exportWritesExactlyTheRowsShown()
{
    m_settings->setValue(QStringLiteral("version"), 1);
    m_settings->setValue(QStringLiteral("export/folder"), m_folder->path());
    m_settings->setValue(QStringLiteral("table/columns"),
        QStringList{QStringLiteral("remote-port:60"), QStringLiteral("process:80"), QStringLiteral("-pid:50")});
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
    for (const Column &column : columns()) {
        const QByteArray id = column.id;
        if (id != "remote-port" && id != "process")
            m_open->table().setColumnHidden(columnIndex(id), true);
    }
    QVERIFY(m_open->refresh());
    m_open->click(m_open->process(100));
    QTRY_COMPARE(m_open->rows().rowCount(), 2);
    QTest::keyClick(&m_open->window, Qt::Key_S, Qt::ControlModifier);
    QStringList files;
    QTRY_COMPARE((files = QDir(m_folder->path()).entryList({QStringLiteral("socktree-stage-*.csv")})).size(), 1);
    QFile file(m_folder->filePath(files.front()));
    QTRY_VERIFY(m_open->part<StatusCounts>().message().contains(files.front()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("remote-port,process\r\n,nginx\r\n50000,nginx\r\n"));
}

void MainWindowTest::exportNeverWritesOverAFile()
{
    m_settings->setValue(QStringLiteral("version"), 1);
    m_settings->setValue(QStringLiteral("export/folder"), m_folder->path());
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
    QVERIFY(m_open->refresh());
    const auto files = [this] { return QDir(m_folder->path()).entryList({QStringLiteral("socktree-*.csv")}); };
    for (int times = 1; times <= 3; ++times) {
        QTest::keyClick(&m_open->window, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(files().size(), times);
        QTRY_VERIFY(!m_open->part<StatusCounts>().message().isEmpty());
        m_open->part<StatusCounts>().say({});
    }
}

void MainWindowTest::exportAsWritesTheRowsShown()
{
    QVERIFY(m_open->refresh());
    m_open->showColumns({"process", "local-port"});
    QTest::keyClicks(&m_open->filter(), QStringLiteral("nginx"));
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 12}));
    QCOMPARE(m_open->exported(Act::ExportAs, m_folder->filePath(QStringLiteral("shown.csv"))),
        QByteArray("process,local-port\r\nnginx,80\r\nnginx,80\r\n"));
    // The name says the format, and the folder is where the next file goes.
    QCOMPARE(m_open->exported(Act::ExportAs, m_folder->filePath(QStringLiteral("shown.tsv"))),
        QByteArray("process\tlocal-port\nnginx\t80\nnginx\t80\n"));
    m_open->trigger(Act::Export);
    QTRY_COMPARE(QDir(m_folder->path()).entryList({QStringLiteral("socktree-stage-*.tsv")}).size(), 1);
}

void MainWindowTest::exportsNoRowThatIsOnlyStillShown()
{
    QVERIFY(m_open->refresh());
    m_open->showColumns({"process", "local-port"});
    QTest::keyClicks(&m_open->filter(), QStringLiteral("nginx"));
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 12}));
    m_stage->removeSocket(12);
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->inodes(), (Inodes{11, 12}));
    QCOMPARE(m_open->exported(Act::ExportAs, m_folder->filePath(QStringLiteral("live.csv"))),
        QByteArray("process,local-port\r\nnginx,80\r\n"));
}

void MainWindowTest::exportsTheSelectedRowsOnly()
{
    QVERIFY(m_open->refresh());
    m_open->showColumns({"inode", "remote-port"});
    m_open->table().goTo(m_open->slotOf(21));
    m_open->rows().select(m_open->slotOf(12), true);
    QCOMPARE(m_open->exported(Act::ExportSelected, m_folder->filePath(QStringLiteral("rows.csv"))),
        QByteArray("remote-port,inode\r\n443,21\r\n50000,12\r\n"));
}

void MainWindowTest::exportsTheSocketsOfTheSelectedProcesses()
{
    QVERIFY(m_open->refresh());
    m_open->showColumns({"process", "inode"});
    m_open->click(m_open->process(200));
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22}));
    QCOMPARE(m_open->exported(Act::ExportOfTree, m_folder->filePath(QStringLiteral("two.tsv"))),
        QByteArray("process\tinode\nfirefox\t21\nfirefox\t22\n"));
    m_open->part<ProcessPanel>().showAll();
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    QCOMPARE(m_open->exported(Act::ExportOfTree, m_folder->filePath(QStringLiteral("all.tsv"))).count('\n'), 1 + 5);
}

void MainWindowTest::copyKeepsANameThatBeginsLikeAFormula()
{
    m_stage->addProcess(400, "-bash");
    m_stage->addTcp(41, listening, "0.0.0.0", 4000);
    m_stage->addDescriptor(400, 3, 41);
    QVERIFY(m_open->refresh());
    m_open->showColumns({"process", "pid"});
    m_open->table().goTo(m_open->slotOf(41));
    m_open->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window));
    m_open->table().setFocus();
    m_open->press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("-bash\t400\n"));
}

void MainWindowTest::copyGivesTheSelectedRows()
{
    QVERIFY(m_open->refresh());
    m_open->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window));
    m_open->table().setFocus();
    m_open->table().goTo(m_open->slotOf(21));
    m_open->press(Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QCOMPARE(text.count(u'\n'), 1);
    QVERIFY2(text.startsWith(QStringLiteral("firefox\t200\t7\tme\ttcp\tESTAB\t10.0.0.1\t40000\t198.51.100.7\t443\t")),
        qPrintable(text));
    m_open->press(Qt::Key_A, Qt::ControlModifier);
    m_open->press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 5);
}

void MainWindowTest::closedRowsAreMarked()
{
    QVERIFY(m_open->refresh());
    m_stage->removeSocket(12);
    QVERIFY(m_open->refresh());
    const quint32 slot = m_open->slotOf(12);
    QVERIFY(slot != noIndex);
    QCOMPARE(m_open->rows().rowAt(m_open->rows().rowOf(slot)).entry().mark, Mark::Closed);
}

void MainWindowTest::staysAsItIsThroughManyRefreshes()
{
    for (quint32 i = 0; i < 120; ++i) {
        m_stage->addTcp(1000 + i, established, "10.0.0.1", quint16(20000 + i), "203.0.113.9", quint16(443 + i % 3));
        m_stage->addDescriptor(100, int(100 + i), 1000 + i);
    }
    QVERIFY(m_open->refresh());
    SocketView &table = m_open->table();
    Q_EMIT table.sortRequested("local-port", false);
    QTRY_COMPARE(m_open->rows().rowAt(0).socket().localPort, quint16(80));
    m_open->tree().expand(m_open->process(200));
    table.goTo(m_open->slotOf(1060));
    const QSet<quint32> chosen{m_open->slotOf(1060), m_open->slotOf(1070)};
    m_open->rows().select(m_open->slotOf(1070), true);
    table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() / 2);
    const auto top = [&] { return m_open->rows().rowAt(table.rowAt(0)).socket().inode; };
    const quint32 topInode = top();

    for (int round = 0; round < 50; ++round) {
        const quint32 fresh = 5000 + quint32(round);
        m_stage->addTcp(fresh, established, "10.0.0.1", quint16(10000 + round), "203.0.113.9", 443);
        if (round % 2)
            m_stage->removeSocket(5000 + quint32(round) - 1);
        QVERIFY(m_open->refresh());
        QCOMPARE(m_open->rows().rowAt(m_open->rows().rowOf(table.currentSlot())).socket().inode, 1060u);
        QCOMPARE(m_open->rows().selection().count(), 2u);
        for (const quint32 slot : chosen)
            QVERIFY(m_open->rows().selection().contains(slot));
        QCOMPARE(top(), topInode);
        QVERIFY(m_open->tree().isExpanded(m_open->process(200)));
        for (int row = 1; row < m_open->rows().rowCount(); ++row)
            QVERIFY(m_open->rows().rowAt(row - 1).socket().localPort <= m_open->rows().rowAt(row).socket().localPort);
    }
}

void MainWindowTest::detailsFollowTheCurrentSocketAndStayWhenItCloses()
{
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(12));
    DetailsPanel &details = m_open->part<DetailsPanel>();
    QVERIFY2(details.title().contains(QStringLiteral("203.0.113.9:50000")), qPrintable(details.title()));
    QVERIFY(details.allText().contains(QStringLiteral("nginx")));
    const QString before = details.title();
    m_stage->removeSocket(12);
    QVERIFY(m_open->refresh());
    QVERIFY(details.title().contains(QStringLiteral("203.0.113.9:50000")));
    bool told = false;
    for (const QLabel *label : details.findChildren<QLabel *>())
        told = told || label->text().contains(QStringLiteral("Closed"));
    QVERIFY(told);
}

void MainWindowTest::spaceInTheTablePauses()
{
    m_open->refresher.setPaused(false);
    m_open->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window));
    m_open->table().setFocus();
    m_open->press(Qt::Key_Space);
    QVERIFY(m_open->refresher.paused());
    QTRY_VERIFY(m_open->status("paused").isVisible());
    QTest::mouseClick(&m_open->status("paused"), Qt::LeftButton);
    QVERIFY(!m_open->refresher.paused());
}

void MainWindowTest::aBlankGoesOnWithANameBeingTyped()
{
    m_stage->addProcess(400, "Web Backend");
    m_stage->addProcess(500, "Web Content");
    m_stage->addTcp(41, established, "10.0.0.1", 41000, "203.0.113.9", 443);
    m_stage->addTcp(51, established, "10.0.0.1", 51000, "203.0.113.9", 443);
    m_stage->addDescriptor(400, 3, 41);
    m_stage->addDescriptor(500, 3, 51);
    QVERIFY(m_open->refresh());
    m_open->refresher.setPaused(false);
    m_open->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window));
    m_open->table().setFocus();
    QApplication::setKeyboardInputInterval(60000); // however slow this machine is
    QTest::keyClicks(&m_open->table(), QStringLiteral("Web C"));
    QApplication::setKeyboardInputInterval(400);
    QVERIFY(!m_open->refresher.paused());
    QCOMPARE(m_open->rows().rowAt(m_open->rows().rowOf(m_open->table().currentSlot())).socket().inode, 51u);
}

void MainWindowTest::escapeInTheTableClearsTheSelectionFirst()
{
    QVERIFY(m_open->refresh());
    m_open->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_open->window));
    QTest::keyClicks(&m_open->filter(), QStringLiteral("nginx"));
    QTRY_COMPARE(m_open->rows().rowCount(), 2);
    m_open->table().setFocus();
    m_open->press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_open->rows().selection().count(), 2u);
    m_open->press(Qt::Key_Escape);
    QCOMPARE(m_open->rows().selection().count(), 0u);
    QCOMPARE(m_open->filter().text(), QStringLiteral("nginx"));
    m_open->press(Qt::Key_Escape);
    QCOMPARE(m_open->filter().text(), QString());
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
}

void MainWindowTest::countsFilterWhenClicked()
{
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->status("listening").text(), QStringLiteral("Listening 2"));
    QCOMPARE(m_open->status("established").text(), QStringLiteral("Established 2"));
    QCOMPARE(m_open->status("time-wait").text(), QStringLiteral("Time-wait 1"));
    QTest::mouseClick(&m_open->status("listening"), Qt::LeftButton);
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 22}));
    QTest::mouseClick(&m_open->status("established"), Qt::LeftButton);
    QTRY_COMPARE(m_open->inodes(), (Inodes{12, 21}));
    QTest::mouseClick(&m_open->status("time-wait"), Qt::LeftButton);
    QTRY_COMPARE(m_open->inodes(), Inodes{31});
    QTest::mouseClick(&m_open->status("time-wait"), Qt::LeftButton);
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
}

void MainWindowTest::aClickShowsAsManyRowsAsTheCountSaid()
{
    // Its name is that of a state, so a word in the filter would find its socket as well.
    m_stage->addProcess(400, "time-wait-bot");
    m_stage->addTcp(41, established, "10.0.0.1", 41000, "203.0.113.9", 443);
    m_stage->addDescriptor(400, 3, 41);
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->status("time-wait").text(), QStringLiteral("Time-wait 1"));
    QTest::mouseClick(&m_open->status("time-wait"), Qt::LeftButton);
    QTRY_COMPARE(m_open->inodes(), Inodes{31});
    QCOMPARE(m_open->filter().text(), QString());
    QTest::mouseClick(&m_open->status("close-wait"), Qt::LeftButton);
    QTRY_COMPARE(m_open->rows().rowCount(), 0);
    QTest::mouseClick(&m_open->status("close-wait"), Qt::LeftButton);
    QTRY_COMPARE(m_open->rows().rowCount(), 6);
}

void MainWindowTest::labelsOfTheRowMenuNameItsValues()
{
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(21));
    const int row = m_open->rows().rowOf(m_open->slotOf(21));
    const QModelIndex cell = m_open->rows().index(row, columnIndex("remote-port"));
    m_open->table().selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
    Q_EMIT m_open->table().menuRequested(QPoint(10, 10));
    auto *menu = m_open->window.findChild<QMenu *>(QStringLiteral("row-menu"));
    QVERIFY(menu);
    QStringList texts;
    for (const QAction *action : menu->actions())
        texts << QString(action->text()).remove(u'&');
    QVERIFY2(texts.contains(QStringLiteral("Filter by “443”")), qPrintable(texts.join(u'|')));
    QVERIFY(texts.contains(QStringLiteral("Exclude “443”")));
    QVERIFY(texts.contains(QStringLiteral("Copy cell “443”")));
    QVERIFY(texts.contains(QStringLiteral("Show only process firefox (200)")));
    menu->close();
}

void MainWindowTest::filterByAndExcludeTheCurrentCell()
{
    QVERIFY(m_open->refresh());
    const auto at = [this](quint32 inode, const char *column) {
        const int row = m_open->rows().rowOf(m_open->slotOf(inode));
        m_open->table().selectionModel()->setCurrentIndex(
            m_open->rows().index(row, columnIndex(column)), QItemSelectionModel::NoUpdate);
    };
    at(21, "remote-port");
    QTest::keyClick(&m_open->window, Qt::Key_E, Qt::ControlModifier);
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 12, 22, 31}));
    at(12, "process");
    QTest::keyClick(&m_open->window, Qt::Key_D, Qt::ControlModifier);
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 12}));
    QCOMPARE(m_open->filter().text(), QStringLiteral("-443 nginx"));
}

void MainWindowTest::fitsANarrowWindow()
{
    QVERIFY(m_open->refresh());
    m_open->window.resize(600, 400);
    QCOMPARE(m_open->window.width(), 600);
    QVERIFY(m_open->filter().isVisible());
    QVERIFY(m_open->filter().width() >= 100);
    QVERIFY(m_open->status("shown").isVisible());
}

void MainWindowTest::badgesOpenTheirSheets()
{
    QVERIFY(m_open->refresh());
    Q_EMIT m_open->part<StatusCounts>().hiddenAsked();
    auto *sheet = m_open->window.findChild<QDialog *>(QStringLiteral("sheet"));
    QVERIFY(sheet);
    auto *words = sheet->findChild<QPlainTextEdit *>();
    QVERIFY(words->textInteractionFlags() & Qt::TextSelectableByMouse);
    for (QPushButton *button : sheet->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("&Copy"))
            button->click();
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), words->toPlainText());
    sheet->close();
}

void MainWindowTest::returnInTheColumnsSheetKeepsWhatWasChosen()
{
    QVERIFY(m_open->refresh());
    m_open->table().setColumnHidden(columnIndex("rtt"), true);
    QTest::keyClick(&m_open->window, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    auto *sheet = m_open->window.findChild<QDialog *>(QStringLiteral("columns"));
    QVERIFY(sheet);
    QVERIFY(QTest::qWaitForWindowActive(sheet));
    QTest::keyClick(sheet, Qt::Key_Return);
    QVERIFY(m_open->table().isColumnHidden(columnIndex("rtt")));
    QVERIFY(!sheet->isVisible());
}

void MainWindowTest::newRowsComeUnderAPointerThatRests()
{
    QVERIFY(m_open->refresh());
    SocketView &table = m_open->table();
    const QPointF at(20, 30);
    const auto move = [&](const QPointF &to) {
        QMouseEvent event(QEvent::MouseMove, to, table.viewport()->mapToGlobal(to), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(table.viewport(), &event);
    };
    table.setPointerPatience(std::chrono::hours(1));
    move(at);
    m_stage->addTcp(41, established, "10.0.0.1", 41000, "198.51.100.7", 443);
    QVERIFY(m_open->refresh());
    QCOMPARE(m_open->slotOf(41), noIndex);
    QCOMPARE(m_open->status("waiting").text(), QStringLiteral("1 new row waits"));
    table.setPointerPatience(std::chrono::milliseconds(0)); // it has rested long enough
    QTRY_VERIFY(m_open->slotOf(41) != noIndex);             // without another refresh
}

void MainWindowTest::theStatusBarCountsSelectedRows()
{
    QVERIFY(m_open->refresh());
    auto *label = m_open->part<StatusCounts>().findChild<QLabel *>(QStringLiteral("selected"));
    m_open->table().goTo(m_open->slotOf(21));
    QVERIFY(!label->isVisible());
    m_open->rows().selectAll();
    QVERIFY(label->isVisible());
    QCOMPARE(label->text(), QStringLiteral("5 selected"));
    m_open->filter().setText(QStringLiteral("firefox"));
    QTRY_COMPARE(label->text(), QStringLiteral("2 selected"));
    m_open->filter().clear();
    QTRY_COMPARE(label->text(), QStringLiteral("5 selected"));
    m_open->rows().clearSelection();
    QVERIFY(!label->isVisible());
}

void MainWindowTest::aSocketNobodyDescribesIsTitledByItsNumber()
{
    m_stage->addDescriptor(200, 9, 4711);
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(4711));
    QCOMPARE(m_open->part<DetailsPanel>().title(), QStringLiteral("socket:[4711], not described · firefox (200)"));
}

void MainWindowTest::theDetailsSayThatTheirSocketIsNotAmongTheRows()
{
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(12));
    DetailsPanel &details = m_open->part<DetailsPanel>();
    const auto says = [&details] {
        const auto labels = details.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
            [](const QLabel *label) { return label->text() == QStringLiteral("Not among the rows shown"); });
    };
    QVERIFY(!says());
    m_open->click(m_open->process(200));
    QTRY_VERIFY(says());
    QVERIFY(details.title().contains(QStringLiteral("203.0.113.9:50000")));
    m_open->table().goTo(m_open->slotOf(21));
    QVERIFY(!says());
    QVERIFY(m_open->refresh());
    QVERIFY(!says());
}

/// A row can be current without having been chosen, in the place of one that the filter took away.
void MainWindowTest::theDetailsAreOfTheRowThatIsChosen()
{
    QVERIFY(m_open->refresh());
    DetailsPanel &details = m_open->part<DetailsPanel>();
    SocketView &table = m_open->table();
    table.goTo(m_open->slotOf(12));
    const QString before = details.title();
    FilterBox &filter = m_open->part<FilterBox>();
    filter.setFocus();
    QTest::keyClicks(&filter, QStringLiteral("-203.0.113.9"));
    QTest::keyClick(&filter, Qt::Key_Down);
    QTRY_VERIFY(table.sockets().rowOf(m_open->slotOf(12)) < 0);
    QVERIFY(table.hasFocus());
    QTRY_VERIFY(table.sockets().selection().contains(table.currentSlot()));
    QCOMPARE(details.slot(), table.currentSlot());
    QVERIFY(details.title() != before);

    // The current row alone changes no details; the user who takes it does.
    table.goTo(m_open->slotOf(21));
    filter.clear();
    QTest::keyClick(&filter, Qt::Key_Return);
    QTRY_VERIFY(table.sockets().rowOf(m_open->slotOf(12)) >= 0);
    table.goTo(m_open->slotOf(12));
    const quint32 slot = m_open->slotOf(12);
    QTest::keyClicks(&filter, QStringLiteral("-203.0.113.9"));
    QTRY_VERIFY(table.sockets().rowOf(slot) < 0);
    QCOMPARE(details.slot(), slot);
    QTest::keyClick(&table, Qt::Key_Home);
    QTest::keyClick(&table, Qt::Key_Up);
    QCOMPARE(details.slot(), table.currentSlot());
    QVERIFY(table.sockets().selection().contains(table.currentSlot()));
}

void MainWindowTest::theTableKeepsRowsInALowWindow()
{
    QVERIFY(m_open->refresh());
    m_open->table().goTo(m_open->slotOf(12));
    m_open->window.resize(1000, 400);
    QCOMPARE(m_open->window.height(), 400);
    QVERIFY(m_open->table().viewport()->height() >= 6 * m_open->table().rowHeight(0));
    QVERIFY(m_open->table().height() >= m_open->part<DetailsPanel>().height());
}

void MainWindowTest::switchesLookLikeButtonsAlsoWhenOff()
{
    int switches = 0;
    for (const QToolButton *button : m_open->part<ToolBar>().findChildren<QToolButton *>()) {
        if (!button->defaultAction() || !button->isCheckable() || !button->icon().isNull())
            continue;
        ++switches;
        QVERIFY2(!button->autoRaise(), qPrintable(button->text()));
    }
    QVERIFY(switches >= 10);
}

void MainWindowTest::theExportOfSeveralProcessesCountsThem()
{
    QVERIFY(m_open->refresh());
    ProcessPanel &tree = m_open->part<ProcessPanel>();
    tree.view()->setScope({{partOf(ProcessKey{100, 100}), partOf(ProcessKey{200, 200})}});
    QCOMPARE(tree.scopeTitle(), QStringLiteral("2 processes"));
}

void MainWindowTest::sheetsAreAsLargeAsTheirText()
{
    const auto sizeOf = [this](const QString &text) {
        showSheet(&m_open->window, QStringLiteral("Sheet"), text);
        auto *sheet = m_open->window.findChild<QDialog *>(QStringLiteral("sheet"));
        const QSize size = sheet->size();
        auto *words = sheet->findChild<QPlainTextEdit *>();
        const bool scrolls = words->verticalScrollBar()->maximum() > 0;
        delete sheet;
        return std::pair(size, scrolls);
    };
    const auto [small, smallScrolls] = sizeOf(QStringLiteral("One line."));
    const auto [large, largeScrolls] = sizeOf(QStringLiteral("A line that goes on for a while.\n").repeated(20));
    const auto [wrapped, wrappedScrolls] = sizeOf(QStringLiteral("Words without an end. ").repeated(40));
    QVERIFY(!smallScrolls && !largeScrolls && !wrappedScrolls);
    QVERIFY(small.height() < large.height() / 2);
    QVERIFY(wrapped.width() > large.width());
    const auto [huge, hugeScrolls] = sizeOf(QStringLiteral("line\n").repeated(500));
    QVERIFY(hugeScrolls && huge.height() < 1200);
}

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
