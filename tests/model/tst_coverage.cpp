// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/coverage.h"

#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;

namespace {

const Scope tcp4{1, AF_INET, IPPROTO_TCP, 0xfff, 0xff};
const Scope tcp6{1, AF_INET6, IPPROTO_TCP, 0xfff, 0xff};

DumpOutcome outcome(const Scope &scope, DumpEnd end)
{
    DumpOutcome made{scope, {}, 0};
    made.ending.end = end;
    return made;
}

Coverage coverage(std::vector<DumpOutcome> dumps)
{
    Snapshot snapshot;
    snapshot.dumps = std::move(dumps);
    return Coverage(snapshot);
}

} // namespace

class TestCoverage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { socktree::test::failOnWarnings(); }

    void onlyACompleteDumpCovers_data()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<bool>("covers");
        QTest::newRow("complete") << int(DumpEnd::Complete) << true;
        QTest::newRow("unsupported") << int(DumpEnd::Unsupported) << false;
        QTest::newRow("refused") << int(DumpEnd::Refused) << false;
        QTest::newRow("interrupted") << int(DumpEnd::Interrupted) << false;
        QTest::newRow("truncated") << int(DumpEnd::Truncated) << false;
        QTest::newRow("failed") << int(DumpEnd::Failed) << false;
    }
    void onlyACompleteDumpCovers()
    {
        QFETCH(int, end);
        QTEST(coverage({outcome(tcp4, DumpEnd(end))}).covers(tcp4), "covers");
    }

    void aNamespaceThatIsGoneTakesItsSocketsWithIt()
    {
        Snapshot snapshot;
        snapshot.ownersRead = snapshot.processesComplete = true;
        QVERIFY(!Coverage(snapshot).isGone(7)); // namespaces are not told at all
        snapshot.namespaces = {{.id = 1}, {.id = 7}};
        QVERIFY(!Coverage(snapshot).isGone(7)); // it is there and was not read
        snapshot.namespaces.pop_back();
        QVERIFY(Coverage(snapshot).isGone(7));
        QVERIFY(!Coverage(snapshot).isGone(1));
        snapshot.processesComplete = false;
        QVERIFY(!Coverage(snapshot).isGone(7)); // it may be that of a process we did not see
    }

    void whatWasNotAskedIsNotCovered()
    {
        const Coverage made = coverage({outcome(tcp4, DumpEnd::Complete)});
        QVERIFY(!made.covers({1, AF_INET, IPPROTO_UDP, 0xfff, 0xff}));
        QVERIFY(!made.covers({2, AF_INET, IPPROTO_TCP, 0xfff, 0xff}));
        QVERIFY(!made.covers({1, AF_INET, IPPROTO_TCP, 0x1fff, 0xff}));
        QVERIFY(made.covers({1, AF_INET, IPPROTO_TCP, 0x400, 0}));
    }

    void statesMayBeSpreadOverSeveralDumps()
    {
        const Scope listening{1, AF_INET, IPPROTO_TCP, 0x400, 0}, others{1, AF_INET, IPPROTO_TCP, 0xbff, 0};
        QVERIFY(coverage({outcome(listening, DumpEnd::Complete), outcome(others, DumpEnd::Complete)}).covers(tcp4));
        QVERIFY(!coverage({outcome(listening, DumpEnd::Complete), outcome(others, DumpEnd::Failed)}).covers(tcp4));
    }

    void ofARepeatedDumpTheLastAttemptCounts()
    {
        QVERIFY(coverage({outcome(tcp4, DumpEnd::Interrupted), outcome(tcp4, DumpEnd::Complete)}).covers(tcp4));
        QVERIFY(!coverage({outcome(tcp4, DumpEnd::Complete), outcome(tcp4, DumpEnd::Interrupted)}).covers(tcp4));
    }

    void ipv6NeedsTheDumpThatItsSocketsMayMoveTo()
    {
        QVERIFY(coverage({outcome(tcp6, DumpEnd::Complete), outcome(tcp4, DumpEnd::Complete)}).covers(tcp6));
        QVERIFY(!coverage({outcome(tcp6, DumpEnd::Complete), outcome(tcp4, DumpEnd::Failed)}).covers(tcp6));
        QVERIFY(coverage({outcome(tcp6, DumpEnd::Failed), outcome(tcp4, DumpEnd::Complete)}).covers(tcp4));
    }

    void descriptorsAreCoveredByAWholeScanOnly()
    {
        Snapshot snapshot;
        QVERIFY(!Coverage(snapshot).coversDescriptors());
        snapshot.ownersRead = true;
        QVERIFY(!Coverage(snapshot).coversDescriptors());
        snapshot.processesComplete = true;
        QVERIFY(Coverage(snapshot).coversDescriptors());
    }
};

QTEST_GUILESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
