// SPDX-License-Identifier: GPL-3.0-or-later
// What travels from whoever reads a system to whoever understands it: verbatim bytes with their scope, and the sinks
// that take them.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHashFunctions>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace socktree {

using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

/// What one list of sockets was asked for: a sock_diag dump, or a file of /proc/net.
struct Scope {
    quint64 netns = 0;    ///< NamespaceRecord::id
    quint8 family = 0;    ///< AF_INET, AF_INET6, AF_UNIX …
    quint16 protocol = 0; ///< IPPROTO_TCP, IPPROTO_UDP …; 0 for AF_UNIX
    quint32 states = 0;   ///< mask of 1 << state
    quint32 asked = 0;    ///< idiag_ext bits, or udiag_show bits
    QByteArray file;      ///< in the net folder of the process file system: "udp6", "sctp/eps"; empty: sock_diag
    bool operator==(const Scope &) const = default;
};
inline std::size_t qHash(const Scope &scope, std::size_t seed = 0)
{
    return qHashMulti(seed, scope.netns, scope.family, scope.protocol, scope.states, scope.asked, scope.file);
}

enum class DumpEnd : quint8 {
    Complete,
    Unsupported, ///< no handler in this kernel: NLMSG_DONE or NLMSG_ERROR with ENOENT
    Refused,     ///< EPERM, EACCES, or no netlink socket to be had
    Interrupted, ///< NLM_F_DUMP_INTR, ENOBUFS, or stopped by us
    Truncated,   ///< a datagram was longer than the buffer, or a message was not whole
    Failed       ///< any other error
};

struct DumpEnding {
    DumpEnd end = DumpEnd::Complete;
    int error = 0;         ///< errno, 0 if none
    quint32 strangers = 0; ///< messages dropped for their sequence, port or sender
    SteadyTime began;
    SteadyTime ended;
};

/// Why the text of a /proc file is not there; Read = it is. Withheld: whoever wrote the capture down left it out.
enum class Got : quint8 { Read, Gone, Denied, Broken, Withheld };

struct Text {
    Got got = Got::Gone;
    int error = 0;
    QByteArray bytes; ///< verbatim
};

/// A descriptor that is a socket: thread @p tid's table (the process's own if tid == pid) holds inode at fd.
struct Descriptor {
    qint32 tid = 0;
    qint32 fd = 0;
    quint64 inode = 0;
};

/// A thread in a network namespace of its own.
struct ThreadNamespace {
    qint32 tid = 0;
    QByteArray link;     ///< target of its ns/net; empty where that is denied
    quint64 netFile = 0; ///< as ProcessRecord::netFile
};

/// The text in fdinfo of one descriptor.
struct DescriptorText {
    qint32 tid = 0;
    qint32 fd = 0;
    Text text;
    Text label; ///< of sockets: extended attribute security.selinux; gone with EOPNOTSUPP: no module labels them
};

/// One process as /proc shows it, uninterpreted but for its socket descriptors.
struct ProcessRecord {
    qint32 pid = 0;
    Text stat, status, cmdline, comm, cgroup;
    Text exe;   ///< target of the link
    Text netns; ///< target of the link ns/net
    /// Where that link is denied: inode of its net/tcp, the same for every process of a network namespace. 0: not told.
    quint64 netFile = 0;
    std::vector<ThreadNamespace> threadNamespaces; ///< of threads that are in another one than their process
    std::vector<DescriptorText> rings;             ///< fdinfo of descriptors that are io_uring instances
    Got descriptorsGot = Got::Gone;
    int descriptorsError = 0;
    quint32 descriptorsDenied = 0; ///< single links that could not be read
    std::vector<Descriptor> descriptors;
    /// fdinfo of descriptors that are sockets (Needs::descriptorTexts), of this very moment and never remembered: who
    /// shares the open file can change its flags, and that leaves no trace.
    std::vector<DescriptorText> descriptorTexts;
    Text context; ///< attr/current, the label of a security module; gone with EINVAL: none labels processes
};

/// Why processes may hold sockets and yet not be in the process file system that was read.
enum class Unseen : quint8 {
    None,
    HidePid,        ///< it is mounted with hidepid (proc(5)), and we are not among those it is open to
    OtherNamespaces ///< it is that of a namespace of process ids below the first one: the others' are not in it
};

/// How the reading of processes ended.
struct ProcessesEnd {
    Got got = Got::Read; ///< whether they could be listed
    int error = 0;
    quint32 vanished = 0; ///< listed, and gone when they were read
    Unseen unseen = Unseen::None;
};

/// Something that went wrong and must be seen.
struct Problem {
    QByteArray source; ///< "tcp over ipv4", "process 123"; is shown before a colon
    QByteArray what;   ///< plain English
    int error = 0;     ///< errno, 0 if none
    quint32 more = 0;  ///< others that it stands for: the same of other sources. Of snapshots only, never of a file
    bool operator==(const Problem &) const = default;
};

