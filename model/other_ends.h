// SPDX-License-Identifier: GPL-3.0-or-later
// The other end of a row in words: whose it is, what it is, and how it was found. For columns, details and the window.
#pragma once

#include "model/shown_owner.h"
#include "model/value.h"

#include <QtCore/QString>

namespace socktree {

/// Why a row has no other end, as a sentence; and as a reason.
QString whyNoOtherEnd(const RowRef &row);
Value noOtherEnd(const RowRef &row);

/// "127.0.0.1:443", "unix socket:[123] @name", "netlink port 4711".
QString socketText(const Snapshot &snapshot, const Socket &socket);
/// "nginx (4711) 127.0.0.1:443", with the sign of what is inferred; one line.
QString peerText(const Snapshot &snapshot, const Peer &peer);
/// How the other end of @p socket was found, as a sentence.
QString howFound(const Snapshot &snapshot, const Socket &socket, const Peer &peer);
/// The slot of the other end's row, or noIndex if it has none any more.
quint32 slotOf(const Generation &generation, const Snapshot &snapshot, quint32 socket);

} // namespace socktree
