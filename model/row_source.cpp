// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/row_source.h"

#include "model/text.h"

#include <QtCore/QCoreApplication>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

/// The dump that should have had it: how it ended.
const DumpOutcome *dumpOf(const Snapshot &snapshot, const Scope &file)
{
    const DumpOutcome *found = nullptr;
    for (const DumpOutcome &dump : snapshot.dumps)
        if (dump.scope.file.isEmpty() && dump.scope.netns == file.netns && dump.scope.family == file.family
            && dump.scope.protocol == file.protocol)
            found = &dump; // the last one counts
    return found;
}

QString whyFile(const RowRef &row, const Scope &file)
{
    const NetNamespace *netns = row.snapshot().namespaceOf(row.socket());
    if (netns && netns->reached == NamespaceRecord::Reached::ByProcess)
        return tr("its network namespace could not be entered");
    const DumpOutcome *dump = dumpOf(row.snapshot(), file);
    if (!dump)
        return tr("no kernel has a sock_diag handler for these sockets");
    switch (dump->ending.end) {
    case DumpEnd::Unsupported: return tr("this kernel has no sock_diag handler for these sockets");
    case DumpEnd::Refused: return tr("the kernel refused to list these sockets by sock_diag");
    case DumpEnd::Complete: return tr("the list of sock_diag did not have it");
    default: return tr("the list of sock_diag could not be read whole");
    }
}

} // namespace

const char *idOf(Source source)
{
    switch (source) {
    case Source::SockDiag: return "sock_diag";
    case Source::ProcNet: return "proc_net";
    case Source::Descriptor: break;
    }
    return "descriptor";
}

QString sourceNote(const RowRef &row)
{
    const Scope *scope = scopeOf(row);
    if (!scope)
        return tr(
            "No list has it: what is known was told by a descriptor of a process that holds it. It is of a family "
            "that the kernel lists nowhere, of another network namespace, or was never bound.");
    if (scope->file.isEmpty())
        return {};
    return tr("Read from net/%1, which tells less: %2.").arg(visible(scope->file), whyFile(row, *scope));
}

const Scope *scopeOf(const Snapshot &snapshot, const Socket &socket)
{
    return socket.dump < snapshot.dumps.size() ? &snapshot.dumps[socket.dump].scope : nullptr;
}

Why unixUnaskedOr(const RowRef &row, UnixShow asked, Why otherwise)
{
    const Scope *scope = scopeOf(row);
    const bool isDump = row.socket().protocol == Protocol::Unix && scope && scope->file.isEmpty();
    return isDump && !(scope->asked & static_cast<quint32>(asked)) ? Why::NotAsked : otherwise;
}

Why unrecordedOr(const Snapshot &snapshot, Why otherwise)
{
    if (snapshot.origin.socketsOnly)
        return Why::NotRecorded;
    return snapshot.origin.incomplete ? Why::Lost : otherwise;
}

Why untold(const Socket &socket, Why otherwise)
{
    return socket.protocol == Protocol::Unknown ? Why::NotTold : otherwise;
}

} // namespace socktree
