// SPDX-License-Identifier: GPL-3.0-or-later
// What other processes' descriptors tell of their sockets, and the ways into network namespaces: systemSources() is
// made of these.
#pragma once

#include "collector/capture/sources.h"

namespace socktree {

/// As Sources::inNamespace. Wants CAP_SYS_ADMIN in the namespace's user namespace and in ours, by a descriptor also the
/// right to trace the process and CAP_NET_ADMIN in the namespace.
Result<void> inNamespace(const NamespaceWay &way, const std::function<void(quint64 inode)> &inside);

/// As Sources::netnsCookie.
quint64 netnsCookie();

/// As Sources::descriptorAttribute, by the whole path of the descriptor's link.
Text descriptorAttribute(const std::string &path, const char *name);

/// As Sources::askDescriptor.
void askDescriptor(qint32 tid, qint32 fd, LoneSocketRecord &record);

} // namespace socktree
