// SPDX-License-Identifier: GPL-3.0-or-later
// Captures as files, in the window: saved, opened, damaged, dropped, and left again.
#include "app/capture_bar.h"
#include "app/captures.h"
#include "app/tool_bar.h"
#include "tests/app/open_window.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>

#include <memory>
#include <sys/stat.h>

using namespace socktree;
using namespace socktree::test;

class CaptureWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void savesForItsOwnerOnlyAndSaysSo();
    void savesWithoutCommandLinesAndAddresses();
    void saysWhyItCouldNotSave();
    void opensTheRowsThatWereSaved();
    void marksNothingAsNewAndNothingAsClosed();
    void restsWhileACaptureIsShown();
    void goesBackToThisSystem();
    void forgetsWhatWasChosenAmongOtherRows();
    void forgetsWhatIsChosenWhileTheRowsChange();
    void filtersAndExportsTheCapture();
    void remembersFormerOwnersAndFirstSeen();
    void saysThatItIsIncompleteAndWhere();
    void saysWhatWasLeftOut();
    void keepsWhatIsShownWhereAFileCannotBeOpened();
    void opensAsTheFirstThing();
    void showsThisSystemIfTheFirstThingCannotBeOpened();
    void opensAFileThatIsDropped();
    void takesNoOtherDrops();
    void speaksOfTheUserWhoCaptured();
    void endsWhileNobodyWritesIntoAPipe();
    void showsOfADumpOfSsOnlyWhatItTells();
    void fitsANarrowWindow();

private:
    QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QString save(const char *name, Act act = Act::SaveCapture);
    bool open(const QString &path);
    bool shows(const QString &path);
    QString sheet();
    CaptureBar &bar() { return m_open->part<CaptureBar>(); }
    QString label(const char *name) { return bar().findChild<QLabel *>(QLatin1String(name))->text(); }
    QToolButton &button(const char *name) { return *bar().findChild<QToolButton *>(QLatin1String(name)); }
    QAction &action(Act act) { return *m_open->part<Actions>()[act]; }
    bool dropOn(const QMimeData &data);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<test::Stage> m_stage;
    std::unique_ptr<Open> m_open;
};

void CaptureWindowTest::initTestCase()
{
    test::failOnWarnings();
    qRegisterMetaType<TreeScope>();
}

void CaptureWindowTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(at("s.conf"), QSettings::IniFormat);
    m_stage = std::make_unique<test::Stage>();
    fill(*m_stage);
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
}

void CaptureWindowTest::cleanup()
{
    m_open.reset();
    m_stage.reset();
    m_settings.reset();
}

/// As a user does; the path, or nothing if it was not written.
QString CaptureWindowTest::save(const char *name, Act act)
{
    m_open->trigger(act);
    auto *dialog = m_open->window.findChild<QFileDialog *>(QStringLiteral("save-capture"));
    if (!dialog)
        return {};
    dialog->selectFile(at(name));
    QMetaObject::invokeMethod(dialog, "accept");
    const auto said = [&] { return m_open->part<StatusCounts>().message().contains(at(name)); };
    return QTest::qWaitFor(said) ? at(name) : QString();
}

bool CaptureWindowTest::shows(const QString &path)
{
    return QTest::qWaitFor([&] {
        const FileShown *file = m_open->part<Captures>().shown();
        const ArrangementPtr &table = m_open->rows().arrangement();
        return file && file->path == path && table && table->generation == file->generation
            && m_open->processes().tree() && m_open->processes().tree()->generation == file->generation
            && m_open->window.windowTitle().startsWith(captureFileName(path));
    });
}

bool CaptureWindowTest::open(const QString &path)
{
    m_open->trigger(Act::OpenCapture);
    auto *dialog = m_open->window.findChild<QFileDialog *>(QStringLiteral("open-capture"));
    if (!dialog)
        return false;
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    return shows(path);
}

/// What the sheet says, which is closed.
QString CaptureWindowTest::sheet()
{
    QDialog *dialog = nullptr;
    if (!QTest::qWaitFor([&] { return (dialog = m_open->window.findChild<QDialog *>(QStringLiteral("sheet"))); }))
        return {};
    const QString text = dialog->findChild<QPlainTextEdit *>()->toPlainText();
    delete dialog;
    return text;
}

