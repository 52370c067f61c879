// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/situations.h"

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <netinet/in.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace mksockets {

using All = std::vector<Held>;

int boundSocket(int family, int type, bool any)
{
    const int fd = must(socket(family, type, 0), "socket");
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(any ? INADDR_ANY : INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_addr = any ? in6addr_any : in6addr_loopback;
    if (family == AF_INET)
        must(bind(fd, reinterpret_cast<sockaddr *>(&v4), sizeof v4), "bind");
    else
        must(bind(fd, reinterpret_cast<sockaddr *>(&v6), sizeof v6), "bind");
    return fd;
}

void keep(All &all, const std::string &situation, const char *role, int fd, std::string known)
{
    all.push_back({situation, role, std::move(known), getpid(), fd, fd});
}

/// In a process or thread with a table of its own: otherwise it would be one more holder of all that was made before.
static void closeAllBut(std::initializer_list<int> kept)
{
    const int last = std::max(kept);
    for (int fd = 3; fd <= last; ++fd) {
        if (std::find(kept.begin(), kept.end(), fd) == kept.end())
            close(fd);
    }
    must(close_range(static_cast<unsigned>(last) + 1, ~0U, 0), "close_range");
}

/// Forks a child that keeps two descriptors until this process ends; @p before is called in it first.
static int child(int keptOne, int keptTwo, void (*before)())
{
    int ready[2];
    must(pipe(ready), "pipe");
    const int pid = must(fork(), "fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        closeAllBut({keptOne, keptTwo, ready[1]});
        before();
        must(static_cast<int>(write(ready[1], "x", 1)), "write");
        for (;;)
            pause();
    }
    char byte = 0;
    must(static_cast<int>(read(ready[0], &byte, 1)), "read");
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static std::string udp(const char *family, const char *state)
{
    return member("protocol", "udp") + member("family", family) + member("state", state);
}

static std::string unixSocket(const char *type, const char *state)
{
    return member("protocol", "unix") + member("family", "unix") + member("type", type) + member("state", state);
}

static void udpBound(All &all, const std::string &name)
{
    keep(all, name, "ipv4", boundSocket(AF_INET, SOCK_DGRAM), udp("ipv4", "UNCONN"));
    keep(all, name, "ipv6", boundSocket(AF_INET6, SOCK_DGRAM), udp("ipv6", "UNCONN"));
    keep(all, name, "any", boundSocket(AF_INET6, SOCK_DGRAM, true), udp("ipv6", "UNCONN"));
}

static void udpConnected(All &all, const std::string &name)
{
    for (const int family : {AF_INET, AF_INET6}) {
        const int receiver = boundSocket(family, SOCK_DGRAM);
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        must(getsockname(receiver, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
        const int sender = must(socket(family, SOCK_DGRAM, 0), "socket");
        must(connect(sender, reinterpret_cast<sockaddr *>(&address), length), "connect");
        must(static_cast<int>(send(sender, "unread", 6, 0)), "send");
        const char *text = family == AF_INET ? "ipv4" : "ipv6";
        keep(all, name, "sender", sender, udp(text, "ESTAB"));
        keep(all, name, "receiver", receiver, udp(text, "UNCONN") + member("has-unread", 1));
    }
}

static void udpNeverBound(All &all, const std::string &name)
{
    keep(all, name, "unknown", must(socket(AF_INET, SOCK_DGRAM, 0), "socket"), member("not-described", 1));
}

/// A listening UNIX socket with exactly these bytes as its name.
static int unixNamed(int type, const std::string &bytes)
{
    const int fd = must(socket(AF_UNIX, type, 0), "socket");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(bytes.begin(), bytes.end(), address.sun_path);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + bytes.size());
    must(bind(fd, reinterpret_cast<sockaddr *>(&address), length), "bind");
    return fd;
}

static std::string folder;

static void removeFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

/// A folder for the names of path sockets, gone when this process ends.
static const std::string &ownFolder()
{
    if (folder.empty()) {
        char path[] = "/tmp/mksockets-XXXXXX";
        if (!mkdtemp(path))
            must(-1, "mkdtemp");
        folder = path;
        std::atexit(removeFolder);
    }
    return folder;
}

static void unixPath(All &all, const std::string &name)
{
    for (const char *file : {"/plain", "/two\nlines \"quoted\", and \xff\xfe bytes", "/=1+1"}) {
        const int fd = unixNamed(SOCK_STREAM, ownFolder() + file);
        must(listen(fd, 5), "listen");
        keep(all, name, "listener", fd, unixSocket("stream", "LISTEN") + member("recv-q", 0) + member("send-q", 5));
    }
}

static void unixAbstract(All &all, const std::string &name)
{
    const std::string odd = std::string("\0mksockets\n\"'\0,\xff\x1b[31m ", 22) + std::to_string(getpid());
    const int listener = unixNamed(SOCK_STREAM, odd);
    must(listen(listener, 5), "listen");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(odd.begin(), odd.end(), address.sun_path);
    const int client = must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + odd.size());
    must(connect(client, reinterpret_cast<sockaddr *>(&address), length), "connect");
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    keep(all, name, "listener", listener, unixSocket("stream", "LISTEN"));
    keep(all, name, "client", client, unixSocket("stream", "ESTAB"));
    keep(all, name, "server", server, unixSocket("stream", "ESTAB"));
}

static void unixPairs(All &all, const std::string &name)
{
    struct {
        int type;
        const char *name;
    } constexpr kinds[] = {{SOCK_STREAM, "stream"}, {SOCK_DGRAM, "dgram"}, {SOCK_SEQPACKET, "seqpacket"}};
    for (const auto &kind : kinds) {
        int pair[2];
        must(socketpair(AF_UNIX, kind.type, 0, pair), "socketpair");
        keep(all, name, "left", pair[0], unixSocket(kind.name, "ESTAB"));
        keep(all, name, "right", pair[1], unixSocket(kind.name, "ESTAB"));
    }
}

static void unixDatagram(All &all, const std::string &name)
{
    const int fd = unixNamed(SOCK_DGRAM, ownFolder() + "/datagrams");
    keep(all, name, "receiver", fd, unixSocket("dgram", "UNCONN"));
    keep(all, name, "nameless", must(socket(AF_UNIX, SOCK_DGRAM, 0), "socket"), unixSocket("dgram", "UNCONN"));
}

static void shared(All &all, const std::string &name)
{
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    const int again = must(dup(fd), "dup");
    const int pid = child(fd, again, [] {});
    const std::string known = udp("ipv4", "UNCONN");
    keep(all, name, "first", fd, known);
    keep(all, name, "second", again, known);
    all.push_back({name, "child", known, pid, fd, fd});
    all.push_back({name, "child-second", known, pid, again, fd});
}

static void hostileName(All &all, const std::string &name)
{
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    const int pid = child(fd, fd, [] { prctl(PR_SET_NAME, "a) R 1\n(b"); });
    all.push_back(
        {name, "child", udp("ipv4", "UNCONN") + member("comm-bytes", "6129205220310a2862") + askedOf(fd), pid, fd});
    close(fd);
}

static void inFlight(All &all, const std::string &name)
{
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)]{};
    char byte = 'x';
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    must(static_cast<int>(sendmsg(pair[0], &message, 0)), "sendmsg");
    all.push_back({name, "in-flight", udp("ipv4", "UNCONN") + askedOf(fd)});
    close(fd);
    keep(all, name, "carrier", pair[1], unixSocket("dgram", "ESTAB"));
    keep(all, name, "sender", pair[0], unixSocket("dgram", "ESTAB"));
}

static void ownTable(All &all, const std::string &name)
{
    int made[2];
    must(pipe(made), "pipe");
    std::thread([write = made[1]] {
        must(unshare(CLONE_FILES), "unshare");
        closeAllBut({write});
        const int fd = boundSocket(AF_INET, SOCK_DGRAM);
        const Held held{"", "thread", udp("ipv4", "UNCONN") + askedOf(fd), getpid(), fd};
        const std::string text = std::to_string(fd) + ' ' + held.known;
        must(static_cast<int>(::write(write, text.data(), text.size())), "write");
        for (;;)
            pause();
    }).detach();
    char text[2048]{};
    must(static_cast<int>(read(made[0], text, sizeof text - 1)), "read");
    close(made[0]);
    close(made[1]);
    char *rest = nullptr;
    const auto fd = static_cast<int>(std::strtol(text, &rest, 10));
    all.push_back({name, "thread", rest + 1, getpid(), fd});
}

static void otherNamespace(All &all, const std::string &name)
{
    int ends[2];
    must(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), "socketpair");
    const int pid = must(fork(), "fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        closeAllBut({ends[1]});
        must(unshare(CLONE_NEWNET), "unshare");
        const int fd = boundSocket(AF_INET, SOCK_DGRAM, true);
        struct stat status {
        };
        must(fstat(fd, &status), "fstat");
        const std::string text = std::to_string(fd) + ' ' + std::to_string(status.st_ino);
        must(static_cast<int>(write(ends[1], text.data(), text.size())), "write");
        for (;;)
            pause();
    }
    char text[64]{};
    must(static_cast<int>(read(ends[0], text, sizeof text - 1)), "read");
    close(ends[0]);
    close(ends[1]);
    char *rest = nullptr;
    const auto fd = static_cast<int>(std::strtol(text, &rest, 10));
    const std::string known = member("not-described", 1) + member("inode", std::strtoull(rest, nullptr, 10));
    all.push_back({name, "abroad", known, pid, fd});
}

