// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/proc_file.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace socktree {

FileDescriptor::~FileDescriptor()
{
    if (m_fd >= 0)
        close(m_fd);
}

Got gotFor(int error)
{
    switch (error) {
    case 0: return Got::Read;
    case ENOENT:
    case ESRCH: return Got::Gone;
    case EACCES:
    case EPERM: return Got::Denied;
    default: return Got::Broken;
    }
}

static int openAgain(int directory, const char *path, int flags)
{
    int fd;
    do {
        fd = openat(directory, path, flags | O_CLOEXEC);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

static Text withoutText(int error)
{
    return {.got = gotFor(error), .error = error};
}

Text readText(int directory, const char *path, qsizetype most)
{
    const FileDescriptor file(openAgain(directory, path, O_RDONLY | O_NOCTTY));
    if (!file)
        return withoutText(errno);
    Text text{.got = Got::Read};
    std::array<char, 4096> buffer;
    while (text.bytes.size() < most) {
        const auto wanted = std::min<qsizetype>(most - text.bytes.size(), buffer.size());
        const ssize_t size = read(file.get(), buffer.data(), static_cast<std::size_t>(wanted));
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return withoutText(errno);
        if (size == 0)
            break;
        text.bytes.append(buffer.data(), size);
    }
    return text;
}

Text readLink(int directory, const char *path)
{
    std::array<char, PATH_MAX> target;
    const ssize_t size = readlinkat(directory, path, target.data(), target.size());
    if (size < 0)
        return withoutText(errno);
    return {.got = Got::Read, .bytes = QByteArray(target.data(), size)};
}

std::optional<quint64> linkInode(QByteArrayView kind, QByteArrayView link)
{
    if (!link.startsWith(kind) || !link.sliced(kind.size()).startsWith(":[") || !link.endsWith(']'))
        return std::nullopt;
    const char *const end = link.end() - 1;
    quint64 inode;
    const auto parsed = std::from_chars(link.begin() + kind.size() + 2, end, inode);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(inode) : std::nullopt;
}

FileDescriptor openPath(int directory, const char *path)
{
    return FileDescriptor(openAgain(directory, path, O_PATH | O_DIRECTORY));
}

Directory openDirectory(int directory, const char *path)
{
    const int fd = openAgain(directory, path, O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return nullptr;
    Directory result(fdopendir(fd));
    if (!result) {
        const int error = errno;
        close(fd);
        errno = error;
    }
    return result;
}

int listNumbers(DIR *directory, std::vector<qint32> &numbers)
{
    while (true) {
        errno = 0;
        const dirent *entry = readdir(directory);
        if (!entry)
            return errno;
        const char *end = entry->d_name + std::strlen(entry->d_name);
        qint32 number;
        const auto parsed = std::from_chars(entry->d_name, end, number);
        if (parsed.ec == std::errc() && parsed.ptr == end && number >= 0)
            numbers.push_back(number);
    }
}

} // namespace socktree
