// SPDX-License-Identifier: GPL-3.0-or-later
// Writes seeds into tests/fuzz/seeds: messages as the tables know them, and texts as kernels write them. All made up.
#include "collector/decode/attribute.h"
#include "collector/decode/proc_net.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/message_builder.h"
#include "tests/support/random_capture.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <cstdio>
#include <cstdlib>

using namespace socktree;
using namespace socktree::test;

namespace {

QString top;

void write(const char *target, const QByteArray &name, const QByteArray &bytes)
{
    const QString folder = top + u'/' + QLatin1String(target);
    QFile file(folder + u'/' + QString::fromLatin1(name));
    if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file.fileName()));
        std::exit(1);
    }
}

QByteArray piece(const QByteArray &bytes)
{
    return u16(quint16(bytes.size())) + bytes;
}

QByteArray attributesLike(std::span<const Attribute> attributes)
{
    QByteArray bytes;
    for (const Attribute &line : attributes) {
        std::size_t size = line.elementSize;
        for (const Field &field : line.fields)
            size = std::max(size, field.offset + sizeOf(field));
        bytes += attribute(
            line.number, line.nest.empty() ? QByteArray(qsizetype(size), '\2') : attributesLike(line.nest));
    }
    return bytes;
}

int indexOf(QByteArrayView name)
{
    for (std::size_t i = 0; i < allTables().size(); ++i)
        if (name == QByteArrayView(allTables()[i].name))
            return int(i);
    std::fprintf(stderr, "no table %s\n", name.data());
    std::exit(1);
}

/// As fuzz_netlink.cpp has it.
QByteArray dump(int table, const QByteArray &bytes, quint8 flags = 0)
{
    return u8(quint8(table)) + u8(0) + u8(flags) + piece(bytes);
}

void writeMessages()
{
    for (std::size_t i = 0; i < allTables().size(); ++i) {
        const AttributeTable &table = allTables()[i];
        QByteArray fixed(qsizetype(fixedSizeOf(table.family)), '\1');
        if (!fixed.isEmpty())
            fixed[0] = char(table.family);
        write("netlink", table.name, u8(quint8(i % 3)) + dump(int(i), fixed + attributesLike(table.attributes)));
    }
    const auto one = inetMessage(
        {.local = "127.0.0.1", .localPort = 443, .remote = "127.0.0.1", .remotePort = 5000, .cookie = 1, .inode = 11});
    const auto other = inetMessage(
        {.local = "127.0.0.1", .localPort = 5000, .remote = "127.0.0.1", .remotePort = 443, .cookie = 2, .inode = 12});
    const auto listener = inetMessage({.state = 10, .local = "127.0.0.1", .localPort = 443, .cookie = 3, .inode = 13});
    write("netlink", "tcp-pair", u8(1) + dump(indexOf("tcp"), datagram({one, other, listener}, 1, 2) + done(1, 2), 1));
    const QByteArray name = QByteArray("/run/\n\x1b", 7);
    const QByteArray pair
        = datagram({unixMessage({.inode = 21, .cookie = 4}).attribute(2, u32(22)),
                       unixMessage({.inode = 22, .cookie = 5}).attribute(2, u32(21)).attribute(0, name),
                       unixMessage({.state = 10, .inode = 23, .cookie = 6}).attribute(3, u32s({24}))},
            1, 2);
    write("netlink", "unix-pair", u8(2) + dump(indexOf("unix"), pair, 1));
    const auto mptcp
        = inetMessage({.local = "10.0.0.1", .localPort = 443, .cookie = 8}).attribute(2, QByteArray(120, '\1'));
    const auto subflow = inetMessage({.local = "10.0.0.1", .localPort = 443, .cookie = 9})
                             .attribute(19, attribute(3, attribute(1, u32(0x01010101)) + attribute(4, u32(1))));
    write("netlink", "two-dumps", u8(0) + dump(indexOf("mptcp"), mptcp) + dump(indexOf("tcp"), subflow));
}

