// SPDX-License-Identifier: GPL-3.0-or-later
// What several situations make: bound sockets, connections, and a row of the table for each.
#pragma once

#include "tests/live/mksockets/held.h"

#include <string>

namespace mksockets {

/// Members that say what a row must be.
std::string tcp(const char *family, const char *state);
std::string udp(const char *family, const char *state);
std::string unixSocket(const char *type, const char *state);
/// Where the row comes from: "sock_diag", "proc_net" or "descriptor", or several of them with '|' between, where it
/// depends on what was built into the kernel.
std::string from(const char *sources);

/// Members of a row that has no inode and no holder: it waits in the queue of @p listener for being accepted.
std::string waitsAt(int listener, int client);
/// The same seen from the client: its other end belongs to whoever listens, which is an inference.
std::string peerWaitsAt(int listener);
/// Members of the row that closing @p fd leaves behind, the other end of @p other: its cookie stays.
std::string leftBy(int fd, int other);

/// Notes @p fd of this process.
void keep(All &all, const std::string &situation, const char *role, int fd, std::string known);
/// Notes two descriptors of this process that are each other's other end.
void keepPair(All &all, const std::string &situation, const char *role, int fd, const char *otherRole, int other,
    const std::string &known, const std::string &otherKnown);

/// A socket bound to the loopback address (or to @p any address) and a port of the kernel's choice.
int boundSocket(int family, int type, bool any = false, int protocol = 0);
int listening(int family, int backlog = 7, bool any = false, int protocol = 0);
/// A socket of the same family and @p type, connected to where @p other is bound.
int connectedTo(int other, int type, int protocol = 0);
/// The loopback device of a new network namespace is down, and nothing could connect to anything.
void raiseLoopback();

struct Pair {
    int client = -1;
    int server = -1;
};
/// Two ends of one TCP connection; the listener is gone.
Pair connection(int family);

/// The other side's packets may be handled a moment later, so a TCP state that must come is waited for.
void awaitState(int fd, int state);

/// Sends until nothing fits any more: what comes after it, a FIN too, waits for a reader.
void fill(int fd);

} // namespace mksockets