void CaptureWindowTest::savesForItsOwnerOnlyAndSaysSo()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    struct stat status {
    };
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777u, 0600u);
    QVERIFY(m_open->part<StatusCounts>().message().startsWith(QStringLiteral("Capture of 5 sockets saved to ")));
}

void CaptureWindowTest::savesWithoutCommandLinesAndAddresses()
{
    QVERIFY(m_open->refresh());
    m_open->trigger(Act::SaveRedacted);
    auto *dialog = m_open->window.findChild<QFileDialog *>(QStringLiteral("save-capture"));
    QVERIFY(dialog);
    QVERIFY(!dialog->selectedFiles().value(0).contains(QStringLiteral("stage"))); // the host's name
    delete dialog;
    QVERIFY(open(save("a.socktree", Act::SaveRedacted)));
    QCOMPARE(m_open->inodes(), (Inodes{11, 12, 21, 22, 31}));
    for (int row = 0; row < m_open->rows().rowCount(); ++row)
        QVERIFY(cellText(*columnById("remote-address"), m_open->rows().rowAt(row)) != QStringLiteral("203.0.113.9"));
    QVERIFY(m_open->window.windowTitle().indexOf(QStringLiteral("withheld")) < 0);
}

void CaptureWindowTest::saysWhyItCouldNotSave()
{
    QVERIFY(m_open->refresh());
    m_open->trigger(Act::SaveCapture);
    auto *dialog = m_open->window.findChild<QFileDialog *>(QStringLiteral("save-capture"));
    QVERIFY(dialog->selectedFiles().value(0).contains(QStringLiteral("/stage-")));
    QVERIFY(dialog->selectedFiles().value(0).endsWith(QStringLiteral(".socktree")));
    Q_EMIT dialog->fileSelected(at("no/such/folder"));
    QVERIFY(sheet().contains(at("no/such/folder")));
    delete dialog;
}

void CaptureWindowTest::opensTheRowsThatWereSaved()
{
    QVERIFY(m_open->refresh());
    const QByteArray live = m_open->exported(Act::ExportAs, at("live.csv"));
    const QString path = save("a.socktree");
    m_stage->removeSocket(12);
    m_stage->removeProcess(200);
    QVERIFY(open(path));
    QCOMPARE(m_open->inodes(), (Inodes{11, 12, 21, 22, 31}));
    QVERIFY(m_open->process(100).isValid() && m_open->process(200).isValid());
    QCOMPARE(m_open->exported(Act::ExportAs, at("file.csv")), live);
    QVERIFY(bar().isVisible());
    QVERIFY(label("capture-title").startsWith(QStringLiteral("Capture of stage, 2026-09-")));
    QCOMPARE(label("capture-file"), QStringLiteral("a.socktree"));
    QVERIFY(button("capture-faults").isHidden());
    QVERIFY(m_open->window.windowTitle().startsWith(QStringLiteral("a.socktree (stage, ")));
}

void CaptureWindowTest::marksNothingAsNewAndNothingAsClosed()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    m_stage->removeSocket(12);
    m_stage->addTcp(13, established, "10.0.0.1", 80, "203.0.113.9", 50005);
    QVERIFY(m_open->refresh());
    QVERIFY(open(path));
    for (int row = 0; row < m_open->rows().rowCount(); ++row)
        QCOMPARE(m_open->rows().rowAt(row).entry().mark, Mark::None);
}

void CaptureWindowTest::restsWhileACaptureIsShown()
{
    action(Act::Pause).setChecked(false);
    m_open->refresher.setPaused(false);
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    QVERIFY(open(path));
    QTRY_VERIFY(m_open->refresher.resting());
    const GenerationPtr last = m_open->refresher.generation();
    for (const Act act :
        {Act::Refresh, Act::Pause, Act::PauseByTable, Act::Faster, Act::Slower, Act::SaveCapture, Act::SaveRedacted}) {
        QVERIFY(!action(act).isEnabled());
        QVERIFY(action(act).toolTip().contains(QStringLiteral("capture")));
    }
    QVERIFY(!m_open->part<ToolBar>().findChild<QComboBox *>()->isEnabled());
    // Hidden and shown again it still rests.
    m_open->window.hide();
    m_open->window.show();
    QTest::qWait(50);
    QVERIFY(m_open->refresher.resting());
    QCOMPARE(m_open->refresher.generation(), last);
    // One that was asked for by somebody else does not take the capture's place.
    QSignalSpy refreshed(&m_open->refresher, &Refresher::refreshed);
    m_open->refresher.refresh();
    QVERIFY(refreshed.wait());
    QTest::qWait(50);
    QVERIFY(shows(path));
}