void writeAnswers()
{
    const QByteArray keys = QByteArray("\2\40\4\0", 4) + QByteArray(16, '\0') + QByteArray(80, 'k');
    const auto keyed = inetMessage({.cookie = 1, .inode = 5}).attribute(18, keys + keys).attribute(8, u8(0));
    const QByteArray good = datagram({keyed, inetMessage({.cookie = 2})}, 1, 2);
    const auto received = [](const QByteArray &bytes, quint8 trouble = 0) { return u8(trouble) + piece(bytes); };
    write("transport", "two-datagrams", u8(0) + received(good) + received(done(1, 2)));
    write("transport", "stranger", u8(0) + received(datagram({keyed}, 9, 2)) + received(good + done(1, 2, -2)));
    write("transport", "cut", u8(0) + received(good.chopped(150), 2) + received(done(1, 2)));
    write("transport", "error", u8(0) + received(netlinkError(1, 2, -1)));
    write("transport", "lookup", u8(1) + received(datagram({keyed}, 1, 2)));
}

void writeProcesses()
{
    const QByteArray stat = "7 (a b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22\n";
    const QByteArray status = "Name:\ta\\nb\nState:\tS\nUid:\t1\t2\t3\t4\nNSpid:\t5\t6\nThreads:\t2\nCapEff:\t00ff\n";
    const QByteArray cgroup = "1:name=systemd:/a.service\n0::/docker/0123456789ab/x\\x2dy.scope (deleted)\n";
    write("proc_pid", "stat", "\4" + stat);
    write("proc_pid", "status", "\1" + status);
    write("proc_pid", "cgroup", "\2" + cgroup);
    write("proc_pid", "comm",
        "\3"
        "two\nlines\n");
    QByteArray all = u8(0);
    for (const quint8 pid : {quint8(7), quint8(8)}) {
        all += u8(quint8(pid - 1)) + u8(0);
        for (const QByteArray &text :
            {stat, status, QByteArray("a b\n"), cgroup, QByteArray("/bin/a\0-b\0", 10), QByteArray("/bin/a"),
                QByteArray("net:[4026531833]"), QByteArray("UserFiles:\t4\n    0: socket:[13]\n")})
            all += u8(0) + piece(text);
        all += u16(13);
    }
    write("proc_pid", "processes", all);
}

void writeLists()
{
    const auto list = [](ProcNetFile file, const QByteArray &text) {
        QByteArray name = pathOf(file);
        write("proc_net", name.replace('/', '-'), u8(quint8(file)) + u8(40) + text);
    };
    list(ProcNetFile::Tcp,
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000001 00:00000000 00000000  1000        0 127 2 0 20 4 31 10 "
        "-1\n");
    list(ProcNetFile::Udp6,
        "  sl  local_address\n  5: 00000000000000000000000001000000:0044 00000000000000000000000000000000:0000 07 "
        "00000000:00000000 00:00000000 00000000     0        0 31 2 0 7\n");
    list(ProcNetFile::Unix,
        "Num       RefCount Protocol Flags    Type St Inode Path\n"
        "00000000a7e31a20: 00000003 00000000 00000000 0001 03 1274119 /x\ny\n"
        "00000000a7e31a21: 00000002 00000000 00010000 0001 01 1274120 @abstract\n");
    list(ProcNetFile::Packet,
        "sk       RefCnt Type Proto  Iface R Rmem   User   Inode\n0000 3 3 0800 1 1 0 0 1274112\n");
    list(ProcNetFile::Netlink,
        "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"
        "0000000000000000 0   1234       00000551 0        0        0     2        0        22\n");
    list(ProcNetFile::SctpEndpoints,
        " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\n0 0 2 10 22 88 0 187 0.0.0.0 fe80:0:0:0:0:0:0:1\n");
    list(ProcNetFile::SctpAssociations,
        " ASSOC\n0 0 2 1 3 0 2 0 0 0 187 8888 4038 127.0.0.1 *1.2.3.4 <-> *127.0.0.1 \t7500 10 10\n");
    list(ProcNetFile::Llc, "SKt\n 2 0 02:00:00:00:00:01@42 02:00:00:00:00:02@AA 12 0 7 5 1\n");
}

