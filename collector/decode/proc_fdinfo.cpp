// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_fdinfo.h"

#include "collector/decode/proc_text.h"

#include <linux/fcntl.h>

namespace socktree {

using namespace proctext;

/// "1: FLOCK  ADVISORY  WRITE 31753 00:09:3532973 0 EOF", as the kernel's fs/locks.c (lock_get_status) writes it. What
/// has another form stays as it is.
static QByteArray lockOf(QByteArrayView line)
{
    QByteArray simple = line.toByteArray().simplified();
    const QList<QByteArray> words = simple.split(' ');
    if (words.size() != 8)
        return simple;
    const QByteArray lock = words[1].toLower() + ' ' + words[3].toLower();
    return words[6] == "0" && words[7] == "EOF" ? lock : lock + ' ' + words[6] + '-' + words[7].toLower();
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

FdInfo parseFdInfo(QByteArrayView text)
{
    FdInfo info;
    // Other lists of an io_uring number their lines alike.
    bool inUserFiles = false;
    while (text.contains('\n')) {
        QByteArrayView value = takeUntil(text, '\n');
        const QByteArrayView key = takeUntil(value, ':');
        value = value.trimmed();
        if (inUserFiles && number(key.trimmed())) {
            // Files come with their path, which begins with a slash.
            if (const auto inode = inodeOfLink(value, "socket"))
                info.registeredSockets.push_back(*inode);
            continue;
        }
        inUserFiles = key == "UserFiles";
        if (key == "flags")
            info.flags = numberAs<quint32>(value, 8);
        else if (key == "ino")
            info.inode = number(value);
        else if (key == "lock" && !value.isEmpty())
            info.locks += lockOf(value);
    }
    if (!text.isEmpty() && !info.locks.isEmpty()) // whoever read it stopped here
        info.locks += "…";
    return info;
}

} // namespace socktree
