// SPDX-License-Identifier: GPL-3.0-or-later
// What screen readers are told of the socket table. Qt's own interface asks the selection model, which holds no
// selection here; this one asks the bitmap, and a cell is a socket's for as long as that is shown, wherever its row
// goes.
#pragma once

namespace socktree {

class SocketView;

/// Once per program; more is harmless.
void installSocketViewAccessible();
/// The current cell is another one.
void tellFocus(SocketView &view);
/// Other sockets are selected.
void tellSelected(SocketView &view);

} // namespace socktree
