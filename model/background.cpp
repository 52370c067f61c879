// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/background.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

namespace socktree {

void giveWay()
{
    thread_local bool done = false;
    if (done)
        return;
    done = true;
    const int ofMain = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), std::min(ofMain + 5, 19));
}

Dropped Retired::take()
{
    const auto mine = std::partition(m_values.begin(), m_values.end(), [](const auto &v) { return v.use_count() > 1; });
    Dropped taken(std::make_move_iterator(mine), std::make_move_iterator(m_values.end()));
    m_values.erase(mine, m_values.end());
    return taken;
}

} // namespace socktree
