// SPDX-License-Identifier: GPL-3.0-or-later
// Network devices of a namespace that mksockets made for itself, where it may do as it likes.
#pragma once

namespace mksockets {

/// A pair of virtual Ethernet devices: @p name here, @p peer in the namespace that @p there is a descriptor of.
/// Throws Cannot.
void makeVeth(const char *name, const char *peer, int there);
/// Gives a device of this namespace an IPv4 address of a network of four, and takes it up.
void raise(const char *name, const char *address);
/// A descriptor of the network namespace this thread is in. Throws Cannot.
int currentNamespace();

} // namespace mksockets
