// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/plain_target.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace socktree {

namespace {

constexpr int glance = 50; ///< ms between two looks at whether to stop

bool writeAll(int fd, QByteArrayView bytes, const std::stop_token &stop)
{
    // A pipe that is ready takes this much without making us wait, and nothing could be stopped while write does.
    const qsizetype most = stop.stop_possible() ? PIPE_BUF : bytes.size();
    while (!bytes.isEmpty()) {
        if (stop.stop_requested()) {
            errno = ECANCELED;
            return false;
        }
        pollfd ready{fd, POLLOUT, 0};
        const int polled = ::poll(&ready, 1, glance);
        if (polled == 0 || (polled < 0 && errno == EINTR))
            continue;
        if (polled < 0)
            return false;
        const ssize_t written = ::write(fd, bytes.data(), static_cast<std::size_t>(std::min(bytes.size(), most)));
        if (written >= 0)
            bytes = bytes.sliced(written);
        else if (errno != EAGAIN && errno != EINTR)
            return false;
    }
    return true;
}

} // namespace

OpenFile::OpenFile(int fd) : m_fd(fd), m_error(fd < 0 ? errno : 0) { }

OpenFile::~OpenFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool OpenFile::close()
{
    return ::close(std::exchange(m_fd, -1)) == 0;
}

OpenFile inherited(int fd)
{
    // What was handed to us came through exec, so it cannot be close-on-exec; what we open always is.
    const int flags = ::fcntl(fd, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC)) {
        errno = EBADF;
        return OpenFile(-1);
    }
    return OpenFile(flags < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

OpenFile openPlainly(const QByteArray &path, const Waiting &waiting)
{
    for (;;) {
        // fifo(7): without O_NONBLOCK open would wait for a reader, and nothing could end that.
        const int fd = ::open(path.constData(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (fd >= 0 || errno != ENXIO)
            return OpenFile(fd);
        if (!waiting.forReader || !isPipe(path))
            errno = ENXIO;
        else if (waiting.stop.stop_requested())
            errno = ECANCELED;
        else if (::poll(nullptr, 0, glance) >= 0 || errno == EINTR)
            continue;
        return OpenFile(-1);
    }
}

bool isPipe(const QByteArray &path)
{
    struct stat found {
    };
    return ::stat(path.constData(), &found) == 0 && S_ISFIFO(found.st_mode);
}

tl::expected<void, int> writePlainly(
    OpenFile &file, const std::function<bool(const Output &)> &writer, const Waiting &waiting)
{
    int error = file.error();
    if (error)
        return tl::unexpected(error);
    const bool whole = writer([&](QByteArrayView bytes) {
        if (!error && !writeAll(file.get(), bytes, waiting.stop))
            error = errno;
        return error == 0;
    });
    if (!error && whole && !syncs(file.get()))
        error = errno;
    if (!file.close() && !error)
        error = errno;
    if (!error && !whole)
        error = ECANCELED;
    return error ? tl::expected<void, int>(tl::unexpected(error)) : tl::expected<void, int>();
}

bool syncs(int fd)
{
    return ::fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

} // namespace socktree
