// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every process: its texts, and which of its descriptors are sockets.
#pragma once

#include "collector/capture/needs.h"
#include "collector/capture/record.h"
#include "collector/capture/sources.h"
#include "collector/capture/stat_glance.h"

#include <QtCore/QHash>

#include <map>
#include <set>
#include <stop_token>

namespace socktree {

/// A socket's descriptor, and whose it is.
struct HeldSocket {
    quint64 inode = 0;
    qint32 pid = 0;
    quint64 startTime = 0;
    qint32 tid = 0;
    qint32 fd = 0;
};

/// In which network namespaces the processes are: by the inode of each the lowest thread that is in it.
struct ProcessNamespaces {
    std::map<quint64, qint32> byInode;   ///< of nsfs
    std::map<quint64, qint32> byNetFile; ///< ProcessRecord::netFile of those whose link is denied
};

/// A process that has not run cannot have changed its own table of descriptors or its texts. So what was read is used
/// again while the process is the same (pid and start time), its CPU clock stands where it stood before the reading
/// began, and its count of descriptors, where the kernel tells it, is what it was then.
/// Who shares a table with another process, or is moved to another control group, is found by reading every process's
/// descriptors again at least each 16th time and its groups each 10th, each time of other processes: so long may a
/// table that another process changed stand as it was.
class ProcessReader
{
public:
    explicit ProcessReader(Sources sources);

    /// Writes all processes, ascending by pid, and their end. Of @p needs it goes by descriptorTexts and
    /// descriptorTextsOf.
    void read(Sink &sink, const std::stop_token &stop, const Needs &needs = {});

    /// Effective users of the processes last read.
    const std::set<quint32> &users() const { return m_users; }
    /// Of the same.
    const ProcessNamespaces &namespaces() const { return m_namespaces; }
    const std::vector<HeldSocket> &heldSockets() const { return m_held; }
    const std::vector<qint32> &pids() const { return m_pids; }

private:
    struct Remembered {
        ProcessRecord record;
        std::optional<quint32> user;
        quint64 startTime = 0;
        quint64 clock = 0;              ///< before it was read
        std::optional<quint64> fdCount; ///< before it was read
        quint64 seen = 0;               ///< round
    };
    enum class Outcome : quint8 { Written, Vanished };

    Outcome readProcess(int procRoot, qint32 pid, Sink &sink);
    bool writeRemembered(int procRoot, qint32 pid, Sink &sink);
    Outcome readWhole(int procRoot, qint32 pid, Sink &sink);
    void write(int procRoot, ProcessRecord &&record, Sink &sink) const;
    void note(const ProcessRecord &record, std::optional<quint32> user, quint64 startTime);
    void readDescriptors(int process, const std::optional<StatGlance> &glance, ProcessRecord &record) const;
    bool due(qint32 pid, quint64 every) const { return (m_round + static_cast<quint64>(pid)) % every == 0; }

    Sources m_sources;
    Needs m_needs;
    bool m_hasContexts; ///< asked once: a security module cannot come or go
    QHash<qint32, Remembered> m_remembered;
    std::set<quint32> m_users;
    ProcessNamespaces m_namespaces;
    std::vector<HeldSocket> m_held;
    std::vector<qint32> m_pids;
    quint64 m_round = 0;
};

} // namespace socktree
