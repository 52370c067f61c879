// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/target.h"

#include <QtCore/QList>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace socktree {

namespace {

QByteArray folderOf(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash < 0 ? QByteArray(".") : slash == 0 ? QByteArray("/") : path.left(slash);
}

/// The links of procfs name open files (/dev/stdout leads there): what is open is to be written, and its name may by
/// now be another file's.
bool isOnProc(const QByteArray &folder)
{
    struct statfs found {
    };
    return statfs(folder.constData(), &found) == 0 && found.f_type == PROC_SUPER_MAGIC;
}

/// "/proc/42/fd/1", where 42 is us: to open it anew would begin at the start of the file and write over what others
/// who have it from the same shell wrote, so the descriptor itself is wanted. Threads share it, as "42/task/43/fd/1".
std::optional<int> ownDescriptor(const QByteArray &link)
{
    char real[PATH_MAX];
    bool isNumber = false;
    const int fd = link.mid(link.lastIndexOf('/') + 1).toInt(&isNumber);
    if (!isNumber || !::realpath(folderOf(link).constData(), real))
        return std::nullopt;
    const QByteArrayList parts = QByteArray(real).split('/');
    const bool ofThread = parts.size() > 3 && parts[parts.size() - 3] == "task";
    const qsizetype process = parts.size() - (ofThread ? 4 : 2);
    if (process < 0 || parts.last() != "fd" || parts[process] != QByteArray::number(::getpid()))
        return std::nullopt;
    // Another PID namespace's procfs has another process under our number.
    struct stat named {
    };
    struct stat ours {
    };
    const bool same = ::stat(link.constData(), &named) == 0 && ::fstat(fd, &ours) == 0 && named.st_dev == ours.st_dev
        && named.st_ino == ours.st_ino;
    return same ? std::optional(fd) : std::nullopt;
}

} // namespace

tl::expected<Target, int> targetOf(const QByteArray &path)
{
    QByteArray at = path;
    constexpr int mostLinks = 40; // as the kernel has it
    for (int links = 0; links <= mostLinks; ++links) {
        struct stat found {
        };
        if (lstat(at.constData(), &found) < 0)
            return errno == ENOENT ? tl::expected<Target, int>(Target{true, at, {}}) : tl::unexpected(errno);
        if (S_ISREG(found.st_mode))
            return Target{true, at, {}};
        if (!S_ISLNK(found.st_mode))
            return Target{false, path, {}};
        if (isOnProc(folderOf(at)))
            return Target{false, path, ownDescriptor(at)};
        char link[PATH_MAX];
        const ssize_t length = readlink(at.constData(), link, sizeof link);
        if (length < 0)
            return tl::unexpected(errno);
        const QByteArray next(link, length);
        at = next.startsWith('/') ? next : folderOf(at) + '/' + next;
    }
    return tl::unexpected(ELOOP);
}

} // namespace socktree