struct HostRecord {
    QByteArray name;   ///< uname nodename
    QByteArray kernel; ///< uname release
    /// Whether the kernel's type information (BTF) knows tcpi_ecn_mode; nothing where it has none.
    std::optional<bool> btfHasEcnMode;
    quint64 netns = 0;           ///< NamespaceRecord::id of the reader's own network namespace, 0 if unknown
    std::optional<quint32> euid; ///< of the reader; nothing: not told
    qint32 pid = 0;              ///< of the reader; 0 if unknown
    WallTime taken;
    SteadyTime began;
    QByteArray services; ///< /etc/services verbatim, implicitly shared between captures; may be empty
};

/// A name for a number: user by uid, interface by index, cgroup path by id.
struct NameRecord {
    enum class Of : quint8 { User, Interface, Cgroup } of;
    quint64 number;
    QByteArray name;
    quint64 netns = 0; ///< of an interface, whose index means nothing without
};

/// A network namespace that there is. It comes before the first dump of it.
struct NamespaceRecord {
    /// How its sockets were read.
    enum class Reached : quint8 {
        Home,      ///< the reader is in it
        Entered,   ///< by setns(2)
        ByProcess, ///< not entered: a process's net folder was read, which tells less
        Unread     ///< not entered, and no process that we see is in it: it is known by its mount alone
    };
    /// SO_NETNS_COOKIE. Where the kernel tells none (before 5.14) or it cannot be entered, a number made of an inode:
    /// see namespaceIdOf.
    quint64 id = 0;
    quint64 inode = 0; ///< of nsfs, as in "net:[4026531833]"; 0: not told
    Reached reached = Reached::Home;
    quint64 netFile = 0; ///< as ProcessRecord::netFile, to tell which processes are in it; 0: not told
    qint32 pid = 0;      ///< a process that is in it, the lowest, else a thread (ThreadNamespace::tid); 0: none
    QByteArray mounted;  ///< where it is mounted: "/run/netns/blue"; empty: nowhere that we see
    int error = 0;       ///< errno of entering it, if not all could be read
};

/// Numbers that stand for a namespace whose cookie is not told. Cookies count up from 1 and never come near.
constexpr quint64 namespaceIdOf(quint64 nsfsInode)
{
    return quint64(1) << 63 | nsfsInode;
}
constexpr quint64 namespaceIdOfNetFile(quint64 netFileInode)
{
    return quint64(3) << 62 | netFileInode;
}

/// What a descriptor itself tells of a socket that no list has. Asked once of a socket and a process.
struct LoneSocketRecord {
    quint64 inode = 0;
    Text protoName;      ///< extended attribute system.sockprotoname, verbatim
    Got got = Got::Gone; ///< of what follows, which takes the right to copy the descriptor (pidfd_getfd(2))
    int error = 0;
    qint32 family = -1;       ///< SO_DOMAIN; -1: not told, here and below
    qint32 type = -1;         ///< SO_TYPE
    qint32 protocol = -1;     ///< SO_PROTOCOL
    quint64 cookie = 0;       ///< SO_COOKIE; 0: not told
    quint64 netns = 0;        ///< NamespaceRecord::id; 0: not told
    QByteArray local, remote; ///< struct sockaddr as getsockname(2) and getpeername(2) wrote it
};

/// A process whose memory maps the ring of a packet or XDP socket that no descriptor leads to.
struct MappedSocketRecord {
    qint32 pid = 0;
    quint64 inode = 0; ///< of the socket
};

/// What no system tells but who watched it remembers of a socket. Only captures that somebody saved out of a longer
/// watch have it.
struct RememberedRecord {
    quint64 cookie = 0; ///< 0: it has none, and the next four are its key
    quint64 netns = 0;  ///< NamespaceRecord::id
    quint64 inode = 0;
    quint8 family = 0;
    quint16 protocol = 0;
    WallTime firstSeen;    ///< the epoch: not remembered
    qint32 pid = 0;        ///< of its former owner; 0: not remembered
    quint64 startTime = 0; ///< of its former owner, clock ticks after boot
    QByteArray comm;       ///< of its former owner, raw bytes
    bool operator==(const RememberedRecord &) const = default;
};

/// Takes one dump's datagrams, or one file's text in pieces that end with a line, in order, from one thread. Every
/// stream ends with ended() exactly once.
class DumpSink
{
public:
    virtual ~DumpSink() = default;
    virtual void datagram(std::span<const std::byte> bytes) = 0;
    virtual void ended(const DumpEnding &ending) = 0;
};

/// Takes a capture's records. host() comes first. Everything else may come from several threads at once, so a sink
/// locks what its own streams share; each stream belongs to one thread.
class Sink
{
public:
    virtual ~Sink() = default;
    virtual void host(const HostRecord &record) = 0;
    /// A dump that was repeated opens a second stream of the same scope; the later one counts.
    virtual std::unique_ptr<DumpSink> dump(const Scope &scope) = 0;
    virtual void process(ProcessRecord &&record) = 0;
    /// After the last process.
    virtual void processesEnded(const ProcessesEnd &end) = 0;
    virtual void name(const NameRecord &record) = 0;
    virtual void networkNamespace(const NamespaceRecord &record) = 0;
    virtual void loneSocket(const LoneSocketRecord &record) = 0;
    virtual void problem(const Problem &problem) = 0;
    virtual void mappedSocket(const MappedSocketRecord &) { }
    virtual void remembered(const RememberedRecord &) { }
    /// Nothing comes after this.
    virtual void finished(SteadyTime ended) = 0;
};

} // namespace socktree
