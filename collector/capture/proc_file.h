// SPDX-License-Identifier: GPL-3.0-or-later
// Reads files, links and directories whole, and says why they are not there.
#pragma once

#include "collector/capture/record.h"

#include <dirent.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace socktree {

/// Owns a file descriptor.
class FileDescriptor
{
public:
    explicit FileDescriptor(int fd = -1) : m_fd(fd) { }
    ~FileDescriptor();
    FileDescriptor(FileDescriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;
    FileDescriptor &operator=(FileDescriptor &&) = delete;
    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }

private:
    int m_fd;
};

struct CloseDirectory {
    void operator()(DIR *directory) const { closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

/// Which of the ways not to be there an errno is: the thing is gone, we may not see it, or something is broken.
Got gotFor(int error);

/// The file's text, at most @p most bytes of it. @p directory and @p path as for openat(2).
Text readText(int directory, const char *path, qsizetype most = 65'536);
/// Where a symbolic link points.
Text readLink(int directory, const char *path);
/// The number in a link like "socket:[4711]", if @p kind is "socket"; nothing for what is another kind of link.
std::optional<quint64> linkInode(QByteArrayView kind, QByteArrayView link);
/// For the files in it only: opening needs no right to list it. Invalid with errno set if it cannot be had.
FileDescriptor openPath(int directory, const char *path);
/// For listing. Null with errno set if it cannot be had.
Directory openDirectory(int directory, const char *path);
/// The names in it that are numbers, as pids, tids and descriptors are. Returns 0 or the errno that broke the listing
/// off.
int listNumbers(DIR *directory, std::vector<qint32> &numbers);

} // namespace socktree
