// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/cgroup_paths.h"

#include "collector/capture/mountinfo.h"
#include "collector/capture/proc_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace socktree {

static constexpr std::chrono::seconds walkIsGoodFor{10};
static constexpr std::size_t mostGroups = 20'000;
static constexpr int deepestGroup = 40;

CgroupPaths::CgroupPaths(const Sources &sources) : m_root(sources.cgroupRoot), m_procRoot(sources.procRoot) { }

void CgroupPaths::write(Sink &sink, SteadyTime now)
{
    if (!m_walked || now - *m_walked >= walkIsGoodFor) {
        walk();
        m_walked = now;
    }
    for (const auto &[id, path] : m_paths)
        sink.name({.of = NameRecord::Of::Cgroup, .number = id, .name = path});
    if (!m_problem.source.isEmpty())
        sink.problem(m_problem);
}

void CgroupPaths::walk()
{
    m_paths.clear();
    m_problem = {};
    if (m_root.empty()) {
        constexpr qsizetype mostMountinfo = 4'194'304;
        const Text mounts = readText(AT_FDCWD, (m_procRoot + "/self/mountinfo").c_str(), mostMountinfo);
        const auto found = mountsOfType("cgroup2", mounts.bytes);
        if (found.empty())
            return;
        m_root = found.front().path.toStdString();
    }
    enter(AT_FDCWD, m_root.c_str(), "/", 0);
}

void CgroupPaths::enter(int parent, const char *name, const QByteArray &path, int depth)
{
    const QByteArray root = QByteArray::fromStdString(m_root);
    if (m_paths.size() >= mostGroups || depth > deepestGroup) {
        m_problem = {root, "too many control groups, or too deep: some have no name", 0};
        return;
    }
    const Directory group = openDirectory(parent, name);
    struct stat told;
    if (!group || fstat(dirfd(group.get()), &told) != 0) {
        if (gotFor(errno) != Got::Gone)
            m_problem = {root + path, "this control group cannot be read: sockets of it have none", errno};
        return;
    }
    // The inode of its directory is the id that the kernel tells of a socket.
    m_paths.emplace_back(told.st_ino, path);
    std::vector<QByteArray> children;
    while (const dirent *entry = readdir(group.get())) {
        const QByteArray child(entry->d_name);
        if (entry->d_type == DT_DIR && child != "." && child != "..")
            children.push_back(child);
    }
    const QByteArray before = depth == 0 ? path : path + '/';
    for (const QByteArray &child : children)
        enter(dirfd(group.get()), child.constData(), before + child, depth + 1);
}

} // namespace socktree
