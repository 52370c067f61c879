// SPDX-License-Identifier: GPL-3.0-or-later
// Processes and threads that hold sockets beside mksockets itself. All of them end with it.
#pragma once

#include "tests/live/mksockets/held.h"

#include <functional>

namespace mksockets {

/// Keeps the standard streams and these. A process or thread with a table of its own would otherwise be one more holder
/// of all that was made before.
void closeAllBut(std::initializer_list<int> kept);
/// fork() of a process that ends when this one does.
int forked();
/// Forks a process that keeps two descriptors; @p before is called in it first. Returns its pid.
int child(int keptOne, int keptTwo, const std::function<void()> &before);
/// Lets @p make note sockets in a process of its own, which keeps them and nothing else but @p kept of ours. What is
/// told of them is told as it is then. Returns the pid; throws Cannot as @p make does.
int inChild(All &all, std::initializer_list<int> kept, const std::function<void(All &mine)> &make);
/// The same in a thread with a table of its own.
void inThread(All &all, const std::function<void(All &mine)> &make);
/// Ends all of them, and theirs, so that none is left when this process has ended.
void endChildren();
/// A network namespace of its own for this process or thread, with the loopback device up. Throws Cannot.
void enterNewNamespace();
/// Sends a descriptor over a UNIX socket, where it stays in flight until it is received.
void sendDescriptor(int over, int fd);
int receivedDescriptor(int over);

} // namespace mksockets
