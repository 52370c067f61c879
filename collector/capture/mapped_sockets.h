// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets whose descriptor was closed and whose ring is still mapped: a packet or XDP socket lives on in a process's
// memory, and only its map tells.
#pragma once

#include "collector/capture/process_reader.h"
#include "collector/capture/sources.h"

#include <QtCore/QByteArrayView>

#include <map>
#include <set>
#include <vector>

namespace socktree {

/// The inodes of sockets in the text of /proc/PID/maps. A file of such a name has its path before it.
std::set<quint64> socketsMappedIn(QByteArrayView maps);

/// Looks through memory maps only while a list has such a socket that no descriptor leads to, and not at first sight:
/// most were opened while the lists were read. The first capture looks through every process at once; later ones
/// through mostAtOnce of them when another socket is missing its holder, and else through some in turn, so that who
/// maps a socket later, or does no longer, is seen after as many captures as that takes.
class MappedSockets
{
public:
    static constexpr std::size_t mostAtOnce = 64, inTurn = 8;

    explicit MappedSockets(Sources sources) : m_sources(std::move(sources)) { }

    /// Writes a record for each process of @p pids (ascending) and socket of @p listed that is in none of @p held and
    /// that the process maps.
    void read(const std::vector<qint32> &pids, const std::vector<HeldSocket> &held, const std::set<quint32> &listed,
        Sink &sink);

private:
    struct Mapped {
        quint64 startTime = 0;
        std::set<quint64> inodes; ///< of sockets that are missing their holder
    };
    void lookThrough(const std::vector<qint32> &pids, std::size_t count);
    void look(int procRoot, qint32 pid);
    void write(Sink &sink);

    Sources m_sources;
    std::set<quint64> m_wanted;
    std::set<quint64> m_unheld; ///< of the capture before, and wanted in this one if they are still
    std::map<qint32, Mapped> m_mapped;
    qint32 m_last = 0;        ///< pid that was looked at last
    std::size_t m_toLook = 0; ///< processes still to be looked at for the sockets wanted since
    bool m_isFirst = true;
};

} // namespace socktree
