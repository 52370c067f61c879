// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ends_world.h"

#include "collector/snapshot/ends.h"

namespace socktree::test {

static Socket fileless(Socket socket)
{
    socket.inode = 0;
    socket.told = 0;
    socket.tell(Told::State);
    return socket;
}

void EndsWorld::loseClient()
{
    auto made = std::make_shared<Snapshot>(snapshot());
    Socket &socket = made->sockets[client];
    socket = fileless(socket);
    socket.state = 5;
    socket.holderCount = 0;
    m_generation.snapshot = std::move(made);
    m_generation.formerOwners.insert(client, process(4711, "curl", "curl", 1000));
}

void EndsWorld::hideServer()
{
    auto made = std::make_shared<Snapshot>(snapshot());
    made->processes.front().descriptors = Got::Denied;
    made->deniedProcesses = 1;
    for (Socket &socket : made->sockets)
        if (const auto holders = made->holdersOf(socket); !holders.empty() && holders.front().process == 0)
            socket.holderCount = 0;
    m_generation.snapshot = std::move(made);
}

EndsWorld::EndsWorld()
{
    constexpr quint8 established = 1, timeWait = 6, listening = 10;
    SmallWorld world;
    const quint32 nginx = world.add(process(443, "nginx", "nginx", 0, "nginx.service"));
    const quint32 curl = world.add(process(4711, "curl", "curl", 1000));
    const quint32 dig = world.add(process(5000, "dig", "dig", 1000));
    const quint32 apache = world.add(process(5500, "apache2", "apache2", 0, "apache2.service"));
    listener = world.add(tcp(listening, "0.0.0.0", 80), {{nginx, 443, 6}});
    server = world.add(tcp(established, "127.0.0.1", 80, "127.0.0.1", 40000), {{nginx, 443, 7}});
    client = world.add(tcp(established, "127.0.0.1", 40000, "127.0.0.1", 80), {{curl, 4711, 3}});
    waiting = world.add(fileless(tcp(established, "127.0.0.1", 80, "127.0.0.1", 40001)));
    waitingClient = world.add(tcp(established, "127.0.0.1", 40001, "127.0.0.1", 80), {{curl, 4711, 4}});
    for (const Holder &holder : {Holder{nginx, 443, 20}, Holder{apache, 5500, 4}}) {
        Socket one = tcp(listening, "127.0.0.1", 8080);
        one.recvQueue = 1;
        world.add(one, {holder});
    }
    quint16 port = 41000;
    const auto wait = [&](quint32 &there, quint32 &here) {
        there = world.add(fileless(tcp(established, "127.0.0.1", 8080, "127.0.0.1", ++port)));
        here = world.add(tcp(established, "127.0.0.1", port, "127.0.0.1", 8080), {{curl, 4711, port}});
    };
    quint32 second, secondClient;
    wait(shared, sharedClient);
    wait(second, secondClient);
    wait(late, lateClient);
    sender = world.add(udp("127.0.0.1", 50000, "127.0.0.1", 53), {{dig, 5000, 3}});
    receiver = world.add(udp("0.0.0.0", 53), {{nginx, 443, 8}});
    alsoReceiver = world.add(udp("0.0.0.0", 53), {{nginx, 443, 9}});
    Socket path = unixSocket(established), nameless = unixSocket(established);
    path.peerInode = nameless.inode;
    nameless.peerInode = path.inode;
    path.tell(Told::Peer);
    nameless.tell(Told::Peer);
    unixServer = world.add(path, {{nginx, 443, 10}}, {}, "/run/x");
    unixClient = world.add(nameless, {{curl, 4711, 5}});
    over = world.add(fileless(tcp(timeWait, "192.0.2.1", 40002, "203.0.113.9", 443)));
    world.putInOneNamespace();
    joinEnds(world.snapshot(), {});
    m_generation = world.generation();
    m_generation.formerOwners.insert(over, process(4711, "curl", "curl", 1000));
}

} // namespace socktree::test
