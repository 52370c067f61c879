// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/sources.h"

#include "collector/capture/borrowed_sockets.h"
#include "collector/capture/proc_file.h"

#include <QtCore/QHash>
#include <QtCore/QMutex>
#include <QtCore/QMutexLocker>

#include <fcntl.h>
#include <linux/kcmp.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace socktree {

static constexpr char procRoot[] = "/proc";

static tl::unexpected<SystemError> failed(const char *what, int error = errno)
{
    return tl::make_unexpected(SystemError{error, what});
}

namespace {

/// The kernel's own end of sock_diag.
class KernelDiagSocket final : public DiagSocket
{
public:
    static Result<std::unique_ptr<DiagSocket>> dial()
    {
        mnl_socket *opened = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
        if (!opened)
            return failed("socket(AF_NETLINK, NETLINK_SOCK_DIAG)");
        std::unique_ptr<KernelDiagSocket> socket(new KernelDiagSocket(opened));
        if (mnl_socket_bind(opened, 0, MNL_SOCKET_AUTOPID) != 0)
            return failed("bind(AF_NETLINK)");
        // A sandbox may swallow the request; nobody shall wait for ever for the answer.
        const timeval patience{.tv_sec = answerSeconds, .tv_usec = 0};
        if (setsockopt(socket->fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0)
            return failed("setsockopt(SO_RCVTIMEO)");
        return socket;
    }

    ~KernelDiagSocket() override { mnl_socket_close(m_socket); }
    KernelDiagSocket(const KernelDiagSocket &) = delete;
    KernelDiagSocket &operator=(const KernelDiagSocket &) = delete;

    Result<void> send(std::span<const std::byte> request) override
    {
        while (mnl_socket_sendto(m_socket, request.data(), request.size()) < 0) {
            if (errno != EINTR)
                return failed("send to sock_diag");
        }
        return {};
    }

    // Not mnl_socket_recvfrom: it throws away what a truncated datagram did bring, and does not tell the sender.
    Result<Received> receive(std::span<std::byte> buffer) override
    {
        sockaddr_nl sender{};
        iovec where{.iov_base = buffer.data(), .iov_len = buffer.size()};
        msghdr message{};
        message.msg_name = &sender;
        message.msg_namelen = sizeof sender;
        message.msg_iov = &where;
        message.msg_iovlen = 1;
        ssize_t size;
        do {
            size = recvmsg(fd(), &message, 0);
        } while (size < 0 && errno == EINTR);
        if (size < 0)
            return errno == EAGAIN ? failed("no answer from sock_diag", ETIMEDOUT) : failed("receive from sock_diag");
        return Received{.size = static_cast<std::size_t>(size),
            .truncated = (message.msg_flags & MSG_TRUNC) != 0,
            .senderPort = sender.nl_pid};
    }

    quint32 port() const override { return mnl_socket_get_portid(m_socket); }

    quint64 netnsCookie() const override
    {
        constexpr int soNetnsCookie = 71; // Linux 5.14; on a netlink socket since it names what the socket dumps
        quint64 cookie = 0;
        socklen_t length = sizeof cookie;
        return getsockopt(fd(), SOL_SOCKET, soNetnsCookie, &cookie, &length) == 0 ? cookie : 0;
    }

private:
    static constexpr time_t answerSeconds = 3;

    explicit KernelDiagSocket(mnl_socket *opened) : m_socket(opened) { }
    int fd() const { return mnl_socket_get_fd(m_socket); }

    mnl_socket *m_socket;
};

/// User names by uid. Asking can mean asking a directory server, so what was told is kept, and "nobody" for a while.
class UserNames
{
public:
    std::optional<QByteArray> operator()(quint32 uid)
    {
        const QMutexLocker lock(&m_mutex);
        const auto now = std::chrono::steady_clock::now();
        if (const auto known = m_known.constFind(uid);
            known != m_known.cend() && (known->name || now - known->asked < unknownFor))
            return known->name;
        auto name = ask(uid);
        m_known.insert(uid, {name, now});
        return name;
    }

private:
    static constexpr std::chrono::minutes unknownFor{5};
    struct Known {
        std::optional<QByteArray> name;
        SteadyTime asked;
    };

    static std::optional<QByteArray> ask(quint32 uid)
    {
        passwd entry{};
        passwd *found = nullptr;
        std::vector<char> text(1024);
        int error;
        while ((error = getpwuid_r(uid, &entry, text.data(), text.size(), &found)) == ERANGE && text.size() < 1 << 20)
            text.resize(text.size() * 4);
        if (error != 0 || !found)
            return std::nullopt;
        return QByteArray(found->pw_name);
    }

