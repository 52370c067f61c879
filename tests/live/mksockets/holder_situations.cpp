// SPDX-License-Identifier: GPL-3.0-or-later
// Who holds a socket: several, nobody, a thread, somebody with an odd name.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/elsewhere.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

namespace mksockets {

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

/// Tells of a socket that only a process of this name holds.
static void heldBy(All &all, const std::string &name, const char *role, const char *comm)
{
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    const int pid = child(fd, fd, [comm] { prctl(PR_SET_NAME, comm); });
    const std::string bytes = hex({reinterpret_cast<const unsigned char *>(comm), std::strlen(comm)});
    all.push_back({name, role, udp("ipv4", "UNCONN") + member("comm-bytes", bytes) + askedOf(fd), pid, fd});
    close(fd);
}

static void hostileName(All &all, const std::string &name)
{
    heldBy(all, name, "child", "a) R 1\n(b");
}

static void oddNames(All &all, const std::string &name)
{
    heldBy(all, name, "empty", "");
    heldBy(all, name, "not-utf-8", "\xff\xfe\x80 \xc3(");
    heldBy(all, name, "terminal", "\x1b[31m\r\t\"\\");
    heldBy(all, name, "longest", "(((((((((((((((");
    // A right-to-left override, and half a character at the end, where the kernel cuts.
    heldBy(all, name, "backwards",
        "\xe2\x80\xae"
        "gnp.exe\xe2\x82\xac\xe2\x82");
}

static void inFlight(All &all, const std::string &name)
{
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    sendDescriptor(pair[0], fd);
    all.push_back({name, "in-flight", udp("ipv4", "UNCONN") + member("no-holder", "in-flight") + askedOf(fd)});
    close(fd);
    const std::string known = unixSocket("dgram", "ESTAB");
    keepPair(all, name, "carrier", pair[1], "sender", pair[0], known, known);
}

/// Made by one process, held by another, which got it in a message.
static void passed(All &all, const std::string &name)
{
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    sendDescriptor(pair[0], fd);
    close(fd);
    inChild(all, {pair[1]}, [&, from = pair[1]](All &mine) {
        const int received = receivedDescriptor(from);
        close(from);
        keep(mine, name, "receiver", received, udp("ipv4", "UNCONN"));
    });
    close(pair[0]);
    close(pair[1]);
}

/// A program that inherited it: the name is that of the program, the start time that of the fork.
static void inherited(All &all, const std::string &name)
{
    constexpr int asFd = 9;
    const int made = boundSocket(AF_INET, SOCK_DGRAM);
    const int fd = must(fcntl(made, F_DUPFD, asFd), "F_DUPFD");
    close(made);
    int input[2], ready[2];
    must(pipe2(input, O_CLOEXEC), "pipe2");
    must(pipe2(ready, O_CLOEXEC), "pipe2");
    const int pid = forked();
    if (pid == 0) {
        dup2(input[0], 0);
        closeAllBut({fd, ready[1]});
        execlp("cat", "cat", nullptr);
        must(static_cast<int>(write(ready[1], "!", 1)), "write");
        _exit(127);
    }
    close(input[0]);
    close(ready[1]);
    // The other end of this is closed when the program has begun.
    char byte = 0;
    if (read(ready[0], &byte, 1) != 0)
        throw Cannot{"there is no cat"};
    close(ready[0]);
    all.push_back({name, "program", udp("ipv4", "UNCONN") + member("comm-bytes", "636174") + askedOf(fd), pid, fd});
    close(fd);
}

static std::string threadId()
{
    return member("tid", static_cast<unsigned long long>(syscall(SYS_gettid)));
}

static void ownTable(All &all, const std::string &name)
{
    inThread(all, [&](All &mine) {
        keep(mine, name, "thread", boundSocket(AF_INET, SOCK_DGRAM), udp("ipv4", "UNCONN") + threadId());
        keep(mine, name, "never-bound", must(socket(AF_INET6, SOCK_DGRAM, 0), "socket"),
            member("not-described", 1) + from("descriptor") + threadId());
    });
}

/// A process whose first thread has ended: it shows no descriptors, but another thread has them still.
static void deadLeader(All &all, const std::string &name)
{
    int told[2];
    must(pipe(told), "pipe");
    const int pid = forked();
    if (pid == 0) {
        closeAllBut({told[1]});
        std::thread([to = told[1], leader = pthread_self()] {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            pthread_join(leader, nullptr);
            const int fd = boundSocket(AF_INET, SOCK_DGRAM);
            const std::string text = std::to_string(fd) + ' ' + udp("ipv4", "UNCONN") + threadId() + identityOf(fd);
            must(static_cast<int>(write(to, text.data(), text.size())), "write");
            close(to);
            for (;;)
                pause();
        }).detach();
        syscall(SYS_exit, 0);
    }
    close(told[1]);
    std::string text(4096, '\0');
    const auto size = static_cast<std::size_t>(must(static_cast<int>(read(told[0], text.data(), text.size())), "read"));
    close(told[0]);
    const std::size_t space = text.find(' ');
    all.push_back({name, "thread", text.substr(space + 1, size - space - 1), pid, std::atoi(text.c_str())});
}

std::span<const Situation> holderSituations()
{
    static constexpr Situation situations[] = {
        {"shared", "one socket, two processes, two descriptors in each", shared},
        {"hostile-name", "a process whose name looks like the rest of its stat line", hostileName},
        {"odd-names", "processes with names that are empty, no text, or written backwards", oddNames},
        {"in-flight", "a socket that only a message on its way holds", inFlight},
        {"passed", "a socket that came to its holder in a message", passed},
        {"inherited", "a socket that a program inherited", inherited},
        {"own-table", "a socket in the descriptor table of a single thread", ownTable},
        {"dead-leader", "a socket of a process whose first thread has ended", deadLeader},
    };
    return situations;
}

} // namespace mksockets
