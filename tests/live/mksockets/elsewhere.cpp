// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/elsewhere.h"

#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/sockets.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace mksockets {

void closeAllBut(std::initializer_list<int> kept)
{
    const int last = std::max(std::max(kept), 2);
    for (int fd = 3; fd <= last; ++fd) {
        if (std::find(kept.begin(), kept.end(), fd) == kept.end())
            close(fd);
    }
    must(close_range(static_cast<unsigned>(last) + 1, ~0U, 0), "close_range");
}

static std::vector<int> children;

int forked()
{
    const int parent = getpid();
    // Theirs become ours when they end, so that we can wait for them.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const int pid = must(fork(), "fork");
    if (pid != 0) {
        children.push_back(pid);
        return pid;
    }
    children.clear();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    return 0;
}

void endChildren()
{
    for (const int pid : children)
        kill(pid, SIGKILL);
    while (wait(nullptr) > 0) { }
}

int child(int keptOne, int keptTwo, const std::function<void()> &before)
{
    int ready[2];
    must(pipe(ready), "pipe");
    const int pid = forked();
    if (pid == 0) {
        closeAllBut({keptOne, keptTwo, ready[1]});
        before();
        must(static_cast<int>(write(ready[1], "x", 1)), "write");
        close(ready[1]);
        for (;;)
            pause();
    }
    close(ready[1]);
    char byte = 0;
    must(read(ready[0], &byte, 1) == 1 ? 0 : -1, "a process to hold sockets");
    close(ready[0]);
    return pid;
}

/// Writes what was made, a line of fields between tabs for each; or after '!' why it cannot be made.
static void tell(int to, const std::function<void(All &)> &make)
{
    All mine;
    std::string text;
    try {
        make(mine);
        for (const Held &held : mine) {
            text += held.situation + '\t' + held.role + '\t' + std::to_string(held.pid) + '\t' + std::to_string(held.fd)
                + '\t' + held.known + (held.ask >= 0 ? identityOf(held.ask) : std::string()) + '\n';
        }
    } catch (const Cannot &why) {
        text = '!' + why.reason + '\n';
    }
    text += '\n';
    must(static_cast<int>(write(to, text.data(), text.size())), "write");
    close(to);
}

static std::string cutTo(std::string &text, char end)
{
    const std::size_t at = text.find(end);
    std::string first = text.substr(0, at);
    text.erase(0, at == std::string::npos ? at : at + 1);
    return first;
}

/// Reads what tell() wrote, up to the empty line.
static void hear(int told, All &all)
{
    std::string text;
    char buffer[4096];
    while (!text.ends_with("\n\n") && text != "\n") {
        const ssize_t size = read(told, buffer, sizeof buffer);
        if (size <= 0) {
            std::fputs("mksockets: whoever should hold sockets ended\n", stderr);
            std::exit(1);
        }
        text.append(buffer, static_cast<std::size_t>(size));
    }
    close(told);
    if (text[0] == '!')
        throw Cannot{text.substr(1, text.find('\n') - 1)};
    while (text != "\n") {
        std::string line = cutTo(text, '\n');
        Held held;
        held.situation = cutTo(line, '\t');
        held.role = cutTo(line, '\t');
        held.pid = std::atoi(cutTo(line, '\t').c_str());
        held.fd = std::atoi(cutTo(line, '\t').c_str());
        held.known = line;
        all.push_back(held);
    }
}

int inChild(All &all, std::initializer_list<int> kept, const std::function<void(All &)> &make)
{
    int told[2];
    must(pipe(told), "pipe");
    const int pid = forked();
    if (pid == 0) {
        std::vector<int> ours(kept);
        // At most two are ever kept.
        closeAllBut({told[1], ours.empty() ? told[1] : ours.front(), ours.empty() ? told[1] : ours.back()});
        tell(told[1], make);
        for (;;)
            pause();
    }
    close(told[1]);
    hear(told[0], all);
    return pid;
}

void inThread(All &all, const std::function<void(All &)> &make)
{
    int told[2];
    must(pipe(told), "pipe");
    std::thread([write = told[1], &make] {
        must(unshare(CLONE_FILES), "unshare");
        closeAllBut({write});
        // Nothing of the caller's is touched after this.
        tell(write, make);
        for (;;)
            pause();
    }).detach();
    // Our write end stays until the answer is here: the thread copies the table when it gets to it.
    hear(told[0], all);
    close(told[1]);
}

void enterNewNamespace()
{
    able(unshare(CLONE_NEWNET), "a network namespace of its own");
    raiseLoopback();
}

void sendDescriptor(int over, int fd)
{
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
    must(static_cast<int>(sendmsg(over, &message, 0)), "sendmsg");
}

int receivedDescriptor(int over)
{
    int fd = -1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)]{};
    char byte = 0;
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    must(static_cast<int>(recvmsg(over, &message, 0)), "recvmsg");
    if (const cmsghdr *const header = CMSG_FIRSTHDR(&message))
        std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return must(fd, "SCM_RIGHTS");
}

} // namespace mksockets
