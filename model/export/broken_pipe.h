// SPDX-License-Identifier: GPL-3.0-or-later
// While it lives, a write to a pipe that nobody reads gives this thread EPIPE and kills nobody.
#pragma once

#include <csignal>

namespace socktree {

class BrokenPipeGuard
{
public:
    BrokenPipeGuard();
    ~BrokenPipeGuard();
    BrokenPipeGuard(const BrokenPipeGuard &) = delete;
    BrokenPipeGuard &operator=(const BrokenPipeGuard &) = delete;

private:
    sigset_t m_before;
    bool m_wasPending = false; ///< somebody else's SIGPIPE, to be left alone
};

} // namespace socktree
