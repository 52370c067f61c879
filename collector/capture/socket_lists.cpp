// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/socket_lists.h"

#include "collector/capture/dump_requests.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <iterator>

namespace socktree {

static constexpr quint32 everyState = 0xffffffffu;

namespace {

/// A list that sock_diag gives where the kernel has its handler.
struct DumpLine {
    quint8 family;
    quint16 protocol;
    const char *files[2];
};

} // namespace

// A family that has no protocols is dumped whole.
static constexpr DumpLine dumpLines[] = {
    {AF_INET, IPPROTO_TCP, {"tcp"}},
    {AF_INET6, IPPROTO_TCP, {"tcp6"}},
    {AF_INET, IPPROTO_MPTCP, {}},
    {AF_INET6, IPPROTO_MPTCP, {}},
    {AF_INET, IPPROTO_UDP, {"udp"}},
    {AF_INET6, IPPROTO_UDP, {"udp6"}},
    {AF_INET, IPPROTO_UDPLITE, {"udplite"}},
    {AF_INET6, IPPROTO_UDPLITE, {"udplite6"}},
    {AF_INET, IPPROTO_RAW, {"raw"}},
    {AF_INET6, IPPROTO_RAW, {"raw6"}},
    {AF_INET, IPPROTO_SCTP, {"sctp/eps", "sctp/assocs"}},
    {AF_INET6, IPPROTO_SCTP, {}},
    {AF_INET, IPPROTO_DCCP, {}},
    {AF_INET6, IPPROTO_DCCP, {}},
    {AF_UNIX, 0, {"unix"}},
    {AF_PACKET, 0, {"packet"}},
    {AF_NETLINK, 0, {"netlink"}},
    {AF_VSOCK, 0, {}},
    {AF_XDP, 0, {}},
    {AF_SMC, 0, {}},
    {AF_TIPC, 0, {}},
};

namespace {

struct FileLine {
    quint8 family;
    quint16 protocol; ///< IPPROTO_… or BTPROTO_…
    const char *file;
};

} // namespace

static constexpr FileLine fileLines[] = {
    {AF_INET, IPPROTO_ICMP, "icmp"},
    {AF_INET6, IPPROTO_ICMPV6, "icmp6"},
    {AF_BLUETOOTH, 0, "l2cap"},
    {AF_BLUETOOTH, 1, "hci"},
    {AF_BLUETOOTH, 2, "sco"},
    {AF_BLUETOOTH, 3, "rfcomm"},
    {AF_BLUETOOTH, 4, "bnep"},
    {AF_BLUETOOTH, 5, "cmtp"},
    {AF_BLUETOOTH, 6, "hidp"},
    {AF_BLUETOOTH, 8, "iso"},
    {AF_KEY, 0, "pfkey"},
    {AF_PHONET, 0, "phonet"},
    {AF_LLC, 0, "llc/socket"},
};

static bool isTcp(const DumpLine &line)
{
    return line.protocol == IPPROTO_TCP;
}

static Scope scopeOf(const DumpLine &line, const Needs &needs)
{
    if (line.family == AF_INET || line.family == AF_INET6)
        return inetScope(line.family, line.protocol, needs);
    return line.family == AF_UNIX ? unixScope(needs) : familyScope(line.family);
}

static bool isWanted(const DumpLine &line, const Needs &needs)
{
    return needs.otherFamilies || line.protocol == IPPROTO_UDP || line.family == AF_UNIX;
}

std::vector<Scope> tcpScopes(const Needs &needs)
{
    std::vector<Scope> scopes;
    for (const DumpLine &line : dumpLines)
        if (isTcp(line))
            scopes.push_back(scopeOf(line, needs));
    return scopes;
}

std::span<const char *const> filesInsteadOf(const Scope &scope)
{
    for (const DumpLine &line : dumpLines) {
        if (line.family != scope.family || line.protocol != scope.protocol)
            continue;
        std::size_t count = 0;
        while (count < std::size(line.files) && line.files[count])
            ++count;
        return std::span(line.files).first(count);
    }
    return {};
}

/// Of families that no kernel dumps.
static std::vector<Scope> fileScopes()
{
    std::vector<Scope> scopes;
    for (const FileLine &line : fileLines)
        scopes.push_back(
            {.family = line.family, .protocol = line.protocol, .states = everyState, .file = QByteArray(line.file)});
    return scopes;
}

std::vector<Scope> everyScopeButTcp(const Needs &needs)
{
    std::vector<Scope> scopes;
    for (const DumpLine &line : dumpLines)
        if (!isTcp(line) && isWanted(line, needs))
            scopes.push_back(scopeOf(line, needs));
    if (needs.otherFamilies) {
        const std::vector<Scope> files = fileScopes();
        scopes.insert(scopes.end(), files.begin(), files.end());
    }
    return scopes;
}

std::vector<Scope> everyScope(const Needs &needs)
{
    std::vector<Scope> scopes = tcpScopes(needs);
    const std::vector<Scope> more = everyScopeButTcp(needs);
    scopes.insert(scopes.end(), more.begin(), more.end());
    return scopes;
}

std::vector<Scope> everyFile()
{
    std::vector<Scope> scopes = fileScopes();
    for (const DumpLine &line : dumpLines)
        for (const char *file : line.files)
            if (file)
                scopes.push_back(
                    {.family = line.family, .protocol = line.protocol, .states = everyState, .file = QByteArray(file)});
    return scopes;
}

Scope fileScope(const Scope &dump, const char *file)
{
    return {.netns = dump.netns,
        .family = dump.family,
        .protocol = dump.protocol,
        .states = everyState,
        .file = QByteArray(file)};
}

} // namespace socktree
