// SPDX-License-Identifier: GPL-3.0-or-later
// Which network namespaces there are beside our own, and the ways into them.
#pragma once

#include "collector/capture/namespace_files.h"
#include "collector/capture/process_reader.h"
#include "collector/capture/sources.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace socktree {

/// One that is not our own.
struct FoundNamespace {
    quint64 inode = 0;   ///< of nsfs; 0: not told, then netFile is
    quint64 netFile = 0; ///< ProcessRecord::netFile
    qint32 pid = 0;      ///< a process or thread in it, 0: none
    QByteArray mounted;  ///< where it is mounted, in our own mount namespace or another's
    NamespaceWay way;    ///< empty path and no descriptor: none
};

/// Looks for them in every capture. What lies in other mount namespaces is looked for in each tenth one only, since
/// that takes a file that may be long of a process of each.
class Namespaces
{
public:
    explicit Namespaces(Sources sources);

    /// @p processes: as they were last read. Ascending by inode; those of which only a process's files can be read
    /// last.
    std::vector<FoundNamespace> find(const ProcessNamespaces &processes, const std::vector<qint32> &pids);

    /// Inode of our own, of the calling thread as it is now; 0 if not told. Before find().
    quint64 lookHome();
    quint64 homeNetFile() const { return m_homeNetFile; }
    /// Where it is mounted, as ip-netns does; empty: nowhere. After find().
    const QByteArray &homeMounted() const { return m_homeMounted; }

private:
    struct Mount {
        std::string path; ///< by which we reach it
        QByteArray told;  ///< by which its mount namespace does
    };
    void readMounts(const std::vector<qint32> &pids);
    void readMountsOf(const std::string &process, bool isOurs);
    quint64 netFileOf(qint32 pid) const;

    Sources m_sources;
    quint64 m_home = 0;
    quint64 m_homeNetFile = 0;
    QByteArray m_homeMounted;
    std::map<quint64, Mount> m_own;    ///< by inode, in our mount namespace
    std::map<quint64, Mount> m_others; ///< in others'
    quint64 m_round = 0;
};

} // namespace socktree
