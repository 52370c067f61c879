// SPDX-License-Identifier: GPL-3.0-or-later
// What the texts in a process's folder of the proc file system say: pure functions of bytes that somebody else read.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>

namespace socktree {

/// Of the file "stat".
struct PidStat {
    qint32 pid = 0;
    QByteArray comm; ///< raw: blanks, brackets and newlines may be in it
    char state = '?';
    qint32 parent = 0;
    std::optional<qint32> group, session; ///< process group and session, by the pid of who leads them
    qint32 threads = 0;
    quint64 startTime = 0; ///< clock ticks after boot, field 22
};
/// Nothing if the text does not reach the start time.
std::optional<PidStat> parseStat(QByteArrayView text);

/// The effective user in the file "status", if it is told.
std::optional<quint32> effectiveUid(QByteArrayView status);

/// The file "comm": the text without the one newline that ends it; a newline of the name's own stays.
QByteArray parseComm(QByteArrayView text);

/// The file "attr/current": the label of SELinux, AppArmor or Smack, without what ends it: a newline, a NUL, or both.
QByteArray parseContext(QByteArrayView text);

/// The path in the file "cgroup" that says most of where the process belongs: of the unified hierarchy; on hybrid
/// hosts, where that is only "/", of name=systemd, else of the first hierarchy that has more than "/". Nothing if no
/// line has a path.
std::optional<QByteArray> parseCgroup(QByteArrayView text);

} // namespace socktree
