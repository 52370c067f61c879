// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoded_row.h"

#include "collector/snapshot/read_proc_net.h"
#include "model/row_source.h"

#include <QtCore/QString>

#include <algorithm>

namespace socktree {

DecodedMessage decodedMessageOf(const RowRef &row)
{
    const Bytes message = row.snapshot().message(row.socket());
    const Scope *scope = scopeOf(row);
    if (message.empty() || !scope)
        return {};
    const HostRecord &host = row.snapshot().host;
    return decodeMessage(
        scope->family, scope->protocol, message, tcpInfoLayoutOf(host.kernel, host.btfHasEcnMode));
}

std::vector<DecodedText> decodedLineOf(const RowRef &row)
{
    const Bytes line = row.snapshot().line(row.socket());
    const Scope *scope = scopeOf(row);
    const auto file = scope ? procNetFileOf(*scope) : std::nullopt;
    if (line.empty() || !file)
        return {};
    return decodeProcNetLine(*file, {reinterpret_cast<const char *>(line.data()), qsizetype(line.size())});
}

QString hexText(Bytes bytes, std::size_t most)
{
    const Bytes shown = bytes.first(std::min(most, bytes.size()));
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(shown.data()), static_cast<qsizetype>(shown.size())).toHex());
}

} // namespace socktree