void writeTexts()
{
    write("proc_texts", "fdinfo",
        u8(0) + "pos:\t0\nflags:\t02000002\nmnt_id:\t9\nino:\t13\nscm_fds: 2\nUserFiles:\t4\n    0: socket:[13]\n");
    write("proc_texts", "mountinfo",
        u8(1)
            + "66 44 0:4 net:[402] /tmp/a\\040b rw shared:1 - nsfs nsfs rw\n"
              "67 44 0:39 / / rw - proc proc rw,gid=100,hidepid=invisible,subset=pid\n"
              "68 44 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write("proc_texts", "link", u8(2) + "net:[4026531833]");
    write("proc_texts", "mountpoint", u8(2) + "/tmp/a\\040b\\134c");
    write("proc_texts", "protocol", u8(3) + "UNIX-STREAM");
    write("proc_texts", "numbers", u8(3) + u32(38) + u32(5) + u32(0));
    write("proc_texts", "services", u8(4) + "# names\nhttps 443/tcp www # comment\nntp\t123/udp\n");
}

void writeCaptures()
{
    std::mt19937_64 random(7);
    RandomCaptureOptions small;
    small.processes = 1;
    small.dumps = 2;
    small.datagrams = 2;
    small.datagramSize = 80;
    const QByteArray file = written([&](Sink &sink) { writeRandomCapture(random, sink, small); });
    write("capture_file", "whole", u8(0) + file);
    write("capture_file", "cut", u8(0) + file.chopped(20));
    const QByteArray all = decompressed(file);
    const auto header = cbor::itemSize(viewOf(all)).value_or(0);
    write("capture_file", "records", u8(1) + piece(all.sliced(qsizetype(header))));
    const auto four = inetMessage({.local = "127.0.0.1", .cookie = 1});
    const auto six = inetMessage({.family = AF_INET6, .local = "::1", .cookie = 2});
    const QByteArray end = done(1, 2);
    write("ss_dump", "both", datagram({four, four}, 1, 2) + end + datagram({six}, 1, 2) + end);
    write("ss_dump", "cut", datagram({six, four}, 1, 2).chopped(10));
}

void writeWords()
{
    write("filter", "words", u8(0) + "nginx -tcp \"a b\" 443");
    write("filter", "ends", u8(0) + "127.0.0.1:443 [::1]:443 :443 socket:[12] /proc/12/fd/3 /proc/12/task/13/fd/4");
    write("filter", "columns", u8(0) + "proto:tcp -netns:\"a b\" netns:4026531833");
    write("filter", "quotes", u8(0) + "-\"x y\" a\"b c\"d");
    write("filter", "utf16", u8(1) + QByteArray("t\0c\0p\0", 6));
    write("command_line", "list", QByteArray("--list\0--format=csv\0--columns\0process,local\0--why", 48));
    write("command_line", "filter", QByteArray("--list\0--filter\0-tcp \"a b\"\0--output\0/tmp/x", 41));
    write("command_line", "fields", QByteArray("--fields\0--format\0schema", 24));
    write("command_line", "help", QByteArray("-h\0--version", 12));
    write("command_line", "window", QByteArray("-style\0fusion\0--reverse", 23));
    write("settings", "all",
        u8(0)
            + "[window]\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb)\ntree-and-table=360, 1240\ntable-and-details=520, "
              "230\n"
              "[table]\ncolumns=process:120, -pid:60, local:200\nsort=pid\ndescending=true\n[details]\nfolded=TCP, "
              "Memory\n"
              "[refresh]\ninterval=2000\n[show]\ntcp=false\nstate=2\n[view]\nzoom=3\nmarks=false\n"
              "[export]\nformat=json\nfolder=/tmp\n");
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2) {
        std::fprintf(stderr, "usage: make_seeds FOLDER\n");
        return 2;
    }
    top = QString::fromLocal8Bit(arguments[1]);
    writeMessages();
    writeAnswers();
    writeProcesses();
    writeLists();
    writeTexts();
    writeCaptures();
    writeWords();
    return 0;
}
