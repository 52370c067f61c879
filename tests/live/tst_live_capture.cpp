// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/dump_requests.h"
#include "collector/capture/frames.h"
#include "collector/capture/live_reader.h"
#include "collector/capture/proc_file.h"
#include "collector/capture/stat_glance.h"
#include "tests/support/recording_sink.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

using namespace socktree;
using namespace socktree::test;

namespace {

/// A socket of this test's own, and what the kernel says of it to its owner.
class OwnSocket
{
public:
    explicit OwnSocket(int fd) : m_fd(fd) { }
    OwnSocket(int family, int type) : OwnSocket(::socket(family, type | SOCK_CLOEXEC, 0)) { }
    ~OwnSocket() { close(m_fd); }
    OwnSocket(const OwnSocket &) = delete;
    OwnSocket &operator=(const OwnSocket &) = delete;

    int fd() const { return m_fd; }

    quint64 cookie() const
    {
        quint64 cookie = 0;
        socklen_t length = sizeof cookie;
        getsockopt(m_fd, SOL_SOCKET, SO_COOKIE, &cookie, &length);
        return cookie;
    }

    quint64 inode() const
    {
        struct stat told = {};
        fstat(m_fd, &told);
        return told.st_ino;
    }

    bool bindToLoopback() const
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return bind(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    }

    sockaddr_in name() const
    {
        sockaddr_in address = {};
        socklen_t length = sizeof address;
        getsockname(m_fd, reinterpret_cast<sockaddr *>(&address), &length);
        return address;
    }

    bool connectTo(const OwnSocket &other) const
    {
        const sockaddr_in address = other.name();
        return connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    }

private:
    int m_fd;
};

std::vector<QByteArray> messagesOf(const QByteArray &datagrams)
{
    std::vector<QByteArray> messages;
    auto bytes = std::as_bytes(std::span(datagrams.constData(), std::size_t(datagrams.size())));
    while (const auto frame = frameAt(bytes)) {
        const auto payload = bytes.subspan(sizeof(nlmsghdr), frame->size - sizeof(nlmsghdr));
        messages.push_back(QByteArray(reinterpret_cast<const char *>(payload.data()), qsizetype(payload.size())));
        bytes = bytes.subspan(frame->advance);
    }
    return messages;
}

quint64 cookieOf(const QByteArray &message)
{
    const std::size_t offset
        = message[0] == AF_UNIX ? offsetof(unix_diag_msg, udiag_cookie) : offsetof(inet_diag_msg, id.idiag_cookie);
    std::array<quint32, 2> words;
    std::memcpy(words.data(), message.constData() + offset, sizeof words);
    return quint64(words[1]) << 32 | words[0];
}

quint32 inodeOf(const QByteArray &message)
{
    const std::size_t offset
        = message[0] == AF_UNIX ? offsetof(unix_diag_msg, udiag_ino) : offsetof(inet_diag_msg, idiag_inode);
    quint32 inode;
    std::memcpy(&inode, message.constData() + offset, sizeof inode);
    return inode;
}

QByteArray messageOf(const RecordingSink &sink, quint8 family, quint8 protocol, const OwnSocket &socket)
{
    QByteArray found;
    int count = 0;
    for (const QByteArray &message : messagesOf(sink.dumpOf(family, protocol)->bytes())) {
        if (cookieOf(message) == socket.cookie()) {
            found = message;
            ++count;
        }
    }
    return count == 1 ? found : QByteArray();
}

bool isHeld(const RecordingSink &sink, const OwnSocket &socket)
{
    const ProcessRecord *self = sink.processWith(getpid());
    return self && std::any_of(self->descriptors.begin(), self->descriptors.end(), [&](const Descriptor &one) {
        return one.tid == getpid() && one.fd == socket.fd() && one.inode == socket.inode();
    });
}

} // namespace

