// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/target.h"

#include <cerrno>
#include <climits>
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

} // namespace

tl::expected<Target, int> targetOf(const QByteArray &path)
{
    QByteArray at = path;
    constexpr int mostLinks = 40; // as the kernel has it
    for (int links = 0; links <= mostLinks; ++links) {
        struct stat found {
        };
        if (lstat(at.constData(), &found) < 0)
            return errno == ENOENT ? tl::expected<Target, int>(Target{true, at}) : tl::unexpected(errno);
        if (S_ISREG(found.st_mode))
            return Target{true, at};
        if (!S_ISLNK(found.st_mode) || isOnProc(folderOf(at)))
            return Target{false, path};
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
