// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/dump_problems.h"

#include "collector/decode/sock_proto_name.h"
#include "collector/snapshot/protocol_numbers.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

namespace socktree {

namespace {

QByteArray protocolName(quint16 number)
{
    const Protocol protocol = protocolOf(AF_INET, number);
    return protocol == Protocol::Unknown ? "protocol " + QByteArray::number(number) : QByteArray(nameOf(protocol));
}

const char *wordsFor(DumpEnd end)
{
    switch (end) {
    case DumpEnd::Complete: break;
    case DumpEnd::Unsupported:
        return "this kernel has no sock_diag handler for these sockets; its module may not be loaded";
    case DumpEnd::Refused: return "the kernel refused to list these sockets";
    case DumpEnd::Interrupted: return "the list changed or was interrupted while it was read; rows may be missing";
    case DumpEnd::Truncated: return "the list was cut off; rows may be missing";
    case DumpEnd::Failed: return "these sockets could not be listed";
    }
    return "";
}

} // namespace

QByteArray nameOf(const Scope &scope)
{
    if (!scope.file.isEmpty())
        return "net/" + scope.file;
    switch (scope.family) {
    case AF_INET: return protocolName(scope.protocol) + " over ipv4";
    case AF_INET6: return protocolName(scope.protocol) + " over ipv6";
    default: break;
    }
    const char *family = familyName(scope.family);
    return family ? QByteArray(family) : "family " + QByteArray::number(scope.family);
}

bool isExpected(const Scope &scope)
{
    const bool inet = scope.family == AF_INET || scope.family == AF_INET6;
    return scope.file.isEmpty()
        && (scope.family == AF_UNIX || (inet && (scope.protocol == IPPROTO_TCP || scope.protocol == IPPROTO_UDP)));
}

std::vector<Problem> problemsOf(const DumpOutcome &dump)
{
    const QByteArray source = nameOf(dump.scope);
    std::vector<Problem> problems;
    const bool isMissing = dump.ending.end == DumpEnd::Unsupported || dump.ending.end == DumpEnd::Refused;
    if (dump.ending.end != DumpEnd::Complete && (!isMissing || isExpected(dump.scope)))
        problems.push_back({source, wordsFor(dump.ending.end), dump.ending.error});
    if (dump.damaged > 0)
        problems.push_back({source,
            QByteArray::number(dump.damaged)
                + (dump.damaged == 1 ? " message was not understood" : " messages were not understood"),
            0});
    if (dump.ending.strangers > 0)
        problems.push_back({source,
            QByteArray::number(dump.ending.strangers)
                + (dump.ending.strangers == 1 ? " message was no answer to us and was passed over"
                                              : " messages were no answer to us and were passed over"),
            0});
    return problems;
}

std::vector<Unavailable> unavailableOf(const std::vector<DumpOutcome> &dumps, bool hasFiles)
{
    const QByteArray besides = hasFiles
        ? "; sockets that a process holds are shown all the same"
        : "; the process file system, which may have a file of them and knows who holds some, is not there";
    std::vector<Unavailable> all;
    for (const DumpOutcome &dump : dumps) {
        const Scope &scope = dump.scope;
        const bool isRefused = dump.ending.end == DumpEnd::Refused;
        if ((dump.ending.end != DumpEnd::Unsupported && !isRefused) || dump.stoodInFor)
            continue;
        const bool inet = scope.family == AF_INET || scope.family == AF_INET6;
        const char *family = familyName(scope.family);
        const QByteArray what = inet ? protocolName(scope.protocol) : family ? QByteArray(family) : nameOf(scope);
        const auto same = [&](const Unavailable &known) { return known.what == what; };
        if (std::none_of(all.begin(), all.end(), same))
            all.push_back(
                {what, (isRefused ? "the kernel refused to list them" : "the kernel has no list of them") + besides});
    }
    return all;
}

} // namespace socktree
