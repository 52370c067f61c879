// SPDX-License-Identifier: GPL-3.0-or-later
// The files of inet sockets, with lines as Linux 6.18 wrote them.
#include "collector/decode/proc_net.h"
#include "tests/support/proc_net_rows.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

#include <set>

using namespace socktree;
using test::bytesOf;
using test::procNetRows;
using test::textById;

namespace {

const char tcpTitles[] = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
                         "inode                                                     \n";
const char listenLine[] = "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000001 00:00000000 00000000     0        0 "
                          "1274092 2 000000002f7c8149 100 0 0 10 0                   \n";
const char timeWaitLine[] = "   3: 0100007F:E59C 0100007F:1F90 06 00000000:00000000 03:0000176E 00000000     0        "
                            "0 0 3 000000006b1f245b                                      \n";
const char unreadLine[] = "   6: 0100007F:1F90 0100007F:E582 01 00000000:00000005 00:00000000 00000000     0        0 "
                          "1274094 1 00000000545b1463 20 4 31 10 -1                  \n";
const char synReceivedLine[] = "   7: 0100007F:1F90 0200007F:E582 03 00000000:00000000 01:00000064 00000002  1000      "
                               "  0 0 0 0000000000000000\n";
const char mappedLine[] = "   1: 0000000000000000FFFF00000100007F:E5A2 0000000000000000FFFF00000100007F:1F90 01 "
                          "00000000:00000000 00:00000000 00000000     0        0 1274101 2 00000000b29eb3a8 20 0 0 10 "
                          "-1\n";

} // namespace

