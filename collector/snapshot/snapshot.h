// SPDX-License-Identifier: GPL-3.0-or-later
// The moment understood: sockets joined with their holders. Immutable once built, so shared between threads without a
// lock.
#pragma once

#include "collector/capture/record.h"
#include "collector/decode/bytes.h"
#include "collector/snapshot/process.h"
#include "collector/snapshot/socket.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>

#include <memory>
#include <span>
#include <vector>

namespace socktree {

/// How one dump went. Only a complete one can say that a socket is gone.
struct DumpOutcome {
    Scope scope;
    DumpEnding ending;
    quint32 rows = 0;
    quint32 damaged = 0; ///< messages or bytes that were not understood: their rows, or parts of them, are missing
};

/// Port and protocol → service name, from the services file.
using ServiceNames = QHash<quint32, QByteArray>;
constexpr quint32 serviceKey(quint16 port, Protocol protocol)
{
    return quint32(port) << 8 | quint32(protocol);
}

struct Snapshot {
    HostRecord host;
    SteadyTime began, ended;
    std::vector<Socket> sockets;    ///< no two with the same key
    std::vector<Process> processes; ///< ascending by pid; in a gathered snapshot a pid may come more than once
    std::vector<Holder> holders;    ///< grouped by inode, each group ascending by (pid, tid, fd)
    std::vector<QByteArray> names;  ///< raw AF_UNIX names
    std::vector<DumpOutcome> dumps; ///< every attempt; the last one of a scope counts
    std::vector<Problem> problems;
    QHash<quint32, QByteArray> users;
    QHash<quint32, QByteArray> interfaces;
    QHash<quint64, QByteArray> cgroups; ///< id → path
    std::shared_ptr<const ServiceNames> services;
    std::vector<QByteArray> chunks; ///< verbatim datagrams, if Needs::messages
    bool ownersRead = false;        ///< false: only the first dumps, processes come later
    quint32 deniedProcesses = 0;    ///< their descriptors may not be read by us
    quint32 vanishedProcesses = 0;
    bool processesComplete = false; ///< /proc itself could be listed

    /// The cookie alone where there is one; the inode alone for rows that only a descriptor names.
    SocketKey keyOf(const Socket &socket) const;
    /// The verbatim message without its nlmsghdr; empty if not kept or if only a descriptor names the socket.
    Bytes message(const Socket &socket) const;
    std::span<const Holder> holdersOf(const Socket &socket) const;
    /// Raw name bytes; empty if unnamed (see Told::Name).
    QByteArray nameOf(const Socket &socket) const;
    /// Unit of the first holder; without a readable holder the unit that the socket's own cgroup names ("created in").
    struct UnitOf {
        QByteArray unit;
        bool createdIn = false;
    };
    UnitOf unitOf(const Socket &socket) const;
    /// Path of the socket's own cgroup, or nothing.
    std::optional<QByteArray> cgroupOf(const Socket &socket) const;
    /// Null if there is none.
    const Process *findProcess(qint32 pid) const;

    /// A snapshot of only these sockets with all they refer to, for rows that outlive theirs.
    std::shared_ptr<const Snapshot> extract(std::span<const quint32> indexes) const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// A row of some snapshot.
struct SocketOf {
    const Snapshot *snapshot;
    quint32 index;
};
/// One snapshot of rows of several, in this order, with all they refer to. What is not said of a row (host, services,
/// counts) is as in @p newest.
SnapshotPtr gather(const Snapshot &newest, std::span<const SocketOf> rows);

} // namespace socktree
