// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_fdinfo.h"

#include "collector/decode/proc_text.h"

#include <linux/fcntl.h>
#include <sys/socket.h>

namespace socktree {

using namespace proctext;

namespace {

/// Its flags are those of open() by definition.
std::optional<bool> hasFlag(std::optional<quint32> flags, int flag)
{
    return flags ? std::optional((*flags & quint32(flag)) != 0) : std::nullopt;
}

/// "    3: socket:[4711]". Files come with their path, which begins with a slash.
void readRegisteredFile(FdInfo &info, QByteArrayView line)
{
    const auto slot = numberAs<quint32>(takeUntil(line, ':').trimmed());
    const auto inode = inodeOfLink(line.trimmed(), "socket");
    if (slot && inode)
        info.registeredSockets.push_back({*slot, *inode});
}

/// "1: FLOCK  ADVISORY  WRITE 31753 00:09:3532973 0 EOF", as the kernel's fs/locks.c (lock_get_status) writes it. What
/// has another form stays as it is.
QByteArray lockOf(QByteArrayView line)
{
    const QByteArray simple = line.toByteArray().simplified();
    const QList<QByteArray> words = simple.split(' ');
    if (words.size() != 8)
        return simple;
    const QByteArray lock = words[1].toLower() + ' ' + words[3].toLower();
    return words[6] == "0" && words[7] == "EOF" ? lock : lock + ' ' + words[6] + '-' + words[7].toLower();
}

} // namespace

std::optional<bool> FdInfo::isNonBlocking() const
{
    return hasFlag(flags, SOCK_NONBLOCK);
}

std::optional<bool> FdInfo::closesOnExec() const
{
    return hasFlag(flags, SOCK_CLOEXEC);
}

QList<QByteArray> openFlagNames(quint32 flags)
{
    struct Named {
        int bit;
        const char *name;
    };
    static constexpr Named named[] = {{O_NONBLOCK, "nonblock"}, {O_CLOEXEC, "cloexec"}, {FASYNC, "async"},
        {O_APPEND, "append"}, {O_DIRECT, "direct"}, {O_NOATIME, "noatime"}, {O_PATH, "path"}};
    static constexpr Named modes[] = {{O_RDONLY, "rdonly"}, {O_WRONLY, "wronly"}, {O_RDWR, "rdwr"}};
    QList<QByteArray> names;
    quint32 rest = flags;
    for (const Named &mode : modes) {
        if ((flags & quint32(O_ACCMODE)) == quint32(mode.bit)) {
            names += mode.name;
            rest &= ~quint32(O_ACCMODE);
        }
    }
    for (const Named &one : named) {
        if (flags & quint32(one.bit)) {
            names += one.name;
            rest &= ~quint32(one.bit);
        }
    }
    if (rest)
        names += "0x" + QByteArray::number(rest, 16);
    return names;
}

std::optional<FdInfo> parseFdInfo(QByteArrayView text)
{
    FdInfo info;
    // Other lists of an io_uring number their lines alike.
    bool inUserFiles = false;
    while (text.contains('\n')) {
        const QByteArrayView line = takeUntil(text, '\n');
        QByteArrayView rest = line;
        const QByteArrayView key = takeUntil(rest, ':');
        const QByteArrayView value = rest.trimmed();
        if (inUserFiles && number(key.trimmed())) {
            readRegisteredFile(info, line);
            continue;
        }
        inUserFiles = key == "UserFiles";
        if (key == "flags")
            info.flags = numberAs<quint32>(value, 8);
        else if (key == "ino")
            info.inode = number(value);
        else if (key == "scm_fds")
            info.scmFds = numberAs<quint32>(value);
        else if (key == "lock" && !value.isEmpty())
            info.locks += lockOf(value);
        else if (inUserFiles)
            info.userFiles = numberAs<quint32>(value);
    }
    const bool any = info.flags || info.inode || info.scmFds || info.userFiles || !info.registeredSockets.empty()
        || !info.locks.isEmpty();
    return any ? std::optional(std::move(info)) : std::nullopt;
}

} // namespace socktree
