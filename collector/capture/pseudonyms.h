// SPDX-License-Identifier: GPL-3.0-or-later
// Stands one address or name in for another: the same for the same, another for another, and of the same kind.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QMutex>

#include <array>
#include <cstddef>
#include <span>

namespace socktree {

/// Numbered in the order of their appearance, so nothing of the original is in them. Any thread.
class Pseudonyms
{
public:
    using Four = std::array<quint8, 4>;
    using Sixteen = std::array<quint8, 16>;

    /// Whether it stands for itself: unspecified, loopback and broadcast addresses and the link's well-known groups.
    static bool keeps(const Four &address);
    static bool keeps(const Sixteen &address);
    /// What is not kept becomes 198.18.0.0/15 (then 240.0.0.0/4), 169.254.0.0/16 if they were of a link, 239.0.0.0/8 if
    /// they were groups.
    Four of(const Four &address);
    /// Likewise 2001:db8::/32, fe80::/64, and ff.. with its flags and scope; IPv4 in IPv6 becomes what that IPv4
    /// address became.
    Sixteen of(const Sixteen &address);
    /// Of an AF_UNIX socket, as in sun_path: a path stays a path, an abstract name abstract, no name none.
    QByteArray ofName(const QByteArray &name);

    /// In place, in network byte order; what is too short is zeroed.
    void replaceFour(std::span<std::byte> address);
    void replaceSixteen(std::span<std::byte> address);

private:
    /// A number for each key, from 1, for each kind anew.
    quint32 number(quint8 kind, const QByteArray &key);

    QMutex m_mutex; ///< over all that follows
    QHash<std::pair<quint8, QByteArray>, quint32> m_numbers;
    std::array<quint32, 8> m_used{};
};

} // namespace socktree