static std::vector<qint32> tidsOf(const RecordingSink &sink, qint32 pid, quint64 inode)
{
    std::vector<qint32> tids;
    const ProcessRecord *process = sink.processWith(pid);
    for (const Descriptor &one : process ? process->descriptors : std::vector<Descriptor>()) {
        if (one.inode == inode)
            tids.push_back(one.tid);
    }
    return tids;
}

class TestLiveCapture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        if (const auto dialled = systemSources().dial(); !dialled)
            QSKIP(qPrintable(QStringLiteral("sock_diag cannot be had here: ")
                + QString::fromUtf8(std::strerror(dialled.error().error))));
    }

    void findsItsOwnTcpSockets()
    {
        const OwnSocket listener(AF_INET, SOCK_STREAM);
        QVERIFY(listener.bindToLoopback() && listen(listener.fd(), 1) == 0);
        const OwnSocket client(AF_INET, SOCK_STREAM);
        QVERIFY(client.connectTo(listener));
        const OwnSocket server(accept(listener.fd(), nullptr, nullptr));
        const auto sink = capture();
        for (const OwnSocket *socket : {&listener, &client, &server}) {
            const QByteArray message = messageOf(*sink, AF_INET, IPPROTO_TCP, *socket);
            QVERIFY(!message.isEmpty());
            QCOMPARE(quint64(inodeOf(message)), socket->inode());
            QVERIFY(isHeld(*sink, *socket));
        }
    }

    void findsItsOwnUdpSocket()
    {
        const OwnSocket socket(AF_INET, SOCK_DGRAM);
        QVERIFY(socket.bindToLoopback());
        const auto sink = capture();
        const auto *dump = sink->dumpOf(AF_INET, IPPROTO_UDP);
        if (dump->endings.at(0).end == DumpEnd::Unsupported)
            QSKIP("this kernel has no udp_diag");
        QCOMPARE(quint64(inodeOf(messageOf(*sink, AF_INET, IPPROTO_UDP, socket))), socket.inode());
        QVERIFY(isHeld(*sink, socket));
    }

    void findsItsOwnUnixSockets()
    {
        std::array<int, 2> fds;
        QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()), 0);
        const OwnSocket one(fds[0]), other(fds[1]);
        const auto sink = capture();
        if (sink->dumpOf(AF_UNIX, 0)->endings.at(0).end == DumpEnd::Unsupported)
            QSKIP("this kernel has no unix_diag");
        for (const OwnSocket *socket : {&one, &other}) {
            QCOMPARE(quint64(inodeOf(messageOf(*sink, AF_UNIX, 0, *socket))), socket->inode());
            QVERIFY(isHeld(*sink, *socket));
        }
    }

    void findsWhatAThreadHoldsInATableOfItsOwn()
    {
        std::promise<std::pair<qint32, quint64>> made;
        std::promise<void> seen;
        std::thread thread([&] {
            if (unshare(CLONE_FILES) != 0)
                return made.set_value({0, 0});
            const OwnSocket socket(AF_INET, SOCK_DGRAM);
            made.set_value({gettid(), socket.inode()});
            seen.get_future().wait();
        });
        const auto [tid, inode] = made.get_future().get();
        const auto sink = capture();
        seen.set_value();
        thread.join();
        QVERIFY(tid != 0);
        if (!systemSources().sharesDescriptors(getpid(), getpid()))
            QSKIP("kcmp cannot be asked here");
        QCOMPARE(tidsOf(*sink, getpid(), inode), std::vector<qint32>{tid});
    }

    void findsWhatIsLeftOfAProcessWhoseFirstThreadEnded()
    {
        const OwnSocket socket(AF_INET, SOCK_DGRAM);
        const pid_t child = fork();
        if (child == 0) {
            std::thread([] {
                for (;;)
                    pause();
            }).detach();
            syscall(SYS_exit, 0); // this thread's only
        }
        QVERIFY(child > 0);
        const QByteArray stat
            = systemSources().procRoot.c_str() + QByteArray("/") + QByteArray::number(child) + "/stat";
        const bool ended
            = QTest::qWaitFor([&] { return glanceAtStat(readText(AT_FDCWD, stat.constData()).bytes)->isDeadLeader(); });
        const auto sink = capture();
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        QVERIFY(ended);
        const auto tids = tidsOf(*sink, child, socket.inode());
        QCOMPARE(tids.size(), std::size_t(1));
        QVERIFY(tids[0] != child);
        QCOMPARE(sink->processWith(child)->cmdline.bytes, sink->processWith(getpid())->cmdline.bytes);
        QCOMPARE(sink->processWith(child)->exe.bytes, sink->processWith(getpid())->exe.bytes);
    }

    void holdsASocketThatNoDumpLists()
    {
        const OwnSocket never(AF_INET, SOCK_STREAM); // neither bound nor connected
        const auto sink = capture();
        QVERIFY(messageOf(*sink, AF_INET, IPPROTO_TCP, never).isEmpty());
        QVERIFY(isHeld(*sink, never));
    }

    void seesWhatChangesBetweenCaptures()
    {
        LiveReader reader(systemSources());
        auto first = std::make_unique<OwnSocket>(AF_INET, SOCK_DGRAM);
        QVERIFY(isHeld(*capture(reader), *first));
        const int fd = first->fd();
        const quint64 inode = first->inode();
        first.reset();
        const OwnSocket second(AF_INET, SOCK_STREAM); // takes the same descriptor: the count is as before
        QCOMPARE(second.fd(), fd);
        QVERIFY(second.inode() != inode);
        const auto sink = capture(reader);
        QVERIFY(isHeld(*sink, second));
        for (const Descriptor &one : sink->processWith(getpid())->descriptors)
            QVERIFY(one.inode != inode);
    }

    void endsEveryDumpWell()
    {
        const auto sink = capture();
        for (const RecordedDump &dump : sink->dumps) {
            QVERIFY(dump.endings.at(0).end == DumpEnd::Complete || dump.endings.at(0).end == DumpEnd::Unsupported);
            QCOMPARE(dump.endings.at(0).strangers, 0u);
        }
        QVERIFY(!sink->outOfOrder);
        QCOMPARE(sink->finishes, 1);
        QCOMPARE(sink->processesEnds.at(0).got, Got::Read);
        QCOMPARE(sink->hosts.at(0).euid, geteuid());
        QCOMPARE(sink->hosts.at(0).netns, sink->dumps.at(0).scope.netns);
    }

    void namesItsOwnUser()
    {
        const auto name = systemSources().userName(geteuid());
        if (!name)
            QSKIP("our own user has no name here");
        QCOMPARE(capture()->nameOf(NameRecord::Of::User, geteuid()), name);
    }

    void knowsItsClockAndItsDescriptors()
    {
        const Sources sources = systemSources();
        const auto clock = sources.cpuClock(getpid());
        QVERIFY(clock);
        quint64 work = 0;
        while (sources.cpuClock(getpid()) == clock) // ends when the clock moves, as it must: this is work
            ++work;
        QVERIFY(*sources.cpuClock(getpid()) > *clock);
        const auto before = sources.fdCount(getpid());
        if (!before)
            QSKIP("this kernel does not tell how many descriptors a process has (Linux 6.2)");
        const OwnSocket one(AF_INET, SOCK_DGRAM);
        QCOMPARE(sources.fdCount(getpid()), std::optional(*before + 1));
    }

    void cannotAskForTheClockOfAProcessThatIsNot()
    {
        QVERIFY(!systemSources().cpuClock(0x7ffffffe));
        QVERIFY(!systemSources().userName(4294967294u));
        QVERIFY(!systemSources().interfaceName(0x7ffffffe));
        QVERIFY(systemSources().interfaceName(1)); // the loopback device is everywhere
    }

    void looksUpExactlyOneSocket()
    {
        const OwnSocket tcp(AF_INET, SOCK_STREAM), udp(AF_INET, SOCK_DGRAM), other(AF_INET, SOCK_DGRAM);
        QVERIFY(tcp.bindToLoopback() && listen(tcp.fd(), 1) == 0);
        QVERIFY(udp.bindToLoopback() && other.bindToLoopback() && udp.connectTo(other));
        QCOMPARE(found(lookupRequest(lookup(tcp, IPPROTO_TCP), 1)), tcp.cookie());
        QCOMPARE(found(lookupRequest(lookup(other, IPPROTO_UDP), 2)), other.cookie());
        InetLookup connected = lookup(udp, IPPROTO_UDP);
        connected.remote = connected.local;
        connected.remotePort = other.name().sin_port;
        QCOMPARE(found(lookupRequest(connected, 3)), udp.cookie());
        connected.cookie = other.cookie();
        QCOMPARE(found(lookupRequest(connected, 4)), quint64(0));

        std::array<int, 2> fds;
        QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()), 0);
        const OwnSocket one(fds[0]), another(fds[1]);
        QCOMPARE(found(unixLookupRequest(quint32(one.inode()), one.cookie(), 0x7f, 5)), one.cookie());
        QCOMPARE(found(unixLookupRequest(quint32(one.inode()), another.cookie(), 0x7f, 6)), quint64(0));
    }

    void saysWhetherASocketIsStillThere()
    {
        LiveReader reader(systemSources());
        InetLookup gone;
        {
            const OwnSocket tcp(AF_INET, SOCK_STREAM);
            QVERIFY(tcp.bindToLoopback() && listen(tcp.fd(), 1) == 0);
            gone = lookup(tcp, IPPROTO_TCP);
            QCOMPARE(
                reader.isThere(gone), std::optional<bool>()); // before the first capture there is nothing to ask for
            capture(reader);
            QCOMPARE(reader.isThere(gone), std::optional(true));
        }
        QCOMPARE(reader.isThere(gone), std::optional(false));
        std::array<int, 2> fds;
        QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()), 0);
        const OwnSocket one(fds[0]), another(fds[1]);
        const auto inode = quint32(one.inode());
        QCOMPARE(reader.isThereUnix(inode, one.cookie()), std::optional(true));
        QCOMPARE(reader.isThereUnix(inode, another.cookie()), std::optional(false));
        QCOMPARE(reader.isThereUnix(0, one.cookie()), std::optional<bool>());
        int asked = 0;
        while (asked < 10000 && reader.isThereUnix(inode, one.cookie()))
            ++asked;
        QVERIFY(asked > 100 && asked < 10000); // so a refresh stays short, whatever is missing
    }

