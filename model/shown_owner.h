// SPDX-License-Identifier: GPL-3.0-or-later
// The process that a row is shown with, also where none holds it: the listener's, or the one that held it before.
#pragma once

#include "model/generation.h"
#include "model/value.h"

#include <optional>

namespace socktree {

struct ShownOwner {
    /// Held: it has a descriptor. Listener: the socket waits to be accepted, in a queue of a socket that it holds;
    /// inferred. OneOfListeners: the same, and other listeners are as likely. Was: it held the socket until the kernel
    /// was left alone with it.
    enum class How : quint8 { Held, Listener, OneOfListeners, Was } how = How::Held;
    const Process *process = nullptr; ///< never null; lives as long as the generation
};
/// Nothing if no process is known.
std::optional<ShownOwner> shownOwner(const RowRef &row);
/// Of a socket that need not be a row: nobody remembers who held it.
std::optional<ShownOwner> shownOwner(const Snapshot &snapshot, const Socket &socket, const TreeScope *under = nullptr);

/// Whose holders a socket is shown with: itself, or the listener at which it waits to be accepted.
const Socket &heldFor(const Snapshot &snapshot, const Socket &socket);
/// Why a socket that need not be a row has no shownOwner(); NotTold if it waits at one of several listeners, and it is
/// open at which.
Why whyNoOwner(const Snapshot &snapshot, const Socket &socket);

/// Holders; of a socket that waits to be accepted, its listener's. Tree, scope and filters go by these.
std::span<const Holder> shownHolders(const Snapshot &snapshot, const Socket &socket);

/// The one that stands for all: of a process that was chosen in the tree, if any is, and with a descriptor of the
/// socket itself, if any has; else the first. Null if there is none.
const Holder *holderToShow(const Snapshot &snapshot, std::span<const Holder> holders, const TreeScope *under);

/// Whether it waits to be accepted at one of several listeners, of which the one it is shown with, if any, is a guess.
bool hasSeveralListeners(const Socket &socket);

/// Whether the kernel may keep a connection in this state when its process has closed it, and does: it has no file.
bool outlivesItsProcess(const Socket &socket);

/// Stands before what is inferred, here and for other ends; "≈ nginx".
QString markedInferred(const QString &text);
/// With the sign of how it is known: "≈ nginx", "was: nginx", and as it is where the process holds the socket.
QString markedAs(ShownOwner::How how, const QString &text);

} // namespace socktree
