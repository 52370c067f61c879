// SPDX-License-Identifier: GPL-3.0-or-later
// What the texts in a process's folder of the proc file system say: pure functions of bytes that somebody else read.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>
#include <vector>

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

/// Of the file "status". The set of its lines grows with the kernel, so each fact may be missing.
struct PidStatus {
    std::optional<QByteArray> name; ///< raw again: the file's escapes are undone
    std::optional<char> state;
    std::optional<quint32> realUid;
    std::optional<quint32> uid; ///< effective
    std::vector<qint32> nsPids; ///< pid in each nested namespace, innermost last; empty if not told
    std::optional<quint32> threads;
    std::optional<quint64> effectiveCapabilities;
};
/// Nothing if not one of these lines is there.
std::optional<PidStatus> parseStatus(QByteArrayView text);

/// The file "comm": the text without the one newline that ends it; a newline of the name's own stays.
QByteArray parseComm(QByteArrayView text);

/// The file "attr/current": the label of SELinux, AppArmor or Smack, without what ends it: a newline, a NUL, or both.
QByteArray parseContext(QByteArrayView text);

/// The path in the file "cgroup" that says most of where the process belongs: of the unified hierarchy; on hybrid
/// hosts, where that is only "/", of name=systemd, else of the first hierarchy that has more than "/". Nothing if no
/// line has a path.
std::optional<QByteArray> parseCgroup(QByteArrayView text);

} // namespace socktree
