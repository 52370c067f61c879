// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of the tree, and whether a row belongs to those that are selected.
#pragma once

#include "model/generation.h"

#include <QtCore/QSet>

#include <compare>
#include <vector>

namespace socktree {

/// NetNamespace::id of rows whose namespace is not told.
constexpr quint64 untoldNamespace = 0;
/// Instead of a NetNamespace::id: whatever namespace it is.
constexpr quint64 everyNamespace = ~quint64(0);
/// NetNamespace::id of the row's.
quint64 netnsOf(const RowRef &row);

/// What a node of the tree stands for, and what makes it the same node in the next tree.
struct TreePart {
    enum class Kind : quint8 {
        Namespace, ///< all of a network namespace
        Process,   ///< what a process holds
        NoProcess, ///< what nobody holds
        Hidden     ///< what somebody may hold whom we may not look into
    } kind
        = Kind::Process;
    quint64 netns = everyNamespace; ///< NetNamespace::id that its sockets are of
    ProcessKey process;             ///< of Kind::Process
    auto operator<=>(const TreePart &) const = default;
};
inline size_t qHash(const TreePart &part, size_t seed = 0) noexcept
{
    return qHashMulti(seed, static_cast<quint8>(part.kind), part.netns, part.process);
}
inline TreePart partOf(const ProcessKey &process, quint64 netns = everyNamespace)
{
    return {TreePart::Kind::Process, netns, process};
}
inline TreePart partOf(TreePart::Kind kind, quint64 netns = everyNamespace)
{
    return {kind, netns, {}};
}

/// What the table shows of the tree: everything, or what is in any of these parts.
struct TreeScope {
    std::vector<TreePart> parts;
    bool everything() const { return parts.empty(); }
    bool hasProcess(const ProcessKey &process) const;
    bool operator==(const TreeScope &) const = default;
};

/// The same parts whatever namespace they are of; without whole namespaces.
TreeScope widened(const TreeScope &scope);

/// Asks about many nodes or rows of one generation; parts are looked up once, not each time. The scope is copied, the
/// generation must outlive it.
class ScopeTest
{
public:
    explicit ScopeTest(const TreeScope &scope);
    ScopeTest(const TreeScope &scope, const Generation &generation);

    /// Whether it is one of the parts by name.
    bool names(const TreePart &part) const;
    /// Whether a row of the generation is in any of them.
    bool contains(const RowRef &row) const;

private:
    QSet<TreePart> m_parts;
    std::vector<bool> m_here, m_buried; ///< by process index: whether any part is of it
    bool m_namespaces = false, m_groups = false;
};

/// Whether a row is under what is selected in the tree.
bool contains(const TreeScope &scope, const RowRef &row);

} // namespace socktree
