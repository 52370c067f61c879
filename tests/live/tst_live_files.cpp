// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of this very system as files, and what the ss that is installed writes.
#include "collector/capture/capture_writer.h"
#include "collector/capture/live_reader.h"
#include "collector/capture/redacting_sink.h"
#include "collector/capture/tee_sink.h"
#include "collector/snapshot/snapshot_builder.h"
#include "model/opened_capture.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/exported.h"
#include "tests/support/live_programs.h"
#include "tests/support/warnings.h"

#include <QtCore/QBuffer>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace socktree;
using namespace socktree::test;

namespace {

/// Listens on the loopback address of its family.
class Listener
{
public:
    explicit Listener(int family) : m_fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_storage address = {};
        address.ss_family = static_cast<sa_family_t>(family);
        if (family == AF_INET)
            reinterpret_cast<sockaddr_in *>(&address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        else
            reinterpret_cast<sockaddr_in6 *>(&address)->sin6_addr = in6addr_loopback;
        const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        m_listens = ::bind(m_fd, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(m_fd, 7) == 0;
    }
    ~Listener() { ::close(m_fd); }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;
    bool listens() const { return m_listens; }
    quint64 cookie() const
    {
        quint64 cookie = 0;
        socklen_t length = sizeof cookie;
        ::getsockopt(m_fd, SOL_SOCKET, SO_COOKIE, &cookie, &length);
        return cookie;
    }

private:
    int m_fd;
    bool m_listens = false;
};

OpenedCapture opened(const QByteArray &file)
{
    QBuffer buffer;
    buffer.setData(file);
    buffer.open(QIODevice::ReadOnly);
    return openCapture(buffer);
}

const Socket *socketWith(const Snapshot &snapshot, quint64 cookie)
{
    for (const Socket &socket : snapshot.sockets)
        if (socket.cookie == cookie)
            return &socket;
    return nullptr;
}

} // namespace

class LiveFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void aFileShowsWhatTheSameCaptureShowed()
    {
        const Listener four(AF_INET), six(AF_INET6);
        QVERIFY(four.listens());
        LiveReader reader(systemSources());
        QByteArray file;
        CaptureWriter writer(
            [&](QByteArrayView bytes) {
                file += bytes;
                return true;
            },
            {});
        SnapshotBuilder builder(true, true);
        TeeSink both(builder, writer);
        reader.capture(Needs(), both, {});
        const SnapshotPtr shown = builder.take({.file = true});
        const OpenedCapture again = opened(file);
        QVERIFY(again.result.complete && again.result.owners);
        QVERIFY(socketWith(*again.snapshot, four.cookie()));
        QCOMPARE(again.snapshot->sockets.size(), shown->sockets.size());
        QCOMPARE(everythingOf(again.snapshot), everythingOf(shown));
    }

    void aRedactedFileHasNoCommandLines()
    {
        LiveReader reader(systemSources());
        const QByteArray file = written([&](Sink &sink) {
            RedactingSink redacting(sink);
            reader.capture(Needs(), redacting, {});
        });
        const OpenedCapture again = opened(file);
        QVERIFY(again.result.complete);
        const Process *self = again.snapshot->findProcess(::getpid());
        QVERIFY(self && self->cmdline.isEmpty() && self->exe.isEmpty() && self->commandWithheld);
        QVERIFY(!decompressed(file).contains(QCoreApplication::applicationFilePath().toUtf8()));
    }

    void theProgramRecordsAndOpens()
    {
        const Listener four(AF_INET);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("capture"));
        QCOMPARE(run(socktreeProgram(), {QStringLiteral("--record"), path}).status, 0);
        const QString columns = QStringLiteral("cookie");
        const Outcome list = run(socktreeProgram(),
            {QStringLiteral("--list"), QStringLiteral("--columns"), columns, QStringLiteral("--open"), path});
        QCOMPARE(list.status, 0);
        QVERIFY(list.output.contains("0x" + QByteArray::number(four.cookie(), 16)));
        // Through pipes, too.
        const Outcome piped = run(QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"),
                QStringLiteral("'%1' --record - | '%1' --list --columns cookie --open -").arg(socktreeProgram())});
        QCOMPARE(piped.status, 0);
        QVERIFY(piped.output.contains("0x" + QByteArray::number(four.cookie(), 16)));
    }

    void opensWhatTheInstalledSsWrites()
    {
        const QString ss = QStandardPaths::findExecutable(
            QStringLiteral("ss"), {QStringLiteral("/usr/bin"), QStringLiteral("/bin"), QStringLiteral("/usr/sbin")});
        QVERIFY2(!ss.isEmpty(), "ss, of iproute2, is not installed");
        const Listener four(AF_INET), six(AF_INET6);
        if (!six.listens())
            QSKIP("this system has no IPv6");
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ss"));
        QCOMPARE(run(ss, {QStringLiteral("-tanD"), path}).status, 0);
        const auto dump = openCapture(path);
        QVERIFY(dump && dump->result.complete && dump->result.format == CaptureFormat::SsDump);
        for (const Listener *one : {&four, &six}) { // the second is behind the first NLMSG_DONE
            const Socket *socket = socketWith(*dump->snapshot, one->cookie());
            QVERIFY(socket && socket->protocol == Protocol::Tcp);
            QCOMPARE(socket->sendQueue, 7u);
        }
        QCOMPARE(dump->snapshot->dumps.size(), std::size_t(2));
        QVERIFY(dump->snapshot->problems.empty());
    }
};

QTEST_GUILESS_MAIN(LiveFiles)
#include "tst_live_files.moc"
