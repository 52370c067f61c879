// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/standard_streams.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace socktree {

bool keepStandardStreams()
{
    // Opened the wrong way round, so that using it is the error it would have been. In ascending order, since open
    // takes the lowest number that is free; and not O_CLOEXEC, so that what we may start is as safe.
    constexpr int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
        if (::fcntl(fd, F_GETFD) < 0 && errno == EBADF && ::open("/dev/null", modes[fd]) != fd)
            return false;
    }
    return true;
}

} // namespace socktree
