// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_net_layout.h"

#include "collector/decode/proc_net_inet_columns.h"
#include "collector/decode/proc_net_other_columns.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

using namespace table;

constexpr quint8 nobodyTells = 0;
constexpr qint32 lineTells = -1;

// clang-format off
/// In the order of ProcNetFile.
constexpr ProcNetLayout layouts[] = {
    {"tcp", "sl", AF_INET, IPPROTO_TCP, SOCK_STREAM, ':', inetColumns, tcpColumns},
    {"tcp6", "sl", AF_INET6, IPPROTO_TCP, SOCK_STREAM, ':', inetColumns, tcpColumns},
    {"udp", "sl", AF_INET, IPPROTO_UDP, SOCK_DGRAM, ':', inetColumns, dropsColumn},
    {"udp6", "sl", AF_INET6, IPPROTO_UDP, SOCK_DGRAM, ':', inetColumns, dropsColumn},
    {"udplite", "sl", AF_INET, IPPROTO_UDPLITE, SOCK_DGRAM, ':', inetColumns, dropsColumn},
    {"udplite6", "sl", AF_INET6, IPPROTO_UDPLITE, SOCK_DGRAM, ':', inetColumns, dropsColumn},
    {"raw", "sl", AF_INET, lineTells, SOCK_RAW, ':', inetColumns, dropsColumn},
    {"raw6", "sl", AF_INET6, lineTells, SOCK_RAW, ':', inetColumns, dropsColumn},
    {"icmp", "sl", AF_INET, IPPROTO_ICMP, SOCK_DGRAM, ':', inetColumns, dropsColumn},
    {"icmp6", "sl", AF_INET6, IPPROTO_ICMPV6, SOCK_DGRAM, ':', inetColumns, dropsColumn},
    {"unix", "Num", AF_UNIX, 0, nobodyTells, ':', unixColumns},
    {"packet", "sk", AF_PACKET, lineTells, nobodyTells, ' ', packetColumns},
    {"netlink", "sk", AF_NETLINK, lineTells, nobodyTells, ' ', netlinkColumns},
    {"sctp/eps", "ENDPT", AF_INET, IPPROTO_SCTP, nobodyTells, ' ', endpointColumns},
    {"sctp/assocs", "ASSOC", AF_INET, IPPROTO_SCTP, nobodyTells, ' ', associationColumns},
    // The protocols are BTPROTO_*, which no header of the C library has.
    {"hci", "sk", AF_BLUETOOTH, 1, SOCK_RAW, ' ', plainColumns, parentColumn},
    {"l2cap", "sk", AF_BLUETOOTH, 0, nobodyTells, ' ', plainColumns, parentColumn},
    {"rfcomm", "sk", AF_BLUETOOTH, 3, nobodyTells, ' ', plainColumns, parentColumn},
    {"sco", "sk", AF_BLUETOOTH, 2, SOCK_SEQPACKET, ' ', plainColumns, parentColumn},
    {"iso", "sk", AF_BLUETOOTH, 8, SOCK_SEQPACKET, ' ', plainColumns, parentColumn},
    {"bnep", "sk", AF_BLUETOOTH, 4, SOCK_RAW, ' ', plainColumns, parentColumn},
    {"cmtp", "sk", AF_BLUETOOTH, 5, SOCK_RAW, ' ', plainColumns, parentColumn},
    {"hidp", "sk", AF_BLUETOOTH, 6, SOCK_RAW, ' ', plainColumns, parentColumn},
    {"pfkey", "sk", AF_KEY, 2, SOCK_RAW, ' ', plainColumns},
    {"phonet", "pt", AF_PHONET, lineTells, nobodyTells, ':', phonetColumns},
    {"llc/socket", "SKt", AF_LLC, 0, nobodyTells, '@', llcColumns},
};
// clang-format on
static_assert(std::size(layouts) == procNetFiles);

} // namespace

const ProcNetLayout &layoutOf(ProcNetFile file)
{
    return layouts[int(file)];
}

const char *pathOf(ProcNetFile file)
{
    return layoutOf(file).path;
}

std::vector<const TextField *> textFieldsOf(ProcNetFile file)
{
    std::vector<const TextField *> fields;
    for (const auto columns : {layoutOf(file).columns, layoutOf(file).more})
        for (const ProcNetColumn &column : columns)
            fields.push_back(&column.field);
    return fields;
}

} // namespace socktree
