// SPDX-License-Identifier: GPL-3.0-or-later
// The filter box, first form: words that must all match somewhere in the row.
#pragma once

#include "model/row_predicate.h"

#include <QtCore/QString>
#include <tl/expected.hpp>

namespace socktree {

struct FilterError {
    QString message;  ///< what is wrong, in one sentence
    int position = 0; ///< of the offending character
};

/// Words matched case-insensitively anywhere in process, command line, user, protocol, state, address, service name,
/// unix path, unit of any holder; "127.0.0.1:443", "[::1]:443" and ":443" also find that very end; a word of digits
/// matches whole ports, PIDs, fds and inodes only; "socket:[56789]" and
/// "/proc/123/fd/4" find that very socket; "proto:udp" finds that very protocol, "netns:blue" what is in that network
/// namespace; a leading '-' excludes; double quotes keep blanks. An empty text gives a
/// null predicate: all match.
tl::expected<PredicatePtr, FilterError> parseFilter(const QString &text);

} // namespace socktree
