// SPDX-License-Identifier: GPL-3.0-or-later
// The other end of a row in words: whose it is, what it is, and how it was found. For columns, details and the window.
#pragma once

#include "model/shown_owner.h"
#include "model/value.h"

#include <QtCore/QString>

namespace socktree {

/// "127.0.0.1:443", "unix socket:[123] @name", "netlink port 4711".
QString socketText(const Snapshot &snapshot, const Socket &socket);
/// Whom the other end is shown with; as for a row, who held it is remembered.
std::optional<ShownOwner> ownerOfPeer(const RowRef &row, const Peer &peer);
/// Whether it waits to be accepted, or is the listener that this one waits for: its process is the listener's.
bool isListenersPeer(const RowRef &row, const Peer &peer);
/// Of a connection that waits to be accepted at one of several listeners, as a sentence.
QString severalListeners(const Socket &socket);
/// "nginx (4711) 127.0.0.1:443", with the sign of what is inferred; one line.
QString peerText(const RowRef &row, const Peer &peer);
/// How the other end was found, as a sentence.
QString howFound(const RowRef &row, const Peer &peer);
/// The slot of the other end's row, or noIndex if it has none any more.
quint32 slotOf(const Generation &generation, const Snapshot &snapshot, quint32 socket);

} // namespace socktree
