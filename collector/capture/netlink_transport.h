// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a sock_diag socket for one dump and hands on what is an answer to it, and nothing else.
#pragma once

#include "collector/capture/record.h"
#include "collector/capture/sources.h"

#include <cstddef>
#include <span>
#include <stop_token>

namespace socktree {

/// Sends @p request and feeds the sink until the kernel says how the dump ended; then calls its ended() and returns the
/// same. The sink gets whole messages that describe sockets, key bytes zeroed, many to a datagram; what controls the
/// dump (DONE, ERROR) becomes the ending.
/// After any ending but Complete, Unsupported and Refused the socket may still hold late answers and should be closed.
DumpEnding dump(DiagSocket &socket, std::span<const std::byte> request, DumpSink &sink, const std::stop_token &stop);

/// Sends a @p request for one socket (lookupRequest, unixLookupRequest) and says whether the kernel has it: nothing, or
/// the errno it answered (ENOENT: no such socket; ESTALE: another one is there now). After any other error the socket
/// may still hold a late answer and should be closed.
Result<void> lookUp(DiagSocket &socket, std::span<const std::byte> request);

} // namespace socktree
