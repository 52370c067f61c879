// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/mapped_sockets.h"

#include "collector/capture/descriptor_scan.h"
#include "collector/capture/proc_file.h"
#include "collector/capture/stat_glance.h"

#include <fcntl.h>

#include <algorithm>
#include <iterator>

namespace socktree {

std::set<quint64> socketsMappedIn(QByteArrayView maps)
{
    std::set<quint64> inodes;
    while (!maps.isEmpty()) {
        const qsizetype end = maps.indexOf('\n');
        if (end < 0)
            return inodes; // cut inside the line
        QByteArrayView name = maps.first(end);
        maps = maps.sliced(end + 1);
        // Range, rights, offset, device and inode come first, and have no blank in them. A path begins with a slash.
        for (int field = 0; field < 5; ++field)
            name = name.sliced(name.indexOf(' ') + 1);
        name = name.trimmed();
        if (const auto inode = linkInode("socket", name))
            inodes.insert(*inode);
    }
    return inodes;
}

/// Of a process that is still what it was; 0: gone, or it cannot be told.
static quint64 startTimeOf(int process)
{
    const auto glance = glanceAtStat(readText(process, "stat").bytes);
    return glance ? glance->startTime : 0;
}

void MappedSockets::read(
    const std::vector<qint32> &pids, const std::vector<HeldSocket> &held, const std::set<quint32> &listed, Sink &sink)
{
    std::set<quint64> unheld(listed.begin(), listed.end());
    for (const HeldSocket &one : held)
        unheld.erase(one.inode);
    std::set<quint64> wanted;
    std::copy_if(unheld.begin(), unheld.end(), std::inserter(wanted, wanted.end()),
        [&](quint64 inode) { return m_isFirst || m_unheld.count(inode) != 0; });
    if (!std::includes(m_wanted.begin(), m_wanted.end(), wanted.begin(), wanted.end()))
        m_toLook = pids.size();
    m_wanted = std::move(wanted);
    m_unheld = std::move(unheld);
    if (m_wanted.empty()) {
        m_mapped.clear();
        m_toLook = 0;
    } else {
        const std::size_t most = m_isFirst ? pids.size() : std::max(inTurn, std::min(m_toLook, mostAtOnce));
        lookThrough(pids, std::min(most, pids.size()));
        write(sink);
    }
    m_isFirst = false;
}

void MappedSockets::lookThrough(const std::vector<qint32> &pids, std::size_t count)
{
    const Directory root = openDirectory(AT_FDCWD, m_sources.procRoot.c_str());
    if (!root)
        return;
    auto next = std::upper_bound(pids.begin(), pids.end(), m_last);
    for (std::size_t i = 0; i < count; ++i, ++next) {
        if (next == pids.end())
            next = pids.begin();
        look(dirfd(root.get()), *next);
        m_last = *next;
    }
    m_toLook -= std::min(m_toLook, count);
}

void MappedSockets::look(int procRoot, qint32 pid)
{
    constexpr qsizetype most = 16'777'216; // vm.max_map_count lines are 5 MB
    m_mapped.erase(pid);
    const FileDescriptor process = openPath(procRoot, QByteArray::number(pid).constData());
    if (!process)
        return;
    std::set<quint64> inodes = socketsMappedIn(readText(process.get(), "maps", most).bytes);
    if (const quint64 startTime = inodes.empty() ? 0 : startTimeOf(process.get()); startTime != 0)
        m_mapped.insert_or_assign(pid, Mapped{startTime, std::move(inodes)});
}

void MappedSockets::write(Sink &sink)
{
    for (auto one = m_mapped.begin(); one != m_mapped.end();) {
        const auto &[pid, mapped] = *one;
        const std::string folder = m_sources.procRoot + '/' + std::to_string(pid);
        const FileDescriptor process = openPath(AT_FDCWD, folder.c_str());
        if (!process || startTimeOf(process.get()) != mapped.startTime) {
            one = m_mapped.erase(one);
            continue;
        }
        for (const quint64 inode : mapped.inodes)
            if (m_wanted.count(inode) != 0)
                sink.mappedSocket({.pid = pid, .inode = inode});
        ++one;
    }
}

} // namespace socktree
