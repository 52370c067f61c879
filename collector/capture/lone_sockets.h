// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets that processes hold and no list has: never bound, of a family that the kernel does not list, or of a network
// namespace that nothing else leads to. Their descriptors are asked what they are.
#pragma once

#include "collector/capture/process_reader.h"
#include "collector/capture/sources.h"

#include <QtCore/QHash>

#include <map>
#include <set>
#include <vector>

namespace socktree {

/// A socket is asked once in its and its process's life, and not at first sight: most that no list has were opened
/// while the lists were read, and have a place in the next ones. Only the very first capture asks at once.
class LoneSockets
{
public:
    explicit LoneSockets(Sources sources);

    /// Writes a record for each of @p held whose inode is not among @p described.
    void read(const std::vector<HeldSocket> &held, std::vector<quint32> described, Sink &sink);

    /// Namespaces (NamespaceRecord::id) that one of them is in, but for those in @p known.
    std::map<quint64, NamespaceWay> namespacesBut(const std::set<quint64> &known) const;

private:
    struct Asked {
        qint32 pid = 0;
        qint32 tid = 0;
        qint32 fd = 0;
        quint64 startTime = 0;
        quint64 seen = 0; ///< round
        bool answered = false;
        LoneSocketRecord record;
    };
    void ask(const HeldSocket &held, LoneSocketRecord &record) const;

    Sources m_sources;
    QHash<quint64, Asked> m_asked; ///< by inode
    quint64 m_round = 0;
};

} // namespace socktree
