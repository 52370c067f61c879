// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"
#include "tests/live/mksockets/unix_names.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace mksockets {

int unixNamed(int type, const std::string &bytes)
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
static int folderOwner = 0;

static void removeFolder()
{
    if (getpid() != folderOwner)
        return;
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

const std::string &ownFolder()
{
    if (folder.empty()) {
        char path[] = "/tmp/mksockets-XXXXXX";
        if (!mkdtemp(path))
            must(-1, "mkdtemp");
        folder = path;
        folderOwner = getpid();
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
    const int client = connectedTo(listener, SOCK_STREAM);
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    keep(all, name, "listener", listener, unixSocket("stream", "LISTEN"));
    const std::string known = unixSocket("stream", "ESTAB");
    keepPair(all, name, "client", client, "server", server, known, known);
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
        const std::string known = unixSocket(kind.name, "ESTAB");
        keepPair(all, name, "left", pair[0], "right", pair[1], known, known);
    }
}

static void unixDatagram(All &all, const std::string &name)
{
    const int fd = unixNamed(SOCK_DGRAM, ownFolder() + "/datagrams");
    keep(all, name, "receiver", fd, unixSocket("dgram", "UNCONN"));
    keep(all, name, "nameless", must(socket(AF_UNIX, SOCK_DGRAM, 0), "socket"), unixSocket("dgram", "UNCONN"));
}

std::span<const Situation> unixSituations()
{
    static constexpr Situation situations[] = {
        {"unix-path", "listeners with paths that break lines and formulas", unixPath},
        {"unix-abstract", "an abstract name of odd bytes, with a client", unixAbstract},
        {"unix-pairs", "socket pairs of each type", unixPairs},
        {"unix-datagram", "a datagram socket with a name, and one without", unixDatagram},
    };
    return situations;
}

} // namespace mksockets
