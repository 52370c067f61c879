// SPDX-License-Identifier: GPL-3.0-or-later
// The tool bar's quick toggles as a predicate.
#pragma once

#include "model/row_predicate.h"

namespace socktree {

/// Settings store the numbers. TIME-WAIT and CLOSE-WAIT are TCP's.
enum class StateToggle : quint8 { All, Established, Listening, TimeWait, CloseWait };
constexpr StateToggle lastState = StateToggle::CloseWait;

struct Toggles {
    /// MPTCP goes with TCP, UDP-Lite with UDP; other is all that is left.
    bool tcp = true, udp = true, unix_ = true, other = true;
    bool ipv4 = true, ipv6 = true;
    bool loopback = true; ///< off: rows whose both ends are loopback (or listen on loopback) are hidden
    StateToggle state = StateToggle::All;
    bool operator==(const Toggles &) const = default;
};

/// Null if nothing is hidden.
PredicatePtr togglePredicate(const Toggles &toggles);

} // namespace socktree
