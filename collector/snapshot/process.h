// SPDX-License-Identifier: GPL-3.0-or-later
// A process and what it holds, understood.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/qhashfunctions.h>

#include <compare>
#include <optional>

namespace socktree {

/// Pids come back; a process is its pid and start time.
struct ProcessKey {
    qint32 pid = 0;
    quint64 startTime = 0; ///< clock ticks after boot, stat field 22
    auto operator<=>(const ProcessKey &) const = default;
};
inline size_t qHash(const ProcessKey &k, size_t seed = 0) noexcept
{
    return qHashMulti(seed, k.pid, k.startTime);
}

struct Process {
    ProcessKey key;
    std::optional<qint32> parent; ///< pid; 0: none that is seen from the reader's namespace of pids, here and below
    std::optional<qint32> group, session; ///< process group and session: pid of who leads them
    QByteArray comm;                      ///< raw bytes
    QByteArray cmdline;                   ///< raw, arguments ended by NUL; empty for kernel threads and zombies
    QByteArray exe;                       ///< empty if not readable
    QByteArray cgroup;                    ///< path of the unified hierarchy, else of name=systemd
    QByteArray unit;                      ///< systemd unit or container, "" if the cgroup names none
    std::optional<quint32> uid;           ///< effective
    QByteArray context;                   ///< label of a security module, raw
    Got contextGot = Got::Gone;           ///< Read and empty: it has none; Gone: not told
    char state = '?';
    quint16 netns = 0xffff;       ///< Snapshot::namespaces it is in; 0xffff: not told
    bool commandWithheld = false; ///< the capture left out command line and program, whatever they were
    Got descriptors = Got::Gone;  ///< Denied: some or all of its sockets are hidden from us
    bool operator==(const Process &) const = default;
};

/// Process @p process (index in Snapshot::processes) holds a socket at @p fd of thread @p tid's table, or registered
/// with the io_uring instance at @p fd, or by mapping its ring.
struct Holder {
    quint32 process = 0;
    qint32 tid = 0;
    qint32 fd = 0;                ///< -1: none
    bool registered = false;      ///< with io_uring: fd is the ring's
    bool mapped = false;          ///< its ring is in the process's memory, and its descriptor was closed
    bool flagsAsked = false;      ///< its fdinfo was read
    std::optional<quint32> flags; ///< of open(), when the processes were read
    quint32 note = noNote;        ///< place in Snapshot::descriptorNotes
    static constexpr quint32 noNote = ~quint32(0);
    bool isDirect() const { return !registered && !mapped; } ///< fd is the socket's own
    bool operator==(const Holder &) const = default;
};

/// What most descriptors have none of: locks, and on a kernel without SELinux a label.
struct DescriptorNote {
    QList<QByteArray> locks;  ///< FdInfo::locks
    QByteArray label;         ///< that a security module gave the socket, raw
    Got labelGot = Got::Read; ///< Read and empty: it has none; Gone: not told
    bool operator==(const DescriptorNote &) const = default;
};

} // namespace socktree
