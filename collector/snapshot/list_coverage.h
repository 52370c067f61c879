// SPDX-License-Identifier: GPL-3.0-or-later
// Where a socket that is in no list may be all the same: in lists that are not here, or not whole.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QHash>

#include <bitset>
#include <vector>

namespace socktree {

/// Of a snapshot whose dumps and namespaces are joined; it is kept until the end.
class ListCoverage
{
public:
    explicit ListCoverage(const Snapshot &snapshot);
    /// Whether the lists of a protocol were read whole in the namespace of one of its sockets. A list that the kernel
    /// does not have lacks nothing.
    bool isWholeAround(const Socket &socket) const;
    /// Whether they were in every namespace that was read.
    bool isWholeEverywhere(Protocol protocol) const;
    /// Whether there are, or may be, namespaces whose sockets we may not see: one that is known by its mount alone, or
    /// those of processes that are not shown to us.
    bool lacksNamespaces() const { return m_lacksNamespaces; }

private:
    struct Key {
        quint64 netns = 0;
        quint8 family = 0;
        quint16 number = 0;
        bool operator==(const Key &) const = default;
        friend std::size_t qHash(const Key &key, std::size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.netns, key.family, key.number);
        }
    };
    bool isWhole(quint64 netns, Protocol protocol) const;
    bool isWhole(const Key &list) const { return m_lists.value(list, false); }

    const Snapshot &m_snapshot;
    QHash<Key, bool> m_lists;                        ///< whether it is whole
    std::vector<std::bitset<protocolCount>> m_whole; ///< by namespace, as in the snapshot
    std::bitset<protocolCount> m_everywhere;
    bool m_lacksNamespaces = false;
};

} // namespace socktree
