// SPDX-License-Identifier: GPL-3.0-or-later
// UNIX sockets whose other end is not simply the other one of two.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"
#include "tests/live/mksockets/unix_names.h"

#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

static void pending(All &all, const std::string &name)
{
    for (const auto &[type, text] : {std::pair(SOCK_STREAM, "stream"), std::pair(SOCK_SEQPACKET, "seqpacket")}) {
        const int listener = unixNamed(type, ownFolder() + "/pending-" + text);
        must(listen(listener, 5), "listen");
        const int client = connectedTo(listener, type);
        // The half that waits is in no dump; the listener's queue names the client.
        keep(all, name, "client", client, unixSocket(text, "ESTAB") + peerWaitsAt(listener));
        keep(all, name, "listener", listener,
            unixSocket(text, "LISTEN") + member("recv-q", 1) + member("send-q", 5)
                + member("pending-inode", inodeOf(client)));
    }
}

static void accepted(All &all, const std::string &name)
{
    const std::string known = unixSocket("seqpacket", "ESTAB");
    const int listener = unixNamed(SOCK_SEQPACKET, ownFolder() + "/accepted");
    must(listen(listener, 5), "listen");
    const int client = connectedTo(listener, SOCK_SEQPACKET);
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    keep(all, name, "listener", listener, unixSocket("seqpacket", "LISTEN"));
    keepPair(all, name, "client", client, "server", server, known, known);
}

/// Clients that name a server, which names nobody: only the clients can tell.
static void oneWay(All &all, const std::string &name)
{
    const int server = unixNamed(SOCK_DGRAM, ownFolder() + "/one-way");
    const int first = connectedTo(server, SOCK_DGRAM);
    const int second = connectedTo(server, SOCK_DGRAM);
    must(static_cast<int>(send(first, "unread", 6, 0)), "send");
    // The kernel calls the server connected, too, once somebody is connected to it.
    const std::string known = unixSocket("dgram", "ESTAB") + peerIs(server, getpid());
    keep(all, name, "first", first, known);
    keep(all, name, "second", second, known);
    keep(all, name, "server", server,
        unixSocket("dgram", "ESTAB") + member("client-inode", inodeOf(first))
            + member("second-client-inode", inodeOf(second)));
}

static void peerClosed(All &all, const std::string &name)
{
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    close(pair[1]);
    keep(all, name, "left", pair[0], unixSocket("stream", "ESTAB") + member("no-peer", 1));
}

std::span<const Situation> unixPeerSituations()
{
    static constexpr Situation situations[] = {
        {"unix-pending", "connections their listener has not accepted", pending},
        {"unix-seqpacket", "a listener, and a connection it accepted", accepted},
        {"unix-one-way", "two datagram clients of a server that names neither", oneWay},
        {"unix-peer-closed", "a pair of which one is left", peerClosed},
    };
    return situations;
}

} // namespace mksockets
