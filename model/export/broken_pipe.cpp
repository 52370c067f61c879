// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/broken_pipe.h"

#include <ctime>

namespace socktree {

namespace {

sigset_t onlySigpipe()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

} // namespace

BrokenPipeGuard::BrokenPipeGuard()
{
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    m_wasPending = sigismember(&pending, SIGPIPE) == 1;
    const sigset_t set = onlySigpipe();
    pthread_sigmask(SIG_BLOCK, &set, &m_before);
}

BrokenPipeGuard::~BrokenPipeGuard()
{
    // The signal of a failed write waits for this very thread: take it before it is let through.
    const sigset_t set = onlySigpipe();
    const timespec now{};
    if (!m_wasPending)
        while (sigtimedwait(&set, nullptr, &now) == SIGPIPE) { }
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

} // namespace socktree
