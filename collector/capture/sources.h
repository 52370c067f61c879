// SPDX-License-Identifier: GPL-3.0-or-later
// Every contact with the system, as a parameter: made once in main or by a test. No other file names /proc or opens a
// netlink socket.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QByteArray>
#include <tl/expected.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace socktree {

struct SystemError {
    int error = 0;   ///< errno
    QByteArray what; ///< which call on what
};
template <typename T> using Result = tl::expected<T, SystemError>;

/// One sock_diag socket, as seen by the transport: send a request, receive datagrams. A test's fake kernel implements
/// this.
class DiagSocket
{
public:
    virtual ~DiagSocket() = default;
    virtual Result<void> send(std::span<const std::byte> request) = 0;
    struct Received {
        std::size_t size = 0;   ///< bytes put into the buffer
        bool truncated = false; ///< MSG_TRUNC: the datagram was longer
        quint32 senderPort = 0; ///< nl_pid of the sender; the kernel is 0
    };
    /// Blocks until a datagram is there. EINTR is handled within; ENOBUFS comes out as an error.
    virtual Result<Received> receive(std::span<std::byte> buffer) = 0;
    virtual quint32 port() const = 0;        ///< our own nl_pid
    virtual quint64 netnsCookie() const = 0; ///< SO_NETNS_COOKIE, 0 if unknown
};

/// A way into a network namespace: a file of nsfs (a mount, or a process's ns/net), or, where there is none, a
/// descriptor of a process that is a socket in it.
struct NamespaceWay {
    std::string path; ///< empty: by the descriptor
    qint32 pid = 0;   ///< or of a thread with a table of its own
    qint32 fd = -1;
};

struct Sources {
    std::string procRoot;   ///< "/proc"
    std::string cgroupRoot; ///< where cgroup2 is mounted; empty: found in procRoot/self/mountinfo
    std::string servicesFile;
    std::function<Result<std::unique_ptr<DiagSocket>>()> dial;
    /// CPU time the process has used, in ns; nothing if it is gone or cannot be asked. clock_getcpuclockid(3).
    std::function<std::optional<quint64>(qint32 pid)> cpuClock;
    /// Open descriptors of the process by st_size of its fd directory (Linux 6.2); nothing where the kernel does not
    /// tell.
    std::function<std::optional<quint64>(qint32 pid)> fdCount;
    /// Whether two threads use one table of descriptors; nothing where that cannot be told. kcmp(2).
    std::function<std::optional<bool>(qint32 tid, qint32 other)> sharesDescriptors;
    /// Whether a security module of the kernel labels processes, so that it is worth asking each: our own has a label.
    std::function<bool()> labelsProcesses;
    /// Why the process file system may lack processes that are there.
    std::function<Unseen()> unseenProcesses;
    std::function<std::optional<QByteArray>(quint32 uid)> userName;        ///< getpwuid_r(3); may block: workers only
    std::function<std::optional<QByteArray>(quint32 index)> interfaceName; ///< if_indextoname(3)
    /// Runs @p inside in a thread of its own that has entered the namespace and has ended when this returns; dial,
    /// interfaceName and thread-self/net mean that namespace there. @p inside is told its nsfs inode. setns(2).
    std::function<Result<void>(const NamespaceWay &way, const std::function<void(quint64 inode)> &inside)> inNamespace;
    /// SO_NETNS_COOKIE (Linux 5.14) of the calling thread's network namespace, by a socket of no matter which family; 0
    /// if it is not told.
    std::function<quint64()> netnsCookie;
    /// Whether this kernel was built with MPTCP, for where no process file system tells.
    std::function<bool()> knowsMptcp;
    /// An extended attribute of a process's descriptor, by the path below the proc root. getxattr(2).
    std::function<Text(const std::string &path, const char *name)> descriptorAttribute;
    /// Fills in what a copy of a descriptor in the thread's table tells (pidfd_getfd(2)), and closes the copy at once,
    /// since it keeps the socket open.
    std::function<void(qint32 tid, qint32 fd, LoneSocketRecord &record)> askDescriptor;
    std::function<HostRecord()> host; ///< name, kernel, euid, times
};

/// The system this program runs on.
Sources systemSources();

} // namespace socktree
