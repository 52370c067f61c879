// SPDX-License-Identifier: GPL-3.0-or-later
// The ends of a socket in words, by what its family has for an address.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QString>

namespace socktree {

/// Name of a node of the socket's family: vsock's "host", "local", "hypervisor", "any"; else its number.
QString nodeText(const Socket &socket, const Address &address);
/// Of netlink the part of the kernel ("route"), of packet the ethertype ("all"), of raw the protocol ("icmp"): what
/// Socket::number stands for, or the number itself. Empty if the family has none, or if it was not told.
QString numberText(const Snapshot &snapshot, const Socket &socket);
/// "192.0.2.1:443", "[::1]:443", "0.0.0.0:icmp" of raw, "route:4711" and "route:kernel" of netlink, "all:eth0" of
/// packet, "host:1024" of vsock. Empty if it has no address of such a kind, or none was told.
QString localEnd(const Snapshot &snapshot, const Socket &socket);
/// Of a socket that is connected; empty if it is not.
QString remoteEnd(const Snapshot &snapshot, const Socket &socket);
/// Whether it has another end by its address.
bool isConnected(const Socket &socket);
/// A port of the socket's family: netlink's 0 is "kernel", any port is "*".
QString portText(const Socket &socket, quint32 port);
/// Of the interface it is bound to: its name, else "if7"; empty if it is bound to none.
QString interfaceText(const Snapshot &snapshot, const Socket &socket);
/// Whether the port is one, and not the family's word for any.
bool isPort(const Socket &socket, quint32 port);

} // namespace socktree
