// SPDX-License-Identifier: GPL-3.0-or-later
// A small world of sockets with other ends: connections on this host, one that waits to be accepted, one that is over.
#pragma once

#include "tests/support/small_world.h"

namespace socktree::test {

class EndsWorld
{
public:
    EndsWorld();
    /// curl closes the client of the accepted connection.
    void loseClient();
    /// nginx does not let us see its descriptors.
    void hideServer();
    const Generation &generation() const { return m_generation; }
    const Snapshot &snapshot() const { return *m_generation.snapshot; }

    // Rows; slots are the same numbers. nginx (443) serves, curl (4711) asks, dig (5000) sends datagrams,
    // apache2 (5500) listens beside nginx.
    quint32 listener, server, client;       ///< TCP, accepted
    quint32 waiting, waitingClient;         ///< TCP, not accepted yet
    quint32 shared, sharedClient;           ///< likewise, at one of two listeners that nginx and apache hold
    quint32 late, lateClient;               ///< likewise, and more than their queues hold
    quint32 sender, receiver, alsoReceiver; ///< UDP; two share the port
    quint32 unixServer, unixClient;
    quint32 over; ///< TIME_WAIT to another host; curl held it

private:
    Generation m_generation;
};

} // namespace socktree::test
