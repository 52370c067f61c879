// SPDX-License-Identifier: GPL-3.0-or-later
// Which control group an id means: sockets name theirs by number, and only a walk of the tree tells its path.
#pragma once

#include "collector/capture/record.h"
#include "collector/capture/sources.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace socktree {

/// A walk is used for ten seconds. A group made since has no name until the next one.
class CgroupPaths
{
public:
    explicit CgroupPaths(const Sources &sources);

    /// Writes every group's name into the sink. A host without cgroup2 has none, which is no problem.
    void write(Sink &sink, SteadyTime now);

private:
    void walk();
    void enter(int parent, const char *name, const QByteArray &path, int depth);

    std::string m_root; ///< empty: to be found
    std::string m_procRoot;
    std::vector<std::pair<quint64, QByteArray>> m_paths;
    std::optional<SteadyTime> m_walked;
    Problem m_problem; ///< of the last walk, if it has a source
};

} // namespace socktree
