// SPDX-License-Identifier: GPL-3.0-or-later
// Makes sure that what we open never becomes standard output: descriptors 0 to 2 are taken, whatever we were given.
#pragma once

namespace socktree {

/// Before anything else is opened. One that was closed stays useless in the way it was: reading standard input and
/// writing standard output fail with EBADF, while what is said on standard error is lost, as was asked. False: there is
/// a closed one and /dev/null cannot be had.
bool keepStandardStreams();

} // namespace socktree
