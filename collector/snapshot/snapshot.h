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
#include <QtCore/QList>

#include <memory>
#include <span>
#include <vector>

namespace socktree {

/// How one dump went. Only a complete one can say that a socket is gone.
struct DumpOutcome {
    Scope scope;
    DumpEnding ending;
    quint32 rows = 0;
    quint32 damaged = 0;     ///< messages or bytes that were not understood: their rows, or parts of them, are missing
    bool superseded = false; ///< a later dump of the same scope ended well, and has what this one lacks
    bool stoodInFor = false; ///< a file was read whole that lists what this dump would
};

/// Port and protocol → service name, from the services file.
using ServiceNames = QHash<quint32, QByteArray>;
constexpr quint32 serviceKey(quint32 port, Protocol protocol)
{
    return port << 8 | quint32(protocol);
}

/// Where a row comes from.
enum class Source : quint8 {
    SockDiag,
    ProcNet,   ///< a file of the net folder: the kernel has no handler, or refused, or we may not enter the namespace
    Descriptor ///< no list has it
};

/// A network namespace.
struct NetNamespace {
    quint64 id = 0;    ///< NamespaceRecord::id
    quint64 inode = 0; ///< of nsfs; 0: not told
    /// Nothing: only its sockets are there, and nobody told of it.
    std::optional<NamespaceRecord::Reached> reached = NamespaceRecord::Reached::Home;
    qint32 pid = 0;     ///< a process that is in it, or has a thread that is; 0: none
    QByteArray mounted; ///< where it is mounted; empty: nowhere that we see
    QByteArray name;    ///< as people call it: of ip-netns(8), of the container, else empty
    int error = 0;      ///< errno of entering it
    qint32 tid = 0;     ///< the thread of that process that alone is in it; 0: the process is
    /// Whether there is anything to tell it from others by. Dumps of ss do not say where they were taken.
    bool isTold() const { return id != 0 || inode != 0 || reached; }
    bool operator==(const NetNamespace &) const = default;
};

/// The other end of a socket.
struct Peer {
    quint32 socket = noIndex; ///< in Snapshot::sockets
    bool inferred = false;    ///< by rules that may be wrong: shown as such
    bool operator==(const Peer &) const = default;
};

/// A list that this system cannot give, and why: not an empty one.
struct Unavailable {
    QByteArray what; ///< "sctp over ipv4"
    QByteArray why;  ///< plain English
    bool operator==(const Unavailable &) const = default;
};

/// Where a snapshot came from.
struct Origin {
    bool file = false;          ///< a capture that was opened; false: the running system
    bool incomplete = false;    ///< something of the file could not be read; the problems say what, and where
    bool owners = true;         ///< it tells of processes
    bool socketsOnly = false;   ///< a dump of ss: neither the host nor processes nor names are in such a file
    QByteArray madeBy;          ///< program and version that wrote the file; empty: not told
    QList<QByteArray> withheld; ///< what was left out on purpose when it was written
    /// The file is cut off or damaged, and the processes that it had are not to be read.
    bool ownersLost() const { return incomplete && !owners && !socketsOnly; }
    bool operator==(const Origin &) const = default;
};

struct Snapshot {
    Origin origin;
    HostRecord host;
    SteadyTime began, ended;
    std::vector<Socket> sockets; ///< no two with the same key
    quint32 extras = 0; ///< of a gathered snapshot: so many at the end are there as other ends only, and no rows
    std::vector<Process> processes; ///< ascending by pid; in a gathered snapshot a pid may come more than once
    std::vector<Holder> holders;    ///< grouped by inode, each group ascending by (pid, tid, fd)
    std::vector<DescriptorNote> descriptorNotes; ///< of those that Holder::note leads to
    std::vector<Peer> peers;                     ///< grouped by socket
    std::vector<NetNamespace> namespaces;        ///< the reader's own first
    std::vector<QByteArray> names;               ///< raw AF_UNIX names
    std::vector<QByteArray> labels;              ///< of Protocol::Other: "alg", "bluetooth-l2cap"
    std::vector<DumpOutcome> dumps;              ///< every attempt; the last one of a scope counts
    std::vector<Problem> problems; ///< all there is to say of what went wrong: nothing of dumps repeated with success
    QHash<quint32, QByteArray> users;
    QHash<std::pair<quint64, quint32>, QByteArray> interfaces; ///< namespace id and index → name
    std::vector<Unavailable> unavailable;
    QHash<quint64, QByteArray> cgroups; ///< id → path
    std::shared_ptr<const ServiceNames> services;
    std::vector<RememberedRecord> remembered; ///< what an earlier watch knew; files only
    std::vector<QByteArray> chunks;           ///< verbatim datagrams, if Needs::messages
    bool ownersRead = false;                  ///< false: only the first dumps, processes come later
    quint32 deniedProcesses = 0;              ///< their descriptors may not be read by us
    quint32 brokenProcesses = 0;              ///< they could not be read, and no privilege would help; see problems
    quint32 vanishedProcesses = 0;
    bool processesComplete = false; ///< /proc itself could be listed
    Unseen unseen = Unseen::None;   ///< why it may lack processes