private:
    static std::unique_ptr<RecordingSink> capture(LiveReader &reader)
    {
        auto sink = std::make_unique<RecordingSink>();
        reader.capture({}, *sink, {});
        return sink;
    }

    static std::unique_ptr<RecordingSink> capture()
    {
        LiveReader reader(systemSources());
        return capture(reader);
    }

    static InetLookup lookup(const OwnSocket &socket, quint8 protocol)
    {
        InetLookup lookup;
        lookup.family = AF_INET;
        lookup.protocol = protocol;
        const sockaddr_in name = socket.name();
        std::memcpy(lookup.local.data(), &name.sin_addr, 4);
        lookup.localPort = name.sin_port;
        lookup.cookie = socket.cookie();
        return lookup;
    }

    /// The cookie of the socket that the kernel found, 0 if none.
    static quint64 found(const std::vector<std::byte> &request)
    {
        const auto socket = systemSources().dial();
        std::vector<std::byte> buffer(65536);
        if (!socket || !(*socket)->send(request))
            return 0;
        const auto received = (*socket)->receive(buffer);
        const auto frame = received ? frameAt(std::span(buffer).first(received->size)) : std::nullopt;
        if (!frame || frame->header.nlmsg_type != SOCK_DIAG_BY_FAMILY)
            return 0;
        return cookieOf(QByteArray(reinterpret_cast<const char *>(buffer.data()) + sizeof(nlmsghdr),
            qsizetype(frame->size - sizeof(nlmsghdr))));
    }
};

QTEST_GUILESS_MAIN(TestLiveCapture)
#include "tst_live_capture.moc"
