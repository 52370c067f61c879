// SPDX-License-Identifier: GPL-3.0-or-later
// The file "unix", in which the name of a socket can look like another socket.
#include "collector/decode/proc_net.h"
#include "collector/decode/unix_text.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <sys/socket.h>

using namespace socktree;

namespace {

const char titles[] = "Num       RefCount Protocol Flags    Type St Inode Path\n";
const char plain[] = "00000000a7e31a20: 00000003 00000000 00000000 0001 03 1274119";
const char forged[] = "00000000deadbeef: 00000002 00000000 00010000 0001 01 42424 /run/forged";

struct Parsed {
    std::vector<ProcNetRow> rows;
    quint32 notUnderstood = 0;
};

Parsed parsed(const QByteArray &lines)
{
    static QByteArray text; // the rows point into it
    text = titles + lines;
    Parsed all;
    all.notUnderstood = parseProcNet(ProcNetFile::Unix, text, [&](const ProcNetRow &row) { all.rows.push_back(row); });
    return all;
}

QByteArray named(const QByteArray &name)
{
    return "00000000d9efb990: 00000002 00000000 00000000 0002 01 1274118 " + name + "\n";
}

} // namespace

class tst_proc_net_unix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsEveryState_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("type");
        QTest::addColumn<quint64>("inode");
        QTest::newRow("listener") << QByteArray("00000000d9efb990: 00000002 00000000 00010000 0001 01 1274118 /tmp/w")
                                  << 10 << int(SOCK_STREAM) << quint64(1274118);
        QTest::newRow("connected") << QByteArray(plain) << 1 << int(SOCK_STREAM) << quint64(1274119);
        QTest::newRow("not yet accepted")
            << QByteArray("0000000058480615: 00000003 00000000 00000000 0001 02     0 /tmp/w2.sock") << 1
            << int(SOCK_STREAM) << quint64(0);
        QTest::newRow("unconnected") << QByteArray("000000009a0a8790: 00000002 00000000 00000000 0005 01   120") << 7
                                     << int(SOCK_SEQPACKET) << quint64(120);
        QTest::newRow("closing") << QByteArray("000000009a0a8790: 00000002 00000000 00000000 0002 04     0") << 7
                                 << int(SOCK_DGRAM) << quint64(0);
    }
    void readsEveryState()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, state);
        QFETCH(int, type);
        QFETCH(quint64, inode);
        const auto all = parsed(line + '\n');
        QCOMPARE(all.rows.size(), std::size_t(1));
        QCOMPARE(int(all.rows[0].state.value()), state);
        QCOMPARE(int(all.rows[0].type.value()), type);
        QCOMPARE(all.rows[0].inode, std::optional(inode));
        QCOMPARE(all.rows[0].forgery, Forgery::Impossible);
        QVERIFY(isAsKernelWrites(line));
    }

    void keepsNamesAsTheyAre_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("path") << QByteArray("/run/x");
        QTest::newRow("abstract, NUL within") << QByteArray("@ab@s");
        QTest::newRow("blanks") << QByteArray("  a  b ");
        QTest::newRow("one blank") << QByteArray(" ");
        QTest::newRow("colons, tabs, no UTF-8") << QByteArray("a:\tb\xff\x01:");
        QTest::newRow("newlines") << QByteArray("/tmp/w2\nx\n\ny");
        QTest::newRow("newline last") << QByteArray("/tmp/w2\n");
        QTest::newRow("longest") << QByteArray(50, 'n') + '\n' + QByteArray(57, 'm');
    }
    void keepsNamesAsTheyAre()
    {
        QFETCH(QByteArray, name);
        const auto all = parsed(named(name) + plain + '\n');
        QCOMPARE(all.rows.size(), std::size_t(2));
        QCOMPARE(all.rows[0].name, std::optional(name));
        QCOMPARE(all.rows[0].line.toByteArray() + '\n', named(name));
        QVERIFY(!all.rows[1].name);
        QCOMPARE(all.notUnderstood, quint32(0));
        const auto texts = decodeProcNetLine(ProcNetFile::Unix, all.rows[0].line);
        QCOMPARE(texts.back().raw, name);
        QCOMPARE(QByteArray(texts.back().field->id), QByteArray("proc-unix.path"));
    }

    void losesNoWordThatComesInTheNamesPlaceWithoutBeingOne()
    {
        // Within a name, rows can be forged that have none, and go on all the same.
        const auto all = parsed(named("@f\n" + QByteArray(plain) + "\nx y"));
        QCOMPARE(all.rows.size(), std::size_t(2));
        QCOMPARE(all.rows[1].line.toByteArray(), plain + QByteArray("\nx y"));
        for (const char *line : {"\nx y", "\tx y"}) {
            const auto texts = decodeProcNetLine(ProcNetFile::Unix, QByteArray(plain) + line);
            QCOMPARE(texts.back().raw, QByteArray("y"));
            QCOMPARE(texts[texts.size() - 2].raw, QByteArray("x"));
            QVERIFY(!texts.back().field);
        }
    }

    void believesNoRowThatANameCouldHold()
    {
        const auto all = parsed(named(QByteArray("@f\n") + forged) + plain + '\n');
        QCOMPARE(all.rows.size(), std::size_t(3));
        QCOMPARE(all.rows[0].name, std::optional<QByteArray>("@f"));
        QCOMPARE(all.rows[1].inode, std::optional<quint64>(42424));
        QCOMPARE(all.rows[1].forgery, Forgery::Possible);
        // It may follow the forged name, but not the name that holds it all.
        QCOMPARE(all.rows[2].forgery, Forgery::Possible);
    }

    void clearsWhatIsTooFarFromANameToBeInIt()
    {
        const qsizetype room = longestUnixName - 1 - qsizetype(sizeof plain - 1);
        const auto near = parsed(named(QByteArray(room, 'n')) + plain + '\n');
        QCOMPARE(near.rows.at(1).forgery, Forgery::Possible);
        const auto far = parsed(named(QByteArray(room + 1, 'n')) + plain + '\n' + plain + '\n');
        QCOMPARE(far.rows.at(1).forgery, Forgery::Impossible);
        QCOMPARE(far.rows.at(2).forgery, Forgery::Impossible);
    }

    void seesThroughPoorForgeries_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("a pointer of zeros") << QByteArray("0000000000000000: 00000002 00000000 00010000 0001 01 42424");
        QTest::newRow("a protocol") << QByteArray("00000000deadbeef: 00000002 00000001 00010000 0001 01 42424");
        QTest::newRow("other flags") << QByteArray("00000000deadbeef: 00000002 00000000 00000001 0001 01 42424");
        QTest::newRow("another type") << QByteArray("00000000deadbeef: 00000002 00000000 00000000 0003 01 42424");
        QTest::newRow("another state") << QByteArray("00000000deadbeef: 00000002 00000000 00000000 0001 07 42424");
        QTest::newRow("no references") << QByteArray("00000000deadbeef: 00000000 00000000 00000000 0001 01 42424");
        QTest::newRow("an inode without a file")
            << QByteArray("00000000deadbeef: 00000002 00000000 00000000 0001 02 42424");
        QTest::newRow("a file without an inode")
            << QByteArray("00000000deadbeef: 00000002 00000000 00000000 0001 01     0");
        QTest::newRow("an inode not padded") << QByteArray("00000000deadbeef: 00000002 00000000 00000000 0001 01 42");
        QTest::newRow("narrow columns") << QByteArray("00000000deadbeef: 2 0 0 1 1 42424");
        QTest::newRow("small letters") << QByteArray("00000000deadbeef: 0000000a 00000000 00000000 0001 01 42424");
        QTest::newRow("listens and is connected")
            << QByteArray("00000000deadbeef: 00000002 00000000 00010000 0001 03 42424");
    }
    void seesThroughPoorForgeries()
    {
        QFETCH(QByteArray, line);
        const auto all = parsed(named("@f\n" + line));
        QCOMPARE(all.rows.size(), std::size_t(2));
        QCOMPARE(all.rows[1].forgery, Forgery::Likely);
    }

    void takesAPointerOfAnotherWidthForAName()
    {
        const QByteArray name = "@f\ndeadbeef: 00000002 00000000 00010000 0001 01 42424 /x";
        const auto all = parsed(named(name));
        QCOMPARE(all.rows.size(), std::size_t(1));
        QCOMPARE(all.rows[0].name, std::optional(name));
    }

    void seesThatARowWithoutANameCannotGoOn()
    {
        const auto all = parsed(named(QByteArray("@f\n") + plain + "\nrest") + plain + '\n');
        QCOMPARE(all.rows.size(), std::size_t(3));
        QCOMPARE(all.rows[1].forgery, Forgery::Likely);
        QCOMPARE(all.rows[1].line.toByteArray(), QByteArray(plain) + "\nrest");
        QVERIFY(!all.rows[1].name);
        QCOMPARE(all.notUnderstood, quint32(0));
    }

    void readsNarrowPointersAndThoseNotYetHashed()
    {
        for (const char *pointer : {"c0debabe", "(____ptrval____)"}) {
            const QByteArray line = QByteArray(plain).replace("00000000a7e31a20", pointer) + '\n';
            const auto all = parsed(line + line);
            QCOMPARE(all.rows.size(), std::size_t(2));
            QCOMPARE(all.notUnderstood, quint32(0));
        }
    }

    void takesNoMoreForANameThanANameCanBe()
    {
        const auto all = parsed(named("/x\n" + QByteArray(200, 'y')) + plain + "\nz\n");
        QCOMPARE(all.rows.size(), std::size_t(2));
        QCOMPARE(all.rows[0].name, std::optional<QByteArray>("/x"));
        // Nor does the row without a name have one.
        QCOMPARE(all.notUnderstood, quint32(2));
        QCOMPARE(parsed(QByteArray("nobody's name\n") + plain + '\n').notUnderstood, quint32(1));
    }
};

QTEST_GUILESS_MAIN(tst_proc_net_unix)
#include "tst_proc_net_unix.moc"
