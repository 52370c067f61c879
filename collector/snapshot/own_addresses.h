// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses are a namespace's own, as far as its sockets say.
#pragma once

#include "collector/snapshot/socket.h"

#include <QtCore/QSet>

#include <vector>

namespace socktree {

class OwnAddresses
{
public:
    explicit OwnAddresses(const std::vector<Socket> &sockets);
    /// Loopback addresses are every namespace's own. @p unmappedAddress as unmapped() gives it.
    bool contain(quint16 netns, const Address &unmappedAddress) const;
    /// Of any namespace of which there are sockets.
    bool containAnywhere(const Address &unmappedAddress) const;

private:
    struct Key {
        quint16 netns = 0;
        std::array<quint8, 16> bytes{};
        bool operator==(const Key &) const = default;
        friend std::size_t qHash(const Key &key, std::size_t seed = 0) noexcept
        {
            return qHashBits(key.bytes.data(), key.bytes.size(), seed + key.netns);
        }
    };
    QSet<Key> m_known, m_anywhere; ///< of m_anywhere the namespace is 0
};

} // namespace socktree