class tst_proc_net : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsAListener()
    {
        const auto all = procNetRows(ProcNetFile::Tcp, QByteArray(tcpTitles) + listenLine);
        QCOMPARE(all.rows.size(), std::size_t(1));
        const ProcNetRow &row = all.rows[0];
        QCOMPARE(row.family, quint8(AF_INET));
        QCOMPARE(row.protocol, std::optional<quint32>(IPPROTO_TCP));
        QCOMPARE(row.type, std::optional<quint8>(SOCK_STREAM));
        QCOMPARE(row.state, std::optional<quint8>(10));
        QCOMPARE(bytesOf(row.local), QByteArray("7f000001"));
        QCOMPARE(row.localPort, std::optional<quint16>(8080));
        QCOMPARE(row.remotePort, std::optional<quint16>(0));
        QCOMPARE(row.recvQueue, std::optional<quint32>(1));
        QVERIFY2(!row.sendQueue, "the column means nothing if the socket listens");
        QCOMPARE(row.timer, std::optional<quint8>(0));
        QVERIFY2(!row.expires, "no timer, no time");
        QCOMPARE(row.uid, std::optional<quint32>(0));
        QCOMPARE(row.inode, std::optional<quint64>(1274092));
        QCOMPARE(row.line.toByteArray() + '\n', QByteArray(listenLine));
        QCOMPARE(all.notUnderstood, quint32(0));
    }

    void readsWhatHasNoTrailingColumns()
    {
        const auto all
            = procNetRows(ProcNetFile::Tcp, QByteArray(tcpTitles) + timeWaitLine + synReceivedLine + unreadLine);
        QCOMPARE(all.rows.size(), std::size_t(3));
        QCOMPARE(all.rows[0].state, std::optional<quint8>(6));
        QCOMPARE(all.rows[0].timer, std::optional<quint8>(3));
        QCOMPARE(all.rows[0].expires, std::optional<quint64>(0x176e * 10));
        QVERIFY2(!all.rows[0].uid, "0 is not root here");
        QCOMPARE(all.rows[0].inode, std::optional<quint64>(0));
        QCOMPARE(all.rows[1].state, std::optional<quint8>(3));
        QCOMPARE(all.rows[1].uid, std::optional<quint32>(1000));
        QCOMPARE(all.rows[1].retrans, std::optional<quint32>(2));
        QCOMPARE(all.rows[1].expires, std::optional<quint64>(1000));
        QCOMPARE(all.rows[2].recvQueue, std::optional<quint32>(5));
        QCOMPARE(all.rows[2].sendQueue, std::optional<quint32>(0));
    }

    void knowsTheByteOrderOfTheKernel()
    {
        const auto little = procNetRows(ProcNetFile::Tcp6, mappedLine);
        QCOMPARE(little.rows.size(), std::size_t(1));
        QCOMPARE(little.rows[0].family, quint8(AF_INET6));
        QCOMPARE(bytesOf(little.rows[0].local), QByteArray("00000000000000000000ffff7f000001"));
        const auto big = procNetRows(ProcNetFile::Tcp6,
            QByteArray(mappedLine).replace("FFFF00000100007F", "0000FFFF7F000001"), std::endian::big);
        QCOMPARE(bytesOf(big.rows.at(0).local), QByteArray("00000000000000000000ffff7f000001"));
    }

    void takesLargestValuesAndNoLarger()
    {
        const QByteArray line = " 9: FFFFFFFF:FFFF FFFFFFFF:FFFF 01 FFFFFFFF:FFFFFFFF 01:FFFFFFFF FFFFFFFF 4294967295 "
                                "0 18446744073709551615 1 0\n";
        const auto all = procNetRows(ProcNetFile::Tcp, line);
        QCOMPARE(all.rows.size(), std::size_t(1));
        QCOMPARE(bytesOf(all.rows[0].remote), QByteArray("ffffffff"));
        QCOMPARE(all.rows[0].remotePort, std::optional<quint16>(0xffff));
        QCOMPARE(all.rows[0].sendQueue, std::optional<quint32>(0xffffffff));
        QCOMPARE(all.rows[0].expires, std::optional<quint64>(42949672950));
        QCOMPARE(all.rows[0].uid, std::optional<quint32>(0xffffffff));
        QCOMPARE(all.rows[0].inode, std::optional<quint64>(~quint64(0)));
        for (const auto &[from, to] : {std::pair("4294967295", "4294967296"),
                 {"18446744073709551615",
                     "1844674407370955"
                     "1616"},
                 {":FFFF", ":10000"}, {" 01 ", " 100 "}, {" 01:", " 100:"}, {" 0 18", " -1 18"},
                 {"FFFFFFFF:", "FFFFFFF:"}, {" 01 ", " 0x "}})
            QCOMPARE(procNetRows(ProcNetFile::Tcp, QByteArray(line).replace(from, to)).notUnderstood, quint32(1));
    }

    void readsDatagramsWithoutTimers()
    {
        const auto all = procNetRows(ProcNetFile::Udp,
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref "
            "pointer drops            \n"
            " 6287: 0100007F:14E9 00000000:0000 07 00000000:00000340 00:00000000 00000000     0        0 1274102 2 "
            "00000000487ec024 17      \n");
        QCOMPARE(all.rows.size(), std::size_t(1));
        QCOMPARE(all.rows[0].state, std::optional<quint8>(7));
        QCOMPARE(all.rows[0].localPort, std::optional<quint16>(5353));
        QCOMPARE(all.rows[0].recvQueue, std::optional<quint32>(832));
        QVERIFY(!all.rows[0].timer && !all.rows[0].expires && !all.rows[0].retrans);
    }

    void readsTheProtocolOfRawWhereOthersHaveThePort()
    {
        const char line[]
            = " 121: 00000000:00FF 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
              "1274109 2 0000000095aaea35 0\n";
        const auto raw = procNetRows(ProcNetFile::Raw, line);
        QCOMPARE(raw.rows.at(0).protocol, std::optional<quint32>(255));
        QVERIFY(!raw.rows[0].localPort && !raw.rows[0].remotePort);
        const auto ping = procNetRows(ProcNetFile::Icmp, line);
        QCOMPARE(ping.rows.at(0).protocol, std::optional<quint32>(IPPROTO_ICMP));
        QCOMPARE(ping.rows[0].localPort, std::optional<quint16>(255));
        QCOMPARE(procNetRows(ProcNetFile::Raw6, line).notUnderstood, quint32(1));
    }

    void countsWhatItDoesNotUnderstand()
    {
        const QByteArray text = QByteArray(tcpTitles) + listenLine + "garbage\n\n\xff\x80:\x01\n" + unreadLine;
        const auto all = procNetRows(ProcNetFile::Tcp, text);
        QCOMPARE(all.rows.size(), std::size_t(2));
        QCOMPARE(all.notUnderstood, quint32(3));
    }

    void believesNoNumberThatMayBeCut()
    {
        const QByteArray text = QByteArray(tcpTitles) + listenLine + unreadLine;
        const qsizetype first = qsizetype(sizeof tcpTitles + sizeof listenLine) - 2;
        for (qsizetype size = 0; size < text.size(); ++size) {
            const auto all = procNetRows(ProcNetFile::Tcp, text.left(size));
            QCOMPARE(all.rows.size(), std::size_t(size >= first ? 1 : 0));
            const bool atLineEnd = size == 0 || text[size - 1] == '\n';
            QCOMPARE(all.notUnderstood, quint32(atLineEnd ? 0 : 1));
        }
    }

    void listsEveryWordOfALine()
    {
        const auto texts = decodeProcNetLine(ProcNetFile::Tcp, QByteArray(unreadLine).chopped(1) + " new 7");
        QCOMPARE(textById(texts, "proc-inet.rx-queue")->raw, QByteArray("00000005"));
        QCOMPARE(textById(texts, "proc-inet.rx-queue")->number, std::optional<quint64>(5));
        QCOMPARE(textById(texts, "proc-tcp.rto")->number, std::optional<quint64>(200));
        QCOMPARE(textById(texts, "proc-tcp.ato")->number, std::optional<quint64>(40));
        QCOMPARE(textById(texts, "proc-tcp.quick")->number, std::optional<quint64>(15));
        QCOMPARE(textById(texts, "proc-tcp.pingpong")->number, std::optional<quint64>(1));
        QCOMPARE(textById(texts, "proc-tcp.cwnd")->number, std::optional<quint64>(10));
        const DecodedText *const threshold = textById(texts, "proc-tcp.ssthresh");
        QCOMPARE(threshold->number, std::optional<quint64>(~quint64(0)));
        QCOMPARE(QByteArray(threshold->field->sentinels[0].text), QByteArray("infinite"));
        QCOMPARE(texts[texts.size() - 2].raw, QByteArray("new"));
        QVERIFY(!texts.back().field);
    }

    void namesEachFileAndColumnOnce()
    {
        std::set<QByteArray> paths, ids;
        for (int i = 0; i < procNetFiles; ++i) {
            QVERIFY(paths.insert(pathOf(ProcNetFile(i))).second);
            std::set<QByteArray> own;
            for (const TextField *field : textFieldsOf(ProcNetFile(i))) {
                QVERIFY2(own.insert(field->id).second, field->id);
                QVERIFY2(QByteArrayView(field->meaning).size() > 4 && !QByteArrayView(field->meaning).endsWith('.'),
                    field->id);
            }
            QVERIFY(own.size() > 5);
            ids.merge(own);
        }
        QCOMPARE(pathOf(ProcNetFile::Tcp6), "tcp6");
        QCOMPARE(pathOf(ProcNetFile::SctpEndpoints), "sctp/eps");
        QCOMPARE(pathOf(ProcNetFile::Llc), "llc/socket");
        QVERIFY(ids.size() > 90);
    }
};

QTEST_GUILESS_MAIN(tst_proc_net)
#include "tst_proc_net.moc"