    /// Whether a process may hold a socket without our seeing it.
    bool ownersMayBeHidden() const { return deniedProcesses > 0 || unseen != Unseen::None; }
    /// Whether any process was read. Not even one, ourselves, is listed where no process file system is mounted.
    bool hasProcesses() const { return ownersRead && (processesComplete || !processes.empty()); }

    /// The cookie alone where there is one; the inode alone for rows that only a descriptor names.
    SocketKey keyOf(const Socket &socket) const;
    /// The verbatim message without its nlmsghdr; empty if not kept, or if none described the socket.
    Bytes message(const Socket &socket) const;
    /// The verbatim line of the file that lists it; empty if not kept, or if no file describes it.
    Bytes line(const Socket &socket) const;
    /// Where what we know of it was read.
    Source sourceOf(const Socket &socket) const;
    std::span<const Holder> holdersOf(const Socket &socket) const;
    /// What is known of the holder's descriptor besides its flags; nothing special if it has no note.
    DescriptorNote noteOf(const Holder &holder) const
    {
        return holder.note < descriptorNotes.size() ? descriptorNotes[holder.note] : DescriptorNote();
    }
    std::span<const Peer> peersOf(const Socket &socket) const;
    /// In namespaces; noShortIndex if it is not among them.
    quint16 placeOfNamespace(quint64 id) const;
    /// Null if it is not told.
    const NetNamespace *namespaceOf(const Socket &socket) const;
    /// Of the interface it is bound to; empty if it has no name here.
    QByteArray interfaceOf(const Socket &socket) const;
    /// What its protocol is called: of Protocol::Other the name that its descriptor told.
    QByteArray protocolOf(const Socket &socket) const;
    /// Raw name bytes; empty if unnamed (see Told::Name).
    QByteArray nameOf(const Socket &socket) const;
    /// Unit of the process it is shown with; without one (null) the unit that the socket's own cgroup names ("created
    /// in").
    struct UnitOf {
        QByteArray unit;
        bool createdIn = false;
    };
    UnitOf unitOf(const Socket &socket, const Process *holder) const;
    /// Path of the socket's own cgroup, or nothing.
    std::optional<QByteArray> cgroupOf(const Socket &socket) const;
    /// Null if there is none.
    const Process *findProcess(qint32 pid) const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Where @p label is in @p labels, after it was added if it is new; noShortIndex once there are more than any kernel
/// has protocols.
quint16 placeOfLabel(std::vector<QByteArray> &labels, const QByteArray &label);

/// A row of some snapshot.
struct SocketOf {
    const Snapshot *snapshot;
    quint32 index;
};
/// One snapshot of rows of several, in this order, with all they refer to; the other ends that are no rows follow them
/// (Snapshot::extras). What is not said of a row (host, services,
/// counts) is as in @p newest.
SnapshotPtr gather(const Snapshot &newest, std::span<const SocketOf> rows);

} // namespace socktree
