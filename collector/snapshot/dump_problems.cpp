// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/dump_problems.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

QByteArray protocolName(quint16 protocol)
{
    switch (protocol) {
    case IPPROTO_TCP: return "tcp";
    case IPPROTO_UDP: return "udp";
    default: return "protocol " + QByteArray::number(protocol);
    }
}

QByteArray sourceOf(const Scope &scope)
{
    switch (scope.family) {
    case AF_UNIX: return "sock_diag unix";
    case AF_INET: return "sock_diag " + protocolName(scope.protocol) + " ipv4";
    case AF_INET6: return "sock_diag " + protocolName(scope.protocol) + " ipv6";
    default: return "sock_diag " + nameOf(scope);
    }
}

const char *wordsFor(DumpEnd end)
{
    switch (end) {
    case DumpEnd::Complete: break;
    case DumpEnd::Unsupported: return "no sock_diag handler in this kernel";
    case DumpEnd::Refused: return "the kernel refused to list the sockets";
    case DumpEnd::Interrupted: return "the list was interrupted and is not whole";
    case DumpEnd::Truncated: return "the list was cut off and is not whole";
    case DumpEnd::Failed: return "the sockets could not be listed";
    }
    return "";
}

} // namespace

QByteArray nameOf(const Scope &scope)
{
    switch (scope.family) {
    case AF_UNIX: return "unix";
    case AF_INET: return protocolName(scope.protocol) + " over ipv4";
    case AF_INET6: return protocolName(scope.protocol) + " over ipv6";
    default: return "family " + QByteArray::number(scope.family) + ' ' + protocolName(scope.protocol);
    }
}

std::vector<Problem> problemsOf(const DumpOutcome &dump)
{
    const QByteArray source = sourceOf(dump.scope), name = nameOf(dump.scope) + ": ";
    std::vector<Problem> problems;
    if (dump.ending.end != DumpEnd::Complete)
        problems.push_back({source, name + wordsFor(dump.ending.end), dump.ending.error});
    if (dump.damaged > 0)
        problems.push_back({source, name + QByteArray::number(dump.damaged) + " messages were not understood", 0});
    if (dump.ending.strangers > 0)
        problems.push_back({source,
            name + QByteArray::number(dump.ending.strangers) + " messages were no answer to us and were passed over",
            0});
    return problems;
}

} // namespace socktree