    QMutex m_mutex;
    QHash<quint32, Known> m_known;
};

} // namespace

static std::optional<quint64> cpuClockOf(qint32 pid)
{
    // What clock_getcpuclockid(3) makes of a pid, without its asking the kernel whether there is such a process: the
    // next call does that. The layout is the kernel's (include/linux/posix-timers_types.h), and so cannot change.
    constexpr int scheduledTime = 2;
    const auto clock = static_cast<clockid_t>((~static_cast<unsigned>(pid) << 3) | scheduledTime);
    timespec used;
    if (clock_gettime(clock, &used) != 0)
        return std::nullopt;
    return static_cast<quint64>(used.tv_sec) * 1'000'000'000u + static_cast<quint64>(used.tv_nsec);
}

static std::optional<quint64> sizeOfDirectory(const char *path)
{
    struct stat told;
    if (stat(path, &told) != 0)
        return std::nullopt;
    return static_cast<quint64>(told.st_size);
}

static std::optional<quint64> fdCountOf(qint32 pid)
{
    // Kernels before 6.2 say 0 of every process. This one has at least one descriptor open, so it can tell.
    static const bool kernelTells = [] {
        const std::string own = std::string(procRoot) + "/self/fd";
        const int fd = open(own.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const bool tells = fd >= 0 && sizeOfDirectory(own.c_str()).value_or(0) > 0;
        if (fd >= 0)
            close(fd);
        return tells;
    }();
    if (!kernelTells)
        return std::nullopt;
    std::array<char, 32> path;
    std::snprintf(path.data(), path.size(), "%s/%d/fd", procRoot, pid);
    return sizeOfDirectory(path.data());
}

static std::optional<bool> shareDescriptors(qint32 tid, qint32 other)
{
    const long order = syscall(SYS_kcmp, tid, other, KCMP_FILES, 0ul, 0ul);
    return order < 0 ? std::nullopt : std::optional(order == 0);
}

/// The namespace of process ids that the system booted with has a fixed inode (PROC_PID_INIT_INO in the kernel's
/// include/linux/proc_ns.h), and a first process that always lives: if that is not there, it is hidden (hidepid of
/// proc(5)).
static Unseen unseenProcesses()
{
    constexpr std::string_view initial = "pid:[4026531836]";
    std::array<char, 64> target;
    const std::string root = procRoot;
    const ssize_t size = readlink((root + "/self/ns/pid").c_str(), target.data(), target.size());
    if (size > 0 && std::string_view(target.data(), static_cast<std::size_t>(size)) != initial)
        return Unseen::OtherNamespaces;
    struct stat told;
    return stat((root + "/1").c_str(), &told) != 0 && errno == ENOENT ? Unseen::HidePid : Unseen::None;
}

static bool labelsProcesses()
{
    const Text own = readText(AT_FDCWD, (std::string(procRoot) + "/self/attr/current").c_str());
    return own.got == Got::Read && !own.bytes.isEmpty();
}

static std::optional<QByteArray> interfaceNameOf(quint32 index)
{
    std::array<char, IF_NAMESIZE> name;
    if (!if_indextoname(index, name.data()))
        return std::nullopt;
    return QByteArray(name.data());
}

/// Whether the kernel's type information knows a field that Linux 7.0 gave tcp_info without making it longer. Kernels
/// before 6.18 have neither that nor what it replaced.
static std::optional<bool> btfHasEcnMode(const char *release)
{
    int major = 0, minor = 0;
    if (std::sscanf(release, "%d.%d", &major, &minor) != 2 || major < 6 || (major == 6 && minor < 18))
        return std::nullopt;
    constexpr qsizetype most = 64'000'000;
    const Text text = readText(AT_FDCWD, "/sys/kernel/btf/vmlinux", most);
    if (text.got != Got::Read || text.bytes.isEmpty())
        return std::nullopt;
    return text.bytes.contains("tcpi_ecn_mode");
}

static HostRecord thisHost()
{
    HostRecord host;
    utsname names{};
    if (uname(&names) == 0) {
        host.name = names.nodename;
        host.kernel = names.release;
        static const std::optional<bool> known = btfHasEcnMode(names.release);
        host.btfHasEcnMode = known;
    }
    host.euid = geteuid();
    host.pid = getpid();
    host.taken = std::chrono::system_clock::now();
    host.began = std::chrono::steady_clock::now();
    return host;
}

Sources systemSources()
{
    Sources sources;
    sources.procRoot = procRoot;
    sources.servicesFile = "/etc/services";
    sources.dial = KernelDiagSocket::dial;
    sources.cpuClock = cpuClockOf;
    sources.fdCount = fdCountOf;
    sources.sharesDescriptors = shareDescriptors;
    sources.labelsProcesses = labelsProcesses;
    sources.unseenProcesses = unseenProcesses;
    sources.userName = [names = std::make_shared<UserNames>()](quint32 uid) { return (*names)(uid); };
    sources.interfaceName = interfaceNameOf;
    sources.inNamespace = inNamespace;
    sources.netnsCookie = netnsCookie;
    sources.knowsMptcp = [] {
        const FileDescriptor any(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_MPTCP));
        return any || errno != EPROTONOSUPPORT;
    };
    sources.descriptorAttribute = [](const std::string &path, const char *name) {
        return descriptorAttribute(std::string(procRoot) + '/' + path, name);
    };
    sources.askDescriptor = askDescriptor;
    sources.host = thisHost;
    return sources;
}

} // namespace socktree
