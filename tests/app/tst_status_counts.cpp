// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_counts.h"

#include "app/explanations.h"
#include "collector/snapshot/snapshot_builder.h"
#include "model/state_counts.h"
#include "model/timeline.h"
#include "tests/support/random_snapshot.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

#include <cerrno>
#include <random>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;

class StatusCountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }
    void tellsHowManyOwnersAreHidden();
    void saysNothingOfOwnersThatWereNotReadYet();
    void countsEachProblemOnce();
    void showsProblemsAsPlainText();
    void spellsTheScan();
    void dropsTheLeastImportantWhereItIsNarrow();
    void aMessageTakesThePlaceOfTheCounts();
    void explainsWhatIsHiddenAndWhatCanBeDone();
    void explainsWhatThisKernelCannotList();
    void groupsTheDigitsOfEveryCount();
};

static ArrangementPtr shownOf(const std::shared_ptr<Snapshot> &snapshot)
{
    auto arrangement = std::make_shared<Arrangement>();
    arrangement->generation = advance(nullptr, snapshot);
    for (quint32 slot = 0; slot < arrangement->generation->entries.size(); ++slot) {
        if (arrangement->generation->entries[slot].used())
            arrangement->slots.push_back(slot);
    }
    arrangement->total = arrangement->generation->liveCount;
    arrangement->matching = arrangement->total;
    return arrangement;
}

static std::shared_ptr<Snapshot> someSnapshot()
{
    std::mt19937 random(3);
    auto snapshot = std::make_shared<Snapshot>(*test::randomSnapshot(random, nullptr));
    snapshot->problems.clear();
    snapshot->dumps.clear();
    return snapshot;
}

static QToolButton &part(const StatusCounts &status, const char *name)
{
    return *status.findChild<QToolButton *>(QLatin1String(name));
}

void StatusCountsTest::tellsHowManyOwnersAreHidden()
{
    StatusCounts status;
    status.resize(1200, 30);
    const auto snapshot = someSnapshot();
    snapshot->ownersRead = true;
    snapshot->processesComplete = true;
    snapshot->deniedProcesses = 214;
    const ArrangementPtr shown = shownOf(snapshot);
    status.show(shown);
    const quint32 hidden = countStates(*shown->generation).hidden;
    QVERIFY(hidden > 1);
    QCOMPARE(part(status, "hidden").text(), QStringLiteral("owners of %1 sockets hidden").arg(hidden));
    QVERIFY(part(status, "hidden").isVisibleTo(&status));
    snapshot->deniedProcesses = 0;
    status.show(shownOf(snapshot));
    QVERIFY(!part(status, "hidden").isVisibleTo(&status));
}

void StatusCountsTest::saysNothingOfOwnersThatWereNotReadYet()
{
    StatusCounts status;
    status.resize(1200, 30);
    const auto snapshot = someSnapshot();
    snapshot->ownersRead = false;
    snapshot->deniedProcesses = 3;
    status.show(shownOf(snapshot));
    QVERIFY(!part(status, "hidden").isVisibleTo(&status));
}

void StatusCountsTest::countsEachProblemOnce()
{
    SnapshotBuilder builder(false, true);
    builder.host({});
    const auto dump = [&builder](quint16 protocol, DumpEnd end, int error) {
        Scope scope;
        scope.family = AF_INET;
        scope.protocol = protocol;
        DumpEnding ending;
        ending.end = end;
        ending.error = error;
        builder.dump(scope)->ended(ending);
    };
    dump(IPPROTO_TCP, DumpEnd::Truncated, 0);
    dump(IPPROTO_TCP, DumpEnd::Complete, 0); // the repetition lacks nothing
    dump(IPPROTO_UDP, DumpEnd::Unsupported, ENOENT);
    builder.processesEnded({});
    builder.finished({});
    const SnapshotPtr snapshot = builder.take();

    const QStringList all = problemsOf(*snapshot);
    QCOMPARE(all.size(), 1);
    QVERIFY2(all[0].startsWith(QStringLiteral("udp over ipv4: this kernel has no")), qPrintable(all[0]));
    QVERIFY(all[0].endsWith(QStringLiteral("(No such file or directory)")));
    QVERIFY(!nothingCouldBeRead(*snapshot));
    StatusCounts status;
    status.resize(2000, 30);
    status.show(shownOf(std::make_shared<Snapshot>(*snapshot)));
    QCOMPARE(part(status, "problems").text(), QStringLiteral("1 problem"));
    QVERIFY(part(status, "problems").isVisibleTo(&status));
}

void StatusCountsTest::showsProblemsAsPlainText()
{
    Snapshot snapshot;
    snapshot.problems = {{"/proc/1/fd", "cannot be listed\nat all", 0}};
    QCOMPARE(problemsOf(snapshot), QStringList{QStringLiteral("/proc/1/fd: cannot be listed\\nat all")});
}