static void many(All &all, const std::string &name)
{
    for (int i = 0; i < 100; ++i)
        keep(all, name, "one", boundSocket(AF_INET, SOCK_DGRAM), udp("ipv4", "UNCONN"));
}

std::span<const Situation> otherSituations()
{
    static constexpr Situation situations[] = {
        {"udp-bound", "UDP over IPv4 and IPv6, on loopback and on any address", udpBound},
        {"udp-connected", "UDP with a peer, and an unread datagram", udpConnected},
        {"udp-never-bound", "a socket that no dump describes", udpNeverBound},
        {"unix-path", "listeners with paths that break lines and formulas", unixPath},
        {"unix-abstract", "an abstract name of odd bytes, with a client", unixAbstract},
        {"unix-pairs", "socket pairs of each type", unixPairs},
        {"unix-datagram", "a datagram socket with a name, and one without", unixDatagram},
        {"shared", "one socket, two processes, two descriptors in each", shared},
        {"hostile-name", "a process whose name looks like the rest of its stat line", hostileName},
        {"in-flight", "a socket that only a message on its way holds", inFlight},
        {"own-table", "a socket in the descriptor table of a single thread", ownTable},
        {"many", "a hundred UDP sockets", many},
        {"other-namespace", "a socket of another network namespace (takes root)", otherNamespace},
    };
    return situations;
}

} // namespace mksockets
