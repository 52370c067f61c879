// SPDX-License-Identifier: GPL-3.0-or-later
// A /proc made of literals in a temporary folder, with processes that run, open, close and die as a test says.
#pragma once

#include "collector/capture/sources.h"

#include <QtCore/QByteArray>
#include <QtCore/QTemporaryDir>

#include <map>
#include <set>
#include <string>

namespace socktree::test {

struct ProcessPieces {
    QByteArray comm = "program"; ///< any bytes, 15 at most in life
    char state = 'S';
    quint32 flags = 0; ///< PF_…
    qint64 threads = 1;
    quint64 startTime = 1000;
    qint32 parent = 1;
    quint32 uid = 1000;
    QByteArray cmdline = QByteArray("program\0--flag\0", 15);
    QByteArray cgroup = "0::/system.slice/program.service\n";
    QByteArray exe = "/usr/bin/program"; ///< empty: no such link
};

class ProcFixture
{
public:
    ProcFixture();
    std::string root() const;
    QString folder(qint32 pid) const;

    void add(qint32 pid, const ProcessPieces &pieces = {});
    void remove(qint32 pid);
    /// @p file may lie deeper: "task/12/cmdline".
    void write(qint32 pid, const char *file, const QByteArray &bytes);
    void hold(qint32 pid, qint32 fd, const QByteArray &target, const char *table = "fd");
    void holdSocket(qint32 pid, qint32 fd, quint64 inode, const char *table = "fd");
    void release(qint32 pid, qint32 fd);
    /// Its CPU clock moves on.
    void run(qint32 pid) { clocks[pid] += 1000; }

    /// proc root, CPU clocks and descriptor counts of the fixture; nothing else can tell anything. Keep the fixture
    /// alive.
    Sources sources();

    std::map<qint32, quint64> clocks; ///< a process without one has no clock to be asked
    std::set<qint32> ownTables;       ///< threads that do not share their process's descriptors
    Unseen unseen = Unseen::None;
    bool tellsFdCounts = true; ///< false: as kernels before 6.2

private:
    QTemporaryDir m_folder;
};

/// Text of /proc/PID/stat and /proc/PID/status as a kernel would write them.
QByteArray statText(qint32 pid, const ProcessPieces &pieces);
QByteArray statusText(qint32 pid, const ProcessPieces &pieces);

} // namespace socktree::test