void CaptureWindowTest::goesBackToThisSystem()
{
    QVERIFY(m_open->refresh());
    const QString toolTip = action(Act::Refresh).toolTip();
    QVERIFY(!action(Act::CloseCapture).isEnabled());
    QVERIFY(open(save("a.socktree")));
    m_stage->removeSocket(22);
    m_open->refresher.setPaused(false);
    QTest::mouseClick(&button("capture-back"), Qt::LeftButton);
    QVERIFY(bar().isHidden());
    QTRY_VERIFY(m_open->rows().arrangement()->generation == m_open->refresher.generation());
    m_open->refresher.setPaused(true);
    QVERIFY(m_open->refresh());
    QTRY_VERIFY(m_open->slotOf(22) == noIndex
        || m_open->rows().rowAt(m_open->rows().rowOf(m_open->slotOf(22))).entry().mark == Mark::Closed);
    QVERIFY(action(Act::Refresh).isEnabled() && action(Act::Pause).isEnabled());
    QCOMPARE(action(Act::Refresh).toolTip(), toolTip);
    QVERIFY(!action(Act::CloseCapture).isEnabled());
    QVERIFY(m_open->window.windowTitle().startsWith(QStringLiteral("stage")));
}

void CaptureWindowTest::forgetsWhatWasChosenAmongOtherRows()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    m_open->click(m_open->process(100));
    QTRY_COMPARE(m_open->rows().rowCount(), 2);
    m_open->table().selectRow(0);
    QVERIFY(!m_open->part<DetailsPanel>().title().isEmpty());
    QVERIFY(open(path));
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    QCOMPARE(m_open->rows().selection().count(), 0u);
    QCOMPARE(m_open->part<DetailsPanel>().slot(), noIndex);
    // And among those of a file that was open before.
    QTest::mouseClick(m_open->table().viewport(), Qt::LeftButton, {},
        m_open->table().visualRect(m_open->rows().index(1, 0)).center());
    m_open->click(m_open->process(200));
    m_open->tree().expand(m_open->process(200));
    const QModelIndex leaf = m_open->processes().indexOfSocket(m_open->slotOf(21));
    QVERIFY(leaf.isValid());
    m_open->tree().setFocus();
    m_open->click(leaf);
    QTRY_VERIFY(m_open->part<DetailsPanel>().slot() != noIndex);
    QFile::copy(path, at("b.socktree"));
    QVERIFY(open(at("b.socktree")));
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    QCoreApplication::processEvents();
    QCOMPARE(m_open->rows().selection().count(), 0u);
    QCOMPARE(m_open->part<DetailsPanel>().slot(), noIndex);
}

void CaptureWindowTest::forgetsWhatIsChosenWhileTheRowsChange()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    QVERIFY(QFile::copy(path, at("b.socktree")));
    QVERIFY(open(path));
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    // The file is read, and its rows are not yet on screen.
    connect(&m_open->part<Captures>(), &Captures::shownChanged, this, [this] {
        m_open->table().selectRow(1);
        m_open->table().setFocus();
        m_open->part<DetailsPanel>().setSocket(
            m_open->rows().arrangement()->generation, m_open->table().currentSlot(), {});
        m_open->part<ProcessPanel>().select({100, 100});
    });
    QVERIFY(open(at("b.socktree")));
    QTRY_COMPARE(m_open->rows().rowCount(), 5);
    QCOMPARE(m_open->rows().selection().count(), 0u);
    QCOMPARE(m_open->part<DetailsPanel>().slot(), noIndex);
    QVERIFY(m_open->part<ProcessPanel>().scope().everything());
}

void CaptureWindowTest::filtersAndExportsTheCapture()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    m_stage->removeProcess(200);
    QVERIFY(m_open->refresh());
    QVERIFY(open(path));
    QTest::keyClicks(&m_open->filter(), QStringLiteral("firefox"));
    QTRY_COMPARE(m_open->inodes(), (Inodes{21, 22}));
    QCOMPARE(m_open->exported(Act::ExportAs, at("file.csv")).count('\n'), 3);
}

