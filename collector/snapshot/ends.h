// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the other end of every socket that has one on this host, and the listener of those that wait to be accepted.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <span>
#include <vector>

namespace socktree {

/// What messages say of ends and rows have no place for. Rows are indexes in Snapshot::sockets.
struct EndFacts {
    struct Waiting {
        quint32 listener = 0; ///< row of the UNIX listener
        quint32 client = 0;   ///< inode of the socket that waits for accept
    };
    struct Token {
        quint32 row = 0;
        quint32 token = 0; ///< of our MPTCP connection; never 0
    };
    struct AlsoAt {
        quint32 row = 0;
        Address address; ///< SCTP: one more address of this end, or of the other
        bool remote = false;
    };
    std::vector<Waiting> waiting;
    std::vector<Token> tokens;
    std::vector<AlsoAt> addresses; ///< each row's beside each other

    /// Takes over another's facts, whose row i is our row placed[i].
    void add(const EndFacts &other, std::span<const quint32> placed);
};

/// Fills in Snapshot::peers and of each socket its peers, listener, partOf and what tells why they are not there;
/// holders must be joined. Pure, and linear in the number of sockets, however many share an address.
///
/// Exact is what the kernel itself says (UNIX, netlink, TIPC, tokens) or what can be no other in a namespace (both
/// addresses and ports, the other way round; IPv4 in IPv6 clothes is IPv4). Inferred is what rules say: the one
/// connection of another namespace that fits, the bound sockets that a connected UDP socket sends to and, in return,
/// its senders. Exact ones come first, and of these what the socket itself is connected to: others may be connected to
/// it. Where rules fit several namespaces' sockets, there is none. Of listeners that share address and port
/// the kernel does not say whose queue a connection waits in: see Socket::listeners.
void joinEnds(Snapshot &snapshot, const EndFacts &facts);

} // namespace socktree
