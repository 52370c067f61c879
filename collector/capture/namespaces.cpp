// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/namespaces.h"

#include "collector/capture/proc_file.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace socktree {

static constexpr quint64 roundsBetweenOtherMounts = 10;
static constexpr qsizetype mostMountinfo = 4'194'304;

static quint64 inodeOfFile(const std::string &path)
{
    struct stat told;
    return stat(path.c_str(), &told) == 0 ? told.st_ino : 0;
}

Namespaces::Namespaces(Sources sources) : m_sources(std::move(sources)) { }

quint64 Namespaces::netFileOf(qint32 pid) const
{
    return inodeOfFile(m_sources.procRoot + '/' + std::to_string(pid) + "/net/tcp");
}

void Namespaces::readMountsOf(const std::string &process, bool isOurs)
{
    const Text text = readText(AT_FDCWD, (process + "/mountinfo").c_str(), mostMountinfo);
    for (const NamespaceMount &mount : namespaceMounts(text.bytes)) {
        const std::string path = isOurs ? mount.path.toStdString() : process + "/root" + mount.path.toStdString();
        (isOurs ? m_own : m_others).try_emplace(mount.inode, Mount{path, mount.path});
    }
}

/// One process of each mount namespace tells of all mounts in it.
void Namespaces::readMounts(const std::vector<qint32> &pids)
{
    m_own.clear();
    readMountsOf(m_sources.procRoot + "/self", true);
    if (m_round++ % roundsBetweenOtherMounts != 0)
        return;
    m_others.clear();
    std::set<QByteArray> seen{readLink(AT_FDCWD, (m_sources.procRoot + "/self/ns/mnt").c_str()).bytes};
    for (const qint32 pid : pids) {
        const std::string process = m_sources.procRoot + '/' + std::to_string(pid);
        const Text link = readLink(AT_FDCWD, (process + "/ns/mnt").c_str());
        if (link.got == Got::Read && seen.insert(link.bytes).second)
            readMountsOf(process, false);
    }
}

quint64 Namespaces::lookHome()
{
    const std::string own = m_sources.procRoot + "/thread-self";
    m_home = linkInode("net", readLink(AT_FDCWD, (own + "/ns/net").c_str()).bytes).value_or(0);
    m_homeNetFile = inodeOfFile(own + "/net/tcp");
    return m_home;
}

std::vector<FoundNamespace> Namespaces::find(const ProcessNamespaces &processes, const std::vector<qint32> &pids)
{
    readMounts(pids);

    std::map<quint64, FoundNamespace> found;
    for (const auto &[inode, pid] : processes.byInode) {
        FoundNamespace &one = found[inode];
        one.pid = pid;
        one.netFile = netFileOf(pid);
        one.way = {.path = m_sources.procRoot + '/' + std::to_string(pid) + "/ns/net", .pid = pid};
    }
    for (const auto *mounts : {&m_own, &m_others}) {
        for (const auto &[inode, mount] : *mounts) {
            FoundNamespace &one = found[inode];
            if (!one.mounted.isEmpty())
                continue;
            one.mounted = mount.told;
            one.way.path = mount.path;
        }
    }
    m_homeMounted = found[m_home].mounted;
    found.erase(m_home);

    std::vector<FoundNamespace> all;
    std::set<quint64> netFiles{m_homeNetFile};
    for (auto &[inode, one] : found) {
        one.inode = inode;
        netFiles.insert(one.netFile);
        all.push_back(std::move(one));
    }
    for (const auto &[netFile, pid] : processes.byNetFile)
        if (netFiles.insert(netFile).second)
            all.push_back({.netFile = netFile, .pid = pid});
    return all;
}

} // namespace socktree
