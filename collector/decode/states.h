// SPDX-License-Identifier: GPL-3.0-or-later
// How families that do not use TCP's numbers number their states, spelt in the manner of ss.
#pragma once

#include "collector/decode/table.h"

namespace socktree::table {

/// An SCTP association's, as the kernel has it (SCTP_STATUS counts from 1); its endpoint's are TCP's.
inline constexpr ValueName sctpStates[] = {
    {0, "CLOSED"},
    {1, "COOKIE-WAIT"},
    {2, "COOKIE-ECHOED"},
    {3, "ESTAB"},
    {4, "SHUTDOWN-PENDING"},
    {5, "SHUTDOWN-SENT"},
    {6, "SHUTDOWN-RECEIVED"},
    {7, "SHUTDOWN-ACK-SENT"},
};
inline constexpr ValueName smcStates[] = {
    {1, "ACTIVE"},
    {2, "INIT"},
    {7, "CLOSED"},
    {10, "LISTEN"},
    {20, "PEER-CLOSE-WAIT-1"},
    {21, "PEER-CLOSE-WAIT-2"},
    {22, "APP-CLOSE-WAIT-1"},
    {23, "APP-CLOSE-WAIT-2"},
    {24, "APP-FIN-CLOSE-WAIT"},
    {25, "PEER-FIN-CLOSE-WAIT"},
    {26, "PEER-ABORT-WAIT"},
    {27, "PROCESS-ABORT"},
};
inline constexpr ValueName tipcStates[] = {
    {1, "ESTAB"},
    {2, "CONNECTING"},
    {7, "OPEN"},
    {8, "DISCONNECTING"},
    {10, "LISTEN"},
};
/// 7 is what a netlink socket begins with, 0 what connect leaves once it was undone.
inline constexpr ValueName netlinkStates[] = {{0, "UNCONN"}, {1, "ESTAB"}, {7, "UNCONN"}};

} // namespace socktree::table
