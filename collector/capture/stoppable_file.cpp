// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/stoppable_file.h"

#include <QtCore/QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace socktree {

StoppableFile::~StoppableFile()
{
    if (m_ours)
        ::close(m_descriptor);
}

qint64 StoppableFile::failed(int error)
{
    setErrorString(QString::fromLocal8Bit(std::strerror(error)));
    return -1;
}

bool StoppableFile::openPath(const QString &path)
{
    m_ours = path != QLatin1String("-");
    // Not waiting: a pipe without a writer would let us wait in here, where nothing can stop us.
    m_descriptor = m_ours ? ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
                          : STDIN_FILENO;
    m_ours = m_ours && m_descriptor >= 0;
    struct stat status {
    };
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0) {
        failed(errno);
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        failed(EISDIR);
        return false;
    }
    return QIODevice::open(ReadOnly | Unbuffered);
}

qint64 StoppableFile::readData(char *data, qint64 most)
{
    constexpr int untilStopIsSeen = 100; // ms
    while (!m_stop.stop_requested()) {
        pollfd wait{m_descriptor, POLLIN, 0};
        const int ready = ::poll(&wait, 1, untilStopIsSeen);
        if (ready < 0 && errno != EINTR)
            return failed(errno);
        if (ready <= 0)
            continue;
        const ssize_t got = ::read(m_descriptor, data, static_cast<std::size_t>(most));
        if (got >= 0)
            return got;
        if (errno != EINTR && errno != EAGAIN)
            return failed(errno);
    }
    return failed(ECANCELED);
}

} // namespace socktree
