// SPDX-License-Identifier: GPL-3.0-or-later
// The tree's level of network namespaces: whether there is one, and in what order they stand.
#pragma once

#include "model/tree_scope.h"

#include <QtCore/QHash>

namespace socktree {

class TreeNamespaces
{
public:
    /// @p wanted: the user wants the level. It is there if rows, closed ones too and whatever is filtered away, are of
    /// several namespaces that are told.
    TreeNamespaces(const Generation &generation, bool wanted);

    bool areLevel() const { return m_areLevel; }
    /// Of the node that a row belongs under. Without the level the same for all: the only one there is, everyNamespace
    /// if they are not told apart.
    quint64 of(const RowRef &row) const { return m_areLevel ? netnsOf(row) : m_only; }
    quint64 only() const { return m_only; }
    /// The reader's own comes first, then they go by name, and what is not told comes last. Meaningless without level.
    quint32 rankOf(quint64 netns) const { return m_ranks.value(netns, noIndex); }

private:
    void rank(const Generation &generation);

    bool m_areLevel = false;
    quint64 m_only = everyNamespace;
    QHash<quint64, quint32> m_ranks;
};

} // namespace socktree