void StatusCountsTest::spellsTheScan()
{
    using namespace std::chrono_literals;
    QLocale::setDefault(QLocale::c());
    QCOMPARE(scanText(9100us, 1000ms), QStringLiteral("9 ms every 1 s"));
    QCOMPARE(scanText(300us, 500ms), QStringLiteral("<1 ms every 0.5 s"));
    QCOMPARE(scanText(1400ms, 10000ms), QStringLiteral("1.4 s every 10 s"));
}

void StatusCountsTest::dropsTheLeastImportantWhereItIsNarrow()
{
    StatusCounts status;
    const auto snapshot = someSnapshot();
    snapshot->ownersRead = true;
    snapshot->deniedProcesses = 2;
    status.resize(2000, 30);
    status.show(shownOf(snapshot));
    QVERIFY(part(status, "close-wait").isVisibleTo(&status));
    status.resize(400, 30);
    status.show(shownOf(snapshot));
    QVERIFY(part(status, "shown").isVisibleTo(&status));
    QVERIFY(part(status, "hidden").isVisibleTo(&status));
    QVERIFY(!part(status, "close-wait").isVisibleTo(&status));
    QCOMPARE(status.minimumSizeHint().width(), 0);
}

void StatusCountsTest::aMessageTakesThePlaceOfTheCounts()
{
    StatusCounts status;
    status.resize(1200, 30);
    status.show(shownOf(someSnapshot()));
    status.say(QStringLiteral("5 rows written to <b>x</b>"));
    auto *label = status.findChild<QLabel *>(QStringLiteral("message"));
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(label->isVisibleTo(&status));
    QVERIFY(!part(status, "shown").isVisibleTo(&status));
    status.say({});
    QVERIFY(part(status, "shown").isVisibleTo(&status));
}

void StatusCountsTest::explainsWhatIsHiddenAndWhatCanBeDone()
{
    Snapshot snapshot;
    snapshot.ownersRead = true;
    snapshot.deniedProcesses = 12;
    snapshot.host.euid = 1000;
    const QString text = explainHiddenOwners(snapshot);
    for (const char *part :
        {"What is missing", "12 processes", "Why", "user 1000", "What can be done", "sudo socktree"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
    snapshot.host.euid = 0;
    QVERIFY(explainHiddenOwners(snapshot).contains(QStringLiteral("runs as root")));
}

void StatusCountsTest::explainsWhatThisKernelCannotList()
{
    Snapshot snapshot;
    QVERIFY(explainUnavailable(snapshot).contains(QStringLiteral("could be read")));
    snapshot.unavailable = {{"sctp", "no list\nof them"}, {"can", "none at all"}, {"alg", "no list\nof them"}};
    DumpOutcome file;
    file.scope.file = "raw";
    snapshot.dumps = {file, file};
    NetNamespace entered, closed;
    entered.name = "green";
    closed.name = "blue";
    closed.reached = NamespaceRecord::Reached::ByProcess;
    closed.error = EPERM;
    entered.reached = NamespaceRecord::Reached::Entered;
    snapshot.namespaces = {entered, closed};
    const QString text = explainUnavailable(snapshot);
    QVERIFY(text.contains(QStringLiteral("\nsctp, alg: no list\\nof them\ncan: none at all")));
    QCOMPARE(text.count(QStringLiteral("net/raw")), 1);
    QVERIFY(text.contains(QStringLiteral("blue (Operation not permitted)")));
    QVERIFY(!text.contains(QStringLiteral("green")));

    snapshot.origin.file = true;
    QVERIFY(explainUnavailable(snapshot).startsWith(QStringLiteral("The kernel of this capture, not the one")));
    snapshot.origin.socketsOnly = true;
    QVERIFY(explainUnavailable(snapshot).startsWith(QStringLiteral("This is a dump of ss")));
}

void StatusCountsTest::groupsTheDigitsOfEveryCount()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    StatusCounts status;
    status.resize(1200, 30);
    status.showSelected(1);
    auto *selected = status.findChild<QLabel *>(QStringLiteral("selected"));
    QVERIFY(!selected->isVisibleTo(&status));
    status.showSelected(7423);
    QVERIFY(selected->isVisibleTo(&status));
    QCOMPARE(selected->text(), QStringLiteral("7,423 selected"));
    const auto shown = shownOf(someSnapshot());
    auto many = std::make_shared<Arrangement>(*shown);
    many->waiting = 1234;
    status.show(many);
    QCOMPARE(part(status, "waiting").text(), QStringLiteral("1,234 new rows wait"));
    QLocale::setDefault(QLocale::c());
}

QTEST_MAIN(StatusCountsTest)
#include "tst_status_counts.moc"
