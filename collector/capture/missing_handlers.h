// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers which dumps this kernel has no handler for, since each asking in vain starts a modprobe.
#pragma once

#include <QtCore/QMutex>

#include <map>
#include <utility>

namespace socktree {

/// One for all namespaces: handlers are the kernel's. Any thread.
class MissingHandlers
{
public:
    /// A new capture begins. What was missing is asked for again every 60 captures: a module may have been loaded.
    void beginRound();
    bool isMissing(quint8 family, quint16 protocol) const;
    void note(quint8 family, quint16 protocol, bool missing);

private:
    mutable QMutex m_mutex;
    quint64 m_round = 0;
    std::map<std::pair<quint8, quint16>, quint64> m_askAgain; ///< the round in which to ask
};

} // namespace socktree
