// SPDX-License-Identifier: GPL-3.0-or-later
// Network namespaces other than that of mksockets. All of them take root.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/elsewhere.h"
#include "tests/live/mksockets/links.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"
#include "tests/live/mksockets/unix_names.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mksockets {

static void otherNamespace(All &all, const std::string &name)
{
    inChild(all, {}, [&](All &mine) {
        able(unshare(CLONE_NEWNET), "a network namespace of its own");
        const int fd = boundSocket(AF_INET, SOCK_DGRAM, true);
        mine.push_back(
            {name, "abroad", udp("ipv4", "UNCONN") + from("sock_diag") + member("inode", inodeOf(fd)), getpid(), fd});
    });
}

static void makeWorld(All &mine, const std::string &name)
{
    const int listener = listening(AF_INET);
    const int client = connectedTo(listener, SOCK_STREAM);
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    keep(mine, name, "listener", listener, tcp("ipv4", "LISTEN"));
    keepPair(mine, name, "client", client, "server", server, tcp("ipv4", "ESTAB"), tcp("ipv4", "ESTAB"));
    keep(mine, name, "udp", boundSocket(AF_INET6, SOCK_DGRAM, true), udp("ipv6", "UNCONN"));
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    const std::string known = unixSocket("stream", "ESTAB");
    keepPair(mine, name, "left", pair[0], "right", pair[1], known, known);
    keep(mine, name, "never-bound", must(socket(AF_INET, SOCK_STREAM, 0), "socket"),
        member("protocol-number", IPPROTO_TCP) + from("descriptor"));
}

static void process(All &all, const std::string &name)
{
    inChild(all, {}, [&](All &mine) {
        enterNewNamespace();
        makeWorld(mine, name);
    });
}

static void thread(All &all, const std::string &name)
{
    // In a process of its own: a thread that has left the namespace of its process is no one else's trouble.
    inChild(all, {}, [&](All &mine) {
        inThread(mine, [&](All &threads) {
            enterNewNamespace();
            makeWorld(threads, name);
        });
    });
}

/// Has sockets made in a new namespace, where this thread does not stay: nobody lives there then.
static int madeAbroad(int (*make)())
{
    int fd = -1;
    std::string reason;
    std::thread([&] {
        try {
            enterNewNamespace();
            fd = make();
        } catch (const Cannot &why) {
            reason = why.reason;
        }
    }).join();
    if (fd < 0)
        throw Cannot{reason};
    return fd;
}

static void socketOnly(All &all, const std::string &name)
{
    const std::string empty = member("netns-empty", 1);
    const int datagrams = madeAbroad([] { return boundSocket(AF_INET, SOCK_DGRAM); });
    keep(all, name, "udp", datagrams, udp("ipv4", "UNCONN") + empty);
    keep(all, name, "listener", madeAbroad([] { return listening(AF_INET6); }), tcp("ipv6", "LISTEN") + empty);
}

/// A path belongs to no network namespace, so the ends of a UNIX connection may be of two.
static void unixAcross(All &all, const std::string &name)
{
    const int listener = unixNamed(SOCK_STREAM, ownFolder() + "/across");
    must(listen(listener, 5), "listen");
    const int client = madeAbroad([] { return must(socket(AF_UNIX, SOCK_STREAM, 0), "socket"); });
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    must(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    must(connect(client, reinterpret_cast<sockaddr *>(&address), length), "connect");
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    const std::string known = unixSocket("stream", "ESTAB");
    keep(all, name, "listener", listener, unixSocket("stream", "LISTEN"));
    keepPair(all, name, "abroad", client, "home", server, known + member("netns-empty", 1), known);
}

static int boundTo(const char *address)
{
    const int fd = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    inet_pton(AF_INET, address, &v4.sin_addr);
    able(bind(fd, reinterpret_cast<sockaddr *>(&v4), sizeof v4), "bind to a device's address");
    must(listen(fd, 7), "listen");
    return fd;
}

static void enter(int space)
{
    able(setns(space, CLONE_NEWNET), "setns");
}

/// Two namespaces with a process in each, and a cable between them.
static void across(All &all, const std::string &name)
{
    inChild(all, {}, [&](All &mine) {
        enterNewNamespace();
        const int serving = currentNamespace();
        enterNewNamespace();
        const int asking = currentNamespace();
        makeVeth("asking", "serving", serving);
        raise("asking", "10.255.0.2");
        enter(serving);
        raise("serving", "10.255.0.1");
        const int listener = boundTo("10.255.0.1");
        enter(asking);
        const int client = connectedTo(listener, SOCK_STREAM);
        const int server = must(accept(listener, nullptr, nullptr), "accept");
        close(listener);
        const int clientPid = getpid();
        const std::string known = tcp("ipv4", "ESTAB");
        const std::string peerOfServer = peerIs(client, clientPid, true);
        const int pid = inChild(mine, {server, serving}, [&](All &theirs) {
            enter(serving);
            close(serving);
            keep(theirs, name, "server", server, known + peerOfServer);
        });
        keep(mine, name, "client", client, known + peerIs(server, pid, true));
        for (const int fd : {server, serving, asking})
            close(fd);
    });
}

std::span<const Situation> namespaceSituations()
{
    static constexpr Situation situations[] = {
        {"other-namespace", "a socket of another network namespace (takes root)", otherNamespace},
        {"netns-process", "a process in another namespace, with connections (takes root)", process},
        {"netns-thread", "a thread in another namespace than its process (takes root)", thread},
        {"netns-socket-only", "sockets of namespaces that nobody lives in (takes root)", socketOnly},
        {"netns-unix", "a UNIX connection between two namespaces (takes root)", unixAcross},
        {"netns-across", "a TCP connection between two namespaces (takes root)", across},
    };
    return situations;
}

} // namespace mksockets
