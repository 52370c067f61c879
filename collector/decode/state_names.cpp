// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/state_names.h"

#include "collector/decode/inet_attributes.h"
#include "collector/decode/states.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

std::span<const ValueName> statesOfFamily(quint8 family, quint16 protocol, bool isAssociation)
{
    switch (family) {
    case AF_INET:
    case AF_INET6:
        if (protocol == IPPROTO_SCTP && isAssociation)
            return table::sctpStates;
        return table::states;
    case AF_UNIX:
    case AF_VSOCK: return table::states;
    case AF_NETLINK: return table::netlinkStates;
    case AF_SMC: return table::smcStates;
    case AF_TIPC: return table::tipcStates;
    }
    return {};
}

const char *find(std::span<const ValueName> names, quint64 value)
{
    for (const ValueName &name : names)
        if (name.value == value)
            return name.name;
    return nullptr;
}

} // namespace

const char *stateNameOf(quint8 family, quint16 protocol, bool isAssociation, quint8 state)
{
    return find(statesOfFamily(family, protocol, isAssociation), state);
}

const char *timerNameOf(quint16 protocol, quint8 timer)
{
    if (protocol == IPPROTO_SCTP)
        return find(table::sctpTimers, timer);
    return find(table::timers, timer);
}

} // namespace socktree
