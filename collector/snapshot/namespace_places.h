// SPDX-License-Identifier: GPL-3.0-or-later
// Where namespaces are in a snapshot that is being built.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QHash>

#include <vector>

namespace socktree {

/// One that is asked for and is not there yet is added: it is one all the same, of which no more is known than its
/// number. Nobody else may add any.
class NamespacePlaces
{
public:
    explicit NamespacePlaces(std::vector<NetNamespace> &namespaces) : m_namespaces(namespaces)
    {
        for (std::size_t i = 0; i < namespaces.size() && i < noShortIndex; ++i)
            m_places.insert(namespaces[i].id, static_cast<quint16>(i));
    }

    /// noShortIndex if there are more than rows can name.
    quint16 of(quint64 id)
    {
        const auto known = m_places.constFind(id);
        if (known != m_places.cend())
            return *known;
        if (m_namespaces.size() >= noShortIndex)
            return noShortIndex;
        m_namespaces.push_back({.id = id, .reached = std::nullopt});
        return *m_places.insert(id, static_cast<quint16>(m_namespaces.size() - 1));
    }

private:
    std::vector<NetNamespace> &m_namespaces;
    QHash<quint64, quint16> m_places;
};

} // namespace socktree
