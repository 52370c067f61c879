// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/missing_handlers.h"

#include <QtCore/QMutexLocker>

namespace socktree {

static constexpr quint64 roundsWithoutAsking = 60;

void MissingHandlers::beginRound()
{
    const QMutexLocker lock(&m_mutex);
    ++m_round;
}

bool MissingHandlers::isMissing(quint8 family, quint16 protocol) const
{
    const QMutexLocker lock(&m_mutex);
    const auto later = m_askAgain.find({family, protocol});
    return later != m_askAgain.end() && m_round < later->second;
}

void MissingHandlers::note(quint8 family, quint16 protocol, bool missing)
{
    const QMutexLocker lock(&m_mutex);
    if (missing)
        m_askAgain[{family, protocol}] = m_round + roundsWithoutAsking;
    else
        m_askAgain.erase({family, protocol});
}

} // namespace socktree