void CaptureWindowTest::remembersFormerOwnersAndFirstSeen()
{
    QVERIFY(m_open->refresh());
    m_stage->removeSocket(12);
    // The connection stays with the kernel alone, which does not tell an inode of it.
    m_stage->addTcp(12, timeWait, "10.0.0.1", 80, "203.0.113.9", 50000);
    QVERIFY(m_open->refresh());
    QVERIFY(open(save("a.socktree")));
    int was = 0, remembered = 0;
    for (int row = 0; row < m_open->rows().rowCount(); ++row) {
        const RowRef each = m_open->rows().rowAt(row);
        was += cellText(*columnById("process"), each) == QStringLiteral("was: nginx");
        remembered += cellText(*columnById("first-seen"), each).endsWith(QStringLiteral(", remembered"));
    }
    QCOMPARE(remembered, 5);
    const auto &former = m_open->refresher.generation()->formerOwners;
    QCOMPARE(was, static_cast<int>(former.size()));
}

void CaptureWindowTest::saysThatItIsIncompleteAndWhere()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    QFile file(path);
    QVERIFY(file.resize(file.size() - 12));
    QVERIFY(open(path));
    QVERIFY(button("capture-faults").isVisible());
    const std::vector<CaptureFault> &faults = m_open->part<Captures>().shown()->faults;
    QVERIFY(!faults.empty());
    const QString offset = QString::number(faults.front().offset);
    QCOMPARE(button("capture-faults").text(), QStringLiteral("Incomplete: the file ends at byte ") + offset);
    QTest::mouseClick(&button("capture-faults"), Qt::LeftButton);
    QVERIFY(sheet().contains(QStringLiteral("at byte ") + offset));
}

void CaptureWindowTest::saysWhatWasLeftOut()
{
    QVERIFY(m_open->refresh());
    QVERIFY(open(save("a.socktree", Act::SaveRedacted)));
    QVERIFY(label("capture-withheld").contains(QStringLiteral("command lines")));
    QVERIFY(label("capture-withheld").contains(QStringLiteral("addresses")));
    // What stands there and looks real is not said to be left out.
    QVERIFY(label("capture-withheld").contains(QStringLiteral("Replaced by placeholders: IP addresses (198.18.…")));
    QVERIFY(label("capture-withheld").contains(QStringLiteral("names of UNIX sockets (/withheld/…)")));
    QVERIFY(!label("capture-withheld").section(QStringLiteral("Left out"), 1).contains(QStringLiteral("IP addresses")));
    QVERIFY(!label("capture-title").contains(QStringLiteral("withheld")));
}

void CaptureWindowTest::keepsWhatIsShownWhereAFileCannotBeOpened()
{
    QVERIFY(m_open->refresh());
    QFile bad(at("bad.socktree"));
    QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("<b>no capture</b>") > 0);
    bad.close();
    m_open->window.openCapture(bad.fileName());
    QVERIFY(sheet().contains(bad.fileName()));
    QVERIFY(bar().isHidden());
    QVERIFY(action(Act::Refresh).isEnabled());
    QCOMPARE(m_open->inodes(), (Inodes{11, 12, 21, 22, 31}));

    const QString good = save("a.socktree");
    QVERIFY(open(good));
    m_open->window.openCapture(at("none.socktree"));
    QVERIFY(sheet().contains(at("none.socktree")));
    QVERIFY(shows(good));
}

void CaptureWindowTest::opensAsTheFirstThing()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    m_open = std::make_unique<Open>(*m_stage, *m_settings);
    m_open->window.openCapture(path);
    QVERIFY(shows(path));
    QCOMPARE(m_open->inodes(), (Inodes{11, 12, 21, 22, 31}));
    QVERIFY(!m_open->refresher.generation()); // nobody asked this system anything
    m_open->trigger(Act::CloseCapture);
    QTRY_VERIFY(m_open->refresher.generation());
    QTRY_VERIFY(m_open->window.windowTitle().startsWith(QStringLiteral("stage")));
}

void CaptureWindowTest::showsThisSystemIfTheFirstThingCannotBeOpened()
{
    m_open->window.openCapture(at("none.socktree"));
    QVERIFY(sheet().contains(at("none.socktree")));
    QTRY_COMPARE(m_open->inodes(), (Inodes{11, 12, 21, 22, 31}));
}

