// SPDX-License-Identifier: GPL-3.0-or-later
// The files of families other than inet and unix. Lines of packet and netlink are as Linux 6.18 wrote them; those of
// files it did not have, as the kernel's sources write them.
#include "tests/support/proc_net_rows.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace socktree;
using test::bytesOf;
using test::procNetRows;
using test::textById;

class tst_proc_net_families : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsPacketAndNetlink()
    {
        const auto packet = procNetRows(ProcNetFile::Packet,
            "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n"
            "00000000535e973a 3      3    0800   1     1 0      0      1274112\n"
            "00000000ca605c7f 3      2    0003   0     1 77     1000   1274113\n");
        QCOMPARE(packet.rows.size(), std::size_t(2));
        QCOMPARE(packet.rows[0].protocol, std::optional<quint32>(0x800));
        QCOMPARE(packet.rows[0].type, std::optional<quint8>(SOCK_RAW));
        QCOMPARE(packet.rows[0].interface, std::optional<quint32>(1));
        QCOMPARE(packet.rows[1].recvQueue, std::optional<quint32>(77));
        QCOMPARE(packet.rows[1].uid, std::optional<quint32>(1000));
        QCOMPARE(packet.rows[1].inode, std::optional<quint64>(1274113));
        QVERIFY(!packet.rows[1].state && !packet.rows[1].sendQueue);

        const auto netlink = procNetRows(ProcNetFile::Netlink,
            "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"
            "0000000075526fe8 15  4294963200 80000011 4352     0        0     2        3        1274116 \n");
        QCOMPARE(netlink.rows.size(), std::size_t(1));
        QCOMPARE(netlink.rows[0].protocol, std::optional<quint32>(15));
        QCOMPARE(netlink.rows[0].portId, std::optional<quint32>(4294963200));
        QCOMPARE(netlink.rows[0].recvQueue, std::optional<quint32>(4352));
        QVERIFY(!netlink.rows[0].uid);
        const auto texts = decodeProcNetLine(ProcNetFile::Netlink, netlink.rows[0].line);
        QCOMPARE(textById(texts, "proc-netlink.groups")->number, std::optional<quint64>(0x80000011));
        QCOMPARE(textById(texts, "proc-netlink.drops")->number, std::optional<quint64>(3));
    }

    void readsSctp()
    {
        const auto endpoints = procNetRows(ProcNetFile::SctpEndpoints,
            " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\n"
            "0000000000000000 0000000000000000 2   10  22   8888      0 1870579 0.0.0.0 \n"
            "       0        0 0   7   22   8889     -2 1870580 10.0.0.1 fe80:0000:0000:0000:0000:0000:0000:0001 \n");
        QCOMPARE(endpoints.rows.size(), std::size_t(2));
        QCOMPARE(endpoints.rows[0].type, std::optional<quint8>(SOCK_STREAM));
        QCOMPARE(endpoints.rows[0].state, std::optional<quint8>(10));
        QCOMPARE(endpoints.rows[0].localPort, std::optional<quint16>(8888));
        QCOMPARE(bytesOf(endpoints.rows[0].local), QByteArray("00000000"));
        QCOMPARE(endpoints.rows[1].type, std::optional<quint8>(SOCK_SEQPACKET));
        QCOMPARE(endpoints.rows[1].uid, std::optional<quint32>(4294967294));

        const auto associations = procNetRows(ProcNetFile::SctpAssociations,
            " ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS "
            "HBINT "
            "INS OUTS MAXRT T1X T2X RTXC wmema wmemq sndbuf rcvbuf\n"
            "0000000000000000 0000000000000000 2   1   3  0       2        7        9       5 1870580 8888  40384  "
            "127.0.0.1 10.0.0.2 <-> 10.0.0.3 *10.0.0.4 \t    7500    10    11   10    0    0        0        1        "
            "0   212992   212993\n");
        QCOMPARE(associations.rows.size(), std::size_t(1));
        const ProcNetRow &row = associations.rows[0];
        QCOMPARE(row.family, quint8(AF_INET));
        QCOMPARE(row.protocol, std::optional<quint32>(IPPROTO_SCTP));
        QCOMPARE(row.state, std::optional<quint8>(3));
        QCOMPARE(row.sendQueue, std::optional<quint32>(7));
        QCOMPARE(row.recvQueue, std::optional<quint32>(9));
        QCOMPARE(row.remotePort, std::optional<quint16>(40384));
        QCOMPARE(bytesOf(row.local), QByteArray("7f000001"));
        QCOMPARE(bytesOf(row.remote), QByteArray("0a000004"));
        const auto texts = decodeProcNetLine(ProcNetFile::SctpAssociations, row.line);
        QCOMPARE(textById(texts, "proc-sctp.raddrs")->raw, QByteArray("10.0.0.3 *10.0.0.4"));
        QCOMPARE(textById(texts, "proc-sctp.assoc-id")->number, std::optional<quint64>(2));
        QCOMPARE(textById(texts, "proc-sctp.outs")->number, std::optional<quint64>(11));
        QCOMPARE(textById(texts, "proc-sctp.rcvbuf")->number, std::optional<quint64>(212993));
    }

    void readsBluetoothAndKeys()
    {
        const auto l2cap = procNetRows(ProcNetFile::L2cap,
            "sk               RefCnt Rmem   Wmem   User   Inode  Parent\n"
            "0000000000000000 2      5      6      1000   139915 139914\n");
        QCOMPARE(l2cap.rows.size(), std::size_t(1));
        QCOMPARE(l2cap.rows[0].family, quint8(AF_BLUETOOTH));
        QCOMPARE(l2cap.rows[0].protocol, std::optional<quint32>(0));
        QCOMPARE(l2cap.rows[0].inode, std::optional<quint64>(139915));
        const auto texts = decodeProcNetLine(ProcNetFile::L2cap, l2cap.rows[0].line);
        QCOMPARE(textById(texts, "proc-bluetooth.parent")->number, std::optional<quint64>(139914));
        const auto key = procNetRows(ProcNetFile::PfKey,
            "sk       RefCnt Rmem   Wmem   User   Inode\n0000000000000000 2      0      0      0      44004\n");
        QCOMPARE(key.rows.at(0).family, quint8(AF_KEY));
        QCOMPARE(key.rows[0].inode, std::optional<quint64>(44004));
    }

    void readsPhonetAndLlc()
    {
        const auto phonet = procNetRows(ProcNetFile::Phonet,
            "pt  loc  rem rs st tx_queue rx_queue   uid inode ref pointer drops                    \n"
            " 1 6C10:0063:1B 07 00000000:00000180  1000 4711 2 0000000000000000 9                  \n");
        QCOMPARE(phonet.rows.size(), std::size_t(1));
        QCOMPARE(phonet.rows[0].protocol, std::optional<quint32>(1));
        QCOMPARE(phonet.rows[0].localPort, std::optional<quint16>(0x6c10));
        QCOMPARE(phonet.rows[0].remotePort, std::optional<quint16>(0x63));
        QCOMPARE(phonet.rows[0].recvQueue, std::optional<quint32>(0x180));

        const auto llc = procNetRows(ProcNetFile::Llc,
            "SKt Mc local_mac_sap        remote_mac_sap       tx_queue rx_queue st uid link\n"
            " 2   0 02:00:00:00:00:01@42 02:00:00:00:00:02@AA       12       -3  7   5    1\n");
        QCOMPARE(llc.rows.size(), std::size_t(1));
        QCOMPARE(bytesOf(llc.rows[0].remote), QByteArray("020000000002"));
        QCOMPARE(llc.rows[0].localPort, std::optional<quint16>(0x42));
        QCOMPARE(llc.rows[0].sendQueue, std::optional<quint32>(12));
        QVERIFY(!llc.rows[0].recvQueue);
        QVERIFY2(!llc.rows[0].inode, "the file does not tell it");
    }
};

QTEST_GUILESS_MAIN(tst_proc_net_families)
#include "tst_proc_net_families.moc"
