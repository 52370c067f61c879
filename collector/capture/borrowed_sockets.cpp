// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/borrowed_sockets.h"

#include "collector/capture/proc_file.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>

namespace socktree {

static tl::unexpected<SystemError> failed(const char *what)
{
    return tl::make_unexpected(SystemError{errno, what});
}

/// A copy of a descriptor of another process (pidfd_getfd(2), Linux 5.6). It keeps what it stands for open.
static Result<FileDescriptor> copyOfDescriptor(qint32 tid, qint32 fd)
{
    constexpr unsigned ofThread = O_EXCL; // PIDFD_THREAD, Linux 6.9: the thread may have a table of its own
    FileDescriptor thread(static_cast<int>(syscall(SYS_pidfd_open, tid, ofThread)));
    const FileDescriptor process(thread ? -1 : static_cast<int>(syscall(SYS_pidfd_open, tid, 0u)));
    if (!thread && !process)
        return failed("pidfd_open");
    const int pidfd = thread ? thread.get() : process.get();
    FileDescriptor copy(static_cast<int>(syscall(SYS_pidfd_getfd, pidfd, fd, 0u)));
    if (!copy)
        return failed("pidfd_getfd");
    return copy;
}

static Result<FileDescriptor> openNamespace(const NamespaceWay &way)
{
    if (!way.path.empty()) {
        FileDescriptor file(open(way.path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file)
            return failed("open a network namespace");
        return file;
    }
    const auto socket = copyOfDescriptor(way.pid, way.fd);
    if (!socket)
        return tl::make_unexpected(socket.error());
    constexpr unsigned long namespaceOfSocket = 0x894c; // SIOCGSKNS, Linux 4.10
    FileDescriptor file(ioctl(socket->get(), namespaceOfSocket));
    if (!file)
        return failed("ask a socket for its network namespace");
    return file;
}

/// Entering takes the thread for good: it would have to be let back in, and may not be. So it ends.
Result<void> inNamespace(const NamespaceWay &way, const std::function<void(quint64)> &inside)
{
    Result<void> result;
    std::thread([&] {
        quint64 inode = 0;
        {
            const auto file = openNamespace(way);
            struct stat told;
            if (!file)
                result = tl::make_unexpected(file.error());
            else if (fstat(file->get(), &told) != 0)
                result = failed("stat a network namespace");
            else if (setns(file->get(), CLONE_NEWNET) != 0)
                result = failed("enter a network namespace");
            else
                inode = told.st_ino;
        } // an open file would keep the namespace
        if (result)
            inside(inode);
    }).join();
    return result;
}

static constexpr int soNetnsCookie = 71;

template <typename T> static T socketOption(int socket, int option, T ifNotTold)
{
    T value{};
    socklen_t length = sizeof value;
    return getsockopt(socket, SOL_SOCKET, option, &value, &length) == 0 ? value : ifNotTold;
}

quint64 netnsCookie()
{
    const FileDescriptor any(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    return any ? socketOption(any.get(), soNetnsCookie, quint64(0)) : 0;
}

Text descriptorAttribute(const std::string &path, const char *name)
{
    std::array<char, 4096> value; // a page is the most that a label takes
    const ssize_t size = getxattr(path.c_str(), name, value.data(), value.size());
    if (size < 0)
        return {.got = gotFor(errno), .error = errno};
    return {.got = Got::Read, .bytes = QByteArray(value.data(), size)};
}

static QByteArray addressBy(int (*ask)(int, sockaddr *, socklen_t *), int socket)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (ask(socket, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return {};
    return QByteArray(reinterpret_cast<const char *>(&address),
        static_cast<qsizetype>(std::min<std::size_t>(length, sizeof address)));
}

void askDescriptor(qint32 tid, qint32 fd, LoneSocketRecord &record)
{
    const auto socket = copyOfDescriptor(tid, fd);
    struct stat told;
    if (!socket || fstat(socket->get(), &told) != 0) {
        record.error = socket ? errno : socket.error().error;
        record.got = gotFor(record.error);
        return;
    }
    if (told.st_ino != record.inode) { // closed, and the number used again
        record.got = Got::Gone;
        return;
    }
    constexpr int soCookie = 57;
    record.got = Got::Read;
    record.family = socketOption(socket->get(), SO_DOMAIN, -1);
    record.type = socketOption(socket->get(), SO_TYPE, -1);
    record.protocol = socketOption(socket->get(), SO_PROTOCOL, -1);
    record.cookie = socketOption(socket->get(), soCookie, quint64(0));
    record.netns = socketOption(socket->get(), soNetnsCookie, quint64(0));
    record.local = addressBy(getsockname, socket->get());
    record.remote = addressBy(getpeername, socket->get());
}

} // namespace socktree