/// Whether the window took it.
bool CaptureWindowTest::dropOn(const QMimeData &data)
{
    QDragEnterEvent enter({50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&m_open->window, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent drop({50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&m_open->window, &drop);
    return drop.isAccepted() && drop.dropAction() == Qt::CopyAction;
}

void CaptureWindowTest::opensAFileThatIsDropped()
{
    QVERIFY(m_open->refresh());
    const QString path = save("a.socktree");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(dropOn(data));
    QVERIFY(shows(path));
    QDragEnterEvent overFilter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&m_open->filter(), &overFilter);
    QVERIFY(m_open->filter().text().isEmpty());
}

void CaptureWindowTest::takesNoOtherDrops()
{
    QVERIFY(m_open->refresh());
    QMimeData text, far, two;
    text.setText(QStringLiteral("/tmp/a.socktree"));
    far.setUrls({QUrl(QStringLiteral("https://example.org/a.socktree"))});
    two.setUrls({QUrl::fromLocalFile(at("a")), QUrl::fromLocalFile(at("b"))});
    QVERIFY(!dropOn(text) && !dropOn(far) && !dropOn(two));
}

void CaptureWindowTest::speaksOfTheUserWhoCaptured()
{
    Sources asRoot = m_stage->sources();
    asRoot.host = [] {
        HostRecord host;
        host.name = "other";
        host.euid = 0;
        host.taken = WallTime(std::chrono::seconds(1790000000));
        return host;
    };
    const QString path = at("root.socktree");
    {
        Refresher other(asRoot);
        MainWindow window(other, *m_settings);
        QSignalSpy said(window.findChild<CaptureFiles *>(), &CaptureFiles::saved);
        window.findChild<CaptureFiles *>()->save(path, false, nullptr);
        QVERIFY(said.wait());
    }
    QVERIFY(m_open->refresh());
    auto *root = m_open->part<StatusCounts>().findChild<QLabel *>(QStringLiteral("root"));
    QVERIFY(root->isHidden());
    QVERIFY(open(path));
    QTRY_VERIFY(!root->isHidden());
    QCOMPARE(root->text(), QStringLiteral("Captured as root"));
}

void CaptureWindowTest::endsWhileNobodyWritesIntoAPipe()
{
    QCOMPARE(::mkfifo(QFile::encodeName(at("pipe")).constData(), 0600), 0);
    QVERIFY(m_open->refresh());
    m_open->window.openCapture(at("pipe"));
    QTest::qWait(30);
    m_open.reset(); // comes back
}

void CaptureWindowTest::showsOfADumpOfSsOnlyWhatItTells()
{
    const QByteArray dump
        = datagram({inetMessage({.state = 10, .localPort = 80, .cookie = 1, .uid = 0, .inode = 5})}, 1, 1) + done(1, 1)
        + done(1, 1);
    QFile file(at("ss.dump"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(dump) == dump.size());
    file.close();
    QVERIFY(m_open->refresh());
    QVERIFY(open(at("ss.dump")));
    QCOMPARE(label("capture-title"), QStringLiteral("A dump of ss: no host, time or owners are in it"));
    QVERIFY(button("capture-faults").isHidden());
    auto &status = m_open->part<StatusCounts>();
    QVERIFY(status.findChild<QWidget *>(QStringLiteral("root"))->isHidden());
    QVERIFY(status.findChild<QWidget *>(QStringLiteral("hidden"))->isHidden());
    const RowRef row = m_open->rows().rowAt(0);
    for (const char *id : {"user", "process", "first-seen", "netns"})
        QCOMPARE(cellText(*columnById(id), row), QStringLiteral("not recorded"));
    QCOMPARE(m_open->processes().index(0, 0).data().toString(), QStringLiteral("Owner not recorded"));
}

void CaptureWindowTest::fitsANarrowWindow()
{
    QVERIFY(m_open->refresh());
    const int narrowest = m_open->window.minimumSizeHint().width();
    QVERIFY(open(save(
        "a-name-that-is-longer-than-any-window-this-narrow-could-ever-have-room-for.socktree", Act::SaveRedacted)));
    QVERIFY(m_open->window.minimumSizeHint().width() <= std::max(narrowest, 480));
}

QTEST_MAIN(CaptureWindowTest)
#include "tst_capture_window.moc"
